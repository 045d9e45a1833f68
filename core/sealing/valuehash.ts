import { createHmac, type KeyObject } from 'node:crypto'
import { WeirError } from '../errors.ts'
import { bind } from './bytes.ts'
import { LeastRecentlyUsed } from './lru.ts'
import type { MasterKeys } from './masterkeys.ts'

/** A value's hash and the master key it was made under. Hashes of one value are equal only under one key id. */
export interface KeyedHash {
  readonly keyId: string
  readonly hash: string
}

/**
 * Hashes a value's normal form under a key of its tenant's own, so that equal values can be joined without being stored,
 * and nobody without the master key can try values out. 64 hex digits.
 */
export interface ValueHasher {
  (tenant: string, type: string, normal: string): string
  /** The master key that new hashes are made under. */
  readonly keyId: string
  /** The tenant's own key under the active master key: `hashUnder` it makes the same hashes. */
  keyOf(tenant: string): KeyObject
  /** Under every master key, the active one first: where an old value is looked for. */
  hashesFor(tenant: string, type: string, normal: string): KeyedHash[]
}

const TENANT_KEYS_IN_MEMORY = 4096

export const hashUnder = (key: KeyObject, type: string, normal: string): string =>
  createHmac('sha256', key).update(bind(type, normal)).digest('hex')

export function createValueHasher(masterKeys: MasterKeys): ValueHasher {
  const tenantKeys = new LeastRecentlyUsed<KeyObject>(TENANT_KEYS_IN_MEMORY)

  const tenantKey = (keyId: string, tenant: string): KeyObject => {
    const slot = `${keyId} ${tenant}`
    const known = tenantKeys.get(slot)
    if (known !== undefined) return known
    const derived = masterKeys.derive(keyId, 'hash values', tenant)
    if (derived === undefined) throw new WeirError('WEIR_BUG', `no master key "${keyId}" to hash with`)
    tenantKeys.set(slot, derived)
    return derived
  }

  return Object.assign(
    (tenant: string, type: string, normal: string) => hashUnder(tenantKey(masterKeys.activeId, tenant), type, normal),
    {
      keyId: masterKeys.activeId,
      keyOf: (tenant: string): KeyObject => tenantKey(masterKeys.activeId, tenant),
      hashesFor: (tenant: string, type: string, normal: string): KeyedHash[] =>
        masterKeys.ids.map((keyId) => ({ keyId, hash: hashUnder(tenantKey(keyId, tenant), type, normal) })),
    },
  )
}
