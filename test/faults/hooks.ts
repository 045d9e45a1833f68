import { openSync, writeSync } from 'node:fs'
import type { Parts } from '../../cli/running/pipeline.ts'
import type { KnownIds } from '../../core/stages/detect.ts'
import type { Emit } from '../../core/seam.ts'
import type { Outcome, OutcomeSink } from '../../core/stages/outcome.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import type { StoreClient } from '../../sinks/clickhouse/client.ts'
import type { Reach, Strike } from './strikes.ts'
import { POISON } from './workload.ts'

/*
 * Weir with a hand inside: it tells each named point between receipt and answer that it reaches, and it can be built
 * wrongly on purpose. Everything here goes through the same `Parts` that any test may use.
 */

export type Point =
  | 'emit:before'
  | 'emit:queued'
  | 'emit:after'
  | 'lookup:before'
  | 'lookup:after'
  | `insert:${string}:${'before' | 'during' | 'after'}`
  | 'sink:after'
  | 'handed:before'
  | 'handed:after'

/** Ways to build Weir wrongly. Each must be caught. */
export type Break =
  | 'answer_before_insert'
  | 'id_window_off'
  | 'token_reused_after_restart'
  | 'epoch_reused_after_restart'
  | 'hand_over_dropped'
  | 'wrong_signal'

export interface Settings {
  configFile: string
  /** One line per fault that struck: its time and point. */
  faultsFile: string
  /** One line per finding that the respond stage was handed. */
  handedFile: string
  strikes: readonly Strike[]
  breaks: readonly Break[]
  /** How long the respond stage takes for a batch. */
  respondMs: number
}

/** Parts of Weir that tell each point they reach, and are built wrongly where `breaks` says so. */
export function createHooks(settings: Settings, reach: Reach): Parts {
  const broken = new Set(settings.breaks)
  return {
    client: (ours) => clientWith(ours, reach, broken),
    emit: (ours) => emitWith(ours, reach, broken),
    sink: (ours) => sinkWith(ours, reach, broken),
    known: (ours) => knownWith(ours, reach, broken),
    respond: recorder(settings, reach, broken),
    epoch: (ours) => (broken.has('epoch_reused_after_restart') ? 1 : ours),
  }
}

type Broken = ReadonlySet<Break>

function clientWith(ours: StoreClient, reach: Reach, broken: Broken): StoreClient {
  const counted: Counted = new Map()
  return {
    ...ours,
    async insert(table, columns, lines, token): Promise<void> {
      reach(`insert:${table}:before`)
      const sent = token && broken.has('token_reused_after_restart') ? countedToken(counted, table, token) : token
      const inserted = ours.insert(table, columns, table === 'interactions' ? spoil(columns, lines) : lines, sent)
      inserted.catch(() => {}) // awaited below; a fault at the next point must not leave it unhandled
      reach(`insert:${table}:during`)
      await inserted
      reach(`insert:${table}:after`)
    },
  }
}

/** Tokens that only count a table's inserts since the start: the next process gives the same ones to other rows. */
type Counted = Map<string, Map<string, string>>

function countedToken(counted: Counted, table: string, token: string): string {
  const ofTable = counted.get(table) ?? new Map<string, string>()
  const number = ofTable.get(token) ?? String(ofTable.size)
  counted.set(table, ofTable.set(token, number))
  return number
}

/** Gives the rows of poisonous spans a time that no store can read: the store itself then refuses them. */
function spoil(columns: readonly string[], lines: Buffer): Buffer {
  if (!lines.includes(POISON)) return lines
  const at = columns.indexOf('started_at')
  const rows = lines.toString().split('\n')
  const spoilt = rows.map((line) => {
    if (!line.includes(POISON)) return line
    const row = JSON.parse(line) as unknown[]
    row[at] = 'no time at all'
    return JSON.stringify(row)
  })
  return Buffer.from(spoilt.join('\n'))
}

function emitWith(ours: Emit<Interaction>, reach: Reach, broken: Broken): Emit<Interaction> {
  return async (batch) => {
    reach('emit:before')
    const emitted = ours(batch)
    emitted.catch(() => {})
    reach('emit:queued')
    if (broken.has('answer_before_insert')) return []
    const refusals = await emitted
    reach('emit:after')
    return refusals
  }
}

function sinkWith(ours: OutcomeSink, reach: Reach, broken: Broken): OutcomeSink {
  return {
    async write(batch) {
      const records = broken.has('wrong_signal') ? batch.records.map(withWrongSignal) : batch.records
      const buried = await ours.write({ ...batch, records })
      reach('sink:after')
      return buried
    },
  }
}

function withWrongSignal(outcome: Outcome): Outcome {
  if (outcome.kind !== 'stored' || !outcome.signal.values.leak) return outcome
  return { ...outcome, signal: { ...outcome.signal, values: { ...outcome.signal.values, leak: false } } }
}

function knownWith(ours: KnownIds, reach: Reach, broken: Broken): KnownIds {
  return {
    async lookup(ids) {
      reach('lookup:before')
      const found = broken.has('id_window_off') ? new Map<string, never>() : await ours.lookup(ids)
      reach('lookup:after')
      return found
    },
    add: (ids) => ours.add(ids),
    assigned: (partition) => ours.assigned(partition),
  }
}

/** A respond stage that writes down what it is handed. A line in the file outlives the process. */
function recorder({ handedFile, respondMs }: Settings, reach: Reach, broken: Broken): NonNullable<Parts['respond']> {
  const file = openSync(handedFile, 'a')
  let batches = 0
  return {
    async handle(batch): Promise<void> {
      reach('handed:before')
      if (respondMs > 0) await new Promise((resolve) => setTimeout(resolve, respondMs))
      const dropped = broken.has('hand_over_dropped') && ++batches % 3 === 0
      if (!dropped) writeSync(file, batch.records.map(({ id }) => `${id}\n`).join(''))
      reach('handed:after')
    },
  }
}
