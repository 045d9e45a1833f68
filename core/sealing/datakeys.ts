import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto'
import { WeirError } from '../errors.ts'
import type { RandomBytes } from '../seam.ts'
import { bind } from './bytes.ts'
import { LeastRecentlyUsed } from './lru.ts'
import type { MasterKeys } from './masterkeys.ts'

/** A data key as it is kept: of no use without its master key. Several for one tenant and day are normal. */
export interface WrappedKey {
  readonly keyId: string
  readonly tenant: string
  /** `YYYY-MM-DD` in UTC. */
  readonly day: string
  readonly masterKeyId: string
  readonly wrapped: Buffer
}

/** Where wrapped keys live. `save` resolves when the key is durable. */
export interface KeyStore {
  save(key: WrappedKey): Promise<void>
  load(keyId: string): Promise<WrappedKey | undefined>
}

/** A data key in use. */
export interface DataKey {
  readonly keyId: string
  readonly tenant: string
  readonly day: string
  readonly secret: KeyObject
  /** How often it sealed. Random nonces allow 2^32 uses of one AES-GCM key. */
  uses: number
}

/** Well below 2^32, so that what is sealed between asking for the key and the next question does not matter. */
const USES_MAX = 2 ** 30
const KEYS_IN_MEMORY = 1024
const NONCE_BYTES = 12
const TAG_BYTES = 16
const KEY_BYTES = 32
const WRAP_VERSION = 1
const WRAPPED_BYTES = 1 + NONCE_BYTES + KEY_BYTES + TAG_BYTES

type Identity = Omit<WrappedKey, 'wrapped'>
const boundTo = (key: Identity): Buffer => bind('weir data key', key.keyId, key.tenant, key.day, key.masterKeyId)

function wrap(identity: Identity, secret: Buffer, wrappingKey: KeyObject, nonce: Buffer): WrappedKey {
  const cipher = createCipheriv('aes-256-gcm', wrappingKey, nonce)
  cipher.setAAD(boundTo(identity))
  const sealed = Buffer.concat([cipher.update(secret), cipher.final()])
  return { ...identity, wrapped: Buffer.concat([Buffer.of(WRAP_VERSION), nonce, sealed, cipher.getAuthTag()]) }
}

function unwrap(key: WrappedKey, wrappingKey: KeyObject): Buffer {
  const { wrapped } = key
  try {
    if (wrapped.length !== WRAPPED_BYTES || wrapped[0] !== WRAP_VERSION) throw new Error('not a wrapped key')
    const end = wrapped.length - TAG_BYTES
    const decipher = createDecipheriv('aes-256-gcm', wrappingKey, wrapped.subarray(1, 1 + NONCE_BYTES))
    decipher.setAAD(boundTo(key)).setAuthTag(wrapped.subarray(end))
    return Buffer.concat([decipher.update(wrapped.subarray(1 + NONCE_BYTES, end)), decipher.final()])
  } catch (error) {
    throw new WeirError(
      'WEIR_SEAL_BROKEN',
      `data key ${key.keyId} does not open with master key "${key.masterKeyId}": the stored key was changed, ` +
        'or another master key has that id now',
      { cause: error },
    )
  }
}

export interface DataKeysOptions {
  readonly masterKeys: MasterKeys
  readonly store: KeyStore
  readonly random: RandomBytes
  /** Told when the bounded memory of keys was full. */
  readonly evicted?: () => void
  readonly keysInMemory?: number
}

/** Data keys by tenant and day for sealing, by id for opening. */
export class DataKeys {
  readonly #options: DataKeysOptions
  readonly #wrappingKey: KeyObject
  /** Promises, so that all who ask at once share one key and one save. */
  readonly #current: LeastRecentlyUsed<Promise<DataKey>>
  readonly #byId: LeastRecentlyUsed<Promise<DataKey>>

  constructor(options: DataKeysOptions) {
    const wrappingKey = options.masterKeys.derive(options.masterKeys.activeId, 'wrap data keys')
    if (wrappingKey === undefined) throw new WeirError('WEIR_BUG', 'the active master key is missing')
    this.#options = options
    this.#wrappingKey = wrappingKey
    const limit = options.keysInMemory ?? KEYS_IN_MEMORY
    this.#current = new LeastRecentlyUsed(limit, options.evicted)
    this.#byId = new LeastRecentlyUsed(limit, options.evicted)
  }

  /** The key to seal with. It is durable in the store before it is given out. A failed save is not remembered. */
  async forDay(tenant: string, day: string): Promise<DataKey> {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new WeirError('WEIR_BUG', 'the day of a data key must be YYYY-MM-DD')
    const slot = `${day} ${tenant}`
    const known = this.#current.get(slot)
    if (known !== undefined) {
      const key = await known
      if (key.uses < USES_MAX) return key
      this.#current.remove(slot, known)
      return this.forDay(tenant, day)
    }
    return this.#remember(this.#current, slot, this.#make(tenant, day))
  }

  /** The key to open with. WEIR_KEY_UNKNOWN when it or its master key is not here. */
  async byId(keyId: string): Promise<DataKey> {
    return this.#byId.get(keyId) ?? this.#remember(this.#byId, keyId, this.#load(keyId))
  }

  async #remember(
    memory: LeastRecentlyUsed<Promise<DataKey>>,
    slot: string,
    making: Promise<DataKey>,
  ): Promise<DataKey> {
    memory.set(slot, making)
    try {
      return await making
    } catch (error) {
      memory.remove(slot, making)
      throw error
    }
  }

  async #make(tenant: string, day: string): Promise<DataKey> {
    const { random, masterKeys, store } = this.#options
    const keyId = random(16).toString('hex')
    const secret = random(KEY_BYTES)
    const identity = { keyId, tenant, day, masterKeyId: masterKeys.activeId }
    await store.save(wrap(identity, secret, this.#wrappingKey, random(NONCE_BYTES)))
    return { keyId, tenant, day, secret: createSecretKey(secret), uses: 0 }
  }

  async #load(keyId: string): Promise<DataKey> {
    const stored = await this.#options.store.load(keyId)
    if (stored === undefined) {
      throw new WeirError(
        'WEIR_KEY_UNKNOWN',
        `data key ${keyId} is not stored: its day was erased, or it is not here yet`,
      )
    }
    const wrappingKey = this.#options.masterKeys.derive(stored.masterKeyId, 'wrap data keys')
    if (wrappingKey === undefined) {
      throw new WeirError(
        'WEIR_KEY_UNKNOWN',
        `data key ${keyId} is wrapped by master key "${stored.masterKeyId}": add it to sealing.masterKeys`,
      )
    }
    const secret = unwrap({ ...stored, keyId }, wrappingKey)
    return { keyId, tenant: stored.tenant, day: stored.day, secret: createSecretKey(secret), uses: 0 }
  }
}

/** The UTC day of a time, as data keys name it. */
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
