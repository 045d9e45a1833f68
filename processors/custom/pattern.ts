import { RE2JS, RE2JSException, RE2JSSyntaxException } from 're2js'

/*
 * A user's pattern on RE2: one search is linear in what it looks at. Finding all values is not: a search may look far
 * ahead, find little, and the next one looks as far again. So a text is looked at in windows.
 */

/** Characters that one search may look at. */
const WINDOW = 4096
/** A value of up to so many characters is found whole wherever it stands. */
const REACH = 1024
/** A larger pattern would be slow at every character. */
const MOST_STEPS = 1000

export interface Pattern {
  /** Tells of every match, left to right, until `found` returns false. Empty matches are told of too. */
  search(content: string, found: (start: number, end: number) => boolean): void
}

/** The pattern, or why it is refused. */
export function compilePattern(source: string): Pattern | string {
  let expression: RE2JS
  try {
    expression = RE2JS.compile(source)
  } catch (error) {
    return reason(error)
  }
  const steps = expression.programSize()
  if (steps > MOST_STEPS)
    return `it is too large (${steps} steps, ${MOST_STEPS} are allowed); shorten its repetitions, or use words`
  if (expression.test('')) return 'it matches the empty text, so it would be found everywhere'
  const searched = { expression, gate: gateOf(source) ?? expression }
  return { search: (content, found) => searchWindows(searched, content, found) }
}

/**
 * The pattern without its `\b` and `\B`, which the automaton cannot run: it matches wherever the pattern does, and more.
 * Undefined where quoting makes them something else.
 */
function gateOf(source: string): RE2JS | undefined {
  if (source.includes('\\Q')) return undefined
  try {
    return RE2JS.compile(source.replace(/\\([^])/g, (pair, sign: string) => (/[bB]/.test(sign) ? '(?:)' : pair)))
  } catch {
    return undefined
  }
}

interface Searched {
  readonly expression: RE2JS
  /** Where this matches nothing, the expression does not either. */
  readonly gate: RE2JS
}

function reason(error: unknown): string {
  if (error instanceof RE2JSSyntaxException) {
    const where = error.getPattern()
    return where === null ? error.getDescription() : `${error.getDescription()}: ${where}`
  }
  if (error instanceof RE2JSException) return error.message
  throw error
}

function searchWindows(searched: Searched, content: string, found: (start: number, end: number) => boolean): void {
  let from = 0
  for (;;) {
    const end = wholeCharacter(content, from + WINDOW)
    const isLast = end >= content.length
    const limit = isLast ? Infinity : wholeCharacter(content, end - REACH)
    const next = searchWindow(searched, content, { from, end, limit }, found)
    if (isLast || next === undefined) return
    from = Math.max(limit, next)
  }
}

interface Window {
  readonly from: number
  readonly end: number
  /** A match that begins here or later is left to the next window. */
  readonly limit: number
}

/** Where the last match ended, or undefined when no more is wanted. */
function searchWindow(
  { expression, gate }: Searched,
  content: string,
  { from, end, limit }: Window,
  found: (start: number, end: number) => boolean,
): number | undefined {
  // One character more, so that `^` and `\b` see what stands before.
  const base = wholeCharacter(content, Math.max(0, from - 1))
  const slice = content.slice(base, end)
  // Much faster than a search, and most windows hold nothing.
  if (!gate.test(slice)) return from
  const matcher = expression.matcher(slice)
  let last = from
  for (let more = matcher.find(from - base); more; more = matcher.find()) {
    const start = base + matcher.start()
    if (start >= limit) break
    last = base + matcher.end()
    if (!found(start, last)) return undefined
  }
  return last
}

/** No cut between the halves of a character. */
function wholeCharacter(content: string, at: number): number {
  const code = content.charCodeAt(at)
  return code >= 0xdc00 && code < 0xe000 && at > 0 ? at - 1 : at
}
