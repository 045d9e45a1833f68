import { createCipheriv, createDecipheriv } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { WeirError } from '../errors.ts'
import type { RandomBytes } from '../seam.ts'
import { bind } from './bytes.ts'
import type { DataKey, DataKeys } from './datakeys.ts'

/** Content under a data key. */
export interface Sealed {
  readonly keyId: string
  /** version, packing, nonce (12), ciphertext, tag (16). */
  readonly envelope: Buffer
}

/** Where sealed content belongs. It opens nowhere else. */
export interface SealedPlace {
  readonly tenant: string
  readonly recordId: string
  readonly field: string
}

const VERSION = 1
const PACKING = { plain: 0, deflate: 1 } as const
const HEADER_BYTES = 2
const NONCE_BYTES = 12
const TAG_BYTES = 16
const SHORTEST = HEADER_BYTES + NONCE_BYTES + TAG_BYTES
/** Twice the largest request that can be configured. What is refused here could never be opened again. */
export const PLAINTEXT_BYTES_MAX: number = 256 * 1024 * 1024

const DEFLATE = { level: 1 }
/** The usual tables take a quarter of a megabyte a call, which costs more than packing a few kilobytes does. */
const SMALL_DEFLATE = { level: 1, windowBits: 13, memLevel: 6 }
const SMALL_BYTES = 8192
/** Packing less than this costs as much processor time as sealing it, and saves a hundred bytes. */
const PACKED_BYTES_MIN = 1024

/** The header is bound too, so that no byte of an envelope can be changed unseen. */
function boundTo(header: Buffer, keyId: string, place: SealedPlace): Buffer {
  return Buffer.concat([header, bind('weir sealed', keyId, place.tenant, place.recordId, place.field)])
}

/** Content made ready for sealing: most of the work, and all that needs no key. */
export interface Packed {
  readonly packing: number
  readonly bytes: Uint8Array
}

/**
 * Compresses, then encrypts. Synchronous: a record is sealed within the batch that holds it, and level 1 costs less than
 * decoding the same bytes did. The key comes from `await keys.forDay(tenant, day)`, its tenant is the content's.
 */
export function seal(
  key: DataKey,
  recordId: string,
  field: string,
  plaintext: Uint8Array,
  random: RandomBytes,
): Sealed {
  return sealPacked(key, recordId, field, pack(plaintext), random)
}

/** The rest of it, where packing was done elsewhere. */
export function sealPacked(
  key: DataKey,
  recordId: string,
  field: string,
  { packing, bytes }: Packed,
  random: RandomBytes,
): Sealed {
  key.uses += 1
  const header = Buffer.of(VERSION, packing)
  const nonce = random(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key.secret, nonce)
  cipher.setAAD(boundTo(header, key.keyId, { tenant: key.tenant, recordId, field }))
  const parts = [header, nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]
  return { keyId: key.keyId, envelope: Buffer.concat(parts) }
}

/** The plaintext itself where packing does not pay. */
export function pack(plaintext: Uint8Array): Packed {
  const { byteLength } = plaintext
  if (byteLength > PLAINTEXT_BYTES_MAX) {
    throw new WeirError('WEIR_TOO_LARGE', `sealed content is limited to ${PLAINTEXT_BYTES_MAX} bytes`)
  }
  const plain = { packing: PACKING.plain, bytes: plaintext }
  if (byteLength < PACKED_BYTES_MIN) return plain
  // room for all of it, so that it comes in one piece
  const deflated = deflateRawSync(
    plaintext,
    byteLength < SMALL_BYTES ? { ...SMALL_DEFLATE, chunkSize: byteLength } : DEFLATE,
  )
  return deflated.length < byteLength ? { packing: PACKING.deflate, bytes: deflated } : plain
}

function decrypt(key: DataKey, envelope: Buffer, place: SealedPlace): Buffer {
  const header = envelope.subarray(0, HEADER_BYTES)
  const body = HEADER_BYTES + NONCE_BYTES
  const end = envelope.length - TAG_BYTES
  const decipher = createDecipheriv('aes-256-gcm', key.secret, envelope.subarray(HEADER_BYTES, body))
  decipher.setAAD(boundTo(header, key.keyId, place)).setAuthTag(envelope.subarray(end))
  return Buffer.concat([decipher.update(envelope.subarray(body, end)), decipher.final()])
}

/**
 * WEIR_KEY_UNKNOWN: the key is not here, perhaps not yet. WEIR_SEAL_BROKEN: the key is here and the content was changed,
 * or it belongs to another tenant, record or field. The two are never mixed up: the first may be waited for.
 */
export async function open(keys: DataKeys, sealed: Sealed, place: SealedPlace): Promise<Buffer> {
  const key = await keys.byId(sealed.keyId)
  const { envelope } = sealed
  try {
    if (envelope.length < SHORTEST || envelope[0] !== VERSION) throw new Error('not an envelope of this version')
    const packed = decrypt(key, envelope, place)
    if (envelope[1] === PACKING.plain) return packed
    return inflateRawSync(packed, { maxOutputLength: PLAINTEXT_BYTES_MAX })
  } catch (error) {
    throw new WeirError(
      'WEIR_SEAL_BROKEN',
      `sealed content of record ${place.recordId} does not open: it was changed, or belongs to another tenant, record or field`,
      { cause: error },
    )
  }
}
