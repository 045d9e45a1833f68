/*
 * Sealing: what keeps content unreadable at rest. Master keys (configuration or key file) wrap data keys; data keys, one
 * or more per tenant and day, seal content; a hash key per tenant makes values comparable without storing them. Deleting
 * a day's data keys erases what was sealed that day, which is why content is never sealed under a master key itself.
 */
export { DataKeys, dayOf, type DataKey, type DataKeysOptions, type KeyStore, type WrappedKey } from './datakeys.ts'
export { loadMasterKeys } from './keyfile.ts'
export { decodeKey, idOfKey, MasterKeys, masterKeysOf } from './masterkeys.ts'
export {
  open,
  pack,
  PLAINTEXT_BYTES_MAX,
  seal,
  sealPacked,
  type Packed,
  type Sealed,
  type SealedPlace,
} from './seal.ts'
export { createValueHasher, hashUnder, type KeyedHash, type ValueHasher } from './valuehash.ts'
