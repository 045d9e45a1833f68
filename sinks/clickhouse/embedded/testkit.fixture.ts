import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { Agent, request as httpRequest } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startEmbeddedStore } from './process/supervisor.ts'
import type { EmbeddedStore, EmbeddedStoreOptions } from './process/supervisor.ts'

/** What this folder's tests share: a store in a folder of its own, and plain HTTP to it. */

export interface TestStore {
  store: EmbeddedStore
  directory: string
  close(): Promise<void>
}

export function tempDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'weir-embedded-'))
}

export async function startTestStore(options: Partial<EmbeddedStoreOptions> = {}): Promise<TestStore> {
  const directory = options.directory ?? tempDirectory()
  const store = await startEmbeddedStore({ ...options, directory })
  return {
    store,
    directory,
    close: async () => {
      await store.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

export interface Ask {
  method?: string
  path?: string
  query?: string
  url?: Record<string, string>
  headers?: Record<string, string>
  body?: string | Buffer
  as?: 'reader' | 'writer'
  signal?: AbortSignal
}

export interface Reply {
  status: number
  headers: IncomingHttpHeaders
  bytes: Buffer
  text: string
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 })

/** One request as curl would send it. */
export function ask(store: EmbeddedStore, what: Ask): Promise<Reply> {
  const search = new URLSearchParams(what.url)
  if (what.query !== undefined) search.set('query', what.query)
  const headers: Record<string, string> = { ...what.headers }
  if (what.as === 'writer') {
    headers.Authorization = `Basic ${Buffer.from(`${store.writer.user}:${store.writer.password}`).toString('base64')}`
  }
  const body = what.body === undefined ? undefined : Buffer.from(what.body as string)
  const method = what.method ?? (body === undefined ? 'GET' : 'POST')
  const options = {
    host: store.host,
    port: store.port,
    path: `${what.path ?? '/'}?${search.toString()}`,
    method,
    headers,
    agent,
  }
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ ...options, ...(what.signal ? { signal: what.signal } : {}) }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const bytes = Buffer.concat(chunks)
        resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes, text: bytes.toString('utf8') })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** SQL in the body, as a user; fails the test when the store says no. */
export async function run(store: EmbeddedStore, sql: string, as: 'reader' | 'writer' = 'writer'): Promise<string> {
  const reply = await ask(store, { body: sql, as })
  if (reply.status !== 200) throw new Error(`${sql}: ${reply.status} ${reply.text}`)
  return reply.text.trim()
}

/** Waits for something to become true. */
export async function until(what: string, look: () => boolean | Promise<boolean>, deadlineMs = 20_000): Promise<void> {
  for (let waited = 0; !(await look()); waited += 25) {
    if (waited > deadlineMs) throw new Error(`not within ${deadlineMs} ms: ${what}`)
    await pause(25)
  }
}

export function residentMegabytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
}
