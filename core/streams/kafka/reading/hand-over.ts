import type { DataKeys } from '../../../sealing/index.ts'
import {
  TOPICS,
  type Batch,
  type Clock,
  type Consumer,
  type Incoming,
  type Outgoing,
  type Skipped,
} from '../../../seam.ts'
import type { Refusal, Topic } from '../../../seam.ts'
import { cutBatch } from '../../token.ts'
import type { DeadReason } from '../records/dead-reasons.ts'
import { deadLetter, withoutBytes, type DeadLetter } from '../records/dead.ts'
import type { RawRange } from './range.ts'
import { decodeRecord, type RawRecord } from '../records/record.ts'

export interface HandOverOptions {
  readonly topic: Topic
  readonly partition: number
  readonly consumer: Consumer
  readonly keys: DataKeys
  readonly clock: Clock
  /** Whether a value is one that this version understands. */
  readonly check?: ((topic: Topic, value: unknown) => boolean) | undefined
  readonly publish: (topic: Topic, records: readonly Outgoing[]) => Promise<readonly Refusal[]>
  readonly onDead: (topic: Topic, reason: DeadReason) => void
}

interface Dying {
  readonly raw: RawRecord
  readonly offset: number
  readonly id: string
  readonly reason: DeadReason
}

interface Prepared {
  readonly range: RawRange
  readonly batch: Batch<Incoming> | undefined
}

/**
 * Gives a range of one partition to its consumer as one batch; undefined when all of it was dead. A repeat of the range
 * gives the very same batch, and neither opens its records nor buries its dead a second time.
 */
export function createHandOver(options: HandOverOptions): (range: RawRange) => Promise<Batch<Incoming> | undefined> {
  let prepared: Prepared | undefined
  return async (range) => {
    if (!prepared || !isSame(prepared.range, range)) prepared = { range, batch: await prepare(range, options) }
    const { batch } = prepared
    if (batch) await options.consumer.handle(batch)
    prepared = undefined
    return batch
  }
}

const isSame = (a: RawRange, b: RawRange): boolean =>
  a.epoch === b.epoch && a.first === b.first && a.last === b.last && a.id === b.id

async function prepare(range: RawRange, options: HandOverOptions): Promise<Batch<Incoming> | undefined> {
  const { topic, partition, keys, check } = options
  const live: Incoming[] = []
  const dying: Dying[] = []
  for (const raw of range.records) {
    const offset = Number(raw.offset)
    const decoded = await decodeRecord(topic, raw, keys, check)
    if (decoded.kind === 'dead') dying.push({ raw, offset, ...decoded })
    else {
      const { id, tenant, value } = decoded
      live.push({ id, tenant, value, origin: { topic, epoch: range.epoch, partition, offset } })
    }
  }
  if (dying.length > 0) await bury(dying, range, options)
  if (live.length === 0) return undefined
  const skipped = skippedOf(range, live, dying)
  return {
    ...cutBatch(topic, live),
    first: range.first,
    last: range.last,
    ...(skipped.length > 0 && { skipped }),
  }
}

async function bury(dying: readonly Dying[], range: RawRange, options: HandOverOptions): Promise<void> {
  const { topic, partition, keys, clock, publish, onDead } = options
  const letters: Outgoing<DeadLetter>[] = []
  for (const { raw, offset, id, reason } of dying) {
    const origin = { topic, epoch: range.epoch, partition, offset }
    letters.push(await deadLetter(raw, { id, reason, origin, batch: range.first, diedAt: clock.now() }, keys))
  }
  const refused = await publish(TOPICS.dead, letters)
  const shorter = refused.map(({ index }) => withoutBytes(letters[index]!))
  if (shorter.length > 0) await publish(TOPICS.dead, shorter)
  for (const { reason } of dying) onDead(topic, reason)
}

/** What lies in the range and in no record of the batch. */
function skippedOf(range: RawRange, live: readonly Incoming[], dying: readonly Dying[]): Skipped[] {
  const dead = new Set(dying.map(({ offset }) => offset))
  const known = [...live.map(({ origin }) => origin.offset), ...dead].toSorted((a, b) => a - b)
  const skipped: Skipped[] = []
  let next = range.first
  if (range.deadBefore > next) {
    skipped.push({ first: next, last: range.deadBefore - 1, reason: 'dead' })
    next = range.deadBefore
  }
  for (const offset of known) {
    if (offset > next) skipped.push({ first: next, last: offset - 1, reason: 'empty' })
    const before = skipped.at(-1)
    if (dead.has(offset)) {
      if (before?.reason === 'dead' && before.last === offset - 1) skipped.splice(-1, 1, { ...before, last: offset })
      else skipped.push({ first: offset, last: offset, reason: 'dead' })
    }
    next = offset + 1
  }
  return skipped
}
