import { WeirError } from '../../../errors.ts'
import type { KeyStore, WrappedKey } from '../../../sealing/index.ts'
import type { KeyTable } from './table.ts'

const PREFIX = 'key/'
const VERSION = 1

interface Entry {
  readonly v: number
  readonly tenant: string
  readonly day: string
  readonly master: string
  readonly wrapped: string
}

/** Data keys in `weir.keys`, wrapped. A key is there, on all in-sync replicas, before anything is sealed with it. */
export interface KafkaKeyStore extends KeyStore {
  /** Removes every key of the day; what was sealed with them is gone for good. Says how many there were. */
  erase(tenant: string, day: string): Promise<number>
  /** Ids of the newest keys that a master key has wrapped. */
  newest(masterKeyId: string, count: number): string[]
}

const LOOKED_AT = 5

/**
 * Refuses a master key that opens none of the keys wrapped under its id. A process with such a key could read nothing, and
 * what it wrote nobody else could.
 */
export async function assertMasterKeys(
  ids: readonly string[],
  store: KafkaKeyStore,
  open: (keyId: string) => Promise<unknown>,
): Promise<void> {
  for (const id of ids) {
    let broken = 0
    const newest = store.newest(id, LOOKED_AT)
    for (const keyId of newest)
      await open(keyId).catch((error: unknown) => {
        if (!(error instanceof WeirError) || error.code !== 'WEIR_SEAL_BROKEN') throw error
        broken++
      })
    if (broken > 0 && broken === newest.length) {
      const text =
        `Another master key than sealing.masterKeys.${id} has wrapped the data keys under that id (in weir.keys): give the ` +
        'key that all other processes have, or give this one an id of its own.'
      throw new WeirError('WEIR_MASTER_KEY', text)
    }
  }
}

export function createKafkaKeyStore(table: KeyTable): KafkaKeyStore {
  function* all(): Generator<WrappedKey> {
    for (const name of table.keys()) {
      const bytes = name.startsWith(PREFIX) ? table.get(name) : undefined
      const key = bytes && readEntry(name.slice(PREFIX.length), bytes)
      if (key) yield key
    }
  }
  return {
    async save(key: WrappedKey): Promise<void> {
      const { tenant, day, masterKeyId: master } = key
      const entry: Entry = { v: VERSION, tenant, day, master, wrapped: key.wrapped.toString('base64') }
      await table.put(PREFIX + key.keyId, Buffer.from(JSON.stringify(entry)))
    },
    async load(keyId: string): Promise<WrappedKey | undefined> {
      const bytes = table.get(PREFIX + keyId)
      return bytes && readEntry(keyId, bytes)
    },
    async erase(tenant: string, day: string): Promise<number> {
      const keys = [...all()].filter((key) => key.tenant === tenant && key.day === day)
      for (const { keyId } of keys) await table.put(PREFIX + keyId, undefined)
      return keys.length
    },
    newest(masterKeyId: string, count: number): string[] {
      const keys = [...all()].filter((key) => key.masterKeyId === masterKeyId)
      return keys
        .toSorted((a, b) => (a.day < b.day ? 1 : -1))
        .slice(0, count)
        .map(({ keyId }) => keyId)
    },
  }
}

/** Undefined for what is not an entry of this version: the key is unknown then, which is waited for. */
function readEntry(keyId: string, bytes: Buffer): WrappedKey | undefined {
  let entry: Partial<Record<keyof Entry, unknown>> | null
  try {
    entry = JSON.parse(bytes.toString()) as typeof entry
  } catch {
    return undefined
  }
  if (typeof entry !== 'object' || entry === null || entry.v !== VERSION) return undefined
  const { tenant, day, master, wrapped } = entry
  if (![tenant, day, master, wrapped].every((field) => typeof field === 'string')) return undefined
  return {
    keyId,
    tenant: tenant as string,
    day: day as string,
    masterKeyId: master as string,
    wrapped: Buffer.from(wrapped as string, 'base64'),
  }
}
