import { setMaxListeners } from 'node:events'
import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { systemClock } from '../../core/clock.ts'
import { partialSuccess } from '../support/otlp-encode.ts'
import { randomOf, type Expected, type Request } from './workload.ts'

export interface LoadOptions {
  port: number
  deliveries: readonly Request[]
  senders: number
  /** A sender hears nothing for so long, gives up, and sends the same bytes again. */
  timeoutMs: number
  seed: string
}

interface Attempt {
  from: bigint
  to: bigint
}

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

const RETRY_LEAST_MS = 40
const RETRY_SPREAD_MS = 160
const RETRY_AFTER_MOST_MS = 300
const RETRYABLE = new Set([429, 502, 503, 504])

/** Concurrent senders that send every delivery until it is acknowledged, the same bytes each time. */
export class Load {
  /** By name: everything that was ever sent, and whether it was acknowledged. */
  readonly sent: Map<string, { expected: Expected; acknowledged: boolean }> = new Map()
  /** Answers that no sender should get; each is a fault of its own. */
  readonly refused: string[] = []
  acknowledged = 0
  retries = 0
  readonly #options: LoadOptions
  readonly #queue: Request[]
  readonly #attempts: Attempt[] = []
  readonly #open = new Set<Attempt>()
  #watchers: { count: number; resolve: () => void }[] = []

  constructor(options: LoadOptions) {
    this.#options = options
    this.#queue = [...options.deliveries]
    for (const { holds } of options.deliveries)
      for (const expected of holds) this.sent.set(keyOf(expected), { expected, acknowledged: false })
  }

  /** Requests that had been sent and not answered at a moment of the monotonic clock. */
  inFlightAt(moment: bigint): number {
    const during = ({ from, to }: Attempt): boolean => from < moment && moment < to
    return this.#attempts.filter(during).length + [...this.#open].filter(({ from }) => from < moment).length
  }

  /** Resolves when so many interactions were acknowledged. */
  reached(count: number): Promise<void> {
    if (this.acknowledged >= count) return Promise.resolve()
    return new Promise((resolve) => this.#watchers.push({ count, resolve }))
  }

  /** Resolves when everything is acknowledged, or the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { senders } = this.#options
    setMaxListeners(senders + 10, signal)
    await Promise.all(Array.from({ length: senders }, (_, number) => this.#send(number, signal)))
  }

  /** Everything within so long; `wrong` is what was not acknowledged by then, and what was refused. */
  async runWithin(ms: number): Promise<{ inTime: boolean; wrong: string[] }> {
    const over = new AbortController()
    const late = systemClock.sleep(ms, over.signal).then(() => over.abort())
    await this.run(over.signal)
    const open = [...this.sent.values()].filter(({ acknowledged }) => !acknowledged).length
    const inTime = !over.signal.aborted
    over.abort()
    await late
    const unheard = inTime ? [] : [`${open} interactions were not acknowledged within ${ms} ms`]
    return { inTime, wrong: [...unheard, ...this.refused] }
  }

  async #send(number: number, signal: AbortSignal): Promise<void> {
    const random = randomOf(`${this.#options.seed} sender ${number}`)
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    try {
      for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
        while (!signal.aborted) {
          const waitMs = await this.#attempt(next, agent)
          if (waitMs === undefined) break
          this.retries++
          await systemClock.sleep(waitMs + RETRY_LEAST_MS + random() * RETRY_SPREAD_MS, signal)
        }
      }
    } finally {
      agent.destroy()
    }
  }

  /** Sends once. Undefined: done with it; otherwise how long the receiver asks to wait. */
  async #attempt(delivery: Request, agent: Agent): Promise<number | undefined> {
    const attempt: Attempt = { from: process.hrtime.bigint(), to: 0n }
    this.#open.add(attempt)
    let answer: Answer | undefined
    try {
      answer = await post(this.#options, delivery, agent)
    } catch {
      // Connection refused, reset or silent: nothing is known, so it is sent again.
    }
    attempt.to = process.hrtime.bigint()
    this.#open.delete(attempt)
    this.#attempts.push(attempt)
    if (answer === undefined) return 0
    if (answer.status === 200) return this.#accept(delivery, answer)
    if (RETRYABLE.has(answer.status))
      return Math.min(Number(answer.headers['retry-after'] ?? 0) * 1_000, RETRY_AFTER_MOST_MS)
    this.refused.push(`a request was answered ${answer.status}: ${printable(answer.body)}`)
    return undefined
  }

  #accept(delivery: Request, answer: Answer): undefined {
    const { rejected, message } = partialSuccess(answer.headers['content-type'] ?? '', answer.body)
    if (rejected > 0) {
      this.refused.push(`${rejected} records of a request were refused: ${message}`)
      return
    }
    for (const expected of delivery.holds) {
      const entry = this.sent.get(keyOf(expected))!
      if (!entry.acknowledged) this.acknowledged++
      entry.acknowledged = true
    }
    this.#watchers = this.#watchers.filter(({ count, resolve }) => {
      if (this.acknowledged < count) return true
      resolve()
      return false
    })
  }
}

/** What names a record: its span, and of a log record the event too. */
export const keyOf = ({ traceId, spanId, event }: { traceId: string; spanId: string; event?: string }): string =>
  `${traceId}/${spanId}${event === undefined ? '' : `/${event}`}`

const printable = (body: Buffer): string =>
  body
    .toString('latin1')
    .replaceAll(/[^\x20-\x7e]/g, '.')
    .slice(0, 200)

function post({ port, timeoutMs }: LoadOptions, delivery: Request, agent: Agent): Promise<Answer> {
  const headers = {
    'Content-Type': delivery.contentType,
    'Content-Length': delivery.body.length,
    ...(delivery.gzip && { 'Content-Encoding': 'gzip' }),
  }
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      host: '127.0.0.1',
      port,
      path: delivery.path ?? '/v1/traces',
      method: 'POST',
      headers,
      agent,
    })
    const timer = setTimeout(() => request.destroy(new Error('no answer in time')), timeoutMs)
    const failed = (error: Error): void => {
      clearTimeout(timer)
      reject(error)
    }
    request.on('error', failed)
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', failed)
      response.on('aborted', () => failed(new Error('the answer was cut off')))
      response.on('end', () => {
        clearTimeout(timer)
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) })
      })
    })
    request.end(delivery.body)
  })
}
