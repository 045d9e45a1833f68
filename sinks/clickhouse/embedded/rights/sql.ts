/**
 * Just enough of ClickHouse's lexer to find where an INSERT statement ends and its data begins. What a statement may do is
 * never decided here: that is the engine's own parser's business (gate.ts).
 */

export interface Token {
  kind: 'word' | 'string' | 'quoted' | 'comment' | 'sign'
  text: string
  start: number
  end: number
}

const PATTERNS: readonly [Token['kind'] | 'skip', RegExp][] = [
  ['skip', /[\s\u00a0]+/y],
  ['comment', /--[^\n]*|#[ !][^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y],
  ['word', /[A-Za-z0-9_]+/y],
  // What is never closed goes to the end, so that no text is looked through twice.
  ['string', /'(?:[^'\\]|\\[\s\S]|'')*(?:'|\\?$)/y],
  ['quoted', /`(?:[^`\\]|\\[\s\S]|``)*(?:`|\\?$)|"(?:[^"\\]|\\[\s\S]|"")*(?:"|\\?$)/y],
  ['sign', /[\s\S]/y],
]

/** Tokens from `position` on, lazily: the text may go on with megabytes of data. */
export function* tokens(text: string, position = 0): Generator<Token> {
  for (let at = position; at < text.length;) {
    for (const [kind, pattern] of PATTERNS) {
      pattern.lastIndex = at
      const match = pattern.exec(text)
      if (!match) continue
      const start = at
      at = pattern.lastIndex
      if (kind !== 'skip') yield { kind, text: match[0], start, end: at }
      break
    }
  }
}

/** The first word of a statement in capitals, past comments and opening brackets. */
export function firstWord(text: string): string {
  for (const token of tokens(text)) {
    if (token.kind === 'word') return token.text.toUpperCase()
    if (token.kind !== 'comment' && token.text !== '(') return ''
  }
  return ''
}

export interface InsertText {
  /** Everything before FORMAT or VALUES: `INSERT INTO t (a, b) SETTINGS x = 1`. */
  head: string
  /** Undefined when the statement names none. */
  format: string | undefined
  /** Where the data begins, in characters of the text. */
  dataStart: number
  /** It has a SETTINGS clause of its own. */
  hasSettings: boolean
  /** INSERT ... SELECT: it carries no data of its own. */
  selects: boolean
}

/** Takes an INSERT statement apart. `text` is latin1: one character is one byte. */
export function parseInsert(text: string): InsertText {
  let depth = 0
  let hasSettings = false
  let previous: Token | undefined
  const found = (head: number, format: string | undefined, dataStart: number, selects = false): InsertText => ({
    head: text.slice(0, head).trim(),
    format,
    dataStart,
    hasSettings,
    selects,
  })
  for (const token of tokens(text)) {
    if (token.kind === 'comment') continue
    const word = token.kind === 'word' ? token.text.toUpperCase() : token.text
    if (word === '(') depth++
    else if (word === ')') depth--
    else if (depth > 0) continue
    else if (word === ';') return found(token.start, undefined, token.end)
    else if (word === 'SELECT' || word === 'WITH' || word === 'WATCH')
      return found(token.start, undefined, text.length, true)
    else if (word === 'VALUES') return found(token.start, 'Values', token.end)
    else if (word === 'SETTINGS') hasSettings = true
    else if (previous?.kind === 'word' && previous.text.toUpperCase() === 'FORMAT' && token.kind === 'word') {
      return found(previous.start, token.text, dataAfter(text, token.end))
    }
    previous = token
  }
  return found(text.length, undefined, text.length)
}

/** Data begins after the line of the format's name, or after one blank when it follows on the same line. */
function dataAfter(text: string, position: number): number {
  const gap = /[ \t]*;?[ \t]*(?:\r?\n)?/y
  gap.lastIndex = position
  gap.exec(text)
  return gap.lastIndex
}
