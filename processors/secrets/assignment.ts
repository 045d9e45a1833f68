import { isEvidentSecret, isMachineMade, isStrong, passwordLike } from './looks.ts'
import { isHanded, isNamed, isNoPassword, isNoSecret } from './other-uses.ts'
import { isOfSentence } from './phrases.ts'
import { plausible } from './plausible.ts'
import { chosenAt, endOf, isExpression, valueAt } from './value.ts'

/*
 * A secret that a name announces: `password = "..."`, `"client_secret": "..."`, `my password is ...`. What a person chose
 * needs no more than a plausible value; what a machine makes must look made by one.
 */

export interface Announced {
  readonly start: number
  readonly end: number
  readonly confidence: number
}

/** Between a name and its value: the rest of the name, closing quotes, an operator. */
const OPERATOR =
  /["']?\n\s{0,20}value:\s{1,3}|"\s?\{\s{0,4}\n(?:[^{}\n]{0,120}\n){0,4}?\s{0,8}default\s{0,12}=\s?(?=")|["']\s{0,3},\s{0,3}["'](?:value|val|content|text|data)["']\s{0,3}:\s{0,3}|["']?\s(?:[\w-]{1,20}=["'][^"'\n]{0,60}["']\s){0,4}value\s?=\s?(?=["'])|["'`]?\]?\s{0,3}(?:=>|→|:=|==?|:|：)\s{0,3}|["']?\s*,\s{0,3}(?=["'])|["']?>\s{0,2}(?=[^\s<])|["']?<\/(?:td|th|dt|label|b|strong|span)>\s{0,8}(?:<(?:td|dd|b|span|code|i|p)>){1,2}\s{0,2}(?=[^\s<])/y
const SPOKEN =
  /(?:['’]s|\s{1,2}(?:is|was|ist|lautet|war|est|es|era|e|é|è|is|jest|to|to:|ar|är|er|lyder|là|adalah|είναι|это|هي|هو|היא|הוא|है|:|=|->|reads|(?:(?:has|had) been |was |is |got )?(?:re)?(?:set|changed|updated) to|is now|ist jetzt))\s{1,2}/y
/** `the password for the admin panel is ...`, `password to the portal: ...` */
const SPOKEN_OF =
  /\s(?:for|of|to|on|at|für|zum|zur|vom|von|im|beim|fürs|pour|de|du|des|para|per|del|della|do|da|no|na|al|voor|van|dla|do|till|för|til|для|от|на|к|i|we|you|he|she|they|ich|je)\s[^.!?:;\n"'=(){}]{1,40}?(?:\s(?:is|was|ist|lautet|est|es|è|é|jest|to|är|er|este|это|—|–)\s{1,2}|\s?:\s{1,2}|\s(?=\S{0,30}\d)(?=\S{0,30}[!@#$%^&*?]))/y
/** `parola contului este ...`, `Passwort WLAN: ...`: a word or two between. */
const SPOKEN_NEAR =
  /\s\(?[\p{L}\d-]{2,20}\)?(?:\s[\p{L}\d-]{2,20})?(?:\s(?:is|ist|lautet|est|es|è|é|jest|är|er|este)\s|\s?:\s{1,2})/uy
/** Korean and Japanese. */
const SPOKEN_WIDE = /(?:는|은|は|为|是|為|が|คือ)\s{0,2}(?=[!-~]{4})/y
/** Nothing but a space, a dash or a bracket: the value alone must show what it is. */
const NEXT = /\s?\|\s{0,2}|\s?[-–—]\s|\s{1,2}\(?(?=[^\s(])|\s?\(/y
/** `login: ann / ...`, `credentials are ann:...`: the name of an account before it. */
const ACCOUNT =
  /(?:\s?[:=]|\s[-–—]|\s(?:(?:for|to|on|für|de|para|per|voor|do)\s[^.:;\n]{1,30}?\s)?(?:are|is|was|were|sind|sont|son|sono|zijn))?\s{0,2}["'`]?[A-Za-z0-9][\w.@+-]{2,40}["'`]?\s?[:/|]\s?["'`]?(?=[^\s/:|])/y
const SCHEME = /(?:Bearer|Basic|Token|token)\s+/y
const FLAG = /[ \t]/y
/** `user/password: ...`: both follow. */
const BESIDE_ACCOUNT = /(?:user(?:[ _-]?(?:name|id))?|login|id|email|benutzer|usuario|utente)\s?[/|&+]\s?$/i
const ACCOUNT_REACH = 16

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
  const phrase = chosen ? passphraseAt(content, content.slice(start, at), from) : undefined
  if (phrase !== undefined) return phrase
  const value = chosen ? chosenAt(content, from) : valueAt(content, from)
  if (value === undefined) return undefined
  const text = content.slice(value.start, value.end)
  if (value.proven) return { start: value.start, end: value.end, confidence: spoken === undefined ? 0.85 : 0.75 }
  if (!plausible(text) || (!value.quoted && isExpression(content, value))) return undefined
  if (isNamed(text) || (chosen ? isNoPassword(content, start, at, value) : isNoSecret(content, start, at, text)))
    return undefined
  // Words in a list: `"pass", "return"`.
  if (/,\s*["']?$/.test(content.slice(at, value.start)) && !/\d/.test(text)) return undefined
  const sure = chosen
    ? passwordLike(text, spoken !== undefined, value.quoted) || isWirelessKey(content.slice(start, at), text)
    : isMachineMade(text)
  return sure ? { start: value.start, end: value.end, confidence: spoken === undefined ? 0.85 : 0.75 } : undefined
}

/** What programs make of a password for a wireless network. */
const isWirelessKey = (name: string, text: string): boolean => /psk$/i.test(name) && /^[0-9a-f]{64}$/i.test(text)

/** `machine api.example.org login ann password ...`: what programs read to sign in. */
const SIGNS_IN = /\bmachine\s{1,8}\S{1,80}\s{1,8}login\s{1,8}\S{1,80}\s{1,8}$/
const SIGNS_IN_REACH = 190

function signingIn(content: string, start: number, at: number): Announced | undefined {
  if (!/\s/.test(content.charAt(at)) || !SIGNS_IN.test(content.slice(Math.max(0, start - SIGNS_IN_REACH), start)))
    return undefined
  const value = /^\s{1,8}(\S{1,200})/.exec(content.slice(at, at + 210))
  if (value === null || !plausible(value[1]!)) return undefined
  const from = at + value[0].length - value[1]!.length
  return { start: from, end: at + value[0].length, confidence: 0.85 }
}

/** A value that shows by itself what it is, some way behind its name. */
function evident(content: string, start: number, at: number, chosen: boolean): Announced | undefined {
  if (chosen) {
    const signed = signingIn(content, start, at)
    if (signed !== undefined) return signed
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
  const name = content.slice(start, at)
  const sure = chosen
    ? isStrong(text, name) || (value.quoted && isPassphrase(text, name)) || isBesideAccount(content, start, text)
    : isEvidentSecret(text, name)
  return sure ? { start: value.start, end: value.end, confidence: EVIDENT } : undefined
}

const EVIDENT = 0.7

/** `passphrase: seven green otters dance`, to the end of the line. */
const LOWER_WORDS = /\p{Ll}{2,20}(?: \p{Ll}{2,20}){3,11}(?=\.?(?:$|[\r\n]))/uy

function passphraseAt(content: string, name: string, from: number): Announced | undefined {
  const end = NAMES_PHRASE.test(name) ? endOf(LOWER_WORDS, content, from) : undefined
  if (end === undefined || !isPassphrase(content.slice(from, end), name)) return undefined
  return { start: from, end, confidence: 0.75 }
}
const NAMES_PHRASE = /^pass ?phrase$/i

/** `the passphrase of the key is "seven green otters dance"` */
const isPassphrase = (text: string, name: string): boolean =>
  NAMES_PHRASE.test(name) && /^\p{Ll}+(?: \p{Ll}+){3,11}$/u.test(text) && !text.split(' ').some(isOfSentence)

/** `log in with user demo and password m00nrise42` */
const ACCOUNT_BEFORE =
  /(?:user(?:name)?|login|account|benutzer(?:name)?|usuario|utilisateur|utente|gebruiker)\s["'`]?[\w.@-]{2,40}["'`]?,?\s(?:and|und|et|y|e|en|och|og|with|mit|avec|con|com|met)\s(?:the\s|dem\s|le\s|la\s)?$/i
const ACCOUNT_BEFORE_REACH = 80

const isBesideAccount = (content: string, start: number, text: string): boolean =>
  /^(?=\S*\d)(?=\S*\p{L})\S{7,40}$/u.test(text) &&
  plausible(text) &&
  ACCOUNT_BEFORE.test(content.slice(Math.max(0, start - ACCOUNT_BEFORE_REACH), start))

/** The password behind the name of its account. */
export function pairedPassword(content: string, at: number): Announced | undefined {
  const from = endOf(ACCOUNT, content, at)
  const value = from === undefined ? undefined : chosenAt(content, from)
  if (value === undefined) return undefined
  if (!value.proven && !isStrong(content.slice(value.start, value.end), '')) return undefined
  return { start: value.start, end: value.end, confidence: EVIDENT }
}
