import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { WeirError } from '../../core/errors.ts'
import { CONFIG_OPTION, JSON_OPTION, usage, type Command, type CommandContext } from '../terminal/command.ts'
import { printLine, table, visible, type Cell } from '../terminal/output.ts'
import { reachStore } from '../running/reach.ts'
import { answeringClient } from '../running/store-access.ts'

const MAX_TABLE_ROWS = 1_000

export const command: Command = {
  examples: [
    'weir query "SELECT type, severity, snippet FROM leaks LIMIT 10"',
    'weir query "SELECT * FROM release_health ORDER BY minute DESC" --json',
    'weir query - --csv < question.sql   # SQL from standard input',
  ],
  options: {
    config: CONFIG_OPTION,
    json: { ...JSON_OPTION, description: 'print one JSON object per row' },
    csv: { type: 'boolean', description: 'print CSV with a header' },
  },
  positionals: [{ name: 'sql', description: 'what to ask, or - for standard input', required: true }],
  async run(context: CommandContext): Promise<number> {
    const { options, args } = context
    if (options['json'] && options['csv']) throw usage('--json and --csv exclude each other.')
    const sql = (args[0] === '-' ? await text(context.stdin) : args[0]!).trim().replace(/;\s*$/, '')
    if (sql === '') throw usage('no SQL was given: name it, or send it on standard input with -.')
    const format = options['json'] ? 'JSONEachRow' : options['csv'] ? 'CSVWithNames' : 'JSONCompactEachRowWithNames'
    await asReader(context, sql, async (ask) => {
      const rows = await ask(format)
      if (options['json'] || options['csv'])
        await pipeline(rows, context.stdout, { end: false, signal: context.signal })
      else await printTable(rows, context)
    })
    return 0
  },
}

type Ask = (format: string) => Promise<Readable>

/** Asks as the user that may only read; a refusal is shown in the store's own words. */
async function asReader(context: CommandContext, sql: string, work: (ask: Ask) => Promise<void>): Promise<void> {
  const config = await context.config()
  const { reader } = await reachStore(config)
  const client = await answeringClient(reader)
  try {
    await work((format) => client.stream(`${sql}\nFORMAT ${format}`, {}, context.signal))
  } catch (error) {
    if (error instanceof WeirError && error.code === 'WEIR_QUERY_REFUSED' && error.cause instanceof Error)
      throw new WeirError('WEIR_QUERY_REFUSED', located(error.cause.message.trim(), sql), { cause: error })
    throw error
  } finally {
    await client.close()
  }
}

const SHOWN_OF_SQL = 40

/** The client takes a word in capitals that the store quotes for the name of the error, and cuts the message before it. */
function located(message: string, sql: string): string {
  const position = /failed at position (\d+)$/.exec(message)?.[1]
  if (position === undefined) return message
  const from = Buffer.from(sql)
    .subarray(Number(position) - 1)
    .toString()
  return from === '' ? message : `${message}, at: ${visible(from.slice(0, SHOWN_OF_SQL))}`
}

async function printTable(result: Readable, context: CommandContext): Promise<void> {
  let header: string[] | undefined
  const shown: Cell[][] = []
  let count = 0
  for await (const line of createInterface({ input: result })) {
    const values = JSON.parse(line) as unknown[]
    if (!header) header = values.map(String)
    else if (++count <= MAX_TABLE_ROWS) shown.push(values.map(cell))
  }
  await printLine(context.stdout, table(header ?? [], shown))
  const more = count > shown.length
  await printLine(
    context.stderr,
    more ? `${shown.length} of ${count} rows shown; --json and --csv give all.` : `${count} rows`,
  )
}

const cell = (value: unknown): Cell =>
  value !== null && typeof value === 'object' ? JSON.stringify(value) : (value as Cell)
