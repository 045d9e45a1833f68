/*
 * What stands directly beside a number decides whether it is one by itself or a piece of something longer: a decimal, a
 * phone number, a hash, an id.
 */

/** `joined`: part of something longer. `word`: runs into a plain word, as when a space was forgotten. */
export type Neighbour = 'free' | 'word' | 'joined'

/** How far a word is looked at: longer ones are no plain words. */
const WORD_REACH = 16

const isDigit = (code: number): boolean => code >= 48 && code <= 57
const isLetter = (code: number): boolean => (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
const isWordChar = (code: number): boolean => isDigit(code) || isLetter(code) || code === 95
const isHexLetter = (code: number): boolean => (code >= 65 && code <= 70) || (code >= 97 && code <= 102)

/** Letters that make JSON escapes: `\n4111...` is a new line and a number. */
const ESCAPED = 'nrtbf'

function endsEscape(text: string, at: number): boolean {
  if (text[at - 1] === '\\') return ESCAPED.includes(text[at]!)
  return text[at - 2] === '%' && isHexLetter(text.charCodeAt(at)) && /[0-9a-fA-F]/.test(text[at - 1]!)
}

/** The run of word characters from `at` in steps of `step` is a plain word: letters only, not all of them hex. */
function plainWord(text: string, at: number, step: 1 | -1): boolean {
  let beyondHex = false
  let length = 0
  for (; length < WORD_REACH; length++, at += step) {
    const code = text.charCodeAt(at)
    if (!isWordChar(code)) break
    if (!isLetter(code)) return false
    if (!isHexLetter(code)) beyondHex = true
  }
  return beyondHex && length > 1 && length < WORD_REACH
}

export function leftNeighbour(text: string, start: number): Neighbour {
  const at = start - 1
  const code = text.charCodeAt(at)
  const before = text.charCodeAt(at - 1)
  if (isLetter(code) && endsEscape(text, at)) return 'free'
  if (isWordChar(code)) return plainWord(text, at, -1) ? 'word' : 'joined'
  switch (text[at]) {
    case '.':
      return isDigit(before) ? 'joined' : 'free'
    case '-':
      return isWordChar(before) ? 'joined' : 'free'
    case '+':
      // `+41...` is a phone number; in a URL `+` stands for a space.
      return isWordChar(before) ? 'free' : 'joined'
    default:
      return 'free'
  }
}

export function rightNeighbour(text: string, end: number): Neighbour {
  const code = text.charCodeAt(end)
  const after = text.charCodeAt(end + 1)
  if (isWordChar(code)) return plainWord(text, end, 1) ? 'word' : 'joined'
  if (text[end] === '.') return isDigit(after) ? 'joined' : 'free'
  if (text[end] === '-') return isWordChar(after) ? 'joined' : 'free'
  return 'free'
}
