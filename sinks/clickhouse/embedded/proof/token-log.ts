import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { logsOf, tablesOf, TOKEN_LINE } from './tables.ts'
import type { LogFile } from './tables.ts'

/** What inserts have added to the logs since the last look. */
export interface Added {
  parts: string[]
  /** A line is not whole. */
  torn: boolean
}

interface Followed extends LogFile {
  size: number
}

/** Follows the token logs of all tables, to learn which parts an insert has made. */
export class TokenLogs {
  readonly #dataDirectory: string
  #followed = new Map<string, Followed>()

  constructor(dataDirectory: string) {
    this.#dataDirectory = dataDirectory
    for (const [table, log] of this.#find()) this.#followed.set(table, { ...log, size: statSync(log.path).size })
  }

  #find(): [string, LogFile][] {
    return tablesOf(this.#dataDirectory).flatMap((table) => {
      const newest = logsOf(table).at(-1)
      return newest ? [[table, newest] as [string, LogFile]] : []
    })
  }

  added(): Added {
    const added = this.#read()
    if (added.parts.length > 0 || added.torn) return added
    // Nothing new in the logs that are known: there may be tables, or logs, that are not.
    const found = this.#find().map(([table, newest]): [string, Followed] => {
      const known = this.#followed.get(table)
      return [table, known && existsSync(known.path) ? known : { ...newest, size: 0 }]
    })
    this.#followed = new Map(found)
    return this.#read()
  }

  /** Whether a part left its token, if its table keeps tokens at all. */
  knows(part: string): boolean {
    const table = dirname(part)
    const last = `\t${basename(part)}\t`
    const logs = logsOf(table).slice(-2)
    if (logs.length === 0) return true
    return logs.some(({ path }) => wholeLines(path).some((line) => TOKEN_LINE.test(line) && line.includes(last)))
  }

  #read(): Added {
    const added: Added = { parts: [], torn: false }
    for (const [table, log] of this.#followed) {
      for (let grown = true; grown;) {
        const text = readFrom(log)
        const lines = text.split('\n')
        if (lines.pop() !== '') added.torn = true
        for (const line of lines) {
          const [, kind, name] = TOKEN_LINE.exec(line) ?? []
          if (name === undefined) added.torn = true
          else if (kind === '1') added.parts.push(join(table, name))
        }
        // The engine begins another log after so many lines.
        const number = log.number + 1
        const path = join(dirname(log.path), `deduplication_log_${number}.txt`)
        grown = text !== '' && existsSync(path)
        if (grown) Object.assign(log, { path, number, size: 0 })
      }
    }
    return added
  }
}

function wholeLines(path: string): string[] {
  return readFileSync(path, 'utf8').split('\n').slice(0, -1)
}

function readFrom(log: Followed): string {
  const size = statSync(log.path, { throwIfNoEntry: false })?.size ?? 0
  if (size <= log.size) return ''
  const bytes = Buffer.alloc(size - log.size)
  const file = openSync(log.path, 'r')
  try {
    readSync(file, bytes, 0, bytes.length, log.size)
  } finally {
    closeSync(file)
  }
  log.size = size
  return bytes.toString('utf8')
}
