import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { partFault } from './part-files.ts'
import { covers, logsOf, parsePart, partsOf, setAside, tablesOf, TOKEN_LINE } from './tables.ts'
import type { PartName } from './tables.ts'

/** More parts one insert does not make (`max_partitions_per_insert_block`), and only the last one may lack its answer. */
const LAST_INSERT_PARTS = 100

/**
 * Parts that are not whole while what they were made of is still there. The engine takes such a part for good when one of
 * its projections is not whole either, and then removes what it was made of.
 */
function setAsideBrokenMerges(table: string): void {
  const parts = partsOf(table)
  const madeOf = (part: PartName): PartName | undefined =>
    parts.find((other) => other.version < part.version && covers(part, other))
  for (const part of parts) {
    const path = join(table, part.name)
    if (part.version > 0 && madeOf(part) && partFault(path) !== undefined) setAside(path)
  }
}

/** Parts of the last inserts which the table has not, or not whole. Those that are there are set aside. */
function unfinishedParts(table: string, lines: readonly string[]): Set<string> {
  const unfinished = new Set<string>()
  const there = partsOf(table)
  for (const line of lines.slice(-LAST_INSERT_PARTS)) {
    const [, kind, name] = TOKEN_LINE.exec(line) ?? []
    if (kind !== '1' || name === undefined) continue
    const path = join(table, name)
    if (existsSync(path)) {
      if (partFault(path) === undefined) continue
      setAside(path)
      unfinished.add(name)
    } else {
      const part = parsePart(name)
      if (part && !there.some((other) => covers(other, part))) unfinished.add(name)
    }
  }
  return unfinished
}

function mendTable(table: string, scratch: string): void {
  const files = logsOf(table).map((file) => {
    const lines = readFileSync(file.path, 'utf8').split('\n')
    const torn = lines.pop() as string
    return { ...file, lines, torn }
  })
  setAsideBrokenMerges(table)
  const newest = files.slice(-2).flatMap(({ lines }) => lines)
  const unfinished = unfinishedParts(table, newest)
  for (const { path, lines, torn } of files) {
    const kept = lines.filter((line) => {
      const name = TOKEN_LINE.exec(line)?.[2]
      return name !== undefined && !unfinished.has(name)
    })
    if (kept.length === lines.length && torn === '') continue
    const next = join(scratch, 'token-log')
    writeFileSync(next, kept.map((line) => `${line}\n`).join(''), { flush: true })
    renameSync(next, path)
  }
}

/**
 * Makes tables whole before the engine opens them, and lets their token logs say the same. A process that ended in the
 * middle of an insert may leave a token without its rows: its repeat would be taken for done. And the engine reads no
 * further than a torn line. The rows of a torn line stay: they may have been answered, before the power failed.
 */
export function mendTables(dataDirectory: string, scratch: string): void {
  for (const table of tablesOf(dataDirectory)) mendTable(table, scratch)
}
