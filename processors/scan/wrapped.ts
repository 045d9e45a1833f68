import { hexDigit } from './decode.ts'
import type { Range, Rewritten } from './rewriting.ts'

/*
 * Text inside text: a run of base64 or of hex digits that decodes to something a person could read.
 */

/** Fewer digits hold no value worth hiding. */
const LEAST_HEX = 20
/** A run beyond this is a file; its beginning tells whether it is text. */
const SAMPLE = 64
const READABLE_SHARE = 0.9

/** What each character stands for, both alphabets of base64 in one; NONE for all others. */
const NONE = 255
const BASE64 = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code)
  if (!/[A-Za-z0-9+/_-]/.test(char)) return NONE
  return Buffer.from(`${char}A`, 'base64')[0]! >> 2
})
const base64Value = (code: number): number => (code < 128 ? BASE64[code]! : NONE)
const EQUALS = 61

/** The run that a token is part of: where it ends, and what it is wrapped around, if anything. */
export interface Unwrapped {
  readonly end: number
  readonly content: Rewritten | undefined
}

/** `from`: what stands before was looked at already. */
export function unwrap(text: string, token: Range, from: number): Unwrapped {
  const hex = unwrapHex(text, token)
  if (hex !== undefined) return { end: token.end, content: hex }
  let { start } = token
  while (start < token.end && base64Value(text.charCodeAt(start)) === NONE) start++
  while (start > from && base64Value(text.charCodeAt(start - 1)) !== NONE) start--
  let end = start
  while (base64Value(text.charCodeAt(end)) !== NONE) end++
  if (end > start) for (let signs = 0; signs < 2 && text.charCodeAt(end) === EQUALS; signs++) end++
  return { end, content: wrapped(text, { start, end }, 'base64', 4, 3) }
}

function unwrapHex(text: string, { start: from, end }: Range): Rewritten | undefined {
  const start = text.startsWith('0x', from) ? from + 2 : from
  const length = end - start
  if (length < LEAST_HEX || length % 2 !== 0) return undefined
  for (let at = start; at < end; at++) if (hexDigit(text.charCodeAt(at)) === -1) return undefined
  return wrapped(text, { start, end }, 'hex', 2, 1)
}

/** `letters` of the run spell `bytes` bytes; a range widens to whole such groups. */
function wrapped(
  text: string,
  { start, end }: Range,
  encoding: 'hex' | 'base64',
  letters: number,
  bytes: number,
): Rewritten | undefined {
  if (!mayBeReadable(text, start, Math.min(end, start + SAMPLE), encoding)) return undefined
  const sample = Buffer.from(text.slice(start, Math.min(end, start + SAMPLE)), encoding).toString()
  // The sample may cut its last character in two.
  if (!readable(sample.replace(/\ufffd$/, ''))) return undefined
  const content = Buffer.from(text.slice(start, end), encoding).toString('utf8')
  if (!readable(content)) return undefined
  const original = (from: number, to: number): Range => {
    const first = Buffer.byteLength(content.slice(0, from))
    const last = first + Buffer.byteLength(content.slice(from, to))
    return {
      start: start + Math.floor(first / bytes) * letters,
      end: Math.min(end, start + Math.ceil(last / bytes) * letters),
    }
  }
  return { text: content, original }
}

/**
 * Cheap, and never wrong when it says no, which it does of nearly all that only looks wrapped: too many bytes of the run
 * are control characters or can be part of no character of UTF-8.
 */
function mayBeReadable(text: string, start: number, end: number, encoding: 'hex' | 'base64'): boolean {
  const bitsEach = encoding === 'hex' ? 4 : 6
  const most = (((end - start) * bitsEach) >> 3) * (1 - READABLE_SHARE)
  let unreadable = 0
  let bits = 0
  let pending = 0
  let last = 0
  for (let at = start; at < end && unreadable <= most; at++) {
    const code = text.charCodeAt(at)
    if (code === EQUALS) break
    pending = (pending << bitsEach) | (encoding === 'hex' ? hexDigit(code) : base64Value(code))
    bits += bitsEach
    if (bits < 8) continue
    bits -= 8
    const byte = (pending >> bits) & 0xff
    const continues = byte >= 0x80 && byte < 0xc0
    if (isControl(byte) || (continues ? last < 0x80 : last >= 0xc0)) unreadable++
    last = byte
  }
  return unreadable <= most
}

const isControl = (code: number): boolean => code === 127 || (code < 32 && code !== 10 && code !== 13 && code !== 9)

/** Mostly what is typed on keyboards. A random run of bytes has a control character or a broken one in every third place. */
function readable(text: string): boolean {
  if (text.length === 0) return false
  let plain = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if ((code >= 32 && code < 127) || code === 10 || code === 13 || code === 9) plain++
    else if (code > 160 && code !== 0xfffd) plain += 0.7
  }
  return plain >= text.length * READABLE_SHARE
}
