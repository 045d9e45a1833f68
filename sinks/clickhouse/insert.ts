import { Permanent } from '../../core/errors.ts'
import type { StoreClient } from './client.ts'
import { encodeLines, type Lines } from './lines.ts'
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
  const lines = encodeLines(rows, (row) => table.line(row, mark))
  const refused: T[] = []
  await insertRange(0, rows.length, token)
  return refused

  async function insertRange(from: number, to: number, part: string): Promise<void> {
    if (from === to) return
    const body = bytesOf(lines, from, to)
    const alone = to - from === 1
    if (body.length <= MAX_INSERT_BYTES || alone) {
      try {
        return await client.insert(table.name, table.columns, body, part)
      } catch (error) {
        if (!(error instanceof Permanent)) throw error
        if (alone) return void refused.push(rows[from]!)
      }
    }
    const middle = from + ((to - from) >> 1)
    await insertRange(from, middle, `${part}/0`)
    await insertRange(middle, to, `${part}/1`)
  }
}

function bytesOf({ bytes, ends }: Lines, from: number, to: number): Buffer {
  return bytes.subarray(from === 0 ? 0 : ends[from - 1], ends[to - 1])
}
