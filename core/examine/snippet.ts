import type { MaskedText } from '../mask/index.ts'

const WIDTH = 80
const BLANK = /[\s\p{Cc}]+/gu

const isLow = (code: number): boolean => (code & 0xfc00) === 0xdc00

/** The nearest token at or before `index` that an edge cuts, walking away from `index` in steps of `step`. */
function cutToken(
  masked: MaskedText,
  index: number,
  step: 1 | -1,
  edge: number,
): { start: number; end: number } | undefined {
  for (let at = index + step; ; at += step) {
    const token = masked.tokens[at]
    if (token === undefined || (step === 1 ? token.start >= edge : token.end <= edge)) return undefined
    if (token.start < edge && edge < token.end) return token
  }
}

function leftEdge(masked: MaskedText, index: number, start: number, room: number): number {
  let from = start - room
  if (from <= 0) return 0
  from = cutToken(masked, index, -1, from)?.end ?? from
  const word = masked.text.slice(from, start).search(/\s/)
  if (word !== -1) from += word
  return isLow(masked.text.charCodeAt(from)) ? from + 1 : from
}

function rightEdge(masked: MaskedText, index: number, end: number, room: number): number {
  let to = end + room
  if (to >= masked.text.length) return masked.text.length
  to = cutToken(masked, index, 1, to)?.start ?? to
  const tail = /\s\S*$/.exec(masked.text.slice(end, to))
  if (tail !== null) to = end + tail.index
  return isLow(masked.text.charCodeAt(to)) ? to - 1 : to
}

/** One line of about 80 characters around a token of a masked text: cut between words where it can, never inside a token. */
export function snippetOf(masked: MaskedText, index: number): string {
  const { start, end } = masked.tokens[index]!
  const room = Math.max(0, WIDTH - (end - start) - 2) >> 1
  const from = leftEdge(masked, index, start, room)
  const to = rightEdge(masked, index, end, room)
  const line = masked.text.slice(from, to).replace(BLANK, ' ').trim()
  return (from > 0 ? '…' : '') + line + (to < masked.text.length ? '…' : '')
}
