import type { KeyStore, WrappedKey } from '../../sealing/index.ts'
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
}

export function createKafkaKeyStore(table: KeyTable): KafkaKeyStore {
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
      let erased = 0
      for (const name of [...table.keys()]) {
        const bytes = name.startsWith(PREFIX) ? table.get(name) : undefined
        const key = bytes && readEntry(name.slice(PREFIX.length), bytes)
        if (key?.tenant !== tenant || key.day !== day) continue
        await table.put(name, undefined)
        erased++
      }
      return erased
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
