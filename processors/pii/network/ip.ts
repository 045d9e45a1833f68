import type { View } from '../../../core/seam.ts'
import { MARK_SIZE, NUMBER, type Vocabulary } from '../../scan/index.ts'
import { learn, nearest, wordsNear } from '../around/context.ts'
import { codeAt, isDigitCode, isHexCode, isWordCode, type Finder, type Report } from '../finder.ts'
import { isGlobalV6, isPublicV4, isPublicV6 } from './ip-ranges.ts'
import { WordSet } from '../around/word-set.ts'

/*
 * Addresses of machines on the internet. Those of private networks, of documentation and of the machine itself are seen
 * and not reported: they lead to nobody.
 */

export const IP_ADDRESS = 'IP_ADDRESS'

const SURE = 0.95
const V4_ALONE = 0.85
/** Eight groups, but not of the part that is given out. */
const V6_UNUSUAL = 0.7

const WORDS =
  'ip|ips|ipv|ip address|ip addresses|ip addr|ip adresse|ip adres|adresse ip|direccion ip|indirizzo ip|endereco ip|adres ip|' +
  'client ip|remote addr|remote ip|host|hostname|server|client|dns|nameserver|ping|traceroute|ssh|firewall|gateway|subnet|' +
  'connection from|connected from|logged in from|login from|from|peer|src|dst|source|destination|listen|bind|proxy|router|' +
  'x forwarded for|forwarded|address|addr|adresse|direccion'

/** What four numbers with dots between them mostly are otherwise. */
const VERSION_WORDS =
  'version|versions|ver|v|release|upgrading|upgrades|bumped|bump|rollback|rolled back|released|releases|build|firmware|driver|drivers|package|upgrade|upgraded|update|updated|' +
  'downgrade|patch|software|library|sdk|runtime|section|chapter|clause|paragraph|oid|versione|versao|versie|wersja|surum|' +
  'upgrade from|upgraded from|upgrades from|upgrading from|update from|updated from|updating from|migrate from|migrated from|migrating from|' +
  'downgrade from|downgraded from|bump from|bumped from|version from|release from|going from|upgrade to|upgraded to|upgrading to|update to|' +
  'updated to|downgrade to|downgraded to|bumped to|migrate to|upgrade von|update von|mise a jour de|actualizar de|' +
  'abschnitt|kapitel|seccion|sezione|secao|версия|版本|バージョン|버전'

/** Four parts this small are rather a version or a section than a machine. */
const SMALL_PART = 30

/** The four bytes of an address that begins at `start`, and where it ends. */
function readV4(content: string, start: number): { bytes: number[]; end: number } | undefined {
  const bytes: number[] = []
  let at = start
  for (;;) {
    const from = at
    let byte = 0
    while (at - from < 3 && isDigitCode(codeAt(content, at))) byte = byte * 10 + codeAt(content, at++) - 48
    const digits = at - from
    if (digits === 0 || byte > 255 || (digits > 1 && codeAt(content, from) === 48)) return undefined
    bytes.push(byte)
    if (bytes.length === 4) break
    if (codeAt(content, at++) !== DOT) return undefined
  }
  return isDigitCode(codeAt(content, at)) ? undefined : { bytes, end: at }
}

const DOT = 46
const COLON = 58

