import { parentPort } from 'node:worker_threads'
import { WeirError } from '../errors.ts'
import type { Answer } from './protocol.ts'

/** A worker's life: one job after another, each with one answer. */
export function serve<J, M>(work: (job: J) => M): void {
  const port = parentPort
  if (port === null) throw new WeirError('WEIR_BUG', 'this file runs as a worker only')
  port.on('message', (job: J) => port.postMessage(answerOf(job, work)))
}

function answerOf<J, M>(job: J, work: (job: J) => M): Answer<M> {
  try {
    return { kind: 'made', made: work(job) }
  } catch {
    return { kind: 'threw' }
  }
}
