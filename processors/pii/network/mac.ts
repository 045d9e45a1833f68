import { NUMBER, type Vocabulary } from '../../scan/index.ts'
import { learn } from '../around/context.ts'
import { codeAt, isDigitCode, isHexCode, isWordCode, type Finder, type Sighting } from '../finder.ts'

/* Addresses of network cards: six pairs of hex digits, or three fours with dots. */

export const MAC_ADDRESS = 'MAC_ADDRESS'

const SURE = 0.95
const WORDS = 'mac|macaddr|macaddress|hwaddr|lladdr|bssid|ether'

const LENGTH = 17
const DOTTED_LENGTH = 14
const PAIRS = /^[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}$/i
const FOURS = /^[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}$/i
const HEX_DIGITS = 12
/** How far behind its word an address without any decimal digit is looked for. */
const WORD_REACH = 24

/** Nobody's: nothing set, everything set, to many machines, of documentation. */
const isNobodys = (hex: string): boolean =>
  /^(.)\1*$/.test(hex) || hex.startsWith('00005e0053') || hex.startsWith('01005e') || hex.startsWith('3333')

export function macOf(value: string): string | undefined {
  if (!PAIRS.test(value) && !FOURS.test(value)) return undefined
  const hex = value.replace(/[^0-9a-f]/gi, '').toLowerCase()
  return isNobodys(hex) ? undefined : hex
}

const isMark = (code: number): boolean => code === 58 || code === 45 || code === 46
const isMacChar = (code: number): boolean => isHexCode(code) || isMark(code)

/** The address in which the token at `token` is the first with a digit. */
function macAround(content: string, token: number): Sighting | undefined {
  let start = token
  while (token - start <= LENGTH && isMacChar(codeAt(content, start - 1))) {
    start--
    if (isDigitCode(codeAt(content, start))) return undefined
  }
  // `mac:` and `- ` before an address are not of it.
  while (start < token && !isHexCode(codeAt(content, start))) start++
  return macAt(content, start)
}

function macAt(content: string, start: number): Sighting | undefined {
  const separator = codeAt(content, start + 2)
  const length = separator === 58 || separator === 45 ? LENGTH : DOTTED_LENGTH
  const end = start + length
  const normal = macOf(content.slice(start, end))
  if (normal === undefined || isWordCode(codeAt(content, start - 1)) || goesOn(content, end)) return undefined
  if (length === DOTTED_LENGTH && isWeight(content, start, end)) return undefined
  return { type: MAC_ADDRESS, start, end, confidence: SURE, normal }
}

/** `[.22FC.0023.0002]`, `[*FFF1.0000.0000]`: how alphabets are sorted. */
const isWeight = (content: string, start: number, end: number): boolean =>
  content[start - 1] === '.' || (content[start - 1] === '*' && content[end] !== '*')

/** More pairs behind make a fingerprint or a longer id. */
function goesOn(content: string, end: number): boolean {
  if (isWordCode(codeAt(content, end))) return true
  const next = codeAt(content, end)
  return (next === 58 || next === 45) && isHexCode(codeAt(content, end + 1)) && isHexCode(codeAt(content, end + 2))
}

/** Two or four characters beside a separator. */
const isPart = (content: string, start: number, end: number): boolean =>
  (end - start === 2 || end - start === 4) && (isMark(codeAt(content, end)) || isMark(codeAt(content, start - 1)))

function normalOf(value: string): string | undefined {
  const text = value.trim()
  return macOf(text.length === HEX_DIGITS ? text.replace(/..(?=.)/g, '$&:') : text)
}

export function createMacFinder(vocabulary: Vocabulary): Finder {
  const words = learn(vocabulary, WORDS.split('|'))
  return {
    types: [{ name: MAC_ADDRESS, why: 'the form of an address', normal: normalOf }],
    kinds: [NUMBER, ...words],
    wants: (length) => length === 2 || length === 4,
    find({ content, marks }, mark, report) {
      const start = marks[mark + 1]!
      const end = marks[mark + 2]!
      let mac: Sighting | undefined
      if (words.has(marks[mark]!)) mac = macBehind(content, end)
      else if (isPart(content, start, end)) mac = macAround(content, start)
      if (mac !== undefined) report(mac)
    },
  }
}

/** Written without any decimal digit, or without separators. */
const LETTERS_ONLY =
  /^[^0-9a-zA-Z]{0,6}(?:(?:is|ist|est|es|id|address|addr|adresse)[^0-9a-zA-Z]{1,3})?((?:[a-f]{2}[:-]){5}[a-f]{2}|[0-9a-f]{12})(?![0-9a-z:-])/i

function macBehind(content: string, end: number): Sighting | undefined {
  const match = LETTERS_ONLY.exec(content.slice(end, end + WORD_REACH + LENGTH))
  const normal = match === null ? undefined : normalOf(match[1]!)
  if (normal === undefined) return undefined
  const start = end + match![0].length - match![1]!.length
  return { type: MAC_ADDRESS, start, end: start + match![1]!.length, confidence: SURE, normal }
}
