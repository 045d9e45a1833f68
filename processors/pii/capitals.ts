import type { View } from '../../core/seam.ts'
import { MARK_SIZE, type WordId } from '../scan/index.ts'
import { isWordCode } from './finder.ts'
import { isInHeader } from './tables.ts'

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
  words: ReadonlySet<WordId>,
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
    if (!isWordCode(content.charCodeAt(at))) {
      at++
      continue
    }
    const start = at
    let capitals = !isWordCode(content.charCodeAt(at - 1))
    while (isWordCode(content.charCodeAt(at))) if (!isCapital(content.charCodeAt(at++))) capitals = false
    if (capitals && lengths.has(at - start) && !isBeforeCapitals(content, at)) found(start)
  }
}

function isBehindCapitals(content: string, start: number): boolean {
  let at = start - 2
  while (isCapital(content.charCodeAt(at))) at--
  return content.charCodeAt(start - 1) === 32 && start - 2 - at >= LEAST_WORD
}

function isBeforeCapitals(content: string, end: number): boolean {
  let at = end + 1
  while (isCapital(content.charCodeAt(at))) at++
  return content.charCodeAt(end) === 32 && at - end > LEAST_WORD
}
