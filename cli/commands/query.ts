import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { WeirError } from '../../core/errors.ts'
import { CONFIG_OPTION, JSON_OPTION, usage, type Command, type CommandContext } from '../terminal/command.ts'
import { printLine, table, type Cell } from '../terminal/output.ts'
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
    const format = options['json'] ? 'JSONEachRow' : options['csv'] ? 'CSVWithNames' : 'JSONCompactEachRowWithNames'
    await asReader(context, async (ask) => {
      const rows = await ask(sql, format)
      if (options['json'] || options['csv'])
        await pipeline(rows, context.stdout, { end: false, signal: context.signal })
      else await printTable(rows, context)
    })
    return 0
  },
}

type Ask = (sql: string, format: string) => Promise<Readable>

/** Asks as the user that may only read; a refusal is shown in the store's own words. */
async function asReader(context: CommandContext, work: (ask: Ask) => Promise<void>): Promise<void> {
  const config = await context.config()
  const { reader } = await reachStore(config)
  const client = await answeringClient(reader)
  try {
    await work((sql, format) => client.stream(`${sql}\nFORMAT ${format}`, {}, context.signal))
  } catch (error) {
    if (error instanceof WeirError && error.code === 'WEIR_QUERY_REFUSED' && error.cause instanceof Error)
      throw new WeirError('WEIR_QUERY_REFUSED', error.cause.message, { cause: error })
    throw error
  } finally {
    await client.close()
  }
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
