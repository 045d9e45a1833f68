import type { Candidate, Hit } from '../../core/seam.ts'
import { isInvisible } from '../scan/index.ts'
import { domainAfter } from './domain.ts'
import { localBefore } from './local.ts'

export const EMAIL_ADDRESS = 'EMAIL_ADDRESS'

const PLAIN = 0.95
/** Letters beyond ASCII are rarer in addresses than beside them. */
const INTERNATIONAL = 0.85

/** Logins of git remotes (`git@host:path`) look like addresses and are none. */
const REMOTE_LOGIN = 'git'

function isLogin(text: string, start: number, local: string, end: number): boolean {
  const next = text[end]
  if (local === REMOTE_LOGIN && (next === ':' || next === '/')) return true
  return text.startsWith('://', start - 3)
}

const visible = (text: string): string => {
  let result = ''
  for (const char of text) if (!isInvisible(char.charCodeAt(0))) result += char
  return result
}

function decodePercent(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const decodeEscapes = (text: string): string =>
  text.replace(/\\+u([0-9a-fA-F]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

const isAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text)

function normalForm(local: string, domain: string): string {
  const plain = `${decodePercent(decodeEscapes(local))}@${domain}`
  return (isAscii(plain) ? plain : visible(plain).normalize('NFKC')).toLowerCase()
}

/** The address around an `@`, if there is one. Looks at a bounded stretch on both sides. */
export function emailAt(text: string, candidate: Candidate): Hit | undefined {
  const { text: index, end: after } = candidate
  const end = domainAfter(text, after)
  if (end === undefined) return undefined
  // JSON inside JSON doubles the backslashes of an escaped `@`.
  let at = candidate.start
  while (text[after - 1] === '0' && text[at - 1] === '\\') at--
  const start = localBefore(text, at, text[end] === '_')
  if (start === undefined) return undefined
  const local = text.slice(start, at)
  if (isLogin(text, start, local, end)) return undefined
  const domain = text.slice(after, end)
  const confidence = isAscii(local) && isAscii(domain) ? PLAIN : INTERNATIONAL
  return { type: EMAIL_ADDRESS, text: index, start, end, confidence, normal: normalForm(local, domain) }
}