/** `Agent/1.2.3.4`, `=1.2.3.4` of a pinned package, `file-1.2.3.4.tar`, `$1.2.3.4`. */
const VERSION_BEFORE = /(?:[A-Za-z]\/|[=~^<>]=|[~^$#§]|[A-Za-z0-9]-|[0-9A-Za-z_ ,-]\.|_)$/
const VERSION_BEHIND = /^(?:[-+_][A-Za-z]|\.\d|\.[a-z]{2,4}\b(?!\s)|-\d+[.-]|-\d{1,3}\)|%|[A-Za-z_])/

const wordCharAt = (content: string, at: number): boolean => isWordCode(codeAt(content, at))

function isV4Alone(content: string, start: number, end: number): boolean {
  if (VERSION_BEFORE.test(content.slice(Math.max(0, start - 2), start)) && !isHostPart(content, start)) return false
  return !VERSION_BEHIND.test(content.slice(end, end + 6)) || isPort(content, end)
}

/** `ip-1.2.3.4` and `host/1.2.3.4:80` are addresses all the same. */
function isHostPart(content: string, start: number): boolean {
  const before = content.slice(Math.max(0, start - 10), start)
  return /(?:\b(?:ip|host|addr|src|dst|from|ipv4)[-/_.=]|[a-z0-9]\.[a-z]{2,6}\/)$/i.test(before)
}

const isPort = (content: string, end: number): boolean => /^:\d{1,5}\b/.test(content.slice(end, end + 6))

interface Groups {
  readonly groups: number[]
  readonly end: number
}

const MOST_V6 = 45

/** Eight groups between colons, some of them left out between two; the last two may be written as four bytes. */
export function parseV6(text: string): number[] | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const parts = halves.map((half) => (half === '' ? [] : half.split(':')))
  const last = parts[parts.length - 1]!
  const tail = last[last.length - 1]
  if (tail !== undefined && tail.includes('.')) {
    const v4 = readV4(tail, 0)
    if (v4 === undefined || v4.end !== tail.length) return undefined
    const [a, b, c, d] = v4.bytes as [number, number, number, number]
    last.splice(-1, 1, ((a << 8) | b).toString(16), ((c << 8) | d).toString(16))
  }
  const numbers = parts.map((part) =>
    part.map((group) => (/^[0-9a-f]{1,4}$/i.test(group) ? Number.parseInt(group, 16) : -1)),
  )
  const count = numbers.reduce((sum, part) => sum + part.length, 0)
  if (numbers.flat().includes(-1)) return undefined
  if (halves.length === 1) return count === 8 ? numbers[0] : undefined
  return count > 7 ? undefined : [...numbers[0]!, ...Array<number>(8 - count).fill(0), ...numbers[1]!]
}

/** The address whose first group with a digit is the token from `start`. */
function readV6(content: string, token: number): (Groups & { start: number }) | undefined {
  let start = token
  while (token - start <= MOST_V6 && isV6Char(codeAt(content, start - 1))) {
    start--
    if (isDigitCode(codeAt(content, start))) return undefined
  }
  let end = token
  while (end - start <= MOST_V6 && (isV6Char(codeAt(content, end)) || codeAt(content, end) === DOT)) end++
  while (end > token && (codeAt(content, end - 1) === DOT || isLoneColon(content, end - 1))) end--
  if (end - start > MOST_V6 || wordCharAt(content, start - 1) || wordCharAt(content, end)) return undefined
  const groups = parseV6(content.slice(start, end))
  return groups === undefined ? undefined : { groups, start, end }
}

const isV6Char = (code: number): boolean => code === COLON || isHexCode(code)
const isLoneColon = (content: string, at: number): boolean =>
  codeAt(content, at) === COLON && codeAt(content, at - 1) !== COLON

/** Few short groups are rather names of code: `a::b2`. */
const isLongV6 = (text: string): boolean => text.length >= 8 && /[0-9a-f]{3}/i.test(text)

/** Each group without leading zeros, all eight of them. */
const v6Normal = (groups: readonly number[]): string => groups.map((group) => group.toString(16)).join(':')

function normalOf(value: string): string | undefined {
  const text = value.trim()
  const v4 = readV4(text, 0)
  if (v4 !== undefined) return v4.end === text.length ? text : undefined
  const groups = text.includes(':') ? parseV6(text) : undefined
  return groups === undefined ? undefined : v6Normal(groups)
}

function findV6(view: View, mark: number, report: Report): void {
  const address = readV6(view.content, view.marks[mark + 1]!)
  if (address === undefined || !isPublicV6(address.groups)) return
  const { start, end, groups } = address
  const global = isGlobalV6(groups)
  if (!isLongV6(view.content.slice(start, end))) return
  report({ type: IP_ADDRESS, start, end, confidence: global ? SURE : V6_UNUSUAL, normal: v6Normal(groups) })
}

