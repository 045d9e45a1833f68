import { codeAt, isHexCode } from '../finder.ts'

/*
 * Lines of bytes and of figures, as `xxd`, `od`, `objdump` and programs that measure print them: digits in them are pieces
 * of no number anybody gave out.
 */

/** How far a line is looked back and on. */
const REACH = 160

/** An offset and six bytes or words behind it, or an offset, a tab and two bytes. */
const DUMP =
  /^\s*(?:[0-9a-f]{6,16}:?[ \t]{1,2}(?:[0-9a-f]{2}(?:[0-9a-f]{2}){0,3}[ \t]{1,2}){6}|[0-9a-f]{1,16}:\t(?:[0-9a-f]{2} ){2})/i

function lineStart(content: string, at: number): number {
  const least = Math.max(0, at - REACH)
  while (at > least && codeAt(content, at - 1) !== LINE_FEED) at--
  return at
}

/** Cheap: most lines do not begin with an offset. */
function mayBeDump(content: string, start: number): boolean {
  let from = start
  while (isBlank(codeAt(content, from))) from++
  let at = from
  while (at - from <= MOST_OFFSET && isHexCode(codeAt(content, at))) at++
  const behind = codeAt(content, at)
  return at > from && (behind === COLON || (isBlank(behind) && at - from >= LEAST_OFFSET))
}

const isBlank = (code: number): boolean => code === 32 || code === 9
const LINE_FEED = 10
const COLON = 58
const LEAST_OFFSET = 6
const MOST_OFFSET = 16

/** Whether the line around `at` shows bytes. */
export function isInDump(content: string, at: number): boolean {
  const start = lineStart(content, at)
  return mayBeDump(content, start) && DUMP.test(content.slice(start, start + REACH))
}

const FIGURES = /\d{4,}/g
const MOST_ALONE = 3

/** Whether the line around `at` holds four figures and more, and no letter: a row of measures. */
export function isAmongFigures(content: string, at: number): boolean {
  const start = lineStart(content, at)
  const line = /[^\n]*/.exec(content.slice(start, start + 2 * REACH))![0]
  return !/\p{L}/u.test(line) && (line.match(FIGURES)?.length ?? 0) > MOST_ALONE
}
