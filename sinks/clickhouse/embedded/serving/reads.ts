import type { Answer } from './answer.ts'
import { EngineError, literal } from '../engine/engine.ts'
import type { QueryResult } from '../engine/engine.ts'
import { admit, admitParams, knownFormat, shapeOf } from '../rights/gate.ts'
import type { Shape } from '../rights/gate.ts'
import { drainPipe } from '../engine/pipes.ts'
import type { RequestHead } from './request.ts'
import { withSession } from '../rights/session.ts'
import type { Session } from '../rights/session.ts'
import { allowSettings } from '../rights/settings.ts'
import type { Role } from '../rights/settings.ts'
import type { StoreEngine } from '../store.ts'

const KILL_EVERY_MS = 100

/** While `work` runs, ends the engine's query as soon as the client leaves or the result exceeds its limit. */
async function killing<T>(store: StoreEngine, tag: string, stop: AbortSignal, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const kill = (): void => {
    // Again until it is gone: the query may not have begun when the first kill arrives.
    void store.kill(tag).catch(() => {})
    timer = setTimeout(kill, KILL_EVERY_MS)
  }
  stop.addEventListener('abort', kill, { once: true })
  try {
    if (stop.aborted) throw new EngineError(394, 'QUERY_WAS_CANCELLED', 'Query was cancelled')
    return await work()
  } finally {
    stop.removeEventListener('abort', kill)
    clearTimeout(timer)
  }
}

/** Bytes of one answer, for whoever must be stopped there. */
class ResultLimit {
  readonly #most: number
  readonly #stop: AbortController
  #exceeded = false
  constructor(role: Role, most: number, stop: AbortController) {
    this.#most = role === 'reader' ? most : Infinity
    this.#stop = stop
  }
  /** Throws when nothing more shall come: the client has left, or had enough. */
  check(bytes: number): void {
    if (bytes > this.#most) {
      this.#exceeded = true
      this.#stop.abort()
    }
    if (this.#stop.signal.aborted)
      throw this.reason(new EngineError(394, 'QUERY_WAS_CANCELLED', 'Query was cancelled')) as Error
  }
  /** The error to tell: what stopping did to the engine is not the reason. */
  reason(error: unknown): unknown {
    if (!this.#exceeded) return error
    const message = `Limit for result exceeded: more than ${this.#most} bytes. Select less, or add LIMIT`
    return new EngineError(396, 'TOO_MANY_ROWS_OR_BYTES', message)
  }
}

interface Reading {
  store: StoreEngine
  session: Session
  answer: Answer
  limit: ResultLimit
}

/** Through a pipe, so that neither the engine nor this process ever holds the whole. */
async function stream({ store, session, answer, limit }: Reading, shape: Shape, format: string): Promise<QueryResult> {
  return store.pipes.use((path) => {
    const sql = `${shape.select} INTO OUTFILE ${literal(path)} APPEND FORMAT ${format}${shape.tail}`
    return drainPipe(
      path,
      () => session.query(sql, format),
      (chunk) => {
        limit.check(answer.sentBytes + chunk.length)
        return answer.write(chunk)
      },
    )
  })
}

async function whole({ session, answer, limit }: Reading, sql: string, format: string): Promise<QueryResult> {
  const result = await session.query(sql, format)
  limit.check(result.bytes.length)
  await answer.write(result.bytes)
  return result
}

/** Answers a statement that reads. `sql` is what the client sent, `head.role` decides what it may reach. */
export async function answerRead(store: StoreEngine, head: RequestHead, sql: string, answer: Answer): Promise<void> {
  const { role, database, params } = head
  const settings = allowSettings(head.settings, role, store.open.limits)
  const tag = store.nextTag()
  const stop = new AbortController()
  const leave = (): void => stop.abort()
  answer.left.addEventListener('abort', leave, { once: true })
  await store.queries[role].run(
    () =>
      withSession(store.open, { role, database, settings, params, tag }, async (session) => {
        const canon = await session.beginWith(sql)
        if (role === 'reader') {
          admit(canon, await session.classify(canon), store.refused)
          admitParams(canon, params)
        }
        const shape = shapeOf(canon)
        const format = shape.format ?? head.defaultFormat ?? 'TabSeparated'
        if (!knownFormat(format))
          throw new EngineError(73, 'UNKNOWN_FORMAT', `Format ${format} is not served by the embedded store`)
        answer.format = format
        const limit = new ResultLimit(role, store.open.limits.readerResultBytes, stop)
        const reading = { store, session, answer, limit }
        const result = await killing(store, tag, stop.signal, () =>
          shape.streams ? stream(reading, shape, format) : whole(reading, canon, format),
        ).catch((error: unknown) => {
          store.heed(error)
          throw limit.reason(error)
        })
        // The engine may take a closed pipe for the end and say that all is well.
        limit.check(answer.sentBytes)
        answer.end({ result_rows: result.rowsRead, result_bytes: result.bytesRead })
      }),
    answer.left,
  )
}
