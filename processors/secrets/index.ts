import { MAX_HITS, TOO_MANY_HITS } from '../../core/examine/index.ts'
import type { Detector, Hit, Inspection, Scan, View } from '../../core/seam.ts'
import { AT, LOWEST_KIND, MARK_SIZE, NUMBER, spellings, type Vocabulary } from '../scan/index.ts'
import { PAIR_WORDS, PASSWORD_WORDS, SECRET_WORDS, SEED_WORDS, SESSION_WORDS } from './announcing-words.ts'
import { announced, pairedPassword } from './assignment.ts'
import { columnAt } from './columns.ts'
import { cookiesAt, curlCookiesAt, namedSessionAt } from './cookies.ts'
import { DEVICE_RULES, deviceKeyAt, type DeviceRule } from './devices.ts'
import { hashAt, windowsHashAt } from './hashes.ts'
import { isMachineMade, mayBeChosen } from './looks.ts'
import { seedPhraseAt } from './phrases.ts'
import { plausible, specimen } from './plausible.ts'
import type { SecretRule } from './rule.ts'
import { SECRET_RULES } from './rules.ts'
import { emailPairAt, pgpassAt } from './sign-in-lines.ts'
import {
  BOT_TOKEN,
  clientPasswordAt,
  curlPasswordAt,
  isJwt,
  JWT,
  PASSWORD_CLIENTS,
  privateKeyAt,
} from './structures.ts'
import type { Part } from './value.ts'
import { Walked } from './walked.ts'

export const SECRET = 'SECRET'
export const PASSWORD = 'PASSWORD'

/** A vendor's form, whole. */
const SURE = 0.98

interface Found {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly confidence: number
  readonly why: string
}

/** Looks where a mark stands: one secret, or the several that stand behind one word. */
type Look = (content: string, start: number, end: number, walked: Walked) => Found | readonly Found[] | undefined

/** What is looked for, by kind of mark from the lowest on. */
type Looks = readonly (readonly Look[] | undefined)[]

function createLooks(vocabulary: Vocabulary): Looks {
  const looks: Look[][] = []
  const at = (kind: number, look: Look): void => void (looks[kind - LOWEST_KIND] ??= []).push(look)
  for (const rule of [...SECRET_RULES, JWT]) {
    const look = byPattern(rule)
    for (const word of rule.words ?? []) at(vocabulary.phrase(word), look)
    for (const prefix of rule.prefixes ?? []) at(vocabulary.prefix(prefix), look)
  }
  at(vocabulary.phrase('begin'), privateKey)
  at(NUMBER, ofNumber)
  at(AT, (content, start) => chosen(emailPairAt(content, start), 'behind the address of its account'))
  at(vocabulary.phrase('curl'), byOption(curlPasswordAt))
  for (const client of PASSWORD_CLIENTS) at(vocabulary.phrase(client), byOption(clientPasswordAt))
  for (const word of PASSWORD_WORDS.flatMap(spellings)) {
    at(vocabulary.phrase(word), byName(PASSWORD))
    at(vocabulary.phrase(word), belowName)
  }
  for (const word of SECRET_WORDS) at(vocabulary.phrase(word), byName(SECRET))
  for (const word of PAIR_WORDS) at(vocabulary.phrase(word), behindAccount)
  for (const rule of DEVICE_RULES) for (const word of rule.words) at(vocabulary.phrase(word), ofDevice(rule))
  for (const word of ['cookie', 'cookies'])
    at(
      vocabulary.phrase(word),
      sessions((content, _, end, walked) => cookiesAt(content, end, walked)),
    )
  for (const word of SESSION_WORDS) at(vocabulary.phrase(word), sessions(namedSessionAt))
  at(
    vocabulary.phrase('curl'),
    sessions((content, _, end, walked) => curlCookiesAt(content, end, walked)),
  )
  for (const word of SEED_WORDS) at(vocabulary.phrase(word), seedPhrase)
  // Without holes: each mark is looked up.
  return Array.from(looks)
}

function byPattern({ name, pattern }: SecretRule): Look {
  const sticky = new RegExp(pattern.source, `${pattern.flags.replace(/[gy]/g, '')}y`)
  return (content, start) => {
    if (isWord(content, start - 1)) return undefined
    sticky.lastIndex = start
    const value = sticky.exec(content)?.[0]
    if (value === undefined || specimen(value)) return undefined
    if (name === JWT.name && (content[start - 1] === '.' || !isJwt(value))) return undefined
    return { type: SECRET, start, end: start + value.length, confidence: SURE, why: name }
  }
}

const privateKey: Look = (content, start) => {
  const range = privateKeyAt(content, start)
  return range && { type: SECRET, ...range, confidence: SURE, why: 'private key' }
}

const byOption =
  (passwordAt: typeof curlPasswordAt): Look =>
  (content, start) => {
    const range = passwordAt(content, start)
    if (range === undefined || !plausible(content.slice(range.start, range.end))) return undefined
    return { type: PASSWORD, ...range, confidence: 0.85, why: 'announced by its option' }
  }

const DOLLAR = 36
const COLON = 58

