import { access, constants, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createNormaliser } from '../../collectors/dialects/index.ts'
import {
  createFileCollector,
  createRemoteEmit,
  FORMATS,
  Places,
  TENANT,
  type DoorKey,
  type FileCounts,
  type Format,
  type RefusedLine,
} from '../../collectors/file/index.ts'
import type { Normalise } from '../../collectors/dialects/intake.ts'
import { systemClock } from '../../core/clock.ts'
import { WeirError } from '../../core/errors.ts'
import { createLogger } from '../../core/log.ts'
import { createPricer } from '../../core/prices.ts'
import type { Emit } from '../../core/seam.ts'
import type { Config, PriceTable } from '../../schemas/config.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import {
  CONFIG_OPTION,
  JSON_OPTION,
  stringOption,
  usage,
  type Command,
  type CommandContext,
} from '../terminal/command.ts'
import { counted, printJson, printLine, visible } from '../terminal/output.ts'
import { createProgress } from '../terminal/progress.ts'
import { readRunFile } from '../running/run-file.ts'

export const command: Command = {
  examples: [
    'weir import traces.json              # what a Collector’s file exporter wrote, or weir export; .gz too',
    'weir import traces.json              # again: goes on where it stopped',
    'zcat old/*.gz | weir import - --rate 500/s',
    'weir import acme.ndjson --tenant acme --dry-run',
  ],
  options: {
    config: CONFIG_OPTION,
    format: { type: 'string', value: 'name', description: `${FORMATS.join(' or ')} (default: what each line is)` },
    tenant: { type: 'string', value: 'name', description: 'whose data it is (default: default)' },
    rate: { type: 'string', value: 'n/s', description: 'at most so many interactions a second' },
    'from-start': { type: 'boolean', description: 'begin at the beginning, wherever the last import came to' },
    'dry-run': { type: 'boolean', description: 'say what would be imported, and import nothing' },
    json: { ...JSON_OPTION, description: 'print the summary as JSON' },
  },
  positionals: [{ name: 'files', description: 'what to read, or - for standard input', required: true, many: true }],
  run: importFiles,
}

/** Lines that are named one by one. */
const NAMED_MAX = 20
const NAMED_IN_JSON_MAX = 1_000
const REFUSED = 1

interface Asked {
  readonly tenant: string
  readonly format: Format | undefined
  readonly perSecond: number | undefined
  readonly dryRun: boolean
  readonly fromStart: boolean
}

async function importFiles(context: CommandContext): Promise<number> {
  const asked = askedOf(context)
  const config = await context.config()
  for (const file of context.args) await checkReadable(file)
  const way = asked.dryRun ? nowhere : await wayIn(config)
  const refused: RefusedLine[] = []
  const progress = createProgress(context.stderr, progressLine)
  const collector = createFileCollector({
    ...{ files: context.args, stdin: context.stdin, tenant: asked.tenant, clock: systemClock },
    ...{ format: asked.format, perSecond: asked.perSecond, savePlaces: !asked.dryRun },
    // as JSON a record is longer than what it holds
    maxLineBytes: Math.max(config.collectors.otlp.maxRequestBytes, 2 * config.stream.maxRecordBytes),
    normalise: priced(createNormaliser(), config.prices),
    places: asked.fromStart ? undefined : new Places(join(config.dataDirectory, 'imports'), asked.tenant),
    onRefused: (line) => refused.length < NAMED_IN_JSON_MAX && refused.push(line),
    onProgress: (counts, share) => progress.show({ counts, share }),
  })
  try {
    await collector.run(way.emit, context.signal)
  } finally {
    progress.end()
    await way.close()
    if (collector.counts.length > 0) await tell(context, asked, collector.counts, refused)
  }
  if (context.signal.aborted) throw new Error('stopped') // its exit code is that of the signal
  return collector.counts.some((counts) => counts.refused > 0) ? REFUSED : 0
}

function askedOf({ options, args }: CommandContext): Asked {
  const tenant = stringOption(options, 'tenant') ?? 'default'
  if (!TENANT.test(tenant)) throw usage('--tenant is up to 64 letters, digits, dots, hyphens and underscores.')
  const named = stringOption(options, 'format')
  const format = FORMATS.find((one) => one === named)
  if (named !== undefined && format === undefined)
    throw usage(`--format is ${FORMATS.join(' or ')}, not ${JSON.stringify(named)}.`)
  const rate = stringOption(options, 'rate')
  const perSecond = rate === undefined ? undefined : Number(/^(\d+(?:\.\d+)?)(?:\/s)?$/.exec(rate)?.[1])
  if (perSecond !== undefined && !(perSecond > 0)) throw usage('--rate is a number of interactions a second: 500/s.')
  if (args.filter((file) => file === '-').length > 1) throw usage('standard input can be read once.')
  return { tenant, format, perSecond, dryRun: options['dry-run'] === true, fromStart: options['from-start'] === true }
}

