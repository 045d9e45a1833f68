import { AT } from '../../scan/index.ts'
import { domainAfter } from './domain.ts'
import type { Finder, Sighting } from '../finder.ts'
import { localBefore } from './local.ts'

export const EMAIL_ADDRESS = 'EMAIL_ADDRESS'

const PLAIN = 0.95
/** Letters beyond ASCII are rarer in addresses than beside them. */
const INTERNATIONAL = 0.85

/** Logins of git remotes (`git@host:path`) look like addresses and are none. */
const REMOTE_LOGIN = 'git'

/** Part of a URL before its host, where logins and passwords stand. */
const USER_PART = /:\/\/(?:[^\s/:@]{0,64}:[^\s/]{0,64})?$/
const URL_REACH = 140

function isLogin(text: string, start: number, local: string, end: number): boolean {
  const next = text[end]
  if (local === REMOTE_LOGIN && (next === ':' || next === '/')) return true
  if (PASSWORD_PART.test(text.slice(Math.max(0, start - URL_REACH), start))) return true
  const before = text[start - 1]
  return (
    (before === '/' || before === ':' || before === '@') &&
    USER_PART.test(text.slice(Math.max(0, start - URL_REACH), start))
  )
}

/** `//user:pass!` of a URL whose password goes on with what might be a local part. */
const PASSWORD_PART = /:\/\/[^\s/@:?#]+:[^\s/@]+$/

const isAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text)

/** The address around the `@` at `at`, if there is one. Looks at a bounded stretch on both sides. */
function emailAt(text: string, at: number): Sighting | undefined {
  const end = domainAfter(text, at + 1)
  if (end === undefined) return undefined
  const start = localBefore(text, at, text[end] === '_')
  if (start === undefined) return undefined
  const local = text.slice(start, at)
  if (isLogin(text, start, local, end)) return undefined
  const domain = text.slice(at + 1, end)
  const confidence = isAscii(local) && isAscii(domain) ? PLAIN : INTERNATIONAL
  return { type: EMAIL_ADDRESS, start, end, confidence, normal: `${local}@${domain}`.toLowerCase() }
}

/** What people paste around an address. */
const WRAPPED = /^\s*<?(?:mailto:)?|>?\s*$/gi

function normalOf(value: string): string | undefined {
  const text = value.replace(WRAPPED, '')
  const whole = emailAt(text, text.indexOf('@'))
  return whole?.start === 0 && whole.end === text.length ? whole.normal : undefined
}

export const emailFinder: Finder = {
  types: [{ name: EMAIL_ADDRESS, why: 'the form of an address', normal: normalOf }],
  kinds: [AT],
  find({ content, marks }, mark, report) {
    const email = emailAt(content, marks[mark + 1]!)
    if (email !== undefined) report(email)
  },
}
