import { availableParallelism } from 'node:os'
import type { ReadRequest, Request } from '../../collectors/dialects/intake.ts'
import { systemClock } from '../../core/clock.ts'
import { WeirError } from '../../core/errors.ts'
import {
  createLongTexts,
  Workers,
  type Answer,
  type Job,
  type Lost,
  type LongTexts,
  type Made,
} from '../../core/pool/index.ts'
import { runnable } from '../../core/runnable.ts'
import { createValueHasher, type MasterKeys } from '../../core/sealing/index.ts'
import type { Telemetry } from '../../core/telemetry/index.ts'
import type { Config } from '../../schemas/config.ts'
import { callOptions, examinationConfig } from '../detectors.ts'
import type { LongJob, LongMade, RequestRead } from './long-jobs.ts'

/* What is long is done by workers: reading a request, and examining a call. `examine-worker.ts` is their file. */

export type LongWorkers = Workers<LongJob, LongMade>

const MOST_WORKERS = 4
/** More than the inline stream can hold of them. */
const MOST_WAITING = 2_048
const IDLE_MS = 120_000
const READ_DEADLINE_MS = 60_000
/** So many times as long does a dense text hold this thread when names are read in it. */
const NAMES_COST = 4

/** One core is left for everything else. */
const workersOf = ({ detectors }: Config): number =>
  detectors.longTexts.workers ?? Math.min(MOST_WORKERS, Math.max(1, availableParallelism() - 1))

/** Nothing is started before the first job. */
export function openWorkers(config: Config, telemetry: Telemetry): LongWorkers {
  const workers: LongWorkers = new Workers({
    entry: runnable('./examine-worker.ts', import.meta.url),
    settings: examinationConfig(config),
    size: workersOf(config),
    maxWaiting: MOST_WAITING,
    idleMs: IDLE_MS,
    clock: systemClock,
    meter: telemetry.meter,
  })
  telemetry.gauge('weir_pool_workers', () => workers.running)
  telemetry.gauge('weir_pool_waiting', () => workers.waiting)
  return workers
}

/** Reads a request in a worker. What a worker dies of may be past when the sender comes again. */
export async function readElsewhere(workers: Pick<LongWorkers, 'run'>, request: Request): Promise<ReadRequest> {
  const answer = await workers.run({ kind: 'read', ...request }, READ_DEADLINE_MS, 'short')
  if (typeof answer === 'string')
    throw new WeirError('WEIR_DEADLINE', 'the request was not read in time; send it again')
  if (answer.kind === 'threw') throw new WeirError('WEIR_BUG', 'a request could not be read')
  const read = answer.made as RequestRead
  if ('code' in read) throw new WeirError(read.code, read.message)
  return read
}

/** How calls are examined, long ones by the workers. */
export function longTextsOf(config: Config, masterKeys: MasterKeys, workers: LongWorkers): LongTexts {
  const { from } = config.detectors.longTexts
  const run = (job: Job, deadlineMs: number): Promise<Answer<Made> | Lost> =>
    workers.run({ kind: 'examine', ...job }, deadlineMs) as Promise<Answer<Made> | Lost>
  return createLongTexts({
    workers: { size: workers.size, run },
    examiner: { ...callOptions(examinationConfig(config)), hash: createValueHasher(masterKeys) },
    from: config.detectors.names.in === 'everything' ? Math.floor(from / NAMES_COST) : from,
  })
}
