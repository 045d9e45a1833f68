import type { ExaminedText, TextExaminer } from '../../core/examine/index.ts'
import { codePointCounter } from '../../core/mask/index.ts'
import type { Batch } from './batches.ts'
import { notLookedAt, whyNoText } from './no-text.ts'
import { fieldOf, withField } from './record-field.ts'

/** What is asked of a scan. */
export interface ScanAsked {
  /** Lines are JSON objects, and the text stands in this field. */
  readonly field: string | undefined
  /** The lines masked, instead of what was found. */
  readonly masked: boolean
  /** Several files are scanned: what was found names its own. */
  readonly named: boolean
}

export interface Counts {
  lines: number
  found: number
  /** Lines that were not wholly looked at. */
  unscanned: number
}

export interface Scanned extends Readonly<Counts> {
  /** A line for each. */
  readonly output: string
}

interface ScannedLine {
  readonly findings: readonly { type: string; start: number; end: number; confidence: number }[]
  readonly unscanned: readonly { start: number; end: number; reason: string }[]
  readonly masked: string
}

export function scanLines({ file, first, lines, damaged }: Batch, asked: ScanAsked, examine: TextExaminer): Scanned {
  let output = ''
  let found = 0
  let unscannedLines = 0
  for (const [at, content] of lines.entries()) {
    const { findings, unscanned, masked } = scanLine(content, asked.field, examine, damaged)
    found += findings.length
    if (unscanned.length > 0) unscannedLines++
    const where = { ...(asked.named && { file }), line: first + at }
    output += `${asked.masked ? masked : JSON.stringify({ ...where, findings, unscanned })}\n`
  }
  return { output, lines: lines.length, found, unscanned: unscannedLines }
}

/** Offsets are of the text, in code points. A line without a text is not looked at, and says so. */
function scanLine(line: string, field: string | undefined, examine: TextExaminer, damaged: boolean): ScannedLine {
  const noText = whyNoText(line, damaged)
  if (field === undefined) return scanned(line, notLookedAt(examine(line), noText))
  const { text, record, reason } = fieldOf(line, field)
  if (text === undefined) {
    return { findings: [], unscanned: [{ start: 0, end: 0, reason }], masked: JSON.stringify({ withheld: reason }) }
  }
  const examined = notLookedAt(examine(text), noText)
  return { ...scanned(text, examined), masked: JSON.stringify(withField(record, field, examined.masked)) }
}

function scanned(text: string, { hits, unscanned, masked }: ExaminedText): ScannedLine {
  const at = codePointCounter(text)
  return {
    findings: hits.map(({ type, start, end, confidence }) => ({ type, start: at(start), end: at(end), confidence })),
    unscanned: unscanned.map((reason) => ({ start: 0, end: at(text.length), reason })),
    masked,
  }
}
