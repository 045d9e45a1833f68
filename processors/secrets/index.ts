import { MAX_HITS, TOO_MANY_HITS } from '../../core/examine/index.ts'
import type { Detector, Hit, Inspection, Scan, View } from '../../core/seam.ts'
import { MARK_SIZE, NUMBER, type Vocabulary } from '../scan/index.ts'
import { announced, isMachineMade, mayBeChosen, PASSWORD_WORDS, SECRET_WORDS } from './assignment.ts'
import { plausible, specimen } from './plausible.ts'
import type { SecretRule } from './rule.ts'
import { SECRET_RULES } from './rules.ts'
import { BOT_TOKEN, clientPasswordAt, curlPasswordAt, isJwt, JWT, privateKeyAt } from './structures.ts'

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

/** Programs that take a password as an option. */
const PASSWORD_CLIENTS = ['mysql', 'mysqldump', 'mariadb', 'sshpass', 'redis']

/** Looks where a mark stands. */
type Look = (content: string, start: number, end: number) => Found | undefined

/** What is looked for at each kind of mark. */
function createLooks(vocabulary: Vocabulary): Map<number, Look[]> {
  const looks = new Map<number, Look[]>()
  const at = (kind: number, look: Look): void => void looks.set(kind, [...(looks.get(kind) ?? []), look])
  for (const rule of [...SECRET_RULES, JWT]) {
    const look = byPattern(rule)
    for (const word of rule.words ?? []) at(vocabulary.phrase(word), look)
    for (const prefix of rule.prefixes ?? []) at(vocabulary.prefix(prefix), look)
  }
  at(vocabulary.phrase('begin'), privateKey)
  at(NUMBER, botToken)
  at(vocabulary.phrase('curl'), byOption(curlPasswordAt))
  for (const client of PASSWORD_CLIENTS) at(vocabulary.phrase(client), byOption(clientPasswordAt))
  for (const word of PASSWORD_WORDS) at(vocabulary.phrase(word), byName(PASSWORD))
  for (const word of SECRET_WORDS) at(vocabulary.phrase(word), byName(SECRET))
  return looks
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

const botToken: Look = (content, start, end) => {
  if (content[end] !== ':' || isWord(content, start - 1)) return undefined
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

const isWord = (content: string, at: number): boolean => /[A-Za-z0-9]/.test(content.charAt(at))

/** Where a secret was found by its form, its name says nothing more. */
function inspectView(view: View, looks: ReadonlyMap<number, readonly Look[]>): Found[] {
  const { content, marks } = view
  const found: Found[] = []
  for (let at = 0; at < marks.length; at += MARK_SIZE) {
    for (const look of looks.get(marks[at]!) ?? []) {
      const secret = look(content, marks[at + 1]!, marks[at + 2]!)
      if (secret === undefined) continue
      const last = found.at(-1)
      if (last === undefined || secret.end > last.end) found.push(secret)
    }
  }
  return found
}

function inspectScan({ views }: Scan, looks: ReadonlyMap<number, readonly Look[]>): Inspection {
  const hits: Hit[] = []
  const crowded = new Set<number>()
  for (const view of views) {
    for (const { start, end, ...rest } of inspectView(view, looks)) {
      if (hits.length >= MAX_HITS) crowded.add(view.text)
      else hits.push({ ...rest, text: view.text, ...view.original(start, end), normal: view.content.slice(start, end) })
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
    version: '2',
    types: [
      { name: SECRET, normal: secretOf },
      { name: PASSWORD, normal: passwordOf },
    ],
    inspect: (_interaction, scan) => inspectScan(scan, looks),
  }
}
