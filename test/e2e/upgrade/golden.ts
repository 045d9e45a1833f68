import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../../core/runnable.ts'

/*
 * What a version wrote, kept for the versions after it: rows of its tables, and records that waited in its topics. One
 * folder for each newest migration; `write-golden.ts` makes it when a migration is committed.
 */

export const ROOT: string = packageRoot(import.meta.filename)
export const GOLDEN: string = join(ROOT, 'test', 'golden', 'upgrade')
/** Tables of which rows are kept. */
export const TABLES = ['interactions', 'findings', 'originals', 'dead_letters', 'ledger'] as const

export interface GoldenRow {
  readonly table: (typeof TABLES)[number]
  readonly row: Readonly<Record<string, unknown>>
}

/** Bytes are base64. */
export interface GoldenRecord {
  readonly topic: string
  readonly key: string
  readonly value: string
  readonly headers: Readonly<Record<string, string>>
}

export interface Golden {
  /** The newest migration of the version that wrote it. */
  readonly migration: number
  /** Hashes of its migrations, in order: what was committed must not change. */
  readonly hashes: readonly string[]
  readonly rows: readonly GoldenRow[]
  readonly records: readonly GoldenRecord[]
}

export const folderOf = (migration: number): string => join(GOLDEN, String(migration).padStart(3, '0'))

const linesOf = <T>(folder: string, file: string): T[] =>
  readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T)

export function readGolden(): Golden[] {
  if (!existsSync(GOLDEN)) return []
  return readdirSync(GOLDEN)
    .filter((name) => /^\d{3}$/.test(name))
    .toSorted()
    .map((name) => {
      const folder = join(GOLDEN, name)
      const hashes = JSON.parse(readFileSync(join(folder, 'migrations.json'), 'utf8')) as string[]
      const [rows, records] = [linesOf<GoldenRow>(folder, 'rows.jsonl'), linesOf<GoldenRecord>(folder, 'records.jsonl')]
      return { migration: Number(name), hashes, rows, records }
    })
}