export function createIpFinder(vocabulary: Vocabulary): Finder {
  // What comes `from` a version is no machine's: beside words for versions it says nothing.
  const words = learn(vocabulary, WORDS.split('|'))
  const surer = new WordSet([...words].filter((word) => word !== vocabulary.phrase('from')))
  const versions = learn(vocabulary, VERSION_WORDS.split('|'))
  return {
    types: [{ name: IP_ADDRESS, why: 'the form of an address', normal: normalOf }],
    kinds: [NUMBER],
    wants: (length, _digits, behind) => (behind === '.' && length <= 3) || (behind === ':' && length <= 4),
    find(view, mark, report) {
      const { content, marks } = view
      const start = marks[mark + 1]!
      const end = marks[mark + 2]!
      const next = codeAt(content, end)
      if (next === DOT && end - start <= 3) findV4(view, mark, start, { words, surer, versions }, report)
      else if (next === COLON && end - start <= 4) findV6(view, mark, report)
    },
  }
}

/** Attributes and extensions of certificates: `2.5.4.3`, `2.5.29.17`. */
const isObjectId = ([first, second, third]: readonly number[]): boolean =>
  first === 2 && second === 5 && (third === 4 || third === 29)

interface Words {
  readonly words: WordSet
  /** Of these, those that mean a machine. */
  readonly surer: WordSet
  readonly versions: WordSet
}

/** `2.12 3.51.98.32 2.03.5`: points of a drawing, one against the other. */
const DECIMAL_BEFORE = /(?:^|[\s,-])\d*\.\d+[ ,]$/
const DECIMAL_BEHIND = /^[ ,]-?\d*\.\d/

const isAmongDecimals = (content: string, start: number, end: number): boolean =>
  DECIMAL_BEHIND.test(content.slice(end, end + 8)) && DECIMAL_BEFORE.test(content.slice(Math.max(0, start - 10), start))

/** As far before four small numbers a word that names them may stand. */
const SMALL_REACH = 24

/** Words for another thing count as far as a short clause goes. */
const VERSION_REACH = 12

/** `from 91.2.0.1 to 91.2.0.4`: what the first of two is, the second is too. */
const FIRST_OF_TWO =
  /(?<![\d.])(\d{1,3}(?:\.\d{1,3}){3})(?: ?(?:->|→|=>|[-–,/]) ?| (?:to|and|or|through|until|bis|auf|nach|und|à|vers|et|a|y|e|naar|en|do|na|till) )$/
const MOST_TWO = 28

function isSecondVersion(view: View, mark: number, start: number, words: WordSet, versions: WordSet): boolean {
  const { content, marks } = view
  const first = FIRST_OF_TWO.exec(content.slice(Math.max(0, start - MOST_TWO), start))
  if (first === null) return false
  const from = start - first[0].length
  let before = mark
  while (before >= 0 && marks[before + 1]! > from) before -= MARK_SIZE
  const near = wordsNear(view, before, from, from + first[1]!.length)
  const version = nearest(near, versions)
  return version <= VERSION_REACH && version <= nearest(near, words)
}

function findV4(view: View, mark: number, start: number, { words, surer, versions }: Words, report: Report): void {
  const { content } = view
  const address = readV4(content, start)
  if (address === undefined || !isPublicV4(address.bytes) || !isV4Alone(content, start, address.end)) return
  const near = wordsNear(view, mark, start, address.end)
  const [named, version] = [nearest(near, words), nearest(near, versions)]
  if (version <= VERSION_REACH && version <= nearest(near, surer)) return
  if (isSecondVersion(view, mark, start, surer, versions)) return
  if (named > SMALL_REACH && address.bytes.every((byte) => byte < SMALL_PART)) return
  if (named === Infinity && (isObjectId(address.bytes) || isAmongDecimals(content, start, address.end))) return
  const confidence = named < Infinity ? SURE : V4_ALONE
  report({ type: IP_ADDRESS, start, end: address.end, confidence, normal: content.slice(start, address.end) })
}
