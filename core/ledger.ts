import type { Store } from './seam.ts'

/*
 * The ledger is computed, not counted: it compares what the batches' own rows claim with an independent count of the rows
 * that are there. Only the unacknowledged tail of a process that died may be open.
 */

export interface LedgerReport {
  balanced: boolean
  totals: { stored: number; dead: number; duplicate: number; joined: number; refused: number; findings: number }
  partitions: LedgerPartition[]
}

export interface LedgerPartition {
  topic: string
  epoch: number
  partition: number
  batches: number
  /** The last offset accounted for; every one from 0 is. */
  last: number
  stored: number
  dead: number
  duplicate: number
  joined: number
  refused: number
  findings: number
  problems: LedgerProblem[]
  /** Dead letters that `weir.dead` holds and nobody has drained yet: their rows are still to come. */
  waiting: number
  /** Rows of batches in hand, or that a process left when it died: acknowledged only after its successor has accounted for them. */
  openRows: number
}

export interface LedgerProblem {
  kind: 'gap' | 'overlap' | 'sum' | 'interactions' | 'dead_letters' | 'findings' | 'originals' | 'doubled'
  first: number
  last: number
  expected: number
  found: number
}

interface BatchRow {
  topic: string
  epoch: number
  partition: number
  first: number
  last: number
  stored: number
  dead: number
  duplicate: number
  joined: number
  refused: number
  unanswered: number
  empty: number
  findings: number
  originals: number
  has_stored: number
  has_ids: number
  has_dead: number
  has_findings: number
  has_originals: number
}

interface OpenRow {
  topic: string
  epoch: number
  partition: number
  rows: number
}

interface StartRow {
  topic: string
  epoch: number
  partition: number
  first: number
}

export interface LedgerScope {
  database: string
  /** Days to look at, at most those that TTL has not reached. */
  days: number
  /** Originals are kept for fewer days. */
  originalsDays: number
}

/** How many records of `weir.dead` nobody has drained yet. */
export type Undrained = () => Promise<number>

/**
 * Says where the ledger's rows and the rows stored differ. What differs is looked at twice, because batches are written
 * meanwhile, and `undrained` is asked in between: a letter is in `weir.dead` before its batch is in the ledger, so one that
 * is missing at both times is there, or lost.
 */
export async function computeLedger(
  store: Store,
  scope: LedgerScope,
  undrained: Undrained = () => Promise.resolve(0),
): Promise<LedgerReport> {
  const before = await look(store, scope)
  if (before.every(({ problems }) => problems.length === 0)) return report(before)
  const waiting = await undrained()
  const now = await look(store, scope)
  keepLasting(now, before, waiting)
  return report(now)
}

/** Leaves the problems that both looks found, without the letters that wait. */
function keepLasting(now: readonly LedgerPartition[], before: readonly LedgerPartition[], waiting: number): void {
  const nameOf = (of: LedgerPartition, { kind, first }: LedgerProblem): string => `${keyOf(of)} ${kind} ${first}`
  const known = new Set(before.flatMap((of) => of.problems.map((problem) => nameOf(of, problem))))
  let room = waiting
  for (const partition of now)
    partition.problems = partition.problems.filter((problem) => {
      const missing = problem.kind === 'dead_letters' ? problem.expected - problem.found : 0
      const isKnown = known.has(nameOf(partition, problem))
      if (missing <= 0 || (isKnown && missing > room)) return isKnown
      if (isKnown) room -= missing
      partition.waiting += missing
      return false
    })
}

/** Reads the ledger's rows batch by batch. */
async function look(store: Store, scope: LedgerScope): Promise<LedgerPartition[]> {
  const params = { days: scope.days, originalsDays: scope.originalsDays }
  const partitions = new Map<string, LedgerPartition>()
  const ends = new Map<string, BatchRow>()
  for await (const row of store.query<BatchRow>(batchesSql(scope.database), params)) {
    const partition = partitionOf(partitions, row)
    tally(partition, row)
    partition.problems.push(...problemsOf(row, ends.get(keyOf(row))))
    ends.set(keyOf(row), row)
  }
  for await (const row of store.query<StartRow>(startsSql(scope.database), params)) {
    const { first: found } = row
    const problem = { kind: 'gap', first: 0, last: found - 1, expected: found, found: 0 } as const
    partitionOf(partitions, row).problems.unshift(problem)
  }
  for await (const row of store.query<OpenRow>(openSql(scope.database), params))
    partitionOf(partitions, row).openRows += row.rows
  return [...partitions.values()]
}

function report(partitions: LedgerPartition[]): LedgerReport {
  const totals = { stored: 0, dead: 0, duplicate: 0, joined: 0, refused: 0, findings: 0 }
  for (const partition of partitions)
    for (const key of Object.keys(totals) as (keyof typeof totals)[]) totals[key] += partition[key]
  return { balanced: partitions.every((partition) => partition.problems.length === 0), totals, partitions }
}

