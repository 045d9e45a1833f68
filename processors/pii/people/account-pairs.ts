import { MARK_SIZE } from '../../scan/index.ts'
import type { Report } from '../finder.ts'
import type { WordSet } from '../around/word-set.ts'
import { account, IN_SENTENCES, LIKELY, LOOKS_CHOSEN, PLAIN_WORDS } from './account.ts'
import { FILE, isNobodys } from './no-accounts.ts'

/* Names of accounts that are known by the password behind them. */

/** What announces an account and its password: `creds: ann / ...`. */
export const PAIR_WORDS: string =
  'creds|cred|credentials|logins|login|log in|login details|login data|zugangsdaten|anmeldedaten|logindaten|identifiants|' +
  'credenciales|credenziali|credenciais|inloggegevens|dane logowania|giris bilgileri|inloggningsuppgifter'
/** The name, a sign, and what holds a digit as passwords do. */
export const PAIR: RegExp =
  /((?:\s?[:=]|\s[-–—]|\s(?:(?:for|to|on|für|de|para|per|voor|do)\s[^.:;\n]{1,30}?\s)?(?:are|is|were|sind|sont|son|sono|zijn))?\s{0,2}["'`]?)([A-Za-z0-9][\w.+-]{1,40})["'`]?\s?[:/|]\s?["'`]?(?=[^\s/:|"']{0,30}\d)(?=[^\s/:|"']{0,30}[A-Z!@#$%&*?])(?=[^\s/:|]{6})/y
export const PASSWORDS: string =
  'password|passwort|passwd|passcode|pass|pwd|pw|kennwort|mot de passe|mdp|contraseña|clave|senha|wachtwoord|hasło|parola|şifre|lösenord|пароль'
/** As the vocabulary hears them. */
export const PASSWORD_WORDS: string = 'contrasena|haslo|sifre|losenord|Пароль'
const PASSWORD_REACH = 110
/** `login: ann, password: ...`, `the login for the shop is ann and the password is ...`. */
export const BEFORE_PASSWORD: RegExp = new RegExp(
  '((?:["\']?\\s?[:=]\\s?|\\s(?:[^.:;\\n]{1,40}?\\s)?(?:is|ist|est|es|è|é|jest|är|er|lautet)\\s|\\s)["\'“«`]?)' +
    '([A-Za-z0-9][A-Za-z0-9._+-]{1,62}[A-Za-z0-9_])["\'”»`]?\\s?[,;/|&+-]?\\s{0,2}' +
    '(?:(?:and|with|und|mit|et|avec|y|con|e|com|en|met|i|z|ve|och|med)\\s(?:the\\s|das\\s|le\\s|la\\s|el\\s|a\\s|o\\s|het\\s)?)?["\']?' +
    `(?<![A-Za-z0-9])(?:${PASSWORDS})` +
    '["\']?\\s?(?:[:=]|is\\s|ist\\s|est\\s|es\\s|è\\s|é\\s|to\\s|är\\s|lautet\\s)?\\s?["\'“«`]?(?=[^\\s"\']{0,30}\\d)',
  'iy',
)

/** In a pair, or before its password: a plain word needs a sign. */
export function findPaired(content: string, word: string, end: number, pair: RegExp, report: Report): boolean {
  pair.lastIndex = end
  const said = pair.exec(content)
  if (said === null) return false
  const [, lead, value] = said as unknown as [string, string, string]
  if (isNobodys(value) || /^\d+$/.test(value)) return false
  const isNamed =
    /[:=–—-]/.test(lead) || (pair === BEFORE_PASSWORD && IN_SENTENCES.test(word) && !PLAIN_WORDS.test(word))
  if (!isNamed && (!LOOKS_CHOSEN.test(value) || FILE.test(value))) return false
  report(account(value, end + lead.length + value.length, LIKELY))
  return true
}

/** Cheap: whether a word for a password follows. */
export function isBefore(marks: Int32Array, mark: number, passwords: WordSet): boolean {
  const until = marks[mark + 2]! + PASSWORD_REACH
  for (let at = mark + MARK_SIZE; at < marks.length && marks[at + 1]! < until; at += MARK_SIZE)
    if (passwords.has(marks[at]!)) return true
  return false
}
