import { codeAt, isDigitCode } from '../finder.ts'

/* Long numbers as people write them: digits in groups with separators between. */

/** Fewer digits make no card. */
export const LEAST_DIGITS = 12

export interface Run {
  readonly start: number
  readonly end: number
}

const isSeparator = (code: number): boolean => code === 32 || code === 45
const inNumber = (code: number): boolean => isDigitCode(code) || isSeparator(code) || code === 46 || code === 9

const FOUR = '\\d{4}(?!\\d)'
const GAP = '[ \\t]{1,2}'
/** Groups of four with dots between them, or with one or two blanks. */
const FOURS = new RegExp(`(?<!\\d)${FOUR}(?:(?:\\.${FOUR})+|(?:${GAP}${FOUR})+)`, 'g')
const FOUR_FOURS = 19
const MOST_FOUR_FOURS = 22
/** What only a widely spaced number has: everything else is in a run. */
const WIDE = /[.\t]| {2}/

/** Exactly four groups of four, apart by more than runs allow. With a fifth group they are rather a table's columns. */
function widelySpaced(text: string, from: number, to: number, found: Run[]): void {
  if (to - from < FOUR_FOURS) return
  const block = text.slice(from, to)
  if (!WIDE.test(block)) return
  for (const { 0: fours, index: at } of block.matchAll(FOURS)) {
    if (fours.length > MOST_FOUR_FOURS || fours.length < FOUR_FOURS || !WIDE.test(fours)) continue
    found.push({ start: from + at, end: from + at + fours.length })
  }
}

/** The runs inside a block of digits, separators, dots, tabs and invisible characters: at most one separator between two digits. */
function runsInBlock(text: string, from: number, to: number, found: Run[]): void {
  let start = from
  let end = from
  let digits = 0
  let separated = false
  const close = (): void => {
    if (digits >= LEAST_DIGITS) found.push({ start, end })
    digits = 0
  }
  for (let at = from; at < to; at++) {
    const code = codeAt(text, at)
    if (isDigitCode(code)) {
      if (digits === 0) start = at
      digits++
      end = at + 1
      separated = false
    } else if (isSeparator(code)) {
      if (separated) close()
      separated = true
    } else close()
  }
  close()
}

/**
 * Every longest run of 12 and more digits with single separators between them, and four groups of four that stand further
 * apart, of the number whose first digit stands in the token.
 */
export function findRuns(text: string, token: Run): Run[] {
  const found: Run[] = []
  let at = token.start
  while (at < token.end) {
    while (at < token.end && !isDigitCode(codeAt(text, at))) at++
    if (at === token.end) break
    const from = at
    while (at < token.end && isDigitCode(codeAt(text, at))) at++
    if ((at < token.end && at - from < LEAST_DIGITS) || continuesNumber(text, from)) continue
    at = endOfNumber(text, at)
    if (at - from < LEAST_DIGITS) continue
    runsInBlock(text, from, at, found)
    widelySpaced(text, from, at, found)
  }
  return found
}

/** Most between two digits: four groups of four may stand two blanks apart. */
const MOST_GAP = 2

/** Cheap: whether enough digits follow from the last ones of a token that is itself too short. */
export function mayHoldRun(text: string, { start, end }: Run): boolean {
  if (end - start >= LEAST_DIGITS) return true
  let at = end
  while (at > start && isDigitCode(codeAt(text, at - 1))) at--
  let digits = end - at
  if (digits === 0) return false
  let gap = 0
  for (at = end; digits < LEAST_DIGITS; at++) {
    const code = codeAt(text, at)
    if (isDigitCode(code)) {
      digits++
      gap = 0
    } else if (!inNumber(code) || ++gap > MOST_GAP) return false
  }
  return true
}

/** No other digits stand before or behind, with separators between. */
export function standsAlone(text: string, start: number, end: number): boolean {
  let at = end
  while (inNumber(codeAt(text, at)) && !isDigitCode(codeAt(text, at))) at++
  return !isDigitCode(codeAt(text, at)) && !continuesNumber(text, start)
}

/** Digits that end at `end` have one point behind them and other digits, and there the number ends: no card has that. */
export function isDecimal(text: string, end: number): boolean {
  if (codeAt(text, end) !== 46) return false
  let at = end + 1
  while (isDigitCode(codeAt(text, at))) at++
  return !inNumber(codeAt(text, at))
}

/** An earlier token began this number. */
function continuesNumber(text: string, from: number): boolean {
  let at = from - 1
  while (from - at <= MOST_GAP && inNumber(codeAt(text, at)) && !isDigitCode(codeAt(text, at))) at--
  return isDigitCode(codeAt(text, at))
}

/** Where the number that goes on at `at` ends, with what stands directly behind it. */
function endOfNumber(text: string, at: number): number {
  for (let gap = 0; gap <= MOST_GAP && inNumber(codeAt(text, at)); at++)
    gap = isDigitCode(codeAt(text, at)) ? 0 : gap + 1
  return at
}
