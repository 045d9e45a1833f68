import type { View } from '../../../core/seam.ts'
import { MARK_SIZE } from '../../scan/index.ts'
import { codeAt, isDigitCode, isWordCode, NO_CODE } from '../finder.ts'
import { isInHeader } from '../tables/tables.ts'
import type { WordSet } from '../around/word-set.ts'

/*
 * Values of capital letters alone (`BIC: DEUTDEFF`): the scan marks nothing in them, so they are looked for around the
 * words that name them, and below the name of their column.
 */

const AHEAD = 80
const BEHIND = 30
/** Beside a word of so many capitals that names nothing everything is rather written in capitals. */
const LEAST_WORD = 5

const isCapital = (code: number): boolean => code >= 65 && code <= 90

/**
 * Calls `found` with the start of every token of capitals that may be named by the word of a mark, and the last mark
 * that ends before it (below 0 when none does). What stands between two of the words is looked at for the first of them.
 */
export function capitalsAround(
  view: View,
  mark: number,
  words: WordSet,
  lengths: ReadonlySet<number>,
  found: (start: number, mark: number) => void,
): void {
  const { content, marks } = view
  let last = mark
  const say = (start: number): void => {
    while (last >= 0 && marks[last + 2]! > start) last -= MARK_SIZE
    while (last + MARK_SIZE < marks.length && marks[last + MARK_SIZE + 2]! <= start) last += MARK_SIZE
    const named = last >= 0 && words.has(marks[last]!) && marks[last + 2] === start - 1
    if (named || !isBehindCapitals(content, start)) found(start, last)
  }
  const end = marks[mark + 2]!
  const reach = isInHeader(view, end) ? content.length : end + AHEAD
  let earlier = mark - MARK_SIZE
  while (earlier >= 0 && !words.has(marks[earlier]!) && marks[earlier + 2]! > marks[mark + 1]! - BEHIND - AHEAD)
    earlier -= MARK_SIZE
  const named = earlier >= 0 && words.has(marks[earlier]!) ? marks[earlier + 2]! + AHEAD : 0
  const from = Math.max(named, marks[mark + 1]! - BEHIND, 0)
  tokensIn(content, from, marks[mark + 1]!, lengths, say)
  let later = mark + MARK_SIZE
  while (later < marks.length && !words.has(marks[later]!) && marks[later + 1]! < reach) later += MARK_SIZE
  const until = later < marks.length && words.has(marks[later]!) ? Math.min(reach, marks[later + 1]!) : reach
  tokensIn(content, end, Math.min(until, content.length), lengths, say)
}

/** Tokens of capitals that begin between two places. */
function tokensIn(
  content: string,
  from: number,
  to: number,
  lengths: ReadonlySet<number>,
  found: (start: number) => void,
): void {
  let at = from
  while (at < to) {
    if (!isWordCode(codeAt(content, at))) {
      at++
      continue
    }
    const start = at
    let capitals = !isWordCode(codeAt(content, at - 1))
    while (isWordCode(codeAt(content, at))) if (!isCapital(codeAt(content, at++))) capitals = false
    if (capitals && lengths.has(at - start) && !isBeforeCapitals(content, at)) found(start)
  }
}

/**
 * Whether a token of letters alone that a blank parts from the rest of a value may as well be a word of the text: `which
 * 1969 a`. It is none in capitals, unless everything around is written so, nor where the value fills a field or a line.
 */
export function readsAsWords(content: string, start: number, end: number): boolean {
  if (isEdge(codeAt(content, start - 1)) && isEdge(codeAt(content, end))) return false
  let parted = false
  for (let at = start; at < end;) {
    const from = at
    let letters = true
    let capitals = true
    for (; at < end && isWordCode(codeAt(content, at)); at++) {
      const code = codeAt(content, at)
      if (isDigitCode(code)) letters = false
      else if (!isCapital(code)) capitals = false
    }
    const beside = (from > start && codeAt(content, from - 1) === 32) || (at < end && codeAt(content, at) === 32)
    if (at > from && letters && beside) {
      if (!capitals) return true
      parted = true
    }
    at++
  }
  return parted && (isBehindCapitals(content, start) || isBeforeCapitals(content, end))
}

/** The begin or end of a text, a line or a field. */
const isEdge = (code: number): boolean => code === NO_CODE || EDGES.has(code)
const EDGES: ReadonlySet<number> = new Set(Array.from('\n\r\t"\'`,;|<>()[]{}', (char) => char.charCodeAt(0)))

function isBehindCapitals(content: string, start: number): boolean {
  let at = start - 2
  while (isCapital(codeAt(content, at))) at--
  return codeAt(content, start - 1) === 32 && start - 2 - at >= LEAST_WORD
}

function isBeforeCapitals(content: string, end: number): boolean {
  let at = end + 1
  while (isCapital(codeAt(content, at))) at++
  return codeAt(content, end) === 32 && at - end > LEAST_WORD
}
