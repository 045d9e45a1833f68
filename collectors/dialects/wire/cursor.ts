import { isUtf8 } from 'node:buffer'
import { WeirError } from '../../../core/errors.ts'
import { LIMITS } from './decoded.ts'
import { internAscii, INTERN_MAX } from './intern.ts'

/** Node's own slices, without the argument handling of toString. */
interface Slices {
  utf8Slice(start: number, end: number): string
  hexSlice(start: number, end: number): string
}

const MAX_GROUP_DEPTH = 16
const TWO_32 = 4_294_967_296
/** The upper half from which on microseconds are more than a double can count. */
const BEYOND_2255 = 2_097_152_000

/** A place in a protobuf message. Reads beyond the end are noticed by the check that every message ends where it said. */
export class Cursor {
  readonly bytes: Buffer
  readonly slices: Slices
  pos = 0
  invalidUtf8 = 0
  /** Values read so far; see LIMITS.values. */
  values = 0

  constructor(bytes: Buffer) {
    this.bytes = bytes
    this.slices = bytes as unknown as Slices
  }

  malformed(what: string): WeirError {
    return new WeirError('WEIR_DECODE', `protobuf: ${what} at byte ${this.pos} of ${this.bytes.length}`)
  }

  /** A varint's low 32 bits, unsigned. */
  varint32(): number {
    const { bytes } = this
    let byte = bytes[this.pos++]!
    if (byte < 0x80) return byte
    let value = byte & 0x7f
    for (let shift = 7; shift < 70; shift += 7) {
      byte = bytes[this.pos++]!
      if (shift < 32) value |= (byte & 0x7f) << shift
      if (byte < 0x80) return value >>> 0
    }
    throw this.malformed('a number that does not end')
  }

  /** A 64-bit varint as two halves, combined by the caller. */
  int64(): number | string {
    const { bytes } = this
    let low = 0
    let high = 0
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = bytes[this.pos++]!
      const bits = byte & 0x7f
      if (shift < 28) low |= bits << shift
      else if (shift === 28) {
        low |= bits << 28
        high = bits >> 4
      } else high |= bits << (shift - 32)
      if (byte < 0x80) return signed64(low >>> 0, high | 0)
    }
    throw this.malformed('a number that does not end')
  }

  /** Nanoseconds as fixed64, to whole microseconds without losing a digit on the way. */
  microseconds(): number {
    const at = this.advance(8)
    const { bytes } = this
    const low = (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0
    const high = (bytes[at + 4]! | (bytes[at + 5]! << 8) | (bytes[at + 6]! << 16) | (bytes[at + 7]! << 24)) >>> 0
    if (high >= BEYOND_2255) return Number(((BigInt(high) << 32n) | BigInt(low)) / 1000n)
    return high * 4_294_967 + Math.floor((high * 296 + low) / 1000)
  }

  double(): number {
    return this.bytes.readDoubleLE(this.advance(8))
  }

  /** The end of the length-delimited field that starts here and must end by `limit`. */
  end(limit: number): number {
    const length = this.varint32()
    const end = this.pos + length
    if (end > limit) throw this.malformed(`a field of ${length} bytes that has only ${Math.max(0, limit - this.pos)}`)
    return end
  }

  text(limit: number): string {
    const start = this.pos
    const end = this.end(limit)
    const from = this.pos
    this.pos = end
    if (start === end || from === end) return ''
    const text = this.slices.utf8Slice(from, end)
    if (text.indexOf('\ufffd') >= 0 && !isUtf8(this.bytes.subarray(from, end))) this.invalidUtf8++
    return text
  }

  /** A text that is likely to be seen again: an attribute's key. */
  key(limit: number): string {
    const before = this.pos
    const end = this.end(limit)
    if (end - this.pos <= INTERN_MAX) {
      const known = internAscii(this.bytes, this.pos, end)
      if (known !== undefined) {
        this.pos = end
        return known
      }
    }
    this.pos = before
    return this.text(limit)
  }

  /** Steps over a field that is not ours. */
  skip(tag: number, limit: number, depth = 0): void {
    if (tag >>> 3 === 0) throw this.malformed('field number 0')
    switch (tag & 7) {
      case 0:
        this.int64()
        return
      case 1:
        this.advance(8)
        return
      case 2:
        this.pos = this.end(limit)
        return
      case 3:
        this.skipGroup(tag, limit, depth)
        return
      case 5:
        this.advance(4)
        return
      default:
        throw this.malformed(`wire type ${tag & 7}`)
    }
  }

  /** Every message ends exactly where its length said. */
  close(end: number): void {
    if (this.pos !== end) throw this.malformed(`a message that should end at byte ${end} does not;`)
  }

  /** Counts a value against the request's budget. */
  spend(): void {
    if (++this.values > LIMITS.values) {
      throw new WeirError('WEIR_TOO_LARGE', `the request holds more than ${LIMITS.values} values: send smaller batches`)
    }
  }

  private advance(size: number): number {
    const at = this.pos
    this.pos = at + size
    if (this.pos > this.bytes.length) throw this.malformed(`${size} bytes expected beyond the end;`)
    return at
  }

  private skipGroup(tag: number, limit: number, depth: number): void {
    if (depth >= MAX_GROUP_DEPTH) throw this.malformed('groups nested too deeply')
    const closing = tag + 1
    while (this.pos < limit) {
      const inner = this.varint32()
      if (inner === closing) return
      this.skip(inner, limit, depth + 1)
    }
    throw this.malformed('a group that does not end')
  }
}

function signed64(low: number, high: number): number | string {
  const value = high * TWO_32 + low
  if (Number.isSafeInteger(value)) return value
  return ((BigInt(high) << 32n) | BigInt(low)).toString()
}
