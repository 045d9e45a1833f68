import { describe, expect, test } from 'vitest'
import { mendRequestQueue, requestQueueClass, type RequestQueue } from './request-queue.ts'

interface Queue extends RequestQueue {
  readonly inflight: ReadonlyMap<number, unknown>
  readonly throttleCheckTimeoutId: NodeJS.Timeout | null
  push(request: object): void
  maybeThrottle(ms: number): void
  fulfillRequest(answer: object): void
  destroy(): void
}

const logger = { debug: () => {}, warn: () => {} }
const settings = { maxInFlightRequests: 1, requestTimeout: 5_000, enforceRequestTimeout: false, clientId: 'test' }

function openQueue(): { queue: Queue; send: (correlationId: number) => void; sent: number[] } {
  const QueueClass = requestQueueClass() as unknown as new (options: object) => Queue
  const queue = new QueueClass({ ...settings, broker: 'none', logger })
  const sent: number[] = []
  const send = (correlationId: number): void => {
    const entry = { correlationId, resolve: () => {}, reject: () => {} }
    queue.push({ entry, expectResponse: true, sendRequest: () => void sent.push(correlationId) })
  }
  return { queue, send, sent }
}

const answer = (correlationId: number): object => ({ correlationId, payload: null, size: 0 })

describe('the queue of requests of kafkajs', () => {
  test('without the cure it sets a timer although nothing waits', () => {
    const { queue, send } = openQueue()
    send(1)
    queue.fulfillRequest(answer(1))
    expect(queue.pending).toEqual([])
    expect(queue.throttleCheckTimeoutId).not.toBeNull()
    queue.destroy()
  })

  test('sets none where nothing waits', () => {
    mendRequestQueue()
    mendRequestQueue()
    const { queue, send } = openQueue()
    send(1)
    queue.fulfillRequest(answer(1))
    expect(queue.throttleCheckTimeoutId).toBeNull()
  })

  test('what waits for an answer is sent after it', () => {
    mendRequestQueue()
    const { queue, send, sent } = openQueue()
    send(1)
    send(2)
    expect(sent).toEqual([1])
    queue.fulfillRequest(answer(1))
    expect(sent).toEqual([1, 2])
    queue.fulfillRequest(answer(2))
    queue.destroy()
  })

  test('what waits because the broker asked for a pause is sent when that is over', async () => {
    mendRequestQueue()
    const { queue, send, sent } = openQueue()
    send(1)
    queue.maybeThrottle(30)
    queue.fulfillRequest(answer(1))
    send(2)
    expect(sent).toEqual([1])
    await expect.poll(() => sent).toEqual([1, 2])
    queue.fulfillRequest(answer(2))
    queue.destroy()
  })
})
