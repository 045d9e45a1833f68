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

const BASE64_RUN = /[A-Za-z0-9+/_-]+={0,2}/y
const BASE64_CHAR = /[A-Za-z0-9+/_-]/

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
  while (start < token.end && !BASE64_CHAR.test(text[start]!)) start++
  while (start > from && BASE64_CHAR.test(text[start - 1]!)) start--
  BASE64_RUN.lastIndex = start
  const end = start + (BASE64_RUN.exec(text)?.[0].length ?? 0)
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
