import { escapeMarks } from './token.ts'

/*
 * Replaces stretches of a text by their tokens. In a JSON document a number that stands bare, outside any string, becomes
 * a quoted token, so that what could be parsed still can be; inside a string the token needs no escaping.
 */

export interface Stretch {
  readonly start: number
  readonly end: number
  readonly token: string
}

export interface MaskedText {
  readonly text: string
  /** Where each stretch's token stands in `text`, in the order of the stretches. */
  readonly tokens: readonly { readonly start: number; readonly end: number }[]
}

const DOCUMENT = /^\s*[[{]/
const SCALAR = /^\s*-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?\s*$/
const NUMBER_CHAR = /[-+.0-9eE]/

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** For each stretch, whether it begins outside every string of the JSON document. */
function outsideStrings(json: string, stretches: readonly Stretch[]): boolean[] {
  const outside: boolean[] = []
  let inString = false
  let at = 0
  for (const stretch of stretches) {
    for (; at < stretch.start; at++) {
      const code = json.charCodeAt(at)
      if (code === 34) inString = !inString
      else if (code === 92 && inString) at++
    }
    outside.push(!inString)
  }
  return outside
}

function wholeNumber(json: string, { start, end, token }: Stretch): Stretch {
  let from = start
  let to = end
  while (from > 0 && NUMBER_CHAR.test(json[from - 1]!)) from--
  while (to < json.length && NUMBER_CHAR.test(json[to]!)) to++
  return { start: from, end: to, token: `"${token}"` }
}

/** Bare numbers widened and their tokens quoted; the other stretches as they are. */
function quoteNumbers(text: string, stretches: readonly Stretch[], scalarIsJson: boolean): readonly Stretch[] {
  const json = DOCUMENT.test(text) || (scalarIsJson && SCALAR.test(text))
  if (!json) return stretches
  const outside = outsideStrings(text, stretches)
  if (!outside.includes(true) || !parses(text)) return stretches
  return stretches.map((stretch, index) => (outside[index] === true ? wholeNumber(text, stretch) : stretch))
}

/** `stretches` are sorted and do not overlap. `scalarIsJson`: a text that is nothing but a number is a JSON document too. */
export function maskText(text: string, stretches: readonly Stretch[], scalarIsJson: boolean): MaskedText {
  const tokens: { start: number; end: number }[] = []
  let masked = ''
  let done = 0
  for (const { start, end, token } of quoteNumbers(text, stretches, scalarIsJson)) {
    if (start < done) {
      // Two stretches inside one bare number: the first was widened to the whole of it.
      tokens.push(tokens.at(-1)!)
      continue
    }
    masked += escapeMarks(text.slice(done, start))
    tokens.push({ start: masked.length, end: masked.length + token.length })
    masked += token
    done = end
  }
  return { text: masked + escapeMarks(text.slice(done)), tokens }
}
