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

interface Value {
  readonly start: number
  readonly end: number
  readonly quoted: boolean
  /** Strong with the brackets or quotes that are in it. */
  readonly proven?: true
}

/** Between a name and its value: the rest of the name, closing quotes, an operator. */
const OPERATOR =
  /["']?\n\s{0,20}value:\s{1,3}|["']\s{0,3},\s{0,3}["'](?:value|val|content|text|data)["']\s{0,3}:\s{0,3}|["']?\s(?:[\w-]{1,20}=["'][^"'\n]{0,60}["']\s){0,4}value\s?=\s?(?=["'])|["'`\]]?\s{0,3}(?:=>|→|:=|==?|:|：)\s{0,3}|["']?\s*,\s{0,3}(?=["'])|["']?>\s{0,2}(?=[^\s<])|["']?<\/(?:td|th|dt|label|b|strong|span)>\s{0,8}(?:<(?:td|dd|b|span|code|i|p)>){1,2}\s{0,2}(?=[^\s<])/y
const SPOKEN =
  /(?:['’]s|\s{1,2}(?:is|was|ist|lautet|war|est|es|era|e|é|è|is|jest|to|to:|ar|är|er|lyder|:|=|->|reads|(?:(?:has|had) been |was |is |got )?(?:re)?(?:set|changed|updated) to|is now|ist jetzt))\s{1,2}/y
/** `the password for the admin panel is ...`, `password to the portal: ...` */
const SPOKEN_OF =
  /\s(?:for|of|to|on|at|für|zum|zur|vom|von|im|beim|fürs|pour|de|du|des|para|per|del|della|do|da|no|na|al|voor|van|dla|do|till|för|til|i|we|you|he|she|they|ich|je)\s[^.!?:;\n"'=(){}]{1,40}?(?:\s(?:is|was|ist|lautet|est|es|è|é|jest|to|är|er|este)\s{1,2}|\s?:\s{1,2}|\s(?=\S{0,30}\d)(?=\S{0,30}[!@#$%^&*?]))/y
/** `parola contului este ...`, `Passwort WLAN: ...`: a word or two between. */
const SPOKEN_NEAR =
  /\s\(?[\p{L}\d-]{2,20}\)?(?:\s[\p{L}\d-]{2,20})?(?:\s(?:is|ist|lautet|est|es|è|é|jest|är|er|este)\s|\s?:\s{1,2})/uy
/** Korean and Japanese. */
const SPOKEN_WIDE = /(?:는|은|は|为|是|為|が)\s{0,2}(?=[!-~]{4})/y
/** Nothing but a space, a dash or a bracket: the value alone must show what it is. */
const NEXT = /\s?\|\s{0,2}|\s{1,2}\(?(?=[^\s(])|\s?[-–—]\s|\s?\(/y
/** `login: ann / ...`, `credentials are ann:...`: the name of an account before it. */
const ACCOUNT =
  /(?:\s?[:=]|\s[-–—]|\s(?:(?:for|to|on|für|de|para|per|voor|do)\s[^.:;\n]{1,30}?\s)?(?:are|is|was|were|sind|sont|son|sono|zijn))?\s{0,2}["'`]?[A-Za-z0-9][\w.@+-]{2,40}["'`]?\s?[:/|]\s?["'`]?(?=[^\s/:|])/y
const SCHEME = /(?:Bearer|Basic|Token|token)\s+/y
const FLAG = /[ \t]/y
const QUOTED = /(["'`])((?:(?!\1)[^\\\n]|\\.){1,400})\1/y
const BARE = /[^\s"'`<>,;(){}[\]]{1,400}/y

/** Of a query or form: `token=...&scope=all`. */
const NEXT_FIELD = /&[\w.%-]{1,40}=.*$/

const LEAST_PASSWORD = 4
const LEAST_SECRET = 16

/** `user/password: ...`: both follow. */
const BESIDE_ACCOUNT = /(?:user(?:[ _-]?(?:name|id))?|login|id|email|benutzer|usuario|utente)\s?[/|&+]\s?$/i
const ACCOUNT_REACH = 16

/** Brackets and all, as machines make passwords. */
const WIDE = /[^\s"'`]{8,64}/y
const BRACKETS = ['()', '[]', '{}', '<>']

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
  let from =
    operator ?? spoken ?? endOf(SPOKEN_WIDE, content, at) ?? (chosen ? undefined : endOf(SCHEME, content, start))
  if (from === undefined) return evident(content, start, at, chosen)
  if (chosen && BESIDE_ACCOUNT.test(content.slice(Math.max(0, start - ACCOUNT_REACH), start))) {
    const paired = pairedPassword(content, at)
    if (paired !== undefined) return paired
  }
  if (DENIED.test(content.slice(Math.max(0, start - DENIED_REACH), start))) return undefined
  from = endOf(SCHEME, content, from) ?? from
  const value = chosen ? chosenAt(content, from) : valueAt(content, from)
  if (value === undefined) return undefined
  const text = content.slice(value.start, value.end)
  if (value.proven) return { start: value.start, end: value.end, confidence: spoken === undefined ? 0.85 : 0.75 }
  if (!plausible(text) || (!value.quoted && isExpression(content, value))) return undefined
  if (isNamed(text) || (chosen ? isNoPassword(content, start, at, value) : isNoSecret(content, start, at, text)))
    return undefined
  // Words in a list: `"pass", "return"`.
  if (/,\s*["']?$/.test(content.slice(at, value.start)) && !/\d/.test(text)) return undefined
  const sure = chosen ? passwordLike(text, spoken !== undefined, value.quoted) : isMachineMade(text)
  return sure ? { start: value.start, end: value.end, confidence: spoken === undefined ? 0.85 : 0.75 } : undefined
}

/** `scram-sha-256`, `^1.0.0`: a method, a version. */
const isNamed = (text: string): boolean =>
  /^(?:scram-|hmac-)?sha-?\d{1,3}(?:-plus)?$|^(?:argon2(?:id?|d)|pbkdf2|bcrypt|scrypt)$|^[~^v]?\d+\.\d+\.\d+$/i.test(
    text,
  )

/** `NextToken`, `LockToken`: where a list goes on, what a change is compared with. */
const OF_LISTS =
  /(?:next|prev|previous|page|paging|pagination|continuation|continue|sync|delta|resume|cursor|scroll|lock|change|request|starting|idempotency)[-_ ]?$/i
/** `arn:aws:secretsmanager:us-west-2:1234:secret:name` */
const IN_RESOURCE = /\barn:[\w-]{1,12}:[\w:-]{1,80}:$/
const RESOURCE_REACH = 100
const LISTS_REACH = 14
const KEY_FILE = /^[\w./~-]+\.(?:pem|key|crt|cer|der|p12|pfx|jks|pub|asc|gpg|json|ya?ml|txt|env)$/i

/** `"encryptionKey": "encryptionKey1024"`, a file with the key, a place in a list. */
function isNoSecret(content: string, start: number, at: number, text: string): boolean {
  const name = content.slice(start, at).toLowerCase()
  if (KEY_FILE.test(text) || text.toLowerCase().startsWith(name.replace(/[ _-]/g, ''))) return true
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

/** What code, messages of programs and forms put behind the word. */
function isNoPassword(content: string, start: number, at: number, { start: from, end, quoted }: Value): boolean {
  const name = content.slice(start, at)
  const text = content.slice(from, end)
  if (/^pwd$/i.test(name) && (PLACES.test(text) || content[from - 1] === '`')) return true
  // Between two quotes that are no pair: `--otp <password>`, or go through ...`.
  if (quoted) return /^[,;.)] /.test(text)
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

/** `testPass: testPass`, `'proxy_pass': proxy_pass` */
const isOwnName = (name: string, text: string): boolean =>
  !/\d/.test(text) && text.length > name.length && text.toLowerCase().endsWith(name.toLowerCase())

/** A value that shows by itself what it is, some way behind its name. */
function evident(content: string, start: number, at: number, chosen: boolean): Announced | undefined {
  if (chosen) {
    const spoken = endOf(SPOKEN_OF, content, at) ?? endOf(SPOKEN_NEAR, content, at)
    const found = spoken === undefined ? undefined : evidentAt(content, start, at, spoken, true)
    if (found !== undefined) return found
  }
  const from = endOf(NEXT, content, at)
  return from === undefined ? undefined : evidentAt(content, start, at, from, chosen)
}

function evidentAt(content: string, start: number, at: number, from: number, chosen: boolean): Announced | undefined {
  const value = chosen ? chosenAt(content, from) : valueAt(content, from)
  if (value === undefined) return undefined
  if (value.proven) return { start: value.start, end: value.end, confidence: EVIDENT }
  if (!value.quoted && isExpression(content, value)) return undefined
  const text = content.slice(value.start, value.end)
  if (isHanded(content, start, at, value)) return undefined
  const sure = chosen ? isStrong(text, content.slice(start, at)) : isEvidentSecret(text, content.slice(start, at))
  return sure ? { start: value.start, end: value.end, confidence: EVIDENT } : undefined
}

const EVIDENT = 0.7

/** `pass "-Zbzip2 -z9"`, `always pass `UInt128``: what a program is handed. */
const isHanded = (content: string, start: number, at: number, { start: from, end }: Value): boolean =>
  /^pass$/i.test(content.slice(start, at)) && (content[from - 1] === '`' || content.slice(from, end).includes(' '))

/** The password behind the name of its account. */
export function pairedPassword(content: string, at: number): Announced | undefined {
  const from = endOf(ACCOUNT, content, at)
  const value = from === undefined ? undefined : chosenAt(content, from)
  if (value === undefined) return undefined
  if (!value.proven && !isStrong(content.slice(value.start, value.end), '')) return undefined
  return { start: value.start, end: value.end, confidence: EVIDENT }
}

/** Words that are as well others of a sentence: what follows them must be stranger. */
const AMBIGUOUS = /^(?:pass|clave|parola|parool|sifre)$/i
/** Versions, standards and methods, measures, files, places in a program, addresses. */
const NO_PASSWORD =
  /^(?:o?auth|base|sha|md\d|pbkdf|bcrypt|scrypt|argon|web|https?|ios|windows|python|utf|ipv|rfc|iso|nist|ntlm|v?\d+(?:[.-]\d+)*[a-z]{0,3}$)|:\/\/|^[\w.+-]+@[\w-]+\.[a-z]|\.[A-Za-z]{1,5}(?::\d+)?$|^\d+[- ]?[a-z]+$/i
/** `isValidToken2`: what programs name. */
const NAMED_IN_CODE = /^[a-z]{2,}(?:[A-Z][a-z]{2,})+\d?$/
const LEAST_STRONG = 7

/** Small and capital letters, digits and marks: three of these, as in no word. */
function isStrong(text: string, name: string, bracketed = false): boolean {
  if (
    text.length < LEAST_STRONG ||
    NO_PASSWORD.test(text) ||
    NAMED_IN_CODE.test(text) ||
    !plausible(bracketed ? text.replace(/[()[\]{}]/g, '') : text) ||
    !/\d/.test(text)
  )
    return false
  const mark = /[!@#$%^&*+=?~]/.test(text)
  const kinds = Number(/[a-z]/.test(text)) + Number(/[A-Z]/.test(text)) + 1 + Number(mark)
  return kinds >= 3 && (mark || /\d\D*\d/.test(text) || !AMBIGUOUS.test(name))
}

/** `API_SECRET 8f3a...`, and what mixes all kinds of letters in any sentence. */
const isEvidentSecret = (text: string, name: string): boolean =>
  isMachineMade(text) &&
  (/^[A-Z][A-Z_]+$/.test(name) || (text.length > 23 && /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d.*\d/.test(text)))

/** A call, or a path in a program's or a text's own markup. */
const isExpression = (content: string, { start, end }: Value): boolean =>
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

function valueAt(content: string, from: number): Value | undefined {
  QUOTED.lastIndex = from
  const quoted = QUOTED.exec(content)
  if (quoted !== null) return { start: from + 1, end: from + 1 + quoted[2]!.length, quoted: true }
  const end = endOf(BARE, content, from)
  if (end === undefined) return undefined
  const bare = content.slice(from, end).replace(NEXT_FIELD, '')
  return { start: from, end: from + bare.replace(/[.,!?:]+$/, '').length, quoted: false }
}

/** A call, a tag, a field of a query, a list. */
const OF_CODE = /<\/|^[A-Za-z_.]+[([{]|^\*+\w+\(|^[A-Za-z_]\w*(?:\.\w+)+\(|^[A-Za-z_]\w*\($|&\w+=|,/
/** Behind a pair a program goes on with a sign; and a pair around a name is a gap to be filled, around a class an expression. */
const PAIR_INSIDE = /^[^<>]*[)\]}](?:[A-Za-z0-9@#$^~]|[!%&*][A-Za-z0-9])/
const FILLED = /[${<%]\{|\{[A-Za-z_.]*\}|\[[^\]]*-[^\]]*\]|\\[dws]|\)[*+?]|,|=>|&\w+=|<\/|["'`]/

/** A password with brackets in it, unlike those of a program: not in pairs, or with more of it right behind one. */
function wideAt(content: string, from: number): Value | undefined {
  const end = endOf(WIDE, content, from)
  if (end === undefined) return undefined
  const text = content.slice(from, end).replace(/[)\]}>,;.:]+$/, '')
  const count = (sign: string): number => text.split(sign).length - 1
  const arePairs = BRACKETS.every((pair) => count(pair[0]!) === count(pair[1]!))
  const isOfCode = arePairs ? !PAIR_INSIDE.test(text) || FILLED.test(text) : OF_CODE.test(text)
  if (isOfCode || !isStrong(text, '', arePairs)) return undefined
  return { start: from, end: from + text.length, quoted: false, proven: true }
}

/** Behind a quote that is a part of it: `"p@"ss9!x"`, as escaped quotes are read, and `it's-R41ning`. */
const AFTER_QUOTE = /[A-Za-z0-9!@#$%^*_~-][^\s"'`<>,;:(){}[\]=]{0,40}/y
const CLOSES = /[\s,;)}\]>]|$/y

/** People end passwords with `!`, sentences with them seldom. */
function withMark(content: string, value: Value): Value {
  const { start, end, quoted } = value
  const marked = !quoted && content[end] === '!' && /\d/.test(content.slice(start, end))
  return marked && endOf(CLOSES, content, end + 1) !== undefined ? { start, end: end + 1, quoted } : value
}

/** A value with a quote in the midst of it, if what goes on behind the quote is no text of its own. */
function withQuote(content: string, value: Value): Value | undefined {
  const { start, end, quoted } = value
  const sign = content[end]!
  if (quoted ? sign !== content[start - 1] : sign !== "'" && sign !== '"') return undefined
  const last = endOf(AFTER_QUOTE, content, end + 1)
  if (last === undefined || (quoted && content[last] !== sign)) return undefined
  if (endOf(CLOSES, content, quoted ? last + 1 : last) === undefined) return undefined
  const text = content.slice(start, last).replace(/[.,!?:]+$/, quoted ? '$&' : '')
  return isStrong(text, '', true) ? { start, end: start + text.length, quoted, proven: true } : undefined
}

function chosenAt(content: string, from: number): Value | undefined {
  const wide = wideAt(content, from)
  if (wide !== undefined) return wide
  const value = valueAt(content, from)
  return value && (withQuote(content, value) ?? withMark(content, value))
}

function endOf(pattern: RegExp, content: string, at: number): number | undefined {
  pattern.lastIndex = at
  return pattern.test(content) ? pattern.lastIndex : undefined
}
