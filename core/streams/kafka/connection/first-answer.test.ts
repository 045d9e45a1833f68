import { once } from 'node:events'
import { createServer, type AddressInfo, type Server } from 'node:net'
import kafkajs, { type Producer } from 'kafkajs'
import { afterEach, describe, expect, test } from 'vitest'
import { mendFirstAnswer } from './first-answer.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

interface Broker {
  readonly address: string
  /** Questions that it was asked. */
  asked: number
}

/** Takes connections, and tells every question on them what it can do, if it answers at all. */
async function startBroker({ answers }: { answers: boolean }): Promise<Broker> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (question) => {
      broker.asked++
      if (answers) socket.write(nothingSpecial(question.readInt32BE(8)))
    })
  })
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const broker = { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked: 0 }
  return broker
}

/** No error, no requests that it knows, no throttling. */
function nothingSpecial(correlationId: number): Buffer {
  const answer = Buffer.alloc(18)
  answer.writeInt32BE(answer.length - 4, 0)
  answer.writeInt32BE(correlationId, 4)
  return answer
}

const producerFor = (...brokers: Broker[]): Producer =>
  new kafkajs.Kafka({
    brokers: brokers.map(({ address }) => address),
    requestTimeout: 150,
    enforceRequestTimeout: true,
    logLevel: kafkajs.logLevel.NOTHING,
    retry: { retries: 1, initialRetryTime: 10 },
  }).producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner })

describe('a broker that takes connections and does not answer', () => {
  test('without the cure counts as connected', async () => {
    const producer = producerFor(await startBroker({ answers: false }))
    await producer.connect()
    await expect(producer.send({ topic: 't', messages: [{ value: 'v' }] })).rejects.toThrow('Broker not connected')
    await producer.disconnect()
  })

  test('is not connected to', async () => {
    mendFirstAnswer()
    mendFirstAnswer()
    const silent = await startBroker({ answers: false })
    await expect(producerFor(silent).connect()).rejects.toThrow('Broker not connected')
    expect(silent.asked).toBe(2)
  })

  test('gives way to the next one', async () => {
    mendFirstAnswer()
    const [silent, other] = [await startBroker({ answers: false }), await startBroker({ answers: true })]
    const producer = producerFor(silent, other)
    await producer.connect()
    expect([silent.asked, other.asked]).toEqual([1, 1])
    await producer.disconnect()
  })
})
