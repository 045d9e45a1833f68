import { factOf, isEntry, joinHashes, LONGEST_ENTRY, type WordTable } from './lists.ts'
import type { Token } from './tokens.ts'
import { LOOK, LOOK_SIZE, SHAPE } from './words.ts'

/* Tokens are tagged in sequences: about a sentence each, so that what is learned in one place does not leak far. */

/** A sequence ends here at the latest. */
const LONGEST_SEQUENCE = 200

const ENDS = new Set(['.', '!', '?', '…', '。'])

/** Where each sequence ends, as indices of tokens. */
export function sequenceEnds(text: string, tokens: readonly Token[]): number[] {
  const ends: number[] = []
  let start = 0
  for (let index = 0; index < tokens.length; index++) {
    const length = index + 1 - start
    if (length < LONGEST_SEQUENCE && !endsSentence(text, tokens, index)) continue
    ends.push(index + 1)
    start = index + 1
  }
  if (start < tokens.length) ends.push(tokens.length)
  return ends
}

/** Their dot ends no sentence. */
const ABBREVIATIONS = new Set(
  `mr mrs ms dr prof rev hon sr jr st sgt lt capt col gen sra srta dra mme mlle dott sig avv ing dipl hr fr mevr dhr inz
  lek mgr ul av no nr vs etc inc ltd co corp dept ext tel attn approx bzw ca geb str rd ave blvd pt fig eq jan feb mar apr
  aug sept oct nov dec`.split(/\s+/),
)
const LONGEST_ABBREVIATION = 6

function isAbbreviated(text: string, before: Token | undefined, dot: number): boolean {
  if (before === undefined || before.end !== dot || dot - before.start > LONGEST_ABBREVIATION) return false
  return text[dot] === '.' && ABBREVIATIONS.has(text.slice(before.start, dot).toLowerCase())
}

function endsSentence(text: string, tokens: readonly Token[], index: number): boolean {
  const { kind, start, end } = tokens[index]!
  if (kind === 'break') {
    const next = tokens[index + 1]
    const before = tokens[index - 1]
    return next?.kind === 'break' || (before !== undefined && before.kind === 'mark' && ENDS.has(text[before.start]!))
  }
  if (kind !== 'mark' || end - start !== 1 || !ENDS.has(text[start]!)) return false
  const next = tokens[index + 1]
  if (next === undefined || next.kind === 'break' || isAbbreviated(text, tokens[index - 1], start)) return false
  return next.start > end && !(next.kind === 'mark' && ENDS.has(text[next.start]!))
}

/** How much of a text is in capitals: what a capital letter is worth depends on it. */
export const CASE = { none: 0, few: 1, some: 2, many: 3, title: 4, all: 5 } as const

/** Of the tokens from `start` to `end`. */
export function caseOf(looks: Int32Array, start: number, end: number): number {
  let lower = 0
  let capital = 0
  let upper = 0
  for (let at = start * LOOK_SIZE + LOOK.shape; at < end * LOOK_SIZE; at += LOOK_SIZE) {
    const shape = looks[at]!
    if (shape === SHAPE.lower) lower++
    else if (shape === SHAPE.capital || shape === SHAPE.inner) capital++
    else if (shape === SHAPE.upper) upper++
  }
  const all = lower + capital + upper
  if (capital + upper === 0) return CASE.none
  if (upper > 1 && upper * 10 > all * 7) return CASE.all
  if (all > 2 && (capital + upper) * 10 > all * 8) return CASE.title
  const share = (capital + upper) / all
  return share < 0.12 ? CASE.few : share < 0.35 ? CASE.some : CASE.many
}

/** 0 as sentences are; 1 a text without capitals; 2 a line without capitals among others; 3 capitals everywhere. */
export function regimeOf(textCase: number, sequenceCase: number): number {
  if (sequenceCase === CASE.none) return textCase === CASE.none ? 1 : 2
  return sequenceCase >= CASE.title ? 3 : 0
}

/** What stands directly beside a token, without a space: 0 nothing, else by the character. */
const GLUE = new Uint8Array(128)
for (const [index, chars] of [
  '.',
  ',;!?',
  ':',
  '"',
  "'",
  '(',
  ')',
  '/',
  '\\',
  '-',
  '_',
  '=',
  '<>',
  '[]',
  '{}',
  '@',
  '#',
  '$%&',
  '*',
  '`',
  '|~^+',
].entries())
  for (const char of chars) GLUE[char.charCodeAt(0)] = index + 3

export function glueOf(text: string, at: number): number {
  if (at < 0 || at >= text.length) return 0
  const code = text.charCodeAt(at)
  if (code <= 32) return 0
  if (code >= 128) return code === 0xa0 ? 0 : 1
  return GLUE[code]! || 2
}

/** Runs of tokens that the lists know: 2n+1 for the first, 2n+2 for the others; n is what they are. */
const RUN = { place: 0, organisation: 1, name: 2, other: 3 } as const

export function knownRuns(looks: Int32Array, start: number, end: number, table: WordTable): Uint8Array {
  const codes = new Uint8Array(end - start)
  for (let index = start; index < end; index++) {
    if (looks[index * LOOK_SIZE + LOOK.opens] === 0) continue
    const longest = Math.min(LONGEST_ENTRY, end - index)
    let run = looks[index * LOOK_SIZE]!
    let known = 0
    let length = 0
    for (let next = 1; next < longest; next++) {
      run = joinHashes(run, looks[(index + next) * LOOK_SIZE]!)
      const facts = table.find(run)
      if (isEntry(facts)) {
        known = facts
        length = next + 1
      }
      if (factOf(facts, 'opens') === 0) break
    }
    if (length === 0) continue
    const code = runCode(known) * 2
    codes[index - start] = code + 1
    codes.fill(code + 2, index - start + 1, index - start + length)
    index += length - 1
  }
  return codes
}

function runCode(facts: number): number {
  if (factOf(facts, 'region') > 1 || factOf(facts, 'city') > 0) return RUN.place
  if (factOf(facts, 'organisation') > 0) return RUN.organisation
  return factOf(facts, 'first') > 0 || factOf(facts, 'last') > 0 ? RUN.name : RUN.other
}