/** Most tokens with a digit have neither sign. */
const ofNumber: Look = (content, start, end) => {
  if (end < content.length && content.charCodeAt(end) === COLON)
    return (
      botToken(content, start) ??
      chosen(pgpassAt(content, start, end), 'a line of .pgpass') ??
      hash(windowsHashAt(content, start, end))
    )
  return start > 0 && content.charCodeAt(start - 1) === DOLLAR ? hash(hashAt(content, start)) : undefined
}
const HASHED = 0.85
const hash = (part: Part | undefined): Found | undefined =>
  part && { type: SECRET, start: part.start, end: part.end, confidence: HASHED, why: 'hash of a password' }

function botToken(content: string, start: number): Found | undefined {
  if (isWord(content, start - 1)) return undefined
  BOT_TOKEN.lastIndex = start
  if (!BOT_TOKEN.test(content)) return undefined
  return { type: SECRET, start, end: BOT_TOKEN.lastIndex, confidence: SURE, why: 'Telegram bot token' }
}

function byName(type: string): Look {
  return (content, start, end) => {
    const value = announced(content, start, end, type === PASSWORD)
    return value && { type, ...value, why: 'announced by its name' }
  }
}

const behindAccount: Look = (content, _start, end) => {
  const value = pairedPassword(content, end)
  return value && { type: PASSWORD, ...value, why: 'behind the name of its account' }
}

const chosen = (part: Part | undefined, why: string): Found | undefined =>
  part && { type: PASSWORD, start: part.start, end: part.end, confidence: 0.85, why }

const belowName: Look = (content, start, end, walked) =>
  columnAt(content, start, end, walked)?.map((part) => ({
    type: PASSWORD,
    ...part,
    confidence: 0.75,
    why: 'below its name',
  }))

const ofDevice =
  (rule: DeviceRule): Look =>
  (content, start, end) =>
    chosen(deviceKeyAt(rule, content, start, end), 'the key of a device')

const sessions =
  (partsAt: (content: string, start: number, end: number, walked: Walked) => readonly Part[] | undefined): Look =>
  (content, start, end, walked) =>
    partsAt(content, start, end, walked)?.map((part) => ({ type: SECRET, ...part, confidence: 0.85, why: 'a session' }))

const seedPhrase: Look = (content, _start, end) => {
  const part = seedPhraseAt(content, end)
  return part && { type: SECRET, ...part, confidence: 0.85, why: 'the words of a wallet' }
}

const WORD = /[A-Za-z0-9]/
const isWord = (content: string, at: number): boolean => at >= 0 && WORD.test(content[at]!)

/** Where a secret was found by its form, its name says nothing more. */
function inspectView(view: View, looks: Looks): Found[] {
  const { content, marks } = view
  const found: Found[] = []
  const spread: Found[] = []
  const walked = new Walked()
  for (let at = 0; at < marks.length; at += MARK_SIZE) {
    const kind = marks[at]! - LOWEST_KIND
    const own = kind < looks.length ? looks[kind] : undefined
    if (own === undefined) continue
    for (const look of own) {
      const secret = look(content, marks[at + 1]!, marks[at + 2]!, walked)
      if (secret === undefined) continue
      if ('length' in secret) for (const one of secret) spread.push(one)
      else add(secret, found)
    }
  }
  return spread.length === 0 ? found : merged(found, spread)
}

function add(secret: Found, found: Found[]): void {
  const last = found.at(-1)
  if (last === undefined || secret.end > last.end) found.push(secret)
}

/** What stands at some distance from its word was found before what lies between. */
function merged(found: readonly Found[], spread: readonly Found[]): Found[] {
  const all: Found[] = []
  for (const secret of [...found, ...spread].sort((a, b) => a.start - b.start || b.end - a.end)) add(secret, all)
  return all
}

function hitOf(view: View, { type, start: from, end: to, confidence, why }: Found): Hit {
  const { start, end } = view.original(from, to)
  return { type, text: view.text, start, end, confidence, normal: view.content.slice(from, to), why }
}

function inspectScan({ views }: Scan, looks: Looks): Inspection {
  const hits: Hit[] = []
  const crowded = new Set<number>()
  for (const view of views) {
    for (const secret of inspectView(view, looks)) {
      if (hits.length >= MAX_HITS) crowded.add(view.text)
      else hits.push(hitOf(view, secret))
    }
  }
  return { hits, unscanned: Array.from(crowded, (text) => ({ text, reason: TOO_MANY_HITS })) }
}

const WHOLE: readonly RegExp[] = [...SECRET_RULES, JWT]
  .map(({ pattern }) => new RegExp(`^(?:${pattern.source})$`, pattern.flags.replace(/[gy]/g, '')))
  .concat(new RegExp(`^(?:${BOT_TOKEN.source})$`))

function secretOf(value: string): string | undefined {
  const text = value.trim()
  const isKey = privateKeyAt(text, '-----'.length)?.start === 0
  return isKey || isMachineMade(text) || WHOLE.some((form) => form.test(text)) ? text : undefined
}

function passwordOf(value: string): string | undefined {
  const text = value.trim()
  return mayBeChosen(text) ? text : undefined
}

/** Keys, tokens and passwords. */
export function createSecretsDetector(vocabulary: Vocabulary): Detector {
  const looks = createLooks(vocabulary)
  return {
    name: 'secrets',
    version: '3',
    types: [
      { name: SECRET, normal: secretOf },
      { name: PASSWORD, normal: passwordOf },
    ],
    inspect: (_interaction, scan) => inspectScan(scan, looks),
  }
}
