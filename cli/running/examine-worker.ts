import { workerData } from 'node:worker_threads'
import { createNormaliser } from '../../collectors/dialects/index.ts'
import { readRequest } from '../../collectors/dialects/intake.ts'
import { WeirError } from '../../core/errors.ts'
import { createJobExaminer, serve, type Job, type Made } from '../../core/pool/index.ts'
import { callOptions, type ExaminationConfig } from '../detectors.ts'
import type { LongJob, LongMade, ReadJob, RequestRead } from './long-jobs.ts'

/* Run as a worker: does for the process that starts it what would hold it, with detectors built from its configuration. */

const config = workerData as ExaminationConfig
const normalise = createNormaliser()
let examiner: ((job: Job) => Made) | undefined

function read(request: ReadJob): RequestRead {
  const { buffer, byteOffset, byteLength } = request.body
  try {
    return readRequest(normalise, { ...request, body: Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength) })
  } catch (error) {
    // Its message says what is wrong with a request, and never quotes it.
    if (error instanceof WeirError) return { code: error.code, message: error.message }
    throw error
  }
}

serve((job: LongJob): LongMade => {
  if (job.kind === 'read') return read(job)
  examiner ??= createJobExaminer(callOptions(config), config.originals)
  return examiner(job)
})
