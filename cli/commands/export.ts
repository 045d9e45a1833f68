import { open, type FileHandle } from 'node:fs/promises'
import { WeirError } from '../../core/errors.ts'
import { CONFIG_OPTION, stringOption, usage, type Command, type CommandContext } from '../terminal/command.ts'
import { requestOf } from '../export/otlp.ts'
import { pagesOf, type Page, type Selection } from '../export/pages.ts'
import { counted, print, printLine } from '../terminal/output.ts'
import { createProgress } from '../terminal/progress.ts'
import { reachStore } from '../running/reach.ts'
import { answeringClient } from '../running/store-access.ts'

const FORMATS = ['ndjson', 'otlp-json'] as const
type Format = (typeof FORMATS)[number]

export const command: Command = {
  examples: [
    'weir export > all.ndjson             # one interaction a line, masked as it is stored',
    'weir export acme.ndjson --tenant acme --since 24h --findings',
    'weir export --service shop --since 2026-11-01 --until 2026-12-01 | gzip > november.ndjson.gz',
    'weir export traces.json --format otlp-json   # what a Collector reads',
  ],
  options: {
    config: CONFIG_OPTION,
    since: {
      type: 'string',
      value: 'time',
      description: 'received then or later: 24h, 7d, 2026-11-01, or with a time',
    },
    until: { type: 'string', value: 'time', description: 'received before then (default: now)' },
    tenant: { type: 'string', value: 'name', description: 'only this tenant' },
    service: { type: 'string', value: 'name', description: 'only this service' },
    trace: { type: 'string', value: 'id', description: 'only this trace' },
    format: { type: 'string', value: 'name', description: `${FORMATS.join(' or ')} (default: ndjson)` },
    findings: {
      type: 'boolean',
      description: 'ndjson: the findings too, one a line after the interactions they are of',
    },
  },
  positionals: [{ name: 'file', description: 'what to write; standard output where left out', required: false }],
  run: exportAll,
}

async function exportAll(context: CommandContext): Promise<number> {
  const { options, stderr, signal, args } = context
  const format = formatOf(stringOption(options, 'format'))
  const withFindings = options['findings'] === true
  if (withFindings && format !== 'ndjson') throw usage('--findings goes with ndjson: OTLP has no word for them.')
  const selection = selectionOf(context, Date.now())
  const client = await answeringClient((await reachStore(await context.config())).reader)
  const progress = createProgress(stderr, ({ done, total }: Counts) => `${done} of ${total} interactions written`)
  const counts: Counts = { done: 0, total: 0, findings: 0 }
  let out: Output | undefined
  try {
    out = await openOutput(args[0], context)
    for await (const page of pagesOf(client, selection, withFindings, signal)) {
      if (signal.aborted) break
      await out.write(linesOf(page, format))
      counts.done += page.interactions.length
      counts.findings += page.findings.length
      counts.total = page.total
      progress.show(counts)
    }
  } finally {
    progress.end()
    await out?.close()
    await client.close()
  }
  if (signal.aborted) {
    if (args[0] !== undefined)
      await printLine(stderr, `Stopped: ${counted(counts.done, 'interaction')} written, not all.`)
    throw new Error('stopped') // its exit code is that of the signal
  }
  await printLine(
    stderr,
    `${counted(counts.done, 'interaction')}${withFindings ? `, ${counted(counts.findings, 'finding')}` : ''}`,
  )
  return 0
}

interface Counts {
  done: number
  total: number
  findings: number
}

function formatOf(named: string | undefined): Format {
  const format = FORMATS.find((one) => one === (named ?? 'ndjson'))
  if (format === undefined) throw usage(`--format is ${FORMATS.join(' or ')}, not ${JSON.stringify(named)}.`)
  return format
}

function linesOf({ interactions, findings }: Page, format: Format): string {
  if (format === 'otlp-json') return interactions.length === 0 ? '' : `${JSON.stringify(requestOf(interactions))}\n`
  return [...interactions, ...findings].map((one) => `${JSON.stringify(one)}\n`).join('')
}

function selectionOf({ options }: CommandContext, nowMs: number): Selection {
  const since = stringOption(options, 'since')
  const until = stringOption(options, 'until')
  const sinceMs = since === undefined ? 0 : timeOf('--since', since, nowMs)
  const untilMs = until === undefined ? nowMs : timeOf('--until', until, nowMs)
  if (since !== undefined && sinceMs >= untilMs)
    throw usage('--since must be before --until, or before now without one.')
  return {
    sinceUs: 1_000 * sinceMs,
    untilUs: 1_000 * untilMs,
    tenant: stringOption(options, 'tenant'),
    service: stringOption(options, 'service'),
    trace: stringOption(options, 'trace')?.toLowerCase(),
  }
}

const UNITS_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 }
const HAS_ZONE = /(?:Z|[+-]\d\d:?\d\d)$/i
const DAY_LENGTH = '2026-11-01'.length

/** So long ago, or a point in time; UTC where no zone is named. */
function timeOf(option: string, text: string, nowMs: number): number {
  const [, count, unit = ''] = /^(\d{1,6})([mhd])$/.exec(text) ?? []
  if (count !== undefined) return nowMs - Number(count) * UNITS_MS[unit]!
  const isTime = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d.*)?$/.test(text) && isDay(text.slice(0, DAY_LENGTH))
  const at = isTime ? Date.parse(text.length > DAY_LENGTH && !HAS_ZONE.test(text) ? `${text}Z` : text) : Number.NaN
  if (Number.isNaN(at))
    throw usage(`${option} is 90m, 24h, 7d, 2026-11-01 or 2026-11-01T12:00, not ${JSON.stringify(text)}.`)
  return at
}

/** `Date` takes the 30th of February for a day in March. */
function isDay(day: string): boolean {
  const at = Date.parse(day)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day)
}

interface Output {
  write(text: string): Promise<void>
  close(): Promise<void>
}

/** A file that is there already is not written over. */
async function openOutput(path: string | undefined, { stdout }: CommandContext): Promise<Output> {
  if (path === undefined || path === '-')
    return { write: (text) => print(stdout, text), close: () => Promise.resolve() }
  const failed = (error: NodeJS.ErrnoException): never => {
    const { code = error.name } = error
    throw new WeirError(
      'WEIR_USAGE',
      `${path} ${code === 'EEXIST' ? 'is there already.' : `cannot be written (${code}).`}`,
    )
  }
  const file: FileHandle = await open(path, 'wx', 0o600).catch(failed)
  return {
    write: (text) => file.writeFile(text).catch(failed),
    close: () => file.close(),
  }
}
