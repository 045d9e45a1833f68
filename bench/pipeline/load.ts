import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '../../core/clock.ts'
import { isVisible } from '../support/store.ts'
import { serve } from '../support/worker.ts'
import { FreshIds } from './fresh-ids.ts'
import { Lookout } from './lookout.ts'
import { Sender } from './sender.ts'
import { SHAPE } from './shape.ts'
import { makeRequests, type Request } from './traffic.ts'

/*
 * The load generator: a process of its own, whose processor time is nobody's business. Closed loop for saturation, open
 * loop for latency: there a request counts from the moment at which it was due, whether or not it could be sent then.
 */

const PACED_SPANS = 16
const PACED_CONNECTIONS = 96

/** What is acknowledged is in the store, or will be soon. */
export type Visible = 'at once' | 'soon'

let otlp = ''
let reader = ''
let visible: Visible = 'at once'
const ids = new FreshIds()
let saturating: Request[][] = []
let paced: Request[] = []
let pacedSpans = PACED_SPANS
const senders: Sender[] = []

const senderAt = (index: number): Sender => (senders[index] ??= new Sender(otlp))

async function prepare({ bytes, spans = PACED_SPANS }: { bytes: number; spans?: number }): Promise<void> {
  pacedSpans = spans
  const { connections, requestsPerConnection, spansPerRequest } = SHAPE
  const all = makeRequests({ bytes, requests: connections * requestsPerConnection, spansPerRequest, seed: 11 })
  saturating = Array.from({ length: connections }, (_, n) =>
    all.slice(n * requestsPerConnection, (n + 1) * requestsPerConnection),
  )
  paced = makeRequests({ bytes, requests: PACED_CONNECTIONS, spansPerRequest: pacedSpans, seed: 12 })
}

async function aim(target: { otlp: string; reader: string; visible: Visible }): Promise<void> {
  for (const sender of senders.splice(0)) sender.close()
  ;({ otlp, reader, visible } = target)
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
  /** Spans looked for in the store after their acknowledgement, and how many were not there in time. */
  looked: number
  missing: number
  /** Milliseconds from the moment at which its request was due to the end of the query that showed the span. */
  seen: number[]
}

const nothing = (): Paced => ({ acknowledged: 0, retries: 0, latencies: [], looked: 0, missing: 0, seen: [] })
let sofar = nothing()

/** What pacing has seen since it began or was last asked. */
async function recent(): Promise<Paced> {
  const result = sofar
  sofar = nothing()
  return result
}

interface Pace {
  rate: number
  seconds: number
  /** Of every so many requests one span is looked for in the store. */
  lookEvery: number
}

/** So many interactions a second, in small requests, whatever the answers. What `recent` took is not in the result. */
async function pace({ rate, seconds, lookEvery }: Pace): Promise<Paced> {
  await recent()
  const lookout = new Lookout(reader)
  const everyMs = (1000 * pacedSpans) / rate
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
        const retries = await sender.deliver(request.body)
        sofar.retries += retries
        sofar.latencies.push(systemClock.now() - due)
        sofar.acknowledged += request.spans
        if (n % lookEvery === 0) await look(traceOf(request, n), due, lookout)
      }
    }),
  )
  await lookout.close()
  return recent()
}

function traceOf({ body, spans, traceIds }: Request, n: number): string {
  const at = traceIds[n % spans]!
  return body.toString('hex', at, at + 16)
}

/** What becomes visible soon is waited for elsewhere, so that this connection can go on. */
async function look(traceId: string, due: number, lookout: Lookout): Promise<void> {
  sofar.looked++
  const found = (isThere: boolean): void => {
    if (isThere) sofar.seen.push(systemClock.now() - due)
    else sofar.missing++
  }
  if (visible === 'soon') return lookout.add(traceId, found)
  found(await isVisible(reader, traceId))
}

serve({ prepare, aim, saturate, pace, recent })
