import { codeAt, isDigitCode, isHexCode, isLetterCode, isWordCode, matchesAt } from '../finder.ts'

/*
 * What stands directly beside a number decides whether it is one by itself or a piece of something longer: a decimal, a
 * phone number, a hash, an id.
 */

/** `joined`: part of something longer. `word`: runs into a plain word, as when a space was forgotten. */
export type Neighbour = 'free' | 'word' | 'joined'

/** How far a word is looked at: longer ones are no plain words. */
const WORD_REACH = 16

const isWordChar = (code: number): boolean => isWordCode(code) || code === 95
const isHexLetter = (code: number): boolean => isHexCode(code) && !isDigitCode(code)

/** Words that stand beside card numbers: `visa4111...exp1227`, `card_4111...`. */
const CARD_WORD = /^(?:credit|debit|card|cc|mc|visa|mastercard|amex|pan)$/i
const CARD_WORD_BEHIND = /^(?:exp|expiry|expires|valid|thru|cvv|cvc|cv|card|mc|visa|mastercard|amex)$/i
/** Words whose numbers are made by machines: `run_4111...`. */
const ID_WORD =
  /^(?:ids?|ord|orders?|run|call|msg|message|req|request|res|trace|span|session|thread|event|txn|tx|ref|build|version|ts|time|timestamp)$/i
/** Phone numbers after a `+` have at most this many digits (E.164). */
const PHONE_DIGITS = 15
/** `-12/27` or `-12-2027`: the month and year a card ends. */
const EXPIRY = /-(?:0[1-9]|1[0-2])[-/](?:20)?\d\d(?![\w-])/y
/** `.0`: a number that was once made a fraction. */
const NO_FRACTION = /\.0{1,2}(?!\w|\.\w)/y

/** The run of word characters from `at` in steps of `step` is a plain word: letters only, not all of them hex. */
function plainWord(text: string, at: number, step: 1 | -1): boolean {
  let beyondHex = false
  let length = 0
  for (; length < WORD_REACH; length++, at += step) {
    const code = codeAt(text, at)
    if (!isWordChar(code)) break
    if (!isLetterCode(code)) return false
    if (!isHexLetter(code)) beyondHex = true
  }
  return beyondHex && length > 1 && length < WORD_REACH
}

/** The letters from `at` in steps of `step`, in reading order; undefined when they go on beyond any plain word. */
function lettersAt(text: string, at: number, step: 1 | -1): string | undefined {
  let length = 0
  while (length < WORD_REACH && isLetterCode(codeAt(text, at + step * length))) length++
  if (length === WORD_REACH) return undefined
  return step === 1 ? text.slice(at, at + length) : text.slice(at - length + 1, at + 1)
}

/** A card word that is a word by itself: `cc`, but not the end of `a1cc`. */
function endsCardWord(text: string, at: number): boolean {
  const word = lettersAt(text, at, -1)
  return word !== undefined && CARD_WORD.test(word) && !isDigitCode(codeAt(text, at - word.length))
}

const beginsCardWord = (text: string, at: number): boolean => CARD_WORD_BEHIND.test(lettersAt(text, at, 1) ?? '')

/** How far a name such as `customer_card_number_` is looked at. */
const NAME_REACH = 64
const NAME_BEFORE = /[a-z_]*$/i
const NAME_BEHIND = /^[a-z_]*/i

/** An underscore is emphasis, or ties a number to its name; only in the name of an id it makes the number an id. */
function besideUnderscore(text: string, at: number, step: 1 | -1): Neighbour {
  const near = step === 1 ? text.slice(at, at + NAME_REACH) : text.slice(Math.max(0, at + 1 - NAME_REACH), at + 1)
  const name = (step === 1 ? NAME_BEHIND : NAME_BEFORE).exec(near)![0]
  const beyond = codeAt(text, at + step * name.length)
  const words = name.split('_').filter(Boolean)
  if (words.length === 0) return isDigitCode(beyond) ? 'joined' : 'free'
  const cardWord = step === 1 ? CARD_WORD_BEHIND : CARD_WORD
  if (words.some((word) => cardWord.test(word)) && (step === 1 || !isDigitCode(beyond))) return 'free'
  if (isDigitCode(beyond) || words.some((word) => ID_WORD.test(word))) return 'joined'
  return Array.from(name).some((letter) => letter !== '_' && !isHexLetter(letter.charCodeAt(0))) ? 'word' : 'joined'
}

/** What stands before a number of so many digits. */
export function leftNeighbour(text: string, start: number, digits: number): Neighbour {
  const at = start - 1
  const code = codeAt(text, at)
  const before = codeAt(text, at - 1)
  if (text[at] === '_') return besideUnderscore(text, at, -1)
  if (isWordChar(code)) return endsCardWord(text, at) ? 'free' : plainWord(text, at, -1) ? 'word' : 'joined'
  switch (text[at]) {
    case '.':
      return isDigitCode(before) ? 'joined' : 'free'
    case '-':
      return isWordChar(before) ? 'joined' : 'free'
    case '+':
      // `+41...` is a phone number; in a URL `+` stands for a space.
      return isWordChar(before) || digits > PHONE_DIGITS ? 'free' : 'joined'
    default:
      return 'free'
  }
}

export function rightNeighbour(text: string, end: number): Neighbour {
  const code = codeAt(text, end)
  const after = codeAt(text, end + 1)
  if (text[end] === '_') return besideUnderscore(text, end, 1)
  if (isWordChar(code)) return beginsCardWord(text, end) ? 'free' : plainWord(text, end, 1) ? 'word' : 'joined'
  if (text[end] === '.') return isDigitCode(after) && !matchesAt(NO_FRACTION, text, end) ? 'joined' : 'free'
  if (text[end] === '-') return isWordChar(after) && !matchesAt(EXPIRY, text, end) ? 'joined' : 'free'
  return 'free'
}

/** Of a list in columns: up to two of its items, of four or five digits, hexadecimal ones among them. */
const ITEMS_BEFORE = /(?:(?<=[\s,])|^)[0-9A-F]{4,5}(?:[ \t][0-9A-F]{4,5})?(?=[ \t]$)/
const ITEMS_BEHIND = /^[ \t]([0-9A-F]{4,5}(?:[ \t][0-9A-F]{4,5})?)(?!\w)/
const LIST_REACH = 13
const isCode = (item: string): boolean => /[A-F]/.test(item) && /\d/.test(item)

/** Groups of four among codes, or that only go up, as in dumps and tables: `5210 5211 5212 5213 5214 5215`. */
export function isInList(text: string, start: number, end: number, groups: readonly string[]): boolean {
  const before = ITEMS_BEFORE.exec(text.slice(Math.max(0, start - LIST_REACH), start))?.[0].split(/[ \t]/) ?? []
  const behind = ITEMS_BEHIND.exec(text.slice(end, end + LIST_REACH + 1))?.[1]!.split(/[ \t]/) ?? []
  const others = [...before, ...behind]
  if (others.length > 1 && others.some(isCode)) return true
  const items = [...before.slice(-1), ...groups, ...behind.slice(0, 1)].map(Number)
  const rises = items.every((item, at) => at === 0 || item > items[at - 1]!)
  return (rises && items.length > groups.length + 1) || countsOn(groups.map(Number))
}

const countsOn = (items: readonly number[]): boolean =>
  items.every((item, at) => at === 0 || item === items[at - 1]! + 1)
