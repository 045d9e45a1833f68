import { WeirError } from '../../../errors.ts'
import type { DataKeys } from '../../../sealing/index.ts'
import type { Clock, Topic } from '../../../seam.ts'
import type { PartitionCounts } from '../table/counts.ts'
import { DEAD_ADVICE, type DeadReason } from '../records/dead-reasons.ts'
import { rawOf, type DeadLetter } from '../records/dead.ts'
import { partitionOf } from '../records/partitioner.ts'
import type { RecordProducer } from './producer.ts'
import { decodeRecord, wireBytes, type RawRecord, type WireRecord } from '../records/record.ts'

export interface ReplayOptions {
  readonly keys: DataKeys
  readonly check?: ((topic: Topic, value: unknown) => boolean) | undefined
  readonly producer: RecordProducer
  readonly counts: PartitionCounts
  readonly clock: Clock
}

const CODES: Readonly<Record<DeadReason, WeirError['code']>> = {
  not_ours: 'WEIR_USAGE',
  version: 'WEIR_SCHEMA_VERSION',
  broken_seal: 'WEIR_SEAL_BROKEN',
  not_json: 'WEIR_USAGE',
  invalid: 'WEIR_SCHEMA_VERSION',
}

/**
 * The same bytes under the same key, so that it comes to the partition to which its sender's retry would come, and keeps
 * its id and its seal. What would die again is not sent.
 */
export async function prepareReplay(
  letter: DeadLetter,
  { keys, check, producer, counts, clock }: ReplayOptions,
): Promise<() => Promise<void>> {
  const { topic } = letter.origin
  const raw = rawOf(letter)
  if (!raw) {
    throw new WeirError('WEIR_TOO_LARGE', 'The record was too large to be kept: there is nothing to replay. Drop it.')
  }
  const decoded = await decodeRecord(topic, raw, keys, check)
  if (decoded.kind === 'dead') {
    const text = `The record would die again (${decoded.reason}): ${DEAD_ADVICE[decoded.reason]}.`
    throw new WeirError(CODES[decoded.reason], text)
  }
  const record = asWritten(raw, clock)
  return async () => {
    const partition = partitionOf(record.key, await counts.of(topic))
    const [refusal] = await producer.send(topic, [{ index: 0, partition, record, bytes: wireBytes(record) }])
    if (refusal) throw new WeirError('WEIR_TOO_LARGE', refusal.message)
  }
}

/** Its time is new: retention counts from now. */
function asWritten({ key, value, headers = {} }: RawRecord, clock: Clock): WireRecord {
  const single = Object.entries(headers).filter((header): header is [string, Buffer] => Buffer.isBuffer(header[1]))
  return {
    key: key ?? Buffer.alloc(0),
    value: value ?? Buffer.alloc(0),
    headers: Object.fromEntries(single),
    timestamp: String(clock.now()),
  }
}
