import type { Interaction } from '../../schemas/interaction.ts'
import type { Origin } from '../../schemas/origin.ts'
import { isTemporary } from '../errors.ts'
import type { Logger } from '../log.ts'
import type { Meter } from '../meter.ts'
import { keepsOriginal, type Examination, type OriginalsKept } from '../pool/index.ts'
import { releaseKey } from '../policy/index.ts'
import { dayOf, pack, sealPacked, type DataKey, type DataKeys, type Packed, type Sealed } from '../sealing/index.ts'
import {
  TOPICS,
  type Batch,
  type Consumer,
  type Incoming,
  type Partition,
  type RandomBytes,
  type Stream,
} from '../seam.ts'
import type { DeadOutcome, Outcome, OutcomeSink, StoredOutcome } from './outcome.ts'

/** A record that is durable already. */
export interface KnownRecord {
  readonly origin: Origin
  /** As a dead letter. */
  readonly dead: boolean
}

/** Which ids are stored already, and where they came from. */
export interface KnownIds {
  lookup(ids: readonly string[]): Promise<Map<string, KnownRecord>>
  add(ids: readonly string[]): void
  /** Takes in what other copies of the stage stored of a partition that is ours from now on. */
  assigned(partition: Partition): Promise<void>
}

export interface DetectStageOptions {
  examine: (interaction: Interaction, origin: Origin) => Examination | Promise<Examination>
  /** Records of a batch that are examined at the same time, one where left out: long ones elsewhere than here. */
  atOnce?: number
  known: KnownIds
  sink: OutcomeSink
  stream: Stream
  keys: DataKeys
  originals: OriginalsKept
  random: RandomBytes
  meter: Meter
  logger: Pick<Logger, 'warn'>
}

const EXAMINE_FAILED = 'examine_failed'

/**
 * Runs detectors, masks, derives signals, and stores. When `handle` resolves, all of the batch is durable; when it
 * rejects, the stream gives the same batch again, and what was made of it the first time is stored under its token.
 */
export function createDetectStage(options: DetectStageOptions): Consumer {
  const { known, sink, stream, meter, logger } = options
  /** What the batch in hand became, kept for a repeat: a second examination could not be told from a second batch. */
  let inHand: { token: string; outcomes: readonly Outcome[] } | undefined

  return {
    async assigned(partition): Promise<undefined> {
      await known.assigned(partition)
      return undefined
    },

    async handle(batch: Batch<Incoming>): Promise<void> {
      if (inHand?.token !== batch.token) inHand = { token: batch.token, outcomes: await outcomesOf(batch, options) }
      const { outcomes } = inHand
      const buried = new Set<Outcome>(await sink.write({ ...batch, records: outcomes }))
      known.add(outcomes.flatMap(idOf))
      inHand = undefined
      const examined = outcomes.filter((outcome) => outcome.kind === 'stored')
      count(outcomes, buried, meter)
      if (buried.size > 0) logger.warn('rows that the store will never take were buried', { rows: buried.size })
      await handOver(examined, buried, stream)
    },
  }
}

async function outcomesOf(batch: Batch<Incoming>, options: DetectStageOptions): Promise<Outcome[]> {
  const records = batch.records as readonly Incoming<Interaction>[]
  const known = await options.known.lookup(records.map((record) => record.id))
  const keyOf = await dataKeys(records, options.keys)
  const seen = new Set<string>()
  return mapInOrder(records, options.atOnce ?? 1, (record) => {
    const before = known.get(record.id)
    if (seen.has(record.id) || isElsewhere(before, record.origin)) return duplicate(record)
    seen.add(record.id)
    return examined(record, keyOf(record), options, before?.dead === false)
  })
}