function problemsOf(row: BatchRow, before: BatchRow | undefined): LedgerProblem[] {
  const problems: LedgerProblem[] = []
  const { first, last } = row
  const expect = (kind: LedgerProblem['kind'], expected: number, found: number): void => {
    if (expected !== found) problems.push({ kind, first, last, expected, found })
  }
  if (before && first > before.last + 1)
    problems.push({ kind: 'gap', first: before.last + 1, last: first - 1, expected: first - before.last - 1, found: 0 })
  if (before && first <= before.last) expect('overlap', before.last + 1, first)
  const told = row.stored + row.dead + row.duplicate + row.joined + row.refused + row.unanswered + row.empty
  expect('sum', last - first + 1, told)
  expect('interactions', row.stored, row.has_stored)
  expect('doubled', row.has_stored, row.has_ids)
  expect('dead_letters', row.dead, row.has_dead)
  expect('findings', row.findings, row.has_findings)
  if (row.originals >= 0) expect('originals', row.originals, row.has_originals)
  return problems
}

function tally(partition: LedgerPartition, row: BatchRow): void {
  partition.batches++
  partition.last = Math.max(partition.last, row.last)
  for (const key of ['stored', 'dead', 'duplicate', 'joined', 'refused', 'findings'] as const)
    partition[key] += row[key]
}

type PartitionKey = Pick<BatchRow, 'topic' | 'epoch' | 'partition'>

const keyOf = (row: PartitionKey): string => `${row.topic}:${row.epoch}:${row.partition}`

function partitionOf(partitions: Map<string, LedgerPartition>, row: PartitionKey): LedgerPartition {
  const key = keyOf(row)
  let partition = partitions.get(key)
  if (!partition) {
    const { topic, epoch } = row
    const counts = { stored: 0, dead: 0, duplicate: 0, joined: 0, refused: 0, findings: 0 }
    const nothing = { batches: 0, last: -1, ...counts, waiting: 0, openRows: 0 }
    partition = { topic, epoch, partition: row.partition, ...nothing, problems: [] }
    partitions.set(key, partition)
  }
  return partition
}

const BATCH = 'origin_topic, origin_epoch, origin_partition, origin_batch'

/**
 * One row per batch: what it claims, and what an independent count of each table finds under its mark. Letters are counted of
 * all days: one may have died long before the next batch took its offset in.
 */
function batchesSql(database: string): string {
  const within = (days: string): string => `WHERE day > today() - {${days}:UInt32}`
  const counted = (table: string, as: string, where = within('days')): string =>
    `LEFT JOIN (SELECT ${BATCH}, count() AS ${as} FROM ${database}.${table}
       ${where} GROUP BY ${BATCH}) AS c_${as}
     ON c_${as}.origin_topic = l.topic AND c_${as}.origin_epoch = l.epoch
       AND c_${as}.origin_partition = l.partition AND c_${as}.origin_batch = l.first`
  return `SELECT l.topic AS topic, l.epoch AS epoch, l.partition AS partition, toFloat64(l.first) AS first, toFloat64(l.last) AS last,
      toFloat64(l.stored) AS stored, toFloat64(l.dead) AS dead, length(l.duplicates) + 0. AS duplicate,
      length(l.joined) + 0. AS joined, length(l.refused) + 0. AS refused,
      length(l.unanswered) + 0. AS unanswered, toFloat64(l.empty) AS empty, toFloat64(l.findings) AS findings,
      if(l.day > today() - {originalsDays:UInt32}, toFloat64(l.originals), -1.) AS originals,
      toFloat64(has_stored) AS has_stored, toFloat64(c_ids.has_ids) AS has_ids, toFloat64(has_dead) AS has_dead,
      toFloat64(has_findings) AS has_findings, toFloat64(has_originals) AS has_originals
    FROM ${database}.ledger AS l
    ${counted('interactions', 'has_stored')}
    LEFT JOIN (SELECT ${BATCH}, uniqExact(id) AS has_ids FROM ${database}.interactions
       WHERE day > today() - {days:UInt32} GROUP BY ${BATCH}) AS c_ids
     ON c_ids.origin_topic = l.topic AND c_ids.origin_epoch = l.epoch
       AND c_ids.origin_partition = l.partition AND c_ids.origin_batch = l.first
    ${counted('dead_letters', 'has_dead', '')}
    ${counted('findings', 'has_findings')}
    ${counted('originals', 'has_originals', within('originalsDays'))}
    WHERE l.day > today() - {days:UInt32}
    ORDER BY topic, epoch, partition, first`
}

/** Interactions whose batch has no ledger row. */
function openSql(database: string): string {
  return `SELECT origin_topic AS topic, origin_epoch AS epoch, origin_partition AS partition, toFloat64(count()) AS rows
    FROM ${database}.interactions
    WHERE day > today() - {days:UInt32} AND (${BATCH}) NOT IN (
      SELECT topic, epoch, partition, first FROM ${database}.ledger WHERE day > today() - {days:UInt32} - 1)
    GROUP BY topic, epoch, partition ORDER BY topic, epoch, partition`
}

/** Partitions that do not begin at offset 0 although TTL cannot have taken their beginning. */
function startsSql(database: string): string {
  return `SELECT topic, epoch, partition, toFloat64(min(l.first)) AS first FROM ${database}.ledger AS l
    GROUP BY topic, epoch, partition HAVING first > 0 AND min(day) > today() - {days:UInt32} + 1`
}
