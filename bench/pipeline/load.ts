import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '../../core/clock.ts'
import { serve } from '../support/worker.ts'
import { FreshIds } from './fresh-ids.ts'
import { isVisible, Sender } from './sender.ts'
import { SHAPE } from './shape.ts'
import { makeRequests, type Request } from './traffic.ts'

/*
 * The load generator: a process of its own, whose processor time is nobody's business. Closed loop for saturation, open
 * loop for latency: there a request counts from the moment at which it was due, whether or not it could be sent then.
 */

const PACED_SPANS = 16
const PACED_CONNECTIONS = 96
/** Every so many paced requests, the store is asked for a span of one that was just acknowledged. */
const LOOK_EVERY = 25

let otlp = ''
let reader = ''
const ids = new FreshIds()
let saturating: Request[][] = []
let paced: Request[] = []
const senders: Sender[] = []

const senderAt = (index: number): Sender => (senders[index] ??= new Sender(otlp))

async function prepare({ bytes }: { bytes: number }): Promise<void> {
  const { connections, requestsPerConnection, spansPerRequest } = SHAPE
  const all = makeRequests({ bytes, requests: connections * requestsPerConnection, spansPerRequest, seed: 11 })
  saturating = Array.from({ length: connections }, (_, n) =>
    all.slice(n * requestsPerConnection, (n + 1) * requestsPerConnection),
  )
  paced = makeRequests({ bytes, requests: PACED_CONNECTIONS, spansPerRequest: PACED_SPANS, seed: 12 })
}

async function aim(target: { otlp: string; reader: string }): Promise<void> {
  for (const sender of senders.splice(0)) sender.close()
  otlp = target.otlp
  reader = target.reader
}

export interface Saturated {
  acknowledged: number
  seconds: number
  retries: number
}

/** As fast as answers come, at least so many interactions and at least so long. */
async function saturate(least: { interactions: number; seconds?: number }): Promise<Saturated> {
  const started = systemClock.now()
  const endAt = started + (least.seconds ?? 0) * 1000
  let issued = 0
  let acknowledged = 0
  let retries = 0
  await Promise.all(
    saturating.map(async (requests, connection) => {
      const sender = senderAt(connection)
      for (let n = 0; issued < least.interactions || systemClock.now() < endAt; n++) {
        const request = requests[n % requests.length]!
        issued += request.spans
        ids.stamp(request)
        retries += await sender.deliver(request.body)
        acknowledged += request.spans
      }
    }),
  )
  return { acknowledged, seconds: (systemClock.now() - started) / 1000, retries }
}

export interface Paced {
  acknowledged: number
  retries: number
  /** Milliseconds from the moment at which a request was due to its acknowledgement. */
  latencies: number[]
  /** Spans looked for in the store right after their acknowledgement, and how many were not there. */
  looked: number
  missing: number
  /** Milliseconds to the end of the query that showed the span. */
  seen: number[]
}

/** So many interactions a second, in small requests, whatever the answers. */
async function pace({ rate, seconds }: { rate: number; seconds: number }): Promise<Paced> {
  const result: Paced = { acknowledged: 0, retries: 0, latencies: [], looked: 0, missing: 0, seen: [] }
  const everyMs = (1000 * PACED_SPANS) / rate
  const total = Math.floor((seconds * 1000) / everyMs)
  const started = systemClock.now()
  let next = 0
  await Promise.all(
    paced.map(async (request, connection) => {
      const sender = senderAt(connection)
      while (next < total) {
        const n = next++
        const due = started + n * everyMs
        const early = due - systemClock.now()
        if (early > 0) await sleep(early)
        ids.stamp(request)
        result.retries += await sender.deliver(request.body)
        result.latencies.push(systemClock.now() - due)
        result.acknowledged += request.spans
        if (n % LOOK_EVERY === 0) await look(request, due, result)
      }
    }),
  )
  return result
}

async function look(request: Request, due: number, result: Paced): Promise<void> {
  const at = request.traceIds[request.spans - 1]!
  const visible = await isVisible(reader, request.body.toString('hex', at, at + 16))
  result.looked++
  if (visible) result.seen.push(systemClock.now() - due)
  else result.missing++
}

serve({ prepare, aim, saturate, pace })
