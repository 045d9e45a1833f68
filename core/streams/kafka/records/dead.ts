import { derivedId } from '../../../ids.ts'
import type { DataKeys } from '../../../sealing/index.ts'
import type { Outgoing, Topic } from '../../../seam.ts'
import type { DeadReason } from './dead-reasons.ts'
import { keyIdOf, type RawRecord } from './record.ts'

/** What `weir.dead` holds of a record that no stage could be given. Sealed as a whole like every record. */
export interface DeadLetter {
  readonly version: 1
  /** Of the record, not of the letter. */
  readonly id: string
  readonly reason: DeadReason
  readonly origin: { topic: Topic; epoch: number; partition: number; offset: number }
  /** First offset of the batch whose range takes it in. */
  readonly batch: number
  /** Milliseconds. */
  readonly diedAt: number
  /** As it stood in the topic, base64; null where Kafka had none. Left out when they would not fit. */
  readonly key?: string | null
  readonly value?: string | null
  readonly headers?: Record<string, string[]>
}

/** Records that nobody's tenant can be proven of. */
const NOBODY = 'default'

const base64 = (bytes: Buffer | null): string | null => bytes?.toString('base64') ?? null

export async function deadLetter(
  raw: RawRecord,
  about: Pick<DeadLetter, 'id' | 'reason' | 'origin' | 'batch' | 'diedAt'>,
  keys: DataKeys,
): Promise<Outgoing<DeadLetter>> {
  const { topic, epoch, partition, offset } = about.origin
  const headers = Object.fromEntries(
    Object.entries(raw.headers ?? {}).map(([name, header]) => [
      name,
      [header ?? []].flat().map((one) => Buffer.from(one).toString('base64')),
    ]),
  )
  const value: DeadLetter = { version: 1, ...about, key: base64(raw.key), value: base64(raw.value), headers }
  const tenant = await tenantOf(raw, keys)
  const bytes = (raw.value?.length ?? 0) + (raw.key?.length ?? 0)
  return { id: derivedId('dead', topic, `${epoch}`, `${partition}`, `${offset}`), tenant, key: tenant, value, bytes }
}

/** The letter without the bytes, for a record that is larger than a letter may be. */
export function withoutBytes(letter: Outgoing<DeadLetter>): Outgoing<DeadLetter> {
  const { key: _key, value: _value, headers: _headers, ...rest } = letter.value
  return { ...letter, value: rest }
}

/** The record as it stood in its topic; undefined where the letter came without its bytes. */
export function rawOf({ origin, key, value, headers }: DeadLetter): RawRecord | undefined {
  if (key === undefined || value === undefined) return undefined
  const bytes = (text: string | null): Buffer | null => (text === null ? null : Buffer.from(text, 'base64'))
  const given = Object.entries(headers ?? {}).map(([name, list]): [string, Buffer | Buffer[]] => {
    const [first, ...more] = list.map((one) => Buffer.from(one, 'base64'))
    return [name, first !== undefined && more.length === 0 ? first : list.map((one) => Buffer.from(one, 'base64'))]
  })
  return { offset: String(origin.offset), key: bytes(key), value: bytes(value), headers: Object.fromEntries(given) }
}

/** A header can claim any tenant; a data key belongs to one. */
async function tenantOf(raw: RawRecord, keys: DataKeys): Promise<string> {
  const keyId = keyIdOf(raw)
  if (keyId === undefined) return NOBODY
  try {
    return (await keys.byId(keyId)).tenant
  } catch {
    return NOBODY
  }
}
