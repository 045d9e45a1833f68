import { isStrong, passwordLike } from './looks.ts'
import { plausible } from './plausible.ts'
import type { Part } from './value.ts'

/* Lines that are nothing but what somebody signs in with: of `.pgpass`, and of lists of accounts. */

const LINE =
  /([\w.*-]{1,80}|\[[0-9a-f:]{2,40}\]):(\d{4,5}):([\w.*-]{1,64}):([A-Za-z_*][\w.*@-]{0,64}):([^\s"']{4,100})(?=["']?(?:$|[\r\n]))/y
const HOST_REACH = 84
const PORTS = /^(?:543\d|643\d|3306|1521|1433|26257|5439)$/

const NO_USER = /^(?:user(?:name)?|your.*)$/i

const COLON = 58

/** The password of the line whose port stands from `port` to `end`, between colons. */
export function pgpassAt(content: string, port: number, end: number): Part | undefined {
  if (end - port < 4 || end - port > 5 || content.charCodeAt(port - 1) !== COLON) return undefined
  let start = port - 1
  while (start > 0 && start > port - HOST_REACH && !' \t\r\n"\'`'.includes(content[start - 1]!)) start--
  LINE.lastIndex = start
  const line = LINE.exec(content)
  if (line === null) return undefined
  const [, host, number, , user, password] = line
  if (!/[A-Za-z*]|\d\.\d/.test(host!) || !plausible(password!) || NO_USER.test(user!)) return undefined
  const sure = PORTS.test(number!) ? passwordLike(password!, false, false) : isStrong(password!, '')
  return sure ? { start: LINE.lastIndex - password!.length, end: LINE.lastIndex } : undefined
}

/** `ann@example.org:R4venHill`, alone in its line. */
const BEHIND_EMAIL = /@[\w-]{1,40}(?:\.[\w-]{1,40}){1,4}[:;|]([^\s/"']{6,60})(?=[ \t]*(?:$|[\r\n]))/y
const LOCAL_REACH = 66
const LOCAL = /(?:^|[\r\n])[ \t]*[\w.+%-]{1,64}$/

const DELIMITERS: ReadonlySet<number> = new Set(Array.from(':;|', (sign) => sign.charCodeAt(0)))
const MOST_HOST = 100

/** What stands behind a host's name: of most addresses nothing that goes on, which is cheaper to see than to match. */
function behindHost(content: string, from: number): number {
  const last = Math.min(content.length, from + MOST_HOST)
  for (let at = from; at < last; at++) {
    const code = content.charCodeAt(at)
    const lower = code | 32
    const isName = (lower >= 97 && lower <= 122) || (code >= 45 && code <= 57 && code !== 47)
    if (!isName) return code
  }
  return 0
}

/** The password behind the address of e-mail whose `@` stands at `at`. */
export function emailPairAt(content: string, at: number): Part | undefined {
  if (!DELIMITERS.has(behindHost(content, at + 1))) return undefined
  BEHIND_EMAIL.lastIndex = at
  const password = BEHIND_EMAIL.exec(content)?.[1]
  if (password === undefined || !isStrong(password, '')) return undefined
  const end = BEHIND_EMAIL.lastIndex
  return LOCAL.test(content.slice(Math.max(0, at - LOCAL_REACH), at))
    ? { start: end - password.length, end }
    : undefined
}
