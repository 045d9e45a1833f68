import { Permanent } from '../../core/errors.ts'
import type { StoreClient } from './client.ts'
import type { BatchMark, Table } from './tables.ts'

/** An insert larger than this is split, so that it stays one block and within the store's limits. */
const MAX_INSERT_BYTES = 48 * 1024 * 1024

/**
 * Inserts rows under a token and returns those that the store will never take. When it must split, by size or around a
 * row that is refused, it does so by halves under `token/part`: the same rows split the same way, so a repeat is
 * recognised part by part.
 */
export async function insertRows<T>(
  client: StoreClient,
  table: Table<T>,
  rows: readonly T[],
  mark: BatchMark,
  token: string,
): Promise<T[]> {
  const refused = await insertLines(
    client,
    table,
    rows.map((row) => table.line(row, mark)),
    token,
  )
  return refused.map((index) => rows[index]!)
}

async function insertLines(
  client: StoreClient,
  table: Pick<Table<unknown>, 'name' | 'columns'>,
  lines: readonly string[],
  token: string,
): Promise<number[]> {
  if (lines.length === 0) return []
  const body = bodyOf(lines)
  if (body.length <= MAX_INSERT_BYTES || lines.length === 1) {
    try {
      await client.insert(table.name, table.columns, body, token)
      return []
    } catch (error) {
      if (!(error instanceof Permanent)) throw error
      if (lines.length === 1) return [0]
    }
  }
  const middle = lines.length >> 1
  const left = await insertLines(client, table, lines.slice(0, middle), `${token}/0`)
  const right = await insertLines(client, table, lines.slice(middle), `${token}/1`)
  return [...left, ...right.map((index) => index + middle)]
}

/** Line by line: joined into one string first, a single character beyond Latin-1 would double the memory of all lines. */
function bodyOf(lines: readonly string[]): Buffer {
  let size = lines.length - 1
  for (const line of lines) size += Buffer.byteLength(line)
  const body = Buffer.allocUnsafe(size)
  let at = 0
  for (const line of lines) {
    if (at > 0) at += body.write('\n', at, 'latin1')
    at += body.write(line, at, 'utf8')
  }
  return body
}
