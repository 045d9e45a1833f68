import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/* How the engine lays out its tables on the disk. */

/**
 * The engine keeps the tokens of inserts in a log per table: one line `1 part token` for each part that an insert makes,
 * written before the part gets its name, and `2 part token` when it is dropped.
 */
export const TOKEN_LINE: RegExp = /^([12])\t([^\t]+)\t[^\t]+$/

export interface LogFile {
  path: string
  number: number
}

export function tablesOf(dataDirectory: string): string[] {
  const store = join(dataDirectory, 'store')
  if (!existsSync(store)) return []
  return readdirSync(store, { withFileTypes: true })
    .filter((prefix) => prefix.isDirectory())
    .flatMap(({ name }) => readdirSync(join(store, name)).map((table) => join(store, name, table)))
    .filter((table) => existsSync(join(table, 'format_version.txt')))
}

/** A table's token logs, the newest last. There are none where no tokens are kept. */
export function logsOf(table: string): LogFile[] {
  const folder = join(table, 'deduplication_logs')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .flatMap((name) => {
      const number = /^deduplication_log_(\d+)\.txt$/.exec(name)?.[1]
      return number === undefined ? [] : [{ path: join(folder, name), number: Number(number) }]
    })
    .sort((a, b) => a.number - b.number)
}

/** Takes a part out of its table. It is kept among the table's detached parts. */
export function setAside(part: string): void {
  const detached = join(dirname(part), 'detached')
  const target = join(detached, `broken_${basename(part)}`)
  mkdirSync(detached, { recursive: true })
  rmSync(target, { recursive: true, force: true })
  renameSync(part, target)
}

export interface PartName {
  name: string
  partition: string
  first: number
  last: number
  /** A later part of the same blocks has a higher one. */
  version: number
}

export function parsePart(name: string): PartName | undefined {
  const match = /^([^_]+)_(\d+)_(\d+)_(\d+)(?:_(\d+))?$/.exec(name)
  if (!match) return undefined
  const [first, last, level, mutation = 0] = match.slice(2).map((digits) => Number(digits ?? 0))
  return { name, partition: match[1]!, first: first!, last: last!, version: level! + mutation }
}

export const partsOf = (table: string): PartName[] => readdirSync(table).flatMap((name) => parsePart(name) ?? [])

export const covers = (part: PartName, other: PartName): boolean =>
  part.partition === other.partition && part.first <= other.first && part.last >= other.last
