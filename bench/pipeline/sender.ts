import { Agent, request as httpRequest } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** How often a request is sent again before the benchmark gives up. */
const MOST_TRIES = 50

interface Answer {
  status: number
  retryAfterMs: number
  body: Buffer
}

/** One app: one connection that is kept, one request at a time. */
export class Sender {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })
  readonly #url: URL

  constructor(otlp: string) {
    this.#url = new URL('/v1/traces', otlp)
  }

  /** Sends until it is acknowledged whole, as an exporter does; says how often it had to be sent again. */
  async deliver(body: Buffer): Promise<number> {
    for (let retries = 0; retries < MOST_TRIES; retries++) {
      const answer = await this.#post(body)
      if (answer.status === 200) {
        // An empty ExportTraceServiceResponse: any byte of it would be a partial success.
        if (answer.body.length > 0) throw new Error('Weir refused a part of a request of the benchmark')
        return retries
      }
      if (answer.status !== 503 && answer.status !== 429) {
        throw new Error(`Weir answered ${answer.status}: ${answer.body.toString('latin1')}`)
      }
      await sleep(answer.retryAfterMs)
    }
    throw new Error(`Weir did not take a request in ${MOST_TRIES} tries`)
  }

  close(): void {
    this.#agent.destroy()
  }

  #post(body: Buffer): Promise<Answer> {
    const headers = { 'content-type': 'application/x-protobuf', 'content-length': body.length }
    return new Promise((resolve, reject) => {
      const request = httpRequest(this.#url, { agent: this.#agent, method: 'POST', headers }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const retryAfterMs = Number(response.headers['retry-after'] ?? 1) * 1000
          resolve({ status: response.statusCode ?? 0, retryAfterMs, body: Buffer.concat(chunks) })
        })
      })
      request.on('error', reject)
      request.end(body)
    })
  }
}