/** Begins with the items in their order, so many at once. Waits only for what is promised: most of a batch is not. */
async function mapInOrder<T, R>(items: readonly T[], atOnce: number, work: (item: T) => R | Promise<R>): Promise<R[]> {
  const results: R[] = []
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++
      try {
        const made = work(items[index]!)
        results[index] = made instanceof Promise ? await made : made
      } catch (error) {
        next = items.length
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return results
}

/** Same id and same origin is our own replay, which stores what is missing; same id, other origin is the sender's retry. */
function isElsewhere(known: KnownRecord | undefined, origin: Origin): boolean {
  if (known === undefined) return false
  const stored = known.origin
  return (
    stored.epoch !== origin.epoch ||
    stored.partition !== origin.partition ||
    stored.offset !== origin.offset ||
    stored.topic !== origin.topic
  )
}

/** `again`: it is stored already, by the batch that this one repeats. */
function examined(
  record: Incoming<Interaction>,
  key: DataKey,
  options: DetectStageOptions,
  again: boolean,
): Outcome | Promise<Outcome> {
  const { originals, random } = options
  let packed: Packed | undefined
  const sealed = (field: string): Sealed =>
    sealPacked(key, record.id, field, packed ?? pack(Buffer.from(JSON.stringify(record.value))), random)
  const bury = (reason: string): DeadOutcome => ({
    kind: 'dead',
    origin: record.origin,
    id: record.id,
    tenant: record.tenant,
    receivedAt: record.value.arrival.receivedAt,
    reason,
    sealed: sealed('dead'),
  })
  const buryFailed = (error: unknown): DeadOutcome => {
    if (isTemporary(error)) throw error
    return bury(EXAMINE_FAILED) // the error may quote content: the sealed record is what there is to look at
  }
  const stored = (examination: Examination): StoredOutcome => {
    const { interaction, findings, signal, unscanned } = examination
    packed = examination.packed
    return {
      kind: 'stored',
      origin: record.origin,
      interaction,
      release: releaseKey(interaction.release),
      findings,
      signal,
      unscanned: unscanned.map(({ place, reason }) => `${place.direction} ${place.message}.${place.part} ${reason}`),
      ...(keepsOriginal(originals, examination) && { original: sealed('original') }),
      bury,
      ...(again && { again }),
    }
  }
  try {
    const examination = options.examine(record.value, record.origin)
    return examination instanceof Promise ? examination.then(stored).catch(buryFailed) : stored(examination)
  } catch (error) {
    return buryFailed(error)
  }
}

/** A dead letter is durable too, so its retry is a duplicate like any other. */
function idOf(outcome: Outcome): string[] {
  if (outcome.kind === 'duplicate') return []
  return [outcome.kind === 'stored' ? outcome.interaction.id : outcome.id]
}

function duplicate(record: Incoming<Interaction>): Outcome {
  return { kind: 'duplicate', origin: record.origin, id: record.id, receivedAt: record.value.arrival.receivedAt }
}

/** The day's key of every tenant in the batch, durable before first use. */
async function dataKeys(
  records: readonly Incoming<Interaction>[],
  keys: DataKeys,
): Promise<(record: Incoming<Interaction>) => DataKey> {
  const day = dayOf(records[0]!.value.arrival.receivedAt / 1000)
  const byTenant = new Map<string, DataKey>()
  for (const tenant of new Set(records.map((record) => record.tenant)))
    byTenant.set(tenant, await keys.forDay(tenant, day))
  return (record) => byTenant.get(record.tenant)!
}

/** A buried interaction has no signals; its findings are rows like any other. */
async function handOver(
  examined: readonly StoredOutcome[],
  buried: ReadonlySet<Outcome>,
  stream: Stream,
): Promise<void> {
  const stored = examined.filter((outcome) => !buried.has(outcome))
  const signals = stored.map(({ signal, origin }) => ({
    id: signal.interactionId,
    tenant: signal.tenant,
    key: signal.key,
    value: signal,
    bytes: 0,
    cause: origin,
  }))
  await stream.publish(TOPICS.signals, signals)
  const findings = examined.flatMap((outcome) =>
    outcome.findings.map((finding) => ({
      id: finding.id,
      tenant: finding.tenant,
      key: finding.tenant,
      value: finding,
      bytes: 0,
      cause: outcome.origin,
    })),
  )
  if (findings.length > 0) await stream.publish(TOPICS.findings, findings)
}

function count(outcomes: readonly Outcome[], buried: ReadonlySet<Outcome>, meter: Meter): void {
  const totals = { stored: 0, duplicate: 0, dead: 0 }
  let findings = 0
  let unscanned = 0
  for (const outcome of outcomes) {
    totals[buried.has(outcome) ? 'dead' : outcome.kind]++
    if (outcome.kind !== 'stored') continue
    findings += outcome.findings.length
    unscanned += outcome.unscanned.length
  }
  for (const kind of ['stored', 'duplicate', 'dead'] as const)
    if (totals[kind] > 0) meter.add('weir_detect_records_total', totals[kind], { outcome: kind })
  if (findings > 0) meter.add('weir_detect_findings_total', findings)
  if (unscanned > 0) meter.add('weir_detect_unscanned_parts_total', unscanned)
}
