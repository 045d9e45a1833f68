import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import type { SealingConfig } from '../../schemas/config.ts'
import { WeirError } from '../errors.ts'
import { bind } from './bytes.ts'

const KEY_BYTES = 32

/** What a key is derived for. One master key serves several ends, and none of the derived keys tells of another. */
type Purpose = 'wrap data keys' | 'hash values'

/**
 * The keys at the top. Kept as key objects, which no log, dump of an object or JSON shows. They are never used as they are:
 * every use derives its own key by HKDF.
 */
export class MasterKeys {
  /** New data keys are wrapped with it and new values hashed with it. */
  readonly activeId: string
  readonly #keys: ReadonlyMap<string, KeyObject>

  constructor(keys: ReadonlyMap<string, Buffer>, activeId: string) {
    if (!keys.has(activeId)) throw new WeirError('WEIR_MASTER_KEY', `the active master key "${activeId}" is not there`)
    this.#keys = new Map([...keys].map(([id, key]) => [id, createSecretKey(key)]))
    this.activeId = activeId
  }

  /** All of them, the active one first. */
  get ids(): readonly string[] {
    return [this.activeId, ...[...this.#keys.keys()].filter((id) => id !== this.activeId)]
  }

  /** Undefined when there is no master key of that id. */
  derive(id: string, purpose: Purpose, ...scope: readonly string[]): KeyObject | undefined {
    const key = this.#keys.get(id)
    if (key === undefined) return undefined
    const info = bind('weir', '1', purpose, ...scope)
    return createSecretKey(Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), info, KEY_BYTES)))
  }
}

/** 32 bytes from base64, base64url or hex; undefined for anything else. Never says what it was given. */
export function decodeKey(text: string): Buffer | undefined {
  const trimmed = text.trim()
  if (/^[0-9a-f]{64}$/i.test(trimmed)) return Buffer.from(trimmed, 'hex')
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed)) return Buffer.from(trimmed, 'base64')
  return undefined
}

/** A name for a key that has none. Tells nothing about the key, and a replaced key gets another name. */
export function idOfKey(key: Buffer): string {
  return `file-${createHmac('sha256', key).update('weir master key id').digest('hex').slice(0, 12)}`
}

/** The keys of the configuration; undefined when it names none. */
export function masterKeysOf(config: Pick<SealingConfig, 'masterKeys' | 'activeKey'>): MasterKeys | undefined {
  const keys = new Map<string, Buffer>()
  for (const [id, text] of Object.entries(config.masterKeys)) {
    const key = decodeKey(text)
    if (key === undefined) {
      throw new WeirError(
        'WEIR_MASTER_KEY',
        `sealing.masterKeys.${id} is not 32 bytes in base64 or hex; make one with: openssl rand -base64 32`,
      )
    }
    keys.set(id, key)
  }
  const [only] = keys.keys()
  if (only === undefined) return undefined
  if (config.activeKey === undefined && keys.size > 1) {
    throw new WeirError('WEIR_MASTER_KEY', 'sealing.activeKey must say which of sealing.masterKeys wraps new data keys')
  }
  return new MasterKeys(keys, config.activeKey ?? only)
}
