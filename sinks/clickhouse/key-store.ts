import type { Clock } from '../../core/seam.ts'
import type { KeyStore, WrappedKey } from '../../core/sealing/index.ts'
import { rowsOf, type StoreClient } from './client.ts'
import { seconds } from './tables.ts'

const COLUMNS = ['key_id', 'tenant', 'day', 'master_key_id', 'wrapped', 'created_at']

/** Wrapped data keys in the table `data_keys`: the one place where they live without Kafka. */
export function createKeyStore(client: StoreClient, clock: Clock): KeyStore {
  return {
    async save(key: WrappedKey): Promise<void> {
      const wrapped = key.wrapped.toString('base64')
      const row = [key.keyId, key.tenant, key.day, key.masterKeyId, wrapped, seconds(clock.now() * 1000)]
      await client.insert('data_keys', COLUMNS, Buffer.from(JSON.stringify(row)), key.keyId)
    },

    async load(keyId: string): Promise<WrappedKey | undefined> {
      const [row] = await rowsOf<StoredKey>(
        client,
        `SELECT key_id, tenant, toString(day) AS day, master_key_id, wrapped
         FROM ${client.database}.data_keys WHERE key_id = {keyId:String} LIMIT 1`,
        { keyId },
      )
      return (
        row && {
          keyId: row.key_id,
          tenant: row.tenant,
          day: row.day,
          masterKeyId: row.master_key_id,
          wrapped: Buffer.from(row.wrapped, 'base64'),
        }
      )
    },
  }
}

interface StoredKey {
  key_id: string
  tenant: string
  day: string
  master_key_id: string
  wrapped: string
}
