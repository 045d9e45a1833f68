import { hash } from 'node:crypto'
import { WeirError } from '../../../errors.ts'
import { derivedId } from '../../../ids.ts'
import { open, seal, type DataKey, type DataKeys } from '../../../sealing/index.ts'
import type { Outgoing, RandomBytes, Topic } from '../../../seam.ts'
import type { DeadReason } from './dead-reasons.ts'
import { ID_LENGTH_MAX } from './mark.ts'

/** A record as Kafka keeps it. */
export interface WireRecord {
  readonly key: Buffer
  readonly value: Buffer
  readonly headers: Record<string, Buffer>
  readonly timestamp: string
}

/** A record as kafkajs gives it. Anybody who may write to the topic may have made it. */
export interface RawRecord {
  readonly offset: string
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers?: Readonly<Record<string, Buffer | string | (Buffer | string)[] | undefined>>
}

export type Decoded =
  | { readonly kind: 'live'; readonly id: string; readonly tenant: string; readonly value: unknown }
  | { readonly kind: 'dead'; readonly id: string; readonly reason: DeadReason }

const WIRE_VERSION = '1'
/** The newest version of a record's value that is understood here. Readers learn a new one a release before writers use it. */
const VALUE_VERSION = 1
const HEADER = { version: 'weir-v', id: 'weir-id', tenant: 'weir-tenant', keyId: 'weir-key' } as const
export const TENANT_LENGTH_MAX = 256
/** What a record takes beside its value: headers, key, lengths and the batch around it. */
const FRAME_BYTES = 200

/** What must hold of a record before it can be written at all. */
export function invalidity({ id, tenant }: Outgoing): string | undefined {
  if (id.length === 0 || id.length > ID_LENGTH_MAX) return `The record's id must have 1 to ${ID_LENGTH_MAX} characters.`
  if (tenant.length > TENANT_LENGTH_MAX) return `The tenant's name has more than ${TENANT_LENGTH_MAX} characters.`
  return undefined
}

/**
 * The key decides the partition and is readable by all who may read the topic, so it shows the tenant and a hash of what
 * holds the records together.
 */
export function wireKey(tenant: string, key: string): Buffer {
  return Buffer.from(`${tenant}/${hash('sha256', key, 'hex').slice(0, 32)}`)
}

/** Compressed, then sealed; bound to its tenant, its id and its topic. */
export function encodeRecord(
  topic: Topic,
  record: Outgoing,
  plain: Buffer,
  seals: { key: DataKey; random: RandomBytes; nowMs: number },
): WireRecord {
  const { keyId, envelope } = seal(seals.key, record.id, topic, plain, seals.random)
  return {
    key: wireKey(record.tenant, record.key),
    value: envelope,
    headers: {
      [HEADER.version]: Buffer.from(WIRE_VERSION),
      [HEADER.id]: Buffer.from(record.id),
      [HEADER.tenant]: Buffer.from(record.tenant),
      [HEADER.keyId]: Buffer.from(keyId),
    },
    timestamp: String(Math.trunc(seals.nowMs)),
  }
}

export function wireBytes({ key, value, headers }: WireRecord): number {
  let bytes = FRAME_BYTES + key.length + value.length
  for (const [name, header] of Object.entries(headers)) bytes += name.length + header.length
  return bytes
}

/** The id that it carries; for a record that carries none, one that follows from its bytes. */
export function idOf(raw: RawRecord): string {
  const id = headerOf(raw, HEADER.id)
  if (id !== undefined && id.length > 0 && id.length <= ID_LENGTH_MAX) return id
  const empty = Buffer.alloc(0)
  return derivedId(
    'foreign',
    raw.key ? 'key' : '',
    hash('sha256', raw.key ?? empty),
    hash('sha256', raw.value ?? empty),
  )
}

/**
 * Throws WEIR_KEY_UNKNOWN while its data key is not here: that may pass. Whatever else is wrong stays wrong.
 * `check` says whether a value is one that this version understands.
 */
export async function decodeRecord(
  topic: Topic,
  raw: RawRecord,
  keys: DataKeys,
  check?: (topic: Topic, value: unknown) => boolean,
): Promise<Decoded> {
  const id = idOf(raw)
  const dead = (reason: DeadReason): Decoded => ({ kind: 'dead', id, reason })
  const [version, own, tenant, keyId] = Object.values(HEADER).map((name) => headerOf(raw, name))
  if (raw.value === null || version === undefined || own !== id || tenant === undefined || keyId === undefined) {
    return dead('not_ours')
  }
  if (version !== WIRE_VERSION) return dead('version')
  let plain: Buffer
  try {
    plain = await open(keys, { keyId, envelope: raw.value }, { tenant, recordId: id, field: topic })
  } catch (error) {
    if (error instanceof WeirError && error.code === 'WEIR_SEAL_BROKEN') return dead('broken_seal')
    throw error
  }
  const value = parse(plain)
  if (value === undefined) return dead('not_json')
  if (isNewer(value)) return dead('version')
  return check?.(topic, value) === false ? dead('invalid') : { kind: 'live', id, tenant, value }
}

function isNewer(value: unknown): boolean {
  const { version } = (typeof value === 'object' && value !== null ? value : {}) as { version?: unknown }
  return typeof version === 'number' && version > VALUE_VERSION
}

/** The data key's id that a record names, whoever made it. */
export const keyIdOf = (raw: RawRecord): string | undefined => headerOf(raw, HEADER.keyId)

/** Given once and as bytes; anything else is not ours. */
function headerOf(raw: RawRecord, name: string): string | undefined {
  const header = raw.headers?.[name]
  return Buffer.isBuffer(header) ? header.toString() : undefined
}

/** Content is JSON, which has no `undefined`. */
function parse(plain: Buffer): unknown {
  try {
    return JSON.parse(plain.toString()) as unknown
  } catch {
    return undefined
  }
}
