import type { Answer, Summary } from './answer.ts'
import { EngineError, literal } from '../engine/engine.ts'
import type { QueryResult } from '../engine/engine.ts'
import type { RequestHead } from './request.ts'
import { needRoom } from '../engine/room.ts'
import { withSession } from '../rights/session.ts'
import type { Session } from '../rights/session.ts'
import { allowSettings } from '../rights/settings.ts'
import { parseInsert } from '../rights/sql.ts'
import type { InsertText } from '../rights/sql.ts'
import type { StoreEngine } from '../store.ts'

/** An INSERT statement is looked at this far for the place where its data begins. */
const INSERT_HEAD_BYTES = 64 << 10

/** Errors after which a kept connection is as good as before: the data or the statement was wrong, or there was no room. */
const HARMLESS = new Set([6, 26, 27, 36, 38, 41, 43, 47, 53, 60, 62, 69, 72, 73, 117, 130, 131, 241, 243, 252])

const TOKEN = 'insert_deduplication_token'

/** Statements that write definitions or parts. The others may be what makes room. */
const NEEDS_ROOM = /^\s*(?:CREATE|INSERT|ALTER(?![\s\S]*\bDROP\s+(?:DETACHED\s+)?PART))/i

const settingsClause = (insert: InsertText, settings: ReadonlyMap<string, string>): string => {
  if (settings.size === 0) return ''
  const list = [...settings].map(([name, value]) => `${name} = ${literal(value)}`).join(', ')
  return insert.hasSettings ? `, ${list}` : ` SETTINGS ${list}`
}

async function insertData(store: StoreEngine, head: RequestHead, insert: InsertText, data: Buffer): Promise<Summary> {
  if (data.length === 0) throw new EngineError(108, 'NO_DATA_TO_INSERT', 'No data to insert')
  const format = insert.format ?? head.defaultFormat ?? 'Values'
  const settings = allowSettings(head.settings, 'writer', store.open.limits)
  const prefix = `${insert.head}${settingsClause(insert, settings)} FORMAT ${format}`
  const run = async (session: Session): Promise<Summary> => {
    const result = await session.insert(prefix, data)
    return {
      written_rows: result.rowsWritten,
      written_bytes: result.bytesWritten,
      result_rows: result.rowsWritten,
      result_bytes: result.bytesWritten,
    }
  }
  const { database, params } = head
  const tokened = head.settings.has(TOKEN)
  if (params.size > 0) {
    const ask = { role: 'writer', database, settings: new Map<string, string>(), params, tag: 'insert' } as const
    return store.write(tokened, () =>
      withSession(store.open, ask, async (session) => {
        await session.begin()
        return run(session)
      }),
    )
  }
  return store.write(tokened, async () => {
    try {
      return await run(await store.inserter(database))
    } catch (error) {
      if (!(error instanceof EngineError) || !HARMLESS.has(error.code)) store.dropInserter(database)
      throw error
    }
  })
}

/**
 * Answers an INSERT. It runs to its end once it was received whole, also when the client has left: the client will come
 * again under the same token.
 */
export async function answerInsert(store: StoreEngine, head: RequestHead, body: Buffer, answer: Answer): Promise<void> {
  const fromAddress = head.query !== ''
  const text = fromAddress
    ? Buffer.from(head.query, 'utf8').toString('latin1')
    : body.toString('latin1', 0, INSERT_HEAD_BYTES)
  const insert = parseInsert(text)
  if (insert.selects) {
    if (fromAddress && body.length > 0) {
      throw new EngineError(
        48,
        'NOT_IMPLEMENTED',
        'INSERT ... SELECT FROM input() is not served by the embedded store: insert the rows themselves',
      )
    }
    return answerStatement(store, head, fromAddress ? head.query : body.toString('utf8'), answer)
  }
  // The text was read byte by byte; names in it may be longer characters.
  const utf8 = { ...insert, head: Buffer.from(insert.head, 'latin1').toString('utf8') }
  const rest = Buffer.from(text.slice(insert.dataStart), 'latin1')
  const data = !fromAddress
    ? body.subarray(insert.dataStart)
    : rest.length === 0
      ? body
      : Buffer.concat([rest, Buffer.from('\n'), body])
  answer.end(await insertData(store, head, utf8, data))
}

/** Answers any other statement of the writer: definitions, mutations, control. One after the other with the inserts. */
export async function answerStatement(
  store: StoreEngine,
  head: RequestHead,
  sql: string,
  answer: Answer,
): Promise<void> {
  const { database, params } = head
  const settings = allowSettings(head.settings, 'writer', store.open.limits)
  const format = head.defaultFormat ?? 'TabSeparated'
  answer.format = format
  const ask = { role: 'writer', database, settings, params, tag: store.nextTag() } as const
  const run = (): Promise<QueryResult> =>
    withSession(store.open, ask, async (session) => {
      await session.begin()
      return session.query(sql, format)
    })
  const write = (): Promise<QueryResult> =>
    store.change(head.settings.has(TOKEN), () => {
      if (NEEDS_ROOM.test(sql)) needRoom(store.open.dataDirectory)
      return run()
    })
  // A KILL must not wait behind what it is to end.
  const result = await (/^\s*KILL\b/i.test(sql) ? run() : write())
  await answer.write(result.bytes)
  answer.end({ result_rows: result.rowsRead, result_bytes: result.bytesRead })
}