/** Before a store is opened for nothing, and before the files in front of one that is misspelt are taken in. */
async function checkReadable(file: string): Promise<void> {
  if (file === '-') return
  try {
    await access(file, constants.R_OK)
    if ((await stat(file)).isDirectory()) throw usage(`${visible(file)} is a directory; name the files in it.`)
  } catch (error) {
    if (error instanceof WeirError) throw error
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    throw usage(`${visible(file)} cannot be read (${code}).`)
  }
}

/** How interactions get in. */
interface Way {
  readonly emit: Emit<Interaction>
  close(): Promise<void>
}

const nowhere: Way = { emit: async () => [], close: async () => {} }

/** Through the Weir that runs; otherwise into Kafka, or with the stages in this process. */
async function wayIn(config: Config): Promise<Way> {
  if (config.stream.kind === 'kafka') return ownStages(config)
  try {
    await doorOf(config)
    return { emit: createRemoteEmit(() => doorOf(config)), close: async () => {} }
  } catch (error) {
    if (!(error instanceof WeirError) || error.code !== 'WEIR_NOT_RUNNING') throw error
    if (config.store.kind === 'embedded') return ownStages(config)
    throw new WeirError(
      'WEIR_NOT_RUNNING',
      'No Weir is running here, and only one process may write to a server without Kafka: start it with `weir up`, and import beside it.',
      { cause: error },
    )
  }
}

async function doorOf(config: Config): Promise<DoorKey> {
  const { door } = await readRunFile(config)
  if (door !== undefined) return door
  throw new WeirError('WEIR_USAGE', 'the Weir that is running is older than this one and takes no imports: restart it.')
}

/** What `weir up` runs but the collectors; on Kafka nothing at all, the topic is written to. */
async function ownStages(config: Config): Promise<Way> {
  const { startStages } = await import('../running/compose.ts')
  const anyPort = { listen: '127.0.0.1:0' }
  const quiet: Config = {
    ...config,
    store: { ...config.store, ...(config.store.kind === 'embedded' && anyPort) },
    telemetry: { ...config.telemetry, enabled: false },
  }
  const inline = config.stream.kind === 'inline'
  const logger = createLogger({ level: 'warn', clock: systemClock })
  const stages = inline ? (['detect', 'watch', 'respond'] as const) : []
  const running = await startStages(quiet, logger, { stages, migrate: inline })
  return { emit: running.emit, close: () => running.stop() }
}

/** A call that was exported keeps the price that it was given. */
function priced(normalise: Normalise, prices: PriceTable): Normalise {
  if (Object.keys(prices.models).length === 0) return normalise
  const price = createPricer(prices)
  return (record, context) => {
    const made = normalise(record, context)
    if (!('ignored' in made)) price(made)
    return made
  }
}

function progressLine({ counts, share }: { counts: FileCounts; share: number | undefined }): string {
  const how = share === undefined ? '' : ` (${Math.floor(share * 100)} %)`
  const bad = counts.refused === 0 ? '' : `, ${counts.refused} refused`
  return `${visible(counts.file)}${how}: line ${counts.resumedAfter + counts.lines}, ${counted(counts.interactions, 'interaction')}${bad}`
}

async function tell(
  { options, stdout, stderr, signal }: CommandContext,
  { dryRun }: Asked,
  files: readonly FileCounts[],
  refused: readonly RefusedLine[],
): Promise<void> {
  const sum = (of: (counts: FileCounts) => number): number => files.reduce((total, counts) => total + of(counts), 0)
  const totals = { interactions: sum((counts) => counts.interactions), refused: sum((counts) => counts.refused) }
  if (options['json']) return printJson(stdout, { dryRun, ...totals, files, refusals: refused })
  for (const { file, line, reason } of refused.slice(0, NAMED_MAX))
    await printLine(stderr, `${visible(file)}:${line}: ${reason}`)
  const more = totals.refused - Math.min(NAMED_MAX, refused.length)
  if (more > 0) await printLine(stderr, `... and ${more} more refused; --json names up to ${NAMED_IN_JSON_MAX}`)
  for (const counts of files) await printLine(stderr, summary(counts, dryRun))
  if (signal.aborted && !dryRun) await printLine(stderr, 'Stopped. The same command goes on from here.')
}

function summary(counts: FileCounts, dryRun: boolean): string {
  const { file, resumedAfter, lines, interactions, refused, ignored, finished } = counts
  const from = resumedAfter === 0 ? '' : `, from line ${resumedAfter + 1}`
  if (finished && lines === 0 && resumedAfter > 0)
    return `${visible(file)}: nothing new after line ${resumedAfter}; --from-start imports it again`
  const left = Object.entries(ignored).map(([reason, count]) => `, ${count} ignored (${reason})`)
  const said = `${counted(interactions, 'interaction')} ${dryRun ? 'would be imported' : 'imported'}`
  return `${visible(file)}: ${said} of ${counted(lines, 'line')}${from}, ${refused} refused${left.join('')}`
}
