import type { Value } from './value.ts'

/* What stands behind a name as a secret does and is none: names of programs and methods, files, words of a sentence. */

/** `scram-sha-256`, `^1.0.0`: a method, a version. */
export const isNamed = (text: string): boolean =>
  /^(?:scram-|hmac-)?sha-?\d{1,3}(?:-plus)?$|^(?:argon2(?:id?|d)|pbkdf2|bcrypt|scrypt|aws4-hmac-sha256|goog4-rsa-sha256)$|^[~^v]?\d+\.\d+\.\d+$/i.test(
    text,
  )

/** `NextToken`, `LockToken`: where a list goes on, what a change is compared with. */
const OF_LISTS =
  /(?:next|prev|previous|page|paging|pagination|continuation|continue|sync|delta|resume|cursor|scroll|lock|change|request|starting|idempotency)[-_ ]?$/i
/** `arn:aws:secretsmanager:us-west-2:1234:secret:name` */
const IN_RESOURCE = /\barn:[\w-]{1,12}:[\w:-]{1,80}:$/
const RESOURCE_REACH = 100
/** `"AWS::SecretsManager::Secret": ` */
const IN_TYPE = /["']\w{1,30}::(?:\w{1,40}::)?\w{0,40}$/
const TYPE_REACH = 120
const LISTS_REACH = 14
const KEY_FILE = /^[\w./~-]+\.(?:pem|key|crt|cer|der|p12|pfx|jks|pub|asc|gpg|json|ya?ml|txt|env)$/i

/** `imdsv2_session_token` */
const WORDS_OF_CODE = /^[A-Za-z]{2,}\d{0,2}(?:_[A-Za-z]{2,}\d{0,2})+$/

/** `"encryptionKey": "encryptionKey1024"`, a file with the key, a place in a list. */
export function isNoSecret(content: string, start: number, at: number, text: string): boolean {
  const name = content.slice(start, at).toLowerCase()
  if (KEY_FILE.test(text) || WORDS_OF_CODE.test(text) || text.toLowerCase().startsWith(name.replace(/[ _-]/g, '')))
    return true
  if (IN_TYPE.test(content.slice(Math.max(0, start - TYPE_REACH), start))) return true
  if (name === 'token' && OF_LISTS.test(content.slice(Math.max(0, start - LISTS_REACH), start))) return true
  return content[at] === ':' && IN_RESOURCE.test(content.slice(Math.max(0, start - RESOURCE_REACH), start))
}

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/
/** `pass = similarity >= 1`, `pass ? a : b`, `options['pass']`, `Pass : Mixin<Pass>`. */
const GOES_ON = /^(?: ?(?:[<>=!]==?|&&|\|\||\?\?)|\[|<\w|\?\.| \? )/
/** `First pass: determine the length`, `passwd: volání selhalo`. */
const BEGINS_SENTENCE = /^ \p{Ll}/u
const SAYS_MORE = /^(?:pass|passwd|pw|pwd|passw|clave|parola|parool|sifre)$/i
/** `case-sensitive`, `single-threaded`: how something is. */
const QUALITY =
  /^\p{Ll}+-\p{Ll}+(?:ed|ing|able|ible|sensitive|only|free|based|specific|less|dependent|long|wide|like)$/u
const PLACES = /^(?:~?\/[\w.@-]+)+\/?$/
const COLUMNS = /^(?:[a-z]\w*:){2,}[a-z]\w*$/

const ADDRESS = /^https?:\/\/[^:@]*$/i
const UNTYPED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]+$/u

/** `Schweizer Pass: X1234567`, a passport. */
const NATIONAL = /(?:schweizer|deutscher|\p{L}ischer)[ _-]?$/iu
const NATIONAL_REACH = 20

/** What code, messages of programs and forms put behind the word. */
export function isNoPassword(content: string, start: number, at: number, { start: from, end, quoted }: Value): boolean {
  const name = content.slice(start, at)
  const text = content.slice(from, end)
  if (/^pass$/i.test(name) && NATIONAL.test(content.slice(Math.max(0, start - NATIONAL_REACH), start))) return true
  if (/^pwd$/i.test(name) && (PLACES.test(text) || content[from - 1] === '`')) return true
  // Between two quotes that are no pair: `--otp <password>`, or go through ...`.
  if (quoted) return /^[,;.)] /.test(text) || (content[from - 1] === '`' && text.includes(' ')) || isAboutIt(name, text)
  // Nobody types these where a password is asked for: they go on saying something.
  if (UNTYPED.test(text) || ADDRESS.test(text)) return true
  // A word on the next line is rather the next line's.
  const gap = content.slice(at, from)
  if (gap.includes('\n') && !/[\d!@#$%^&*+=?~]/.test(text)) return true
  // `password = url_user_password`: a name of the program's own.
  if (gap === ' = ' && /^[a-z]+(?:_[a-z]+)+$/.test(text)) return true
  if (/^[A-Z]\w*[a-z](?:Password|Passwd|Secret)[A-Z][A-Za-z]*$/.test(text)) return true
  if (QUALITY.test(text) || COLUMNS.test(text) || /^\w+::\w/.test(text)) return true
  if (IDENTIFIER.test(text) && (GOES_ON.test(content.slice(end, end + 4)) || isOwnName(name, text))) return true
  return SAYS_MORE.test(name) && /^\p{L}+$/u.test(text) && BEGINS_SENTENCE.test(content.slice(end, end + 2))
}

/** `"Forgot password?"`, `"The password is wrong"`: words about it, and no password. */
const isAboutIt = (name: string, text: string): boolean =>
  /\s/.test(text) && !/\d\S*\p{L}|\p{L}\S*\d/u.test(text) && text.toLowerCase().includes(name.toLowerCase())

/** `testPass: testPass`, `'proxy_pass': proxy_pass` */
const isOwnName = (name: string, text: string): boolean =>
  !/\d/.test(text) && text.length > name.length && text.toLowerCase().endsWith(name.toLowerCase())

/** `pass "-Zbzip2 -z9"`, `always pass `UInt128``: what a program is handed. */
export const isHanded = (content: string, start: number, at: number, { start: from, end }: Value): boolean =>
  /^pass$/i.test(content.slice(start, at)) && (content[from - 1] === '`' || content.slice(from, end).includes(' '))
