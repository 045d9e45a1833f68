import { plausible } from './plausible.ts'
import { endOf, type Part } from './value.ts'
import type { Walked } from './walked.ts'

/* Cookies that sign somebody in: who holds one is that person. */

/** `Cookie: `, `"cookie": "`, `--cookie '`, `cookies = {` */
const HEADER = /["']?\s{0,2}[:=]\s{0,2}(?:new\s)?["'`{]?|\s["']/y
/** `curl ... -b '`, over lines that go on. */
const CURL_JAR = /(?:[^\n]|\\\n){0,600}?\s-b\s{0,2}["']?(?=[\w.%-]{1,80}=)/y
const PAIR = /[\s"']{0,4}([\w.%!#$&*+^|~-]{1,120})["']?\s{0,2}[=:]\s{0,2}["']?([^\s;,"'`{}<>]{0,4096})["'`]?\s?[;,]?/y

const SIGNS_IN =
  /sess|sid$|^s$|auth|tok(?:en)?(?![a-z])|jwt|[cx]srf|logged_?in|login|remember|identity|sso|ticket|credential|bearer/i
/** What is kept is that somebody said yes, or how long. */
const SETTINGS = /consent|expir|timeout|_at$|count|lang|theme|version/i
const LEAST = 16

const isOfSession = (name: string, value: string): boolean =>
  SIGNS_IN.test(name) &&
  !SETTINGS.test(name) &&
  value.length >= LEAST &&
  /\d/.test(value) &&
  (/[A-Za-z]/.test(value) || /^\d+$/.test(value)) &&
  plausible(value)

interface Sessions {
  readonly found: readonly Part[]
  readonly end: number
}

/** The pair at `from`: where it ends, what in it signs in, and whether another follows. */
function pairAt(content: string, from: number): (Sessions & { readonly goesOn: boolean }) | undefined {
  PAIR.lastIndex = from
  const pair = PAIR.exec(content)
  if (pair === null) return undefined
  const [whole, name = '', value = ''] = pair
  const start = from + whole.indexOf(value, whole.indexOf(name) + name.length)
  const found = isOfSession(name, value) ? [{ start, end: start + value.length }] : []
  return { found, end: from + whole.length, goesOn: /[;,]$/.test(whole) }
}

/** Values in the pairs from `from` on that sign in. */
function sessionsFrom(content: string, from: number): Sessions {
  const found: Part[] = []
  let end = from
  for (let pair = pairAt(content, end); pair !== undefined; pair = pair.goesOn ? pairAt(content, end) : undefined) {
    found.push(...pair.found)
    end = pair.end
  }
  return { found, end }
}

/** What browsers and their drivers write: `"cookies": [{"name": "sid", "value": "...", "path": "/"}]`. */
const LIST = /["']?\s{0,2}[:=]?\s{0,4}\[\s{0,8}(?=\{)/y
const ENTRY = /\s{0,12}\{([^{}]{1,6000})\}\s{0,8},?/y
const NAME_FIELD = /["']name["']\s{0,2}:\s{0,2}["']([^"'\n]{1,120})["']/
const VALUE_FIELD = /["']value["']\s{0,2}:\s{0,2}["']([^"'\n]{1,4096})["']/

function listed(content: string, from: number): Sessions {
  const found: Part[] = []
  let end = from
  ENTRY.lastIndex = from
  for (let entry = ENTRY.exec(content); entry !== null; entry = ENTRY.exec(content)) {
    end = ENTRY.lastIndex
    const fields = entry[1]!
    const name = NAME_FIELD.exec(fields)?.[1] ?? ''
    const value = VALUE_FIELD.exec(fields)
    if (value === null || !isOfSession(name, value[1]!)) continue
    const start = entry.index + entry[0].indexOf('{') + 1 + value.index + value[0].length - 1 - value[1]!.length
    found.push({ start, end: start + value[1]!.length })
  }
  return { found, end }
}

function walk({ found, end }: Sessions, walked: Walked): readonly Part[] {
  walked.cookies = end
  return found
}

/** Behind the word `cookie` that ends at `end`. */
export function cookiesAt(content: string, end: number, walked: Walked): readonly Part[] | undefined {
  if (end <= walked.cookies) return undefined
  const list = endOf(LIST, content, end)
  if (list !== undefined) return walk(listed(content, list), walked)
  const from = endOf(HEADER, content, end)
  return from === undefined ? undefined : walk(sessionsFrom(content, from), walked)
}

/** Behind `curl`. */
export function curlCookiesAt(content: string, end: number, walked: Walked): readonly Part[] | undefined {
  const from = endOf(CURL_JAR, content, end)
  return from === undefined || from < walked.cookies ? undefined : walk(sessionsFrom(content, from), walked)
}

/** A name that only a session's cookie has, which begins at `start`. */
export const namedSessionAt = (content: string, start: number): readonly Part[] | undefined =>
  pairAt(content, start)?.found
