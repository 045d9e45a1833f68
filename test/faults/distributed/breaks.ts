import kafkajs, { type Message, type Producer, type ProducerConfig, type RecordMetadata } from 'kafkajs'
import type { Parts } from '../../../cli/running/pipeline.ts'
import type { OutcomeSink } from '../../../core/stages/outcome.ts'
import type { DistributedBreak } from './settings.ts'

/* Weir built wrongly in the ways that only several processes on Kafka can be. */

const LATE_MS = 1_500
const GATHER_MS = 40

export function brokenParts(parts: Parts, broken: readonly DistributedBreak[]): Parts {
  const { sink, client } = parts
  return {
    ...parts,
    ...(broken.includes('commit_before_insert') && { sink: (ours) => answeringEarly(sink?.(ours) ?? ours) }),
    ...(broken.includes('token_left_out') && {
      client: (ours) => {
        const hooked = client?.(ours) ?? ours
        return { ...hooked, insert: (table, columns, lines) => hooked.insert(table, columns, lines) }
      },
    }),
  }
}

/** What it is given counts as written, and is written a little later. */
function answeringEarly(ours: OutcomeSink): OutcomeSink {
  return {
    async write(batch) {
      setTimeout(() => void ours.write(batch).catch(() => {}), LATE_MS)
      return []
    },
  }
}

/**
 * What Weir would do without one partition per send: records of all partitions that wait go in one send, and whatever the
 * client says of it is believed. The client's own send stays as it is.
 */
export function breakProducer(): void {
  type Making = (settings?: ProducerConfig) => Producer
  const make = Reflect.get(kafkajs.Kafka.prototype, 'producer') as Making
  kafkajs.Kafka.prototype.producer = function gathering(this: InstanceType<typeof kafkajs.Kafka>, settings) {
    const producer = make.call(this, settings)
    const send = producer.send.bind(producer)
    const waiting = new Map<string, Gathered>()
    producer.send = ({ topic, messages, ...rest }) => {
      let gathered = waiting.get(topic)
      if (!gathered) {
        const all: Message[] = []
        const sent = new Promise((resolve) => setTimeout(resolve, GATHER_MS)).then(() => {
          waiting.delete(topic)
          return send({ topic, messages: all, ...rest })
        })
        gathered = { all, sent }
        waiting.set(topic, gathered)
      }
      gathered.all.push(...messages)
      return gathered.sent.then(() => written(topic, messages))
    }
    return producer
  }
}

interface Gathered {
  all: Message[]
  sent: ReturnType<Producer['send']>
}

const written = (topicName: string, messages: readonly Message[]): RecordMetadata[] =>
  [...new Set(messages.map(({ partition }) => partition ?? 0))].map((partition) => ({
    topicName,
    partition,
    errorCode: 0,
  }))
