import type { Origin } from '../../schemas/origin.ts'
import { TOPICS, type Clock, type Params, type Partition } from '../../core/seam.ts'
import type { KnownIds, KnownRecord } from '../../core/stages/detect.ts'
import type { StoreClient } from './client.ts'
import { rowsOf } from './client.ts'
import { bitsOf, IdFilter, type IdBits } from './id-filter.ts'

export interface KnownIdsOptions {
  client: StoreClient
  clock: Clock
  windowHours: number
  /** Memory that the filters may take; beyond it the oldest go and the store is asked in their place. */
  maxFilterBytes?: number
  onFilterDropped?: () => void
}

interface Generation {
  filter: IdFilter
  newestMs: number
}

const FIRST_CAPACITY = 1 << 17
const LAST_CAPACITY = 1 << 24
const MAX_FILTER_BYTES = 256 * 1024 * 1024
const ID_BYTES = 16
/** A record that the store refused is durable too, as a dead letter: its retry must not die a second time. */
const RECORD_TABLES = ['interactions', 'dead_letters']
/** A signal has the id of its interaction; one that died says nothing of that. */
const OF_RECORDS = `topic = '${TOPICS.interactions}'`
const HOUR_MS = 3_600_000

/**
 * Which ids are stored already, within the window. Filters in memory say "certainly not" for nearly all; only the rest is
 * asked of the store, so the answer is always the store's.
 */
export class StoredIds implements KnownIds {
  readonly #options: KnownIdsOptions
  readonly #maxBytes: number
  #generations: Generation[] = []
  /** A filter was dropped for lack of memory: until then, every id is asked of the store. */
  #incompleteUntilMs = 0

  constructor(options: KnownIdsOptions) {
    this.#options = options
    this.#maxBytes = options.maxFilterBytes ?? MAX_FILTER_BYTES
  }

  /** Fills the filters from all rows of the window. */
  load(): Promise<number> {
    return this.#load('', {})
  }

  async assigned({ topic, partition }: Partition): Promise<void> {
    const where = 'AND origin_topic = {topic:String} AND origin_partition = {partition:UInt32}'
    await this.#load(where, { topic, partition })
  }

  async #load(where: string, about: Params): Promise<number> {
    const { client, windowHours } = this.#options
    const hours = Math.ceil(windowHours)
    const recent = (table: string): string =>
      `SELECT unhex(id)::FixedString(16) AS known FROM ${client.database}.${table}
       WHERE day >= today() - {days:UInt32} AND received_at >= now() - toIntervalHour({hours:UInt32}) ${where}`
    const params = { ...about, hours, days: Math.ceil(hours / 24) + 1 }
    const stream = await client.stream(`${RECORD_TABLES.map(recent).join(' UNION ALL ')} FORMAT RowBinary`, params)
    let count = 0
    let rest: Buffer = Buffer.alloc(0)
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
      const whole = bytes.length - (bytes.length % ID_BYTES)
      for (let at = 0; at < whole; at += ID_BYTES) {
        this.#remember({
          block: bytes.readUInt32BE(at),
          a: bytes.readUInt32BE(at + 4),
          b: bytes.readUInt32BE(at + 8) | 1,
        })
        count++
      }
      rest = bytes.subarray(whole)
    }
    return count
  }

  async lookup(ids: readonly string[]): Promise<Map<string, KnownRecord>> {
    this.#expire()
    const askAll = this.#options.clock.now() < this.#incompleteUntilMs
    const possible = askAll ? ids : ids.filter((id) => this.#mayHold(bitsOf(id)))
    if (possible.length === 0) return new Map()
    const { client } = this.#options
    const rows = await rowsOf<StoredOrigin>(
      client,
      RECORD_TABLES.map(
        (table) =>
          `SELECT id, ${table === 'dead_letters'} AS dead, origin_topic, origin_epoch, origin_partition, toFloat64(origin_offset) AS offset
           FROM ${client.database}.${table}
           WHERE id IN {ids:Array(String)} ${table === 'dead_letters' ? `AND state = 'kept' AND ${OF_RECORDS}` : ''}`,
      ).join(' UNION ALL '),
      { ids: possible },
    )
    return new Map(rows.map((row) => [row.id, { origin: originOf(row), dead: Boolean(row.dead) }]))
  }

  add(ids: readonly string[]): void {
    for (const id of ids) this.#remember(bitsOf(id))
  }

  #remember(id: IdBits): void {
    let current = this.#generations.at(-1)
    if (current === undefined || current.filter.full) {
      const capacity = current ? Math.min(current.filter.capacity * 2, LAST_CAPACITY) : FIRST_CAPACITY
      current = { filter: new IdFilter(capacity), newestMs: 0 }
      this.#generations.push(current)
      this.#dropBeyondMemory()
    }
    if (current.filter.mayHold(id)) return // it came with a partition that was ours before
    current.filter.add(id)
    current.newestMs = this.#options.clock.now()
  }

  #mayHold(id: IdBits): boolean {
    return this.#generations.some((generation) => generation.filter.mayHold(id))
  }

  #expire(): void {
    const oldest = this.#options.clock.now() - this.#options.windowHours * HOUR_MS
    while (this.#generations.length > 1 && this.#generations[0]!.newestMs < oldest) this.#generations.shift()
  }

  #dropBeyondMemory(): void {
    let bytes = this.#generations.reduce((sum, generation) => sum + generation.filter.bytes, 0)
    while (bytes > this.#maxBytes && this.#generations.length > 1) {
      const dropped = this.#generations.shift()!
      bytes -= dropped.filter.bytes
      this.#incompleteUntilMs = Math.max(
        this.#incompleteUntilMs,
        dropped.newestMs + this.#options.windowHours * HOUR_MS,
      )
      this.#options.onFilterDropped?.()
    }
  }
}

interface StoredOrigin {
  id: string
  dead: number | boolean
  origin_topic: string
  origin_epoch: number
  origin_partition: number
  offset: number
}

function originOf(row: StoredOrigin): Origin {
  return { topic: row.origin_topic, epoch: row.origin_epoch, partition: row.origin_partition, offset: row.offset }
}
