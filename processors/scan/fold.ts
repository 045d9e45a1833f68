import {
  compatible,
  DIGITS,
  GAP,
  isFolded,
  isSeriesOfCard,
  kindOf,
  LOOKALIKES,
  OTHER_LETTER,
  plainSpelling,
  wideKind,
} from './chars.ts'
import { Rewriting, type Rewritten } from './rewriting.ts'

/*
 * Takes away what disguises plain characters: zero-width marks, full-width and mathematical forms, digits of other
 * scripts, exotic spaces and dashes, and look-alike letters in the midst of ASCII. Accents stay: they are spelling.
 */

export function fold(text: string): Rewritten | undefined {
  const rewriting = new Rewriting(text)
  let chunkEnd = -1
  let mixed = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 128 && code !== 0) continue
    const high = code >= 0xd800 && code < 0xdc00
    if (!high && !isFolded(code)) continue
    const plain = high ? compatible(text.slice(at, at + 2)) : plainSpelling(code)
    if (plain !== undefined) {
      rewriting.replace(at, at + (high ? 2 : 1), plain)
      if (high) at++
      continue
    }
    const lookalike = LOOKALIKES.get(code)
    if (lookalike === undefined) continue
    if (at >= chunkEnd) {
      chunkEnd = chunkAfter(text, at)
      mixed = disguised(text, chunkBefore(text, at), chunkEnd)
    }
    if (mixed || isSeriesOfCard(text, at)) rewriting.replace(at, at + 1, lookalike)
  }
  return rewriting.finish()
}

/** A chunk is what stands between blanks; of a longer one, so much to each side. */
const CHUNK_REACH = 64

function chunkBefore(text: string, at: number): number {
  const least = Math.max(0, at - CHUNK_REACH)
  while (at > least && text.charCodeAt(at - 1) > 32) at--
  return at
}

function chunkAfter(text: string, at: number): number {
  const most = Math.min(text.length, at + CHUNK_REACH)
  while (at < most && text.charCodeAt(at) > 32) at++
  return at
}

/** Look-alikes stand among ASCII letters or digits, and no letter shows that the script is meant. */
function disguised(text: string, start: number, end: number): boolean {
  let ascii = false
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    const kind = code < 128 ? kindOf(code) : GAP
    if (code < 128) ascii ||= kind > GAP && kind <= DIGITS
    else if (wideKind(code) === OTHER_LETTER && !LOOKALIKES.has(code) && plainSpelling(code) === undefined) return false
  }
  return ascii
}
