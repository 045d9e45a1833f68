import { codeAt, isDigitCode, isLetterCode, isWordCode } from '../finder.ts'

/* Whether what stands beside a value makes it a piece of something longer. */

const isCurrency = (code: number): boolean =>
  code === 0x24 || (code > 127 && (code === 0x20ac || code === 0xa3 || code === 0xa5 || code === 0x20b9))

const COMMA = 44
const COLON = 58
const HASH = 35
const BRACKET = 91

/** `+`, `-`, `.`, `/` and `:`. */
const joins = (code: number): boolean => (code >= 43 && code <= 47 && code !== COMMA) || code === COLON

/** A comma stands behind so many digits of a number at most; elsewhere it parts cells. */
const MOST_BEFORE_COMMA = 3

/** Whether the comma behind a few digits goes on with the number, as in `17,123456789`: what follows is digits and nothing else. */
function continuesAtComma(content: string, comma: number): boolean {
  let from = comma
  while (isDigitCode(codeAt(content, from - 1))) from--
  if (comma - from > MOST_BEFORE_COMMA || isPiece(codeAt(content, from - 1))) return false
  let at = comma + 1
  while (isDigitCode(codeAt(content, at))) at++
  return !isPiece(codeAt(content, at))
}

/** What makes digits beside it a part of a date, a time, a code or a word. */
const isPiece = (code: number): boolean =>
  isWordCode(code) || code === 45 || code === 47 || code === COLON || code === 95

/** Whether the digits that end at `last` end a name: `cvc2:`. */
function endsName(content: string, last: number): boolean {
  let at = last
  while (isDigitCode(codeAt(content, at))) at--
  return last - at < MOST_BEFORE_COMMA && isLetterCode(codeAt(content, at)) && isLetterCode(codeAt(content, at - 1))
}

/** What begins with it is a telephone's; in an address of the web it is a space. */
const PLUS = 43
const EQUALS = 61

/** What stands before makes the value a piece of something longer. */
export function continuesLeft(content: string, start: number): boolean {
  const before = codeAt(content, start - 1)
  if (isCurrency(before)) return true
  if (before === PLUS) return !isLetterCode(codeAt(content, start - 2)) && codeAt(content, start - 2) !== EQUALS
  // `arn:aws:iam::123456789012:role`
  if (before === COLON && codeAt(content, start - 2) === COLON) return true
  // `[#4177]`: the number of a report.
  if (before === HASH && codeAt(content, start - 2) === BRACKET) return true
  if (!isDigitCode(codeAt(content, start - 2)) || (before === COLON && endsName(content, start - 2))) return false
  return joins(before) || (before === COMMA && continuesAtComma(content, start - 1))
}

/** Two and more are a form's line to write on. */
const LINE = 95

/** What stands behind does: `%`, `@`, `_`, or a separator and a digit. */
export function continuesRight(content: string, end: number): boolean {
  const behind = codeAt(content, end)
  if (behind === 37 || behind === 64 || behind === LINE) return behind !== LINE || codeAt(content, end + 1) !== LINE
  if (behind === 43 || !isDigitCode(codeAt(content, end + 1))) return false
  return joins(behind) || (behind === COMMA && continuesAtComma(content, end))
}
