/*
 * Mask tokens. `[EMAIL_ADDRESS:7f3a9c21]` is the type and the start of the keyed hash: one value is one token everywhere
 * in a tenant. It has no character that JSON would escape. Text that already looks like one of our marks gets a `~` after
 * the bracket (one more if it has some), so a mark without `~` was written by Weir, and taking one `~` away restores the text.
 */

const MARK = /\[~*(?:[A-Z][A-Z0-9_]{0,63}:[0-9a-f]{8}\]|withheld: )/y
const SHORTEST_MARK = 11
const TILDE = 126
const HASH_DIGITS = 8

/** What a type must look like for its tokens to be recognised. */
export const TYPE_NAME: RegExp = /^[A-Z][A-Z0-9_]{0,63}$/

export const maskToken = (type: string, valueHash: string): string => `[${type}:${valueHash.slice(0, HASH_DIGITS)}]`

export const withheldMark = (reason: string): string => `[withheld: ${reason}]`

function markAt(text: string, from: number): number {
  for (let at = text.indexOf('[', from); at !== -1; at = text.indexOf('[', at + 1)) {
    const next = text.charCodeAt(at + 1)
    // Upper-case letter, `~` or the `w` of withheld: most brackets end here.
    if (!((next >= 65 && next <= 90) || next === TILDE || next === 119)) continue
    MARK.lastIndex = at
    if (MARK.test(text)) return at
  }
  return -1
}

/** Whether a text holds something that looks like one of our marks. */
export const looksMarked = (text: string): boolean => text.length >= SHORTEST_MARK && markAt(text, 0) !== -1

/** The text with everything that looks like a mark made into something that does not. The same string when there is none. */
export function escapeMarks(text: string): string {
  if (text.length < SHORTEST_MARK) return text
  let at = markAt(text, 0)
  if (at === -1) return text
  let escaped = ''
  let done = 0
  for (; at !== -1; at = markAt(text, at + 1)) {
    escaped += text.slice(done, at + 1) + '~'
    done = at + 1
  }
  return escaped + text.slice(done)
}

const TOKEN = /\[~*([A-Z][A-Z0-9_]{0,63}):[0-9a-f]{8}\]/g

/** Where tokens of these types stand in a text, half-open and in order. */
export function tokensIn(text: string, types: ReadonlySet<string>): [start: number, end: number][] {
  if (text.length < SHORTEST_MARK) return []
  const tokens: [number, number][] = []
  for (const { 0: token, 1: type = '', index } of text.matchAll(TOKEN))
    if (types.has(type)) tokens.push([index, index + token.length])
  return tokens
}
