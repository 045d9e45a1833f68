import { plausible, random } from './plausible.ts'

/*
 * A secret that a name announces: `password = "..."`, `"client_secret": "..."`, `my password is ...`. What a person chose
 * needs no more than a plausible value; what a machine makes must look made by one.
 */

export interface Announced {
  readonly start: number
  readonly end: number
  readonly confidence: number
}

/** Words for what people choose. */
export const PASSWORD_WORDS: readonly string[] = [
  'password', 'passwd', 'passphrase', 'pgpassword', 'dbpassword', 'dbpasswd', 'dbpwd', 'rootpassword', 'adminpassword',
  'userpassword', 'loginpassword', 'keypass', 'storepass', 'pwd', 'pass', 'userpass', 'dbpass', 'mot de passe', 'mdp', 'passwort', 'kennwort', 'contrasena', 'clave',
  'senha', 'palavra passe', 'wachtwoord', 'haslo', 'parola', 'losenord', 'sifre', 'adgangskode', 'salasana', 'heslo',
  'пароль', 'contraseña', '密码', 'パスワード', '비밀번호',
] // prettier-ignore

/** Words for what machines make. */
export const SECRET_WORDS: readonly string[] = [
  'secret', 'client secret', 'app secret', 'api secret', 'consumer secret', 'secret key', 'secret access key', 'api key',
  'apikey', 'api token', 'access key', 'access token', 'auth token', 'auth key', 'authorization', 'bearer', 'refresh token',
  'private key', 'signing key', 'encryption key', 'master key', 'token', 'webhook secret', 'session secret', 'credential',
  'credentials', 'license key', 'account key', 'service key', 'app key', 'application key', 'deploy key', 'x api key',
  'schlussel', 'cle api', 'clave api', 'chiave api', 'chave api', 'klucz api', 'jeton', 'ficha',
] // prettier-ignore

/** Between a name and its value: the rest of the name, closing quotes, an operator. */
const OPERATOR = /["'`\]]?\s{0,3}(?:=>|:=|==?|:)\s{0,3}|["']?\s*,\s{0,3}(?=["'])|["']?>\s{0,2}(?=[^\s<])/y
const SPOKEN =
  /\s{1,2}(?:is|was|ist|lautet|war|est|es|era|e|é|is|jest|to|to:|ar|är|:|=|->|has been set to|is now|is set to)\s{1,2}/y
const SCHEME = /(?:Bearer|Basic|Token|token)\s+/y
const FLAG = /\s/y
const QUOTED = /(["'`])((?:(?!\1)[^\\\n]|\\.){1,400})\1/y
const BARE = /[^\s"'`<>,;(){}[\]]{1,400}/y

/** Of a query or form: `token=...&scope=all`. */
const NEXT_FIELD = /&[\w.%-]{1,40}=.*$/

const LEAST_PASSWORD = 4
const LEAST_SECRET = 16

/** `options to pass to 'rustfmt'` */
const isVerb = (content: string, start: number, at: number): boolean =>
  content.slice(start, at).toLowerCase() === 'pass' && /^\s{1,2}to\s/.test(content.slice(at, at + 5))

/** `needs no password: whoever may ...` */
const DENIED = /(?:^|[^\p{L}])(?:no|without|any|kein|keine|ohne|sans|sin|senza|sem|geen|zonder|bez)\s{1,2}$/iu
const DENIED_REACH = 12

/** The value that the name ending at `at` announces. */
export function announced(content: string, start: number, at: number, chosen: boolean): Announced | undefined {
  const flag = content.startsWith('--', start - 2) ? FLAG : undefined
  const operator = endOf(OPERATOR, content, at) ?? (flag && endOf(flag, content, at))
  const spoken = operator === undefined && !isVerb(content, start, at) ? endOf(SPOKEN, content, at) : undefined
  let from = operator ?? spoken ?? (chosen ? undefined : endOf(SCHEME, content, start))
  if (from === undefined || DENIED.test(content.slice(Math.max(0, start - DENIED_REACH), start))) return undefined
  from = endOf(SCHEME, content, from) ?? from
  const value = valueAt(content, from)
  if (value === undefined) return undefined
  const text = content.slice(value.start, value.end)
  if (!plausible(text) || (!value.quoted && isExpression(content, value))) return undefined
  // Words in a list: `"pass", "return"`.
  if (/,\s*["']?$/.test(content.slice(at, value.start)) && !/\d/.test(text)) return undefined
  const sure = chosen ? passwordLike(text, spoken !== undefined, value.quoted) : isMachineMade(text)
  return sure ? { start: value.start, end: value.end, confidence: spoken === undefined ? 0.85 : 0.75 } : undefined
}

/** A call, or a path in a program's or a text's own markup. */
const isExpression = (content: string, { start, end }: { start: number; end: number }): boolean =>
  content[end] === '(' || content[start] === ':' || /^[a-z_]\w*\.[A-Za-z_.]+$/.test(content.slice(start, end))

/** What an announced secret looks like. */
export const isMachineMade = (value: string): boolean =>
  !/\s|^[a-z]{2,10}:\/\//i.test(value) && value.length >= LEAST_SECRET && random(value) && plausible(value)

const MOST_VALUE = 400
const LEAST_WORDS = 4

/** What an announced password looks like: few words with nothing but letters are rather a sentence. */
export function mayBeChosen(value: string): boolean {
  if (value.length > MOST_VALUE || !plausible(value) || !passwordLike(value, false, true)) return false
  const words = value.split(/\s+/)
  return words.length === 1 || words.length >= LEAST_WORDS || /[\d\W_]/.test(value.replace(/\s/g, ''))
}

/** In a sentence, and without quotes, a word alone is rather the sentence's. */
function passwordLike(text: string, spoken: boolean, quoted: boolean): boolean {
  if (text.length < LEAST_PASSWORD || /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|\$2[aby]\$.*)$/i.test(text))
    return false
  const mixed = /[^\p{L}\p{M}“”„«»‘’]/u.test(text.slice(0, -1)) || /[a-z][A-Z]/.test(text)
  return spoken && !quoted ? mixed : mixed || text.length >= 6
}

function valueAt(content: string, from: number): { start: number; end: number; quoted: boolean } | undefined {
  QUOTED.lastIndex = from
  const quoted = QUOTED.exec(content)
  if (quoted !== null) return { start: from + 1, end: from + 1 + quoted[2]!.length, quoted: true }
  const end = endOf(BARE, content, from)
  if (end === undefined) return undefined
  const bare = content.slice(from, end).replace(NEXT_FIELD, '')
  return { start: from, end: from + bare.replace(/[.,!?:]+$/, '').length, quoted: false }
}

function endOf(pattern: RegExp, content: string, at: number): number | undefined {
  pattern.lastIndex = at
  return pattern.test(content) ? pattern.lastIndex : undefined
}
