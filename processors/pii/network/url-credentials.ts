import { AT } from '../../scan/index.ts'
import { codeAt, isDigitCode, matchesAt, type Finder, type Sighting } from '../finder.ts'

/* `user:password`, or a key alone, before the host of a URL or connection string. */

export const URL_CREDENTIALS = 'URL_CREDENTIALS'

/** More than the address of e-mail that a password's end and the host make. */
const SURE = 0.97
/** Names and passwords that manuals write. */
const EXAMPLE = 0.6

const REACH = 256
/** A password may hold an `@`, but not many. */
const MOST_ATS = 3
/** Neither part holds what ends a URL in text or begins its path. */
const ENDS = '"\'`<>\\/|{}'
const PLACEHOLDER = /^[*•x.]*$|^%[sdv]$|\$\{|^\$|^[<[]|^your|_here$/i
const EXAMPLES = /^(?:password|pass|passwd|secret|pwd)$/i
/** What brokers and servers of files let anybody in with. */
const FOR_ANYBODY = /^(?:guest:guest|anonymous:.*)$/i
/** Both and a host that is nobody's are a manual's line, and no one's credentials. */
const EXAMPLE_USER = /^(?:user|username|usr|name|login)$/i
const EXAMPLE_HOST = /(?:localhost|127\.0\.0\.1|\[::1\]|(?:[\w-]{1,40}\.){0,3}example(?:\.\w{2,8})?)(?![\w.-])/iy

const endsPart = (content: string, at: number): boolean => codeAt(content, at) <= 32 || ENDS.includes(content[at]!)

/** Where the part between `://` and the `@` at `at` begins, or -1. */
function userStart(content: string, at: number): number {
  let ats = 0
  for (let index = at - 1; index > at - REACH && index >= 2; index--) {
    if (content[index] === '/') return content.startsWith('://', index - 2) ? index + 1 : -1
    if (endsPart(content, index) || (content[index] === '@' && ++ats === MOST_ATS)) return -1
  }
  return -1
}

/** `user:password@tcp(host:3306)/db`, as Go's drivers write it. */
const GO_HOST = /@(?:tcp|unix)\(/y

function goUserStart(content: string, at: number): number {
  if (!matchesAt(GO_HOST, content, at)) return -1
  let start = at
  while (start > 0 && start > at - REACH && !endsPart(content, start - 1) && content[start - 1] !== '=') start--
  return start
}

/** `ann:R4venHill@154.16.20.9:1080`, as lists of proxies have it. */
const PROXY_HOST = /@(?:\d{1,3}\.){3}\d{1,3}(?![\w.])/y
const PROXY_USER = /(?:^|[\s"'`,;=(])([\w.-]{2,40}:(?=\S{0,60}\d)(?=\S{0,60}[A-Za-z])[^\s:@"'`,;]{5,60})$/
const PROXY_REACH = 104

function proxyUserStart(content: string, at: number): number {
  if (!matchesAt(PROXY_HOST, content, at)) return -1
  const pair = PROXY_USER.exec(content.slice(Math.max(0, at - PROXY_REACH), at))?.[1]
  return pair === undefined ? -1 : at - pair.length
}

const LETTER_T = 116
const LETTER_U = 117

/** Where the user begins, by what the host begins with. */
function startBefore(content: string, at: number): number {
  const start = userStart(content, at)
  if (start !== -1) return start
  const behind = codeAt(content, at + 1)
  if (isDigitCode(behind)) return proxyUserStart(content, at)
  return behind === LETTER_T || behind === LETTER_U ? goUserStart(content, at) : -1
}

/** A key alone: of the services that errors are told to, and of repositories. */
const KEY =
  /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|(?=.{0,200}[a-z])(?=.{0,200}[A-Z])(?=(?:.{0,60}\d){4})[\w-]{24,200})$/

/** The last `@` before the host's end counts. */
function isLastAt(content: string, at: number): boolean {
  for (let index = at + 1; index < at + REACH && index < content.length; index++) {
    if (content[index] === '@') return false
    if ('?#,'.includes(content[index]!) || endsPart(content, index)) return true
  }
  return true
}

const USER = /^[^?#&=,;]*$/
const HOST = /^[[\w.-]/

function credentialsAt(content: string, at: number): Sighting | undefined {
  const start = startBefore(content, at)
  if (start === -1 || !HOST.test(content[at + 1] ?? '') || !isLastAt(content, at)) return undefined
  const value = content.slice(start, at)
  const colon = value.indexOf(':')
  if (colon === -1)
    return KEY.test(value) ? { type: URL_CREDENTIALS, start, end: at, confidence: SURE, normal: value } : undefined
  if (!USER.test(value.slice(0, colon))) return undefined
  const password = value.slice(colon + 1)
  if (PLACEHOLDER.test(password) || PLACEHOLDER.test(value.slice(0, colon) || '?')) return undefined
  if (FOR_ANYBODY.test(value)) return undefined
  const example = EXAMPLES.test(password)
  const user = value.slice(0, colon)
  const isManuals = (example && EXAMPLE_USER.test(user)) || user === password
  if (isManuals && matchesAt(EXAMPLE_HOST, content, at + 1)) return undefined
  const confidence = example ? EXAMPLE : SURE
  return { type: URL_CREDENTIALS, start, end: at, confidence, normal: value }
}

export const urlCredentialsFinder: Finder = {
  types: [
    {
      name: URL_CREDENTIALS,
      why: 'a user and a password before a host',
      normal: (value) =>
        /^[^\s:/@]*:[^\s/]+$/.test(value.trim()) || KEY.test(value.trim()) ? value.trim() : undefined,
    },
  ],
  kinds: [AT],
  find({ content, marks }, mark, report) {
    const credentials = credentialsAt(content, marks[mark + 1]!)
    if (credentials !== undefined) report(credentials)
  },
}
