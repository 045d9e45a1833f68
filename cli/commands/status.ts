import { systemClock } from '../../core/clock.ts'
import { WeirError } from '../../core/errors.ts'
import { createLogger } from '../../core/log.ts'
import { TOPICS } from '../../core/seam.ts'
import type { Lag } from '../../core/streams/kafka/index.ts'
import {
  computeLedger,
  type LedgerPartition,
  type LedgerProblem,
  type LedgerReport,
  type Undrained,
} from '../../core/ledger.ts'
import type { Config } from '../../schemas/config.ts'
import { rowsOf, type StoreClient, type StoreConnection } from '../../sinks/clickhouse/index.ts'
import {
  CONFIG_OPTION,
  JSON_OPTION,
  stringOption,
  usage,
  type Command,
  type CommandContext,
} from '../terminal/command.ts'
import { counted, painter, printJson, printLine, table, visible } from '../terminal/output.ts'
import { reachStore } from '../running/reach.ts'
import type { RunFile } from '../running/run-file.ts'
import { answeringClient } from '../running/store-access.ts'

export const command: Command = {
  examples: [
    'weir status',
    'weir status --json',
    'weir status --days 30   # the whole ledger, not only the last two days',
  ],
  options: {
    config: CONFIG_OPTION,
    json: JSON_OPTION,
    days: { type: 'string', value: 'n', description: 'how many days of the ledger to compute (default: 2)' },
  },
  positionals: [],
  async run(context: CommandContext): Promise<number> {
    const config = await context.config()
    const days = Number(stringOption(context.options, 'days') ?? 2)
    if (!Number.isInteger(days) || days < 1) throw usage('--days takes a whole number from 1.')
    const reach = await reachStore(config)
    const { json } = context.options
    const weir = reach.run && (await processStatus(reach.run))
    try {
      const streams = await streamStatus(config)
      const status = { weir, streams, ...(await storeStatus(reach.writer, config, days)) }
      if (json) await printJson(context.stdout, status)
      else await printLine(context.stdout, render(status, context.color.stdout))
      return status.ledger.balanced && weir?.ready !== false ? 0 : 1
    } catch (error) {
      // What is known of Weir is told, whatever became of its store.
      const problem = error instanceof WeirError ? { code: error.code, message: error.message } : undefined
      if (json) await printJson(context.stdout, { weir, ...(problem && { problem }) })
      else await printLine(context.stdout, renderProcess(weir, context.color.stdout))
      throw error
    }
  },
}

interface ProcessStatus {
  version: string
  pid: number
  startedAt: string
  otlp: string
  otlpGrpc?: string
  telemetry: string
  ready: boolean
  notReady: string[]
}

interface StoreStatus {
  store: { url: string; version: string; bytesOnDisk: number; migrations: number }
  ledger: LedgerReport
  unscanned: { reason: string; parts: number }[]
  positions: { topic: string; consumer: string; epoch: number; position: number }[]
}

type Status = { weir: ProcessStatus | undefined; streams: Lag[] } & StoreStatus

async function processStatus({ pid, startedAt, version, otlp, otlpGrpc, telemetry }: RunFile): Promise<ProcessStatus> {
  const notReady = await whatIsNotReady(telemetry)
  const grpc = otlpGrpc === undefined ? {} : { otlpGrpc }
  return { version, pid, startedAt, otlp, ...grpc, telemetry, ready: notReady.length === 0, notReady }
}

/** How far each group is behind, where the stream is Kafka. */
async function streamStatus(config: Config): Promise<Lag[]> {
  if (config.stream.kind !== 'kafka') return []
  const { lagOfAll } = await import('../running/streams/kafka.ts')
  return lagOfAll(config, createLogger({ level: config.log.level, clock: systemClock }))
}

/** Who knows how many dead letters nobody has drained yet. */
async function lettersOf(config: Config): Promise<Undrained | undefined> {
  if (config.stream.kind !== 'kafka') return undefined
  const { undrainedLetters } = await import('../running/streams/kafka.ts')
  return () => undrainedLetters(config, createLogger({ level: config.log.level, clock: systemClock }))
}

async function storeStatus(writer: StoreConnection, config: Config, days: number): Promise<StoreStatus> {
  const { url, database } = writer
  const client = await answeringClient(writer)
  try {
    const originalsDays = Math.min(days, config.sealing.originalsRetentionDays)
    const scope = { database, days: Math.min(days, config.store.retentionDays), originalsDays }
    return await readStatus(url, client, await computeLedger(client, scope, await lettersOf(config)))
  } finally {
    await client.close()
  }
}

async function readStatus(url: string, client: StoreClient, ledger: LedgerReport): Promise<StoreStatus> {
  const { database } = client
  const [about] = await rowsOf<{ version: string; bytes: number; migrations: number }>(
    client,
    `SELECT version() AS version,
       (SELECT toFloat64(sum(total_bytes)) FROM system.tables WHERE database = {database:String}) AS bytes,
       (SELECT toFloat64(uniqExact(number)) FROM ${database}.schema_migrations) AS migrations`,
    { database },
  )
  const unscanned = await rowsOf<{ reason: string; parts: number }>(
    client,
    `SELECT extract(reason, '^\\\\S+ \\\\S+ (.*)$') AS reason, toFloat64(count()) AS parts
     FROM ${database}.interactions ARRAY JOIN unscanned AS reason
     WHERE day > today() - 2 GROUP BY reason ORDER BY parts DESC LIMIT 20`,
  )
  const positions = await rowsOf<Status['positions'][number]>(
    client,
    `SELECT topic, consumer, max((p.epoch, p.position)) AS last, last.1 AS epoch, toFloat64(last.2) AS position
     FROM ${database}.positions AS p GROUP BY topic, consumer ORDER BY topic`,
  )
  return {
    store: { url, version: about!.version, bytesOnDisk: about!.bytes, migrations: about!.migrations },
    ledger,
    unscanned,
    positions,
  }
}

