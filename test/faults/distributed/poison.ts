import kafkajs, { type Message } from 'kafkajs'
import { keyOf } from '../senders.ts'
import type { Expected } from '../workload.ts'
import type { DistributedWorld } from './world.ts'

/* Records that somebody else wrote into Weir's topic. */

const COPIES = 5

/**
 * Each forged record must become one dead letter; an exact copy of one of Weir's own is a duplicate. The ledger must know
 * all of them.
 */
export async function forge(world: DistributedWorld): Promise<void> {
  const real = (await world.all.kafka.dump('weir.interactions')).slice(0, COPIES)
  const forged: Message[] = []
  for (let number = 0; number < COPIES; number++) {
    const { key, value, headers } = real[number]!
    const own = Object.fromEntries(headers.map(([name, bytes]) => [name, bytes ?? Buffer.alloc(0)]))
    const broken = Buffer.from(value!)
    broken[broken.length - 1]! ^= 1
    const id = Buffer.from(`forged-${number}`)
    forged.push(
      { key: `nobody-${number}`, value: `{"not":"ours","number":${number}}` },
      { key: `null-${number}`, value: null },
      { key, value, headers: { ...own, 'weir-id': id } },
      { key, value: broken, headers: { ...own, 'weir-id': Buffer.from(`broken-${number}`) } },
      { key, value, headers: { ...own, 'weir-v': Buffer.from('9'), 'weir-id': Buffer.from(`future-${number}`) } },
    )
  }
  const copies = real.map(({ key, value, headers }): Message => {
    return { key, value, headers: Object.fromEntries(headers.map(([name, bytes]) => [name, bytes ?? ''])) }
  })
  for (const [number] of forged.entries()) {
    const expected = deadLetter(number)
    world.load.sent.set(keyOf(expected), { expected, acknowledged: true })
  }
  const kafka = new kafkajs.Kafka({
    clientId: 'somebody-else',
    brokers: world.all.kafka.bootstrap,
    logLevel: kafkajs.logLevel.NOTHING,
  })
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner })
  await producer.connect()
  await producer.send({ topic: 'weir.interactions', messages: [...forged, ...copies] })
  await producer.disconnect()
}

/** As the checks know what must end as a dead letter. */
function deadLetter(number: number): Expected {
  return {
    ...{ traceId: 'forged', spanId: String(number), name: 'forged', poison: true, findings: [] },
    signal: {} as Expected['signal'],
  }
}
