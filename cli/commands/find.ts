import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { systemClock, systemRandom } from '../../core/clock.ts'
import { createLogger } from '../../core/log.ts'
import { createValueHasher, loadMasterKeys } from '../../core/sealing/index.ts'
import type { HitType } from '../../core/seam.ts'
import { rowsOf } from '../../sinks/clickhouse/index.ts'
import {
  CONFIG_OPTION,
  JSON_OPTION,
  stringOption,
  usage,
  type Command,
  type CommandContext,
} from '../terminal/command.ts'
import { createDetection } from '../detectors.ts'
import { counted, printJson, printLine, table } from '../terminal/output.ts'
import { reachStore } from '../running/reach.ts'
import { answeringClient } from '../running/store-access.ts'

export const command: Command = {
  examples: [
    'weir find                       # asks for the value, unseen',
    'weir find < value.txt           # from standard input',
    'weir find --tenant acme --json < value.txt',
  ],
  options: {
    config: CONFIG_OPTION,
    json: JSON_OPTION,
    tenant: { type: 'string', value: 'name', description: 'whose data to look in (default: default)' },
  },
  positionals: [],
  async run(context: CommandContext): Promise<number> {
    const config = await context.config()
    const { reader } = await reachStore(config)
    const typed = await readValue(context)
    if (typed === undefined) return INTERRUPTED
    const value = typed.trim()
    if (value === '') throw usage('no value was given: type it at the prompt, or send it on standard input.')
    const tenant = stringOption(context.options, 'tenant') ?? 'default'
    const logger = createLogger({ level: config.log.level, clock: systemClock })
    const hasher = createValueHasher(await loadMasterKeys(config, { random: systemRandom, logger }))
    const types = createDetection(config)
      .detectors.flatMap((detector) => detector.types)
      .filter((type) => type.normal(value) !== undefined)
    const hashes = hashesOf(types, value, (type, normal) =>
      hasher.hashesFor(tenant, type, normal).map(({ hash }) => hash),
    )
    const client = await answeringClient(reader)
    try {
      const found = hashes.length === 0 ? [] : await rowsOf<Found>(client, findSql(reader.database), { tenant, hashes })
      if (context.options['json']) for (const row of found) await printJson(context.stdout, row)
      else if (found.length > 0) await printLine(context.stdout, render(found))
      await printLine(context.stderr, summary(found, types))
      return 0
    } finally {
      await client.close()
    }
  },
}

interface Found {
  received_at: string
  type: string
  direction: string
  provenance: string
  service: string
  release: string
  interaction_id: string
  trace_id: string
  snippet: string
}

const MAX_FOUND = 1_000

function findSql(database: string): string {
  return `SELECT received_at, type, direction, provenance, service, release, interaction_id, trace_id, snippet
    FROM ${database}.findings WHERE tenant = {tenant:String} AND value_hash IN {hashes:Array(String)}
    ORDER BY received_at DESC LIMIT ${MAX_FOUND}`
}

function hashesOf(
  types: readonly HitType[],
  value: string,
  hash: (type: string, normal: string) => string[],
): string[] {
  return types.flatMap((type) => hash(type.name, type.normal(value)!))
}

/** As shells know a command that Ctrl-C has ended. At a prompt the terminal sends no signal for it. */
const INTERRUPTED = 130

/** Never from the command line: that is kept in histories and shown in process lists. Undefined after Ctrl-C. */
async function readValue(context: CommandContext): Promise<string | undefined> {
  const { stdin, stderr, signal } = context
  if (!('isTTY' in stdin && stdin.isTTY)) return text(stdin)
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() })
  const prompt = createInterface({ input: stdin, output: unseen, terminal: true })
  await printLine(stderr, 'Value to look for (not shown):')
  return new Promise<string | undefined>((resolve, reject) => {
    prompt.on('SIGINT', () => resolve(undefined))
    prompt.on('close', () => resolve('')) // Ctrl-D
    prompt.on('error', reject)
    prompt.question('', { signal }).then(resolve, reject)
  }).finally(() => prompt.close())
}

function render(found: readonly Found[]): string {
  return table(
    ['received', 'type', 'where', 'provenance', 'service', 'release', 'trace', 'snippet'],
    found.map((f) => [f.received_at, f.type, f.direction, f.provenance, f.service, f.release, f.trace_id, f.snippet]),
  )
}

function summary(found: readonly Found[], types: readonly HitType[]): string {
  const limit = 'This finds only what a detector found.'
  if (types.length === 0) return `No detector knows a value of this form, so it cannot be found. ${limit}`
  const as = types.map((type) => type.name).join(', ')
  const most = found.length === MAX_FOUND ? ' (the newest; there may be more)' : ''
  return `${counted(found.length, 'finding')} as ${as}${most}. ${limit}`
}