const READY_TIMEOUT_MS = 5_000

async function whatIsNotReady(telemetry: string): Promise<string[]> {
  if (telemetry === '') return []
  try {
    const answer = await fetch(`${telemetry}/readyz`, { signal: AbortSignal.timeout(READY_TIMEOUT_MS) })
    const text = await answer.text()
    return answer.ok ? [] : reasonsOf(text)
  } catch {
    return ['the health listener does not answer']
  }
}

/** `store: no answer within 2000 ms`, from the JSON of /readyz. */
function reasonsOf(text: string): string[] {
  try {
    const { notReady } = JSON.parse(text) as { notReady: { name: string; reason: string }[] }
    return notReady.map(({ name, reason }) => visible(`${name}: ${reason}`))
  } catch {
    return ['the health listener answers what is not understood']
  }
}

function renderProcess(weir: ProcessStatus | undefined, color: boolean): string {
  if (!weir) return 'no `weir up` runs on this machine: the stages are processes of their own'
  const paint = painter(color)
  const ready = weir.ready ? paint('green', 'ready') : paint('red', `up, not ready: ${weir.notReady.join('; ')}`)
  return [
    `weir ${weir.version}, ${ready}, pid ${weir.pid}, since ${weir.startedAt}`,
    `receives OTLP at ${weir.otlp || '(off)'}${weir.otlpGrpc ? ` and ${weir.otlpGrpc} (gRPC)` : ''}; health and metrics at ${weir.telemetry || '(off)'}`,
  ].join('\n')
}

function render(status: Status, color: boolean): string {
  const paint = painter(color)
  const { weir, store, ledger } = status
  const { totals } = ledger
  const balanced = ledger.balanced ? paint('green', 'balanced') : paint('red', 'NOT BALANCED')
  return [
    renderProcess(weir, color),
    `store ClickHouse ${store.version} at ${store.url}, ${(store.bytesOnDisk / 1e6).toFixed(1)} MB, ${store.migrations} migrations`,
    '',
    `ledger ${balanced}: ${totals.stored} stored, ${totals.duplicate} duplicate, ${totals.dead} dead, ${totals.refused} refused, ${counted(totals.findings, 'finding')}`,
    partitionTable(ledger.partitions),
    ...waitingLine(ledger.partitions),
    ...(status.streams.length === 0 ? [] : ['', lagTable(status.streams)]),
    ...ledger.partitions.flatMap((partition) =>
      partition.problems.map((problem) => paint('red', say(partition, problem))),
    ),
    '',
    status.unscanned.length === 0
      ? 'unscanned: nothing'
      : `unscanned:\n${table(
          ['reason', 'parts'],
          status.unscanned.map(({ reason, parts }) => [reason, parts]),
        )}`,
  ].join('\n')
}

function waitingLine(partitions: readonly LedgerPartition[]): string[] {
  const waiting = partitions.reduce((sum, partition) => sum + partition.waiting, 0)
  const letters = waiting === 1 ? 'dead letter waits' : 'dead letters wait'
  return waiting === 0 ? [] : [`${waiting} ${letters} in ${TOPICS.dead} for a detect stage to write them down`]
}

function partitionTable(partitions: readonly LedgerPartition[]): string {
  const header = [
    'topic',
    'epoch',
    'partition',
    'batches',
    'last offset',
    'stored',
    'duplicate',
    'dead',
    'waiting',
    'findings',
    'open',
  ]
  return table(
    header,
    partitions.map((p) => [
      p.topic,
      p.epoch,
      p.partition,
      p.batches,
      p.last,
      p.stored,
      p.duplicate,
      p.dead,
      p.waiting,
      p.findings,
      p.openRows,
    ]),
  )
}

function lagTable(streams: readonly Lag[]): string {
  return table(
    ['topic', 'group', 'partition', 'epoch', 'read up to', 'end', 'behind', 'in hand'],
    streams.map(({ topic, group, partition, epoch, committed, end, lag, pending }) => [
      ...[topic, group, partition, epoch ?? '', committed ?? 'nothing', end, lag],
      pending ? `${pending.first} to ${pending.last}` : '',
    ]),
  )
}

function say(partition: LedgerPartition, { kind, first, last, expected, found }: LedgerProblem): string {
  const where = `${partition.topic} epoch ${partition.epoch} partition ${partition.partition} offsets ${first} to ${last}`
  if (kind === 'gap') return `${where}: ${expected} offsets are accounted for nowhere`
  if (kind === 'overlap') return `${where}: offsets are accounted for twice`
  if (kind === 'sum') return `${where}: ${expected} offsets, but the batch accounts for ${found}`
  if (kind === 'doubled') return `${where}: ${expected} rows, but only ${found} different ids`
  return `${where}: ${kind}: the batch says ${expected}, ${found} are there`
}
