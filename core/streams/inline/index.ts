import { WeirError } from '../../errors.ts'
import { TOPICS, type Clock, type Consumer, type Outgoing, type Refusal, type Stream, type Topic } from '../../seam.ts'
import { deadlineAfter } from '../deadline.ts'
import { AcknowledgedQueue, type AcknowledgedLimits, type AcknowledgedOptions } from './acknowledged.ts'
import { HandedOverQueue, type Recovery } from './handed-over.ts'

export type { Recovery } from './handed-over.ts'

export interface InlineStreamOptions {
  /** One above any epoch stored. */
  epoch: number
  limits: AcknowledgedLimits & { maxHandedOver: number }
  drainMs: number
  recovery: Recovery
  clock: Clock
  onOverflow: (topic: Topic) => void
  onError: (topic: Topic, error: unknown) => void
  onJoined?: (topic: Topic, records: number) => void
  /** See AcknowledgedOptions. */
  prepare?: NonNullable<AcknowledgedOptions['prepare']>
}

/**
 * Streams inside one process. `weir.interactions` waits for its handler, so an acknowledgement means durable; signals
 * and findings are durable as rows before they are published and are handed over without ever delaying the publisher.
 */
export interface InlineStream extends Stream {
  /** What waits, for metrics and back-pressure. */
  depth(): { records: number; bytes: number; handedOver: number }
  /** How long the batch in front has been failing, in milliseconds; 0 while it is not. */
  failingMs(): number
}

export function createInlineStream(options: InlineStreamOptions): InlineStream {
  const { clock, recovery, onOverflow, onError } = options
  const interactions = new AcknowledgedQueue(TOPICS.interactions, options)
  const maxRecords = options.limits.maxHandedOver
  const handedOver = new Map<Topic, HandedOverQueue>(
    [TOPICS.signals, TOPICS.findings].map((topic) => [
      topic,
      new HandedOverQueue(topic, { maxRecords, recovery, clock, onOverflow, onError }),
    ]),
  )

  return {
    async publish(topic: Topic, records: readonly Outgoing[]): Promise<readonly Refusal[]> {
      if (topic === TOPICS.interactions) return interactions.publish(records)
      queueOf(topic).publish(records)
      return []
    },

    async subscribe(topic: Topic, group: string, consumer: Consumer, signal: AbortSignal): Promise<void> {
      const finished = new AbortController()
      const drainBy = deadlineAfter(signal, options.drainMs, clock, finished.signal)
      try {
        if (topic === TOPICS.interactions) await interactions.drainInto(consumer, signal, drainBy)
        else await queueOf(topic).drainInto(group, consumer, signal, drainBy)
      } finally {
        finished.abort()
      }
    },

    failingMs: () => interactions.failingMs,

    depth: () => ({
      records: interactions.queuedRecords,
      bytes: interactions.queuedBytes,
      handedOver: [...handedOver.values()].reduce((sum, queue) => sum + queue.waiting, 0),
    }),
  }

  function queueOf(topic: Topic): HandedOverQueue {
    const queue = handedOver.get(topic)
    if (!queue) throw new WeirError('WEIR_BUG', `The inline stream does not carry ${topic}.`)
    return queue
  }
}
