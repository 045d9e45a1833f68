import { once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { systemClock } from '../../../clock.ts'
import { silentLogger } from '../../../log.ts'
import { until } from '../broker.fixture.ts'
import { createKafkaClient } from './client.ts'
import { trackSockets } from './sockets.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** Takes connections and says nothing. */
async function silentServer(): Promise<{ port: number; taken: Socket[] }> {
  const taken: Socket[] = []
  const server = createServer((socket) => taken.push(socket.on('error', () => {})))
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, taken }
}

describe('the sockets of a Kafka client', () => {
  test('are ended with it, also those that nobody remembers', async () => {
    const { port, taken } = await silentServer()
    const sockets = trackSockets()
    let connected = 0
    const about = { host: '127.0.0.1', port, onConnect: () => connected++ } as never
    const [first, forgotten] = [sockets.factory(about), sockets.factory(about)]
    await until(() => connected === 2 && taken.length === 2)
    expect(sockets.open).toBe(2)
    first.destroy()
    await once(first, 'close')
    expect(sockets.open).toBe(1)
    sockets.destroy()
    await once(forgotten, 'close')
    expect(sockets.open).toBe(0)
  })

  test('do not outlive a question that nobody answered', async () => {
    const { port, taken } = await silentServer()
    const client = createKafkaClient({
      ...{ brokers: [`127.0.0.1:${port}`], clientId: 'test', clock: systemClock, logger: silentLogger },
      requestTimeoutMs: 200,
    })
    const asking = client.ask('anything', (admin) => admin.listTopics())
    await expect(asking).rejects.toThrow(expect.objectContaining({ code: 'WEIR_STREAM_UNREACHABLE' }) as Error)
    await client.close()
    expect(taken.length).toBeGreaterThan(0)
    for (const socket of taken) socket.resume()
    await until(() => taken.every((socket) => socket.readableEnded || socket.destroyed))
  })
})
