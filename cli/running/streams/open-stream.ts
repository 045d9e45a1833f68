import { WeirError } from '../../../core/errors.ts'
import type { Undrained } from '../../../core/ledger.ts'
import type { Logger } from '../../../core/log.ts'
import { Recurring } from '../../../core/recurring.ts'
import type { DataKeys, MasterKeys } from '../../../core/sealing/index.ts'
import type { LongHeld } from '../../../core/streams/kafka/reading/held.ts'
import type { DeadReason } from '../../../core/streams/kafka/records/dead-reasons.ts'
import type { Clock, Stream } from '../../../core/seam.ts'
import type { Telemetry } from '../../../core/telemetry/index.ts'

/* The hand-over between stages, as configured, with the data keys that go with it. */

export interface OpenStream {
  readonly stream: Stream
  readonly keys: DataKeys
  /** How many dead letters the stream holds that nobody has written down yet; absent where it holds none. */
  readonly undrained?: Undrained
  /** After the stages have stopped. */
  close(): Promise<void>
}

export interface StreamParts {
  readonly masterKeys: MasterKeys
  readonly logger: Logger
  readonly telemetry: Telemetry
}

/** A failure of one kind that goes on is told again after this time. */
const FAILURE_AGAIN_MS = 30_000

/** How long a stage may go on with what it holds once it is told to stop. */
export const DRAIN_MS = 15_000

/** A batch that fails for this long means not ready. */
const FAILING_MS = 3_000

const DEAD_SAID_MAX = 100

/** What happens to records on their way, counted. */
export function events(logger: Logger, { meter }: Telemetry, clock: Pick<Clock, 'now'>) {
  const failures = new Recurring(clock, FAILURE_AGAIN_MS)
  const last = { why: '' }
  /** What was said once is counted from then on. */
  const dead = new Set<string>()
  return {
    last: last as { why: string },
    onOverflow: (topic: string): void => meter.add('weir_stream_overflow_total', 1, { topic }),
    onJoined: (topic: string, records: number): void => meter.add('weir_stream_joined_total', records, { topic }),
    onDead: (topic: string, reason: DeadReason): void => {
      meter.add('weir_stream_dead_total', 1, { topic, reason })
      if (dead.size >= DEAD_SAID_MAX || dead.has(`${topic} ${reason}`)) return
      dead.add(`${topic} ${reason}`)
      logger.warn('records could not be read and wait as dead letters: see weir dead list', { topic, reason })
    },
    onRecreated: (topic: string, group: string, reason: string): void => {
      meter.add('weir_stream_recreated_total', 1, { topic, reason })
      logger.warn('a reader ended by itself and is made anew', { topic, group, reason })
    },
    onEpoch: (topic: string, partition: number, epoch: number): void =>
      logger.warn('a topic was made anew: its records count from the beginning, under a new epoch', {
        topic,
        partition,
        epoch,
      }),
    onLost: (topic: string, partition: number, records: number): void => {
      meter.add('weir_stream_lost_total', records, { topic })
      logger.error('a topic dropped records before anybody read them: raise its retention', {
        topic,
        partition,
        records,
      })
    },
    onHeld: (topic: string, { partition, ms, waitsFor }: LongHeld): void => {
      const seconds = Math.round(ms / 1000)
      logger.warn('a partition does not go on; reason says what it waits for', {
        topic,
        partition,
        seconds,
        reason: waitsFor,
      })
    },
    onError: (topic: string, error: unknown): void => {
      meter.add('weir_stream_errors_total', 1, { topic })
      last.why = error instanceof WeirError ? `: ${error.message}` : ''
      const code = error instanceof WeirError ? error.code : 'foreign'
      const times = failures.happened(`${topic} ${code}`)
      if (times > 0) logger.warn('work on a topic failed and is tried again', { topic, times, error })
    },
  }
}

interface Watched {
  failingMs(): number
  depth(): { records: number; bytes: number }
}

export function watchStream(stream: Watched, last: { why: string }, telemetry: Telemetry): void {
  telemetry.addCheck({
    name: 'stream',
    check: async () => {
      const failingMs = stream.failingMs()
      return failingMs > FAILING_MS
        ? `nothing could be stored for ${Math.round(failingMs / 1000)} s${last.why}`
        : undefined
    },
  })
  telemetry.gauge('weir_stream_queued_records', () => stream.depth().records)
  telemetry.gauge('weir_stream_queued_bytes', () => stream.depth().bytes)
}
