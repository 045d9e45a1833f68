import type { Answer } from './answer.ts'
import { EngineError } from './engine.ts'
import { admit, admitParams, knownFormat, shapeOf } from './gate.ts'
import type { Shape } from './gate.ts'
import { drainPipe } from './pipes.ts'
import type { RequestHead } from './request.ts'
import { withSession } from './session.ts'
import type { Session } from './session.ts'
import { allowSettings } from './settings.ts'
import type { StoreEngine } from './store.ts'

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

async function stream(
  store: StoreEngine,
  session: Session,
  shape: Shape,
  format: string,
  answer: Answer,
  stop: AbortController,
): Promise<void> {
  const most = store.open.limits.readerResultBytes
  let tooLarge = false
  await store.pipes.use(async (path) => {
    const sql = `${shape.select} INTO OUTFILE '${path}' APPEND FORMAT ${format}${shape.tail}`
    await drainPipe(
      path,
      () => session.query(sql, format),
      async (chunk) => {
        if (answer.sentBytes + chunk.length > most) {
          tooLarge = true
          stop.abort()
        }
        if (stop.signal.aborted) throw new Error('stopped')
        await answer.write(chunk)
      },
    ).then(
      (result) => {
        if (!tooLarge) answer.end({ result_rows: result.rowsRead, result_bytes: result.bytesRead })
      },
      (error: unknown) => {
        if (!tooLarge) throw error
      },
    )
  })
  if (tooLarge)
    throw new EngineError(
      396,
      'TOO_MANY_ROWS_OR_BYTES',
      `Limit for result exceeded: more than ${most} bytes. Select less, or add LIMIT`,
    )
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
        const canon = await session.canonical(sql)
        if (role === 'reader') {
          admit(canon, await session.classify(canon), store.refused)
          admitParams(canon, params)
        }
        const shape = shapeOf(canon)
        const format = shape.format ?? head.defaultFormat ?? 'TabSeparated'
        if (!knownFormat(format))
          throw new EngineError(73, 'UNKNOWN_FORMAT', `Format ${format} is not served by the embedded store`)
        answer.format = format
        await killing(store, tag, stop.signal, async () => {
          if (shape.streams) return stream(store, session, shape, format, answer, stop)
          const result = await session.query(canon, format)
          await answer.write(result.bytes)
          answer.end({ result_rows: result.rowsRead, result_bytes: result.bytesRead })
        })
      }),
    answer.left,
  )
}
