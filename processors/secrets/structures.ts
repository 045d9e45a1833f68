import type { SecretRule } from './rule.ts'

/* Secrets of a form that several vendors share. */

/** Three parts, the first of which says how it is signed. */
export const JWT: SecretRule = {
  name: 'JSON web token',
  prefixes: ['eyj'],
  pattern: /eyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,8000}\.[A-Za-z0-9_-]{10,2000}/,
}

export function isJwt(value: string): boolean {
  try {
    const header: unknown = JSON.parse(Buffer.from(value.slice(0, value.indexOf('.')), 'base64url').toString())
    return typeof header === 'object' && header !== null && ('alg' in header || 'enc' in header)
  } catch {
    return false
  }
}

const MOST_KEY = 16_384
const KEY_BEGIN = /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/y
const KEY_END = /-----END (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g

/** Not what manuals leave out: `...`, `<your key>`. */
const HOLDS_KEY = /^(?![\s\S]{0,200}(?:\.{3}|<|x{8}))[\s\S]*?[A-Za-z0-9+/]{16}/

/** From the first line to the last; of a key that is cut off, all that looks like one. `at` is where `BEGIN` begins. */
export function privateKeyAt(content: string, at: number): { start: number; end: number } | undefined {
  const start = at - '-----'.length
  KEY_BEGIN.lastIndex = Math.max(0, start)
  if (!KEY_BEGIN.test(content)) return undefined
  const body = content.slice(KEY_BEGIN.lastIndex, KEY_BEGIN.lastIndex + MOST_KEY)
  KEY_END.lastIndex = 0
  const end = KEY_END.test(body) ? KEY_END.lastIndex : /^[A-Za-z0-9+/=\s:,.-]*/.exec(body)![0].trimEnd().length
  return end < 24 || !HOLDS_KEY.test(body.slice(0, end)) ? undefined : { start, end: KEY_BEGIN.lastIndex + end }
}

/** Numbers that begin a value: what stands before the colon of a Telegram bot's token. */
export const BOT_TOKEN: RegExp = /\d{8,10}:[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/y

/** `curl -u name:password`: from the command on, in one line. */
const CURL_USER = /curl\b[^\n]{0,200}?\s(?:-u|--user)[ =]{0,2}["']?[^\s:"']{1,64}:/y
const SQLPLUS_VALUE = /^[^\s@]{1,60}/
const CLIENT_VALUE = /^[^\s"']{1,100}/
const CURL_PASSWORD = /[^\s"'@]{4,100}/y

/** Programs that take a password as an option: what stands behind the option is the password. */
const CLIENTS: readonly (readonly [names: readonly string[], option: string])[] = [
  [['mysql', 'mysqldump', 'mariadb'], String.raw`\b[^\n|;]{0,200}?\s-p["']?(?=[^\s"'])`],
  [['sqlplus'], String.raw`\b[^\n|;/]{0,60}?\s[\w.$]{1,40}\/(?=[^\s/@]{4,60}@)`],
  [['net use'], String.raw`\b[^\n]{0,100}?\s\/user:\S{1,60}\s(?=\S*\d)`],
  [['sshpass'], String.raw`\s-p\s?["']?`],
  [['redis'], String.raw`-cli\b[^\n|;]{0,200}?\s-a\s?["']?`],
  [['docker', 'podman', 'buildah', 'skopeo', 'helm'], String.raw`\s(?:registry\s)?login\b[^\n|;]{0,160}?\s-p\s["']?`],
  [['ldapsearch', 'ldapmodify', 'ldapadd', 'ldapwhoami', 'ldapdelete'], String.raw`\b[^\n|;]{0,200}?\s-w\s["']?`],
  [['smbclient', 'rpcclient', 'smbmap'], String.raw`\b[^\n|;]{0,120}?\s-U\s?["']?[^\s"'%]{1,60}%`],
  [['sqlcmd', 'bcp', 'ipmitool'], String.raw`\b[^\n|;]{0,200}?\s-P\s?["']?`],
  [['mongo', 'mongosh', 'mongodump', 'mongorestore', 'cqlsh'], String.raw`\b[^\n|;]{0,200}?\s-p\s["']?(?=[^\s"'-])`],
  [['rabbitmqctl'], String.raw`\s(?:add_user|change_password)\s[\w.@-]{1,60}\s["']?`],
  [['htpasswd'], String.raw`\s-[a-zA-Z]{0,6}b[a-zA-Z]{0,6}\s\S{1,120}\s[\w.@-]{1,60}\s["']?`],
  [['xfreerdp', 'wfreerdp'], String.raw`\b[^\n|;]{0,200}?\s\/p:["']?`],
  [['openssl'], String.raw`\b[^\n|;]{0,300}?\s-pass(?:in|out)?\s["']?pass:`],
]
export const PASSWORD_CLIENTS: readonly string[] = CLIENTS.flatMap(([names]) => names)
const CLIENT_PASSWORD = new RegExp(
  CLIENTS.map(([names, option]) => `(?:${names.join('|').replace(' ', '\\s')})${option}`).join('|'),
  'iy',
)

export function clientPasswordAt(content: string, at: number): { start: number; end: number } | undefined {
  CLIENT_PASSWORD.lastIndex = at
  if (!CLIENT_PASSWORD.test(content)) return undefined
  const start = CLIENT_PASSWORD.lastIndex
  const value = content.slice(start, start + 100)
  const last = (content.startsWith('sqlplus', at) ? SQLPLUS_VALUE : CLIENT_VALUE).exec(value)?.[0].length ?? 0
  return last < 4 ? undefined : { start, end: start + last }
}

export function curlPasswordAt(content: string, at: number): { start: number; end: number } | undefined {
  CURL_USER.lastIndex = at
  if (!CURL_USER.test(content)) return undefined
  const start = (CURL_PASSWORD.lastIndex = CURL_USER.lastIndex)
  return CURL_PASSWORD.test(content) ? { start, end: CURL_PASSWORD.lastIndex } : undefined
}
