import { MARK_SIZE, type Vocabulary } from '../../scan/index.ts'
import { learn } from '../context.ts'
import type { Finder, Report, Sighting } from '../finder.ts'
import type { WordSet } from '../word-set.ts'

/* The names of accounts, where a word and a sign say that one follows. Soft: no structure decides it. */

export const USERNAME = 'USERNAME'

const LIKELY = 0.65
/** Said in words: `my username is ann82`. */
const POSSIBLE = 0.6

const WORDS =
  'nutzer|username|user name|usernames|userid|user id|user|login|loginname|login name|account name|accountname|screen name|screenname|' +
  'handle|nickname|nick|logon|samaccountname|uid|benutzername|benutzer|nutzername|anmeldename|benutzerkennung|' +
  'nom d utilisateur|identifiant|utilisateur|pseudo|nombre de usuario|usuario|nome utente|utente|nome de usuario|' +
  'nome de utilizador|utilizador|gebruikersnaam|gebruiker|inlognaam|nazwa uzytkownika|uzytkownik|kullanici adi|kullanici|' +
  'anvandarnamn|brukernavn|brugernavn|kayttajatunnus|uzivatelske jmeno|nume de utilizator|felhasznalonev|' +
  'gamertag|gamer tag|psn id|steam id|discord tag|skype id|skype name|apodo|alias|konto navn|nimimerkki|meno uzivatela|nutzerkennung|' +
  'kennung|anmeldekennung|zugangskennung|nom de compte|nombre de cuenta|nome account|nome conta|accountnaam|nazwa konta|hesap adi|kontonamn|' +
  'логин|имя пользователя|пользователь|用户名|账号名|ユーザー名|ユーザー名は|사용자 이름|아이디|اسم المستخدم|उपयोगकर्ता नाम'

/** Words that name accounts and nothing else: a value may follow them in a sentence. */
const IN_SENTENCES =
  /(?:gamer ?tag|psn id|steam id|discord tag|skype (?:id|name)|apodo|alias|username|user ?name|user ?id|login|login ?name|account ?name|screen ?name|nick|nickname|handle|benutzername|nutzername|anmeldename|benutzerkennung|nom d.utilisateur|identifiant|pseudo|nombre de usuario|nome utente|nome de usu[aá]rio|nome de utilizador|gebruikersnaam|inlognaam|nazwa użytkownika|kullanıcı adı|användarnamn|brukernavn|brugernavn)$/i
/** What follows is an account if it looks like one. */
const AS_WORDS =
  'accepted password for|failed password for|accepted publickey for|password changed for|' +
  'logged in as|log in as|logging in as|signed in as|sign in as|login as|angemeldet als|einloggen als|connecte en tant que|conectado como|ingelogd als'

/** What announces an account and its password: `creds: ann / ...`. */
const PAIR_WORDS =
  'creds|cred|credentials|logins|login|log in|login details|login data|zugangsdaten|anmeldedaten|logindaten|identifiants|' +
  'credenciales|credenziali|credenciais|inloggegevens|dane logowania|giris bilgileri|inloggningsuppgifter'
/** The name, a sign, and what holds a digit as passwords do. */
const PAIR =
  /((?:\s?[:=]|\s[-–—]|\s(?:(?:for|to|on|für|de|para|per|voor|do)\s[^.:;\n]{1,30}?\s)?(?:are|is|were|sind|sont|son|sono|zijn))?\s{0,2}["'`]?)([A-Za-z0-9][\w.+-]{1,40})["'`]?\s?[:/|]\s?["'`]?(?=[^\s/:|"']{0,30}\d)(?=[^\s/:|"']{0,30}[A-Z!@#$%&*?])(?=[^\s/:|]{6})/y
const PASSWORDS =
  'password|passwort|passwd|passcode|pass|pwd|pw|kennwort|mot de passe|mdp|contraseña|clave|senha|wachtwoord|hasło|parola|şifre|lösenord|пароль'
/** As the vocabulary hears them. */
const PASSWORD_WORDS = 'contrasena|haslo|sifre|losenord|Пароль'
const PASSWORD_REACH = 110
/** `login: ann, password: ...`, `the login for the shop is ann and the password is ...`. */
const BEFORE_PASSWORD = new RegExp(
  '((?:["\']?\\s?[:=]\\s?|\\s(?:[^.:;\\n]{1,40}?\\s)?(?:is|ist|est|es|è|é|jest|är|er|lautet)\\s|\\s)["\'“«`]?)' +
    '([A-Za-z0-9][A-Za-z0-9._+-]{1,62}[A-Za-z0-9_])["\'”»`]?\\s?[,;/|&+-]?\\s{0,2}' +
    '(?:(?:and|with|und|mit|et|avec|y|con|e|com|en|met|i|z|ve|och|med)\\s(?:the\\s|das\\s|le\\s|la\\s|el\\s|a\\s|o\\s|het\\s)?)?["\']?' +
    `(?<![A-Za-z0-9])(?:${PASSWORDS})` +
    '["\']?\\s?(?:[:=]|is\\s|ist\\s|est\\s|es\\s|è\\s|é\\s|to\\s|är\\s|lautet\\s)?\\s?["\'“«`]?(?=[^\\s"\']{0,30}\\d)',
  'iy',
)

/** Where people have accounts: what follows is one with an `@`, or with a sign and digits in it. */
const PLACES =
  'instagram|insta|ig|twitter|tiktok|tik tok|snapchat|snap|discord|reddit|twitch|skype|steam|psn|xbox live|battletag|telegram|mastodon|bluesky|threads|follow me|follow us|dm me|' +
  'add me|find me|message me|ping me|tag me|follow her|follow him'
const AT_PLACE =
  /(?: (?:is|on|at|handle|account|user(?:name)?|as))?(?: ?[:=-]| ?\()? ?@([A-Za-z0-9][A-Za-z0-9._-]{1,38}[A-Za-z0-9_])(?![A-Za-z0-9_@(])/y
const SIGNED_PLACE =
  /(?: ?: ?| is )([A-Za-z][A-Za-z._-]{0,30}\d[A-Za-z0-9._-]{0,16}(?<=\w{4})|[A-Za-z]{2,20}_[A-Za-z0-9_]{2,20}|live[.:][a-z0-9._-]{3,30})(?![A-Za-z0-9_@(/])(?!\.\w)/y
/** `my discord is ann#4412` */
const TAGGED = /(?: (?:is|name|tag|user(?:name)?|id))?(?: ?[:=-])? ?([\w.]{2,32}#\d{4})(?!\w)/y

const LOOKS_CHOSEN = /\d|[._]/

/** `the handle is currently open`: only a word for names is followed by any. */
const saysWhose = (word: string, said: string, value: string): boolean =>
  /name|namn|navn|identifiant|pseudo|usuario|utente|adı/i.test(word) || LOOKS_CHOSEN.test(value) || /["'“«`]/.test(said)

/** What they are given may be the number of a row. */
const DATE = /^\d{4}-\d\d-\d\d/
const NUMBER_WORDS = /^(?:user|user[ _]?id|uid)$/i

const VALUE = '([A-Za-z0-9][A-Za-z0-9._-]{1,62}[A-Za-z0-9_])(?![A-Za-z0-9_@([])'
const AS = new RegExp(` ["'“«\`]?@?${VALUE}`, 'y')
const SIGN = new RegExp(`["']?(?: ?[:=] ?|：| [-–—] (?=\\S*[\\d_.]))["']?@?${VALUE}`, 'y')
/** A space alone: `the username ann82 is taken`. */
const NEXT = new RegExp(` ["'“«\`(]?@?${VALUE}`, 'y')
/** Letters with digits or marks among them. */
const CHOSEN = /^(?=.*[a-z])(?:[A-Za-z][\w.-]*\d[\w.-]*|[A-Za-z]{2,}[._][A-Za-z][\w.]*)$/i
/** `user iPhone13`, `login page2`: after a word that is more than a name's, more of it. */
const CHOSEN_USER = /^[a-z][\w.]{2,}\d\d\w*$|^(?:[A-Z][a-z]{2,}){2}\d+$|^[a-z]{2,}[._][a-z]{2,}\d*$/
const PLAIN_WORDS = /^(?:user|users?|login|nutzer|benutzer|utilisateur|usuario|utente|gebruiker|account|konto)$/i
const SAID = new RegExp(`(?:(?: is| ist| est| es| è| é| jest| är| er| lautet)[: ]|は|是)["'“«\`]?@?${VALUE}`, 'y')

/** What code and forms put there. */
const NONE =
  /^(?:true|false|null|none|undefined|nil|unknown|string|str|text|required|optional|input|value|field|name|user|username|login|admin\w*|root|guest|anonymous|system|default|test|example|self|this|new|get|post|invalid|valid|not|the|and|was|for|failed|success|successful|error|ok|yes|no|password|email|assistant|type|char|varchar|int|object|props|data|request|req|state|process|os|env|config|session|bool|boolean|any|binaryio|textio|optional|union|list|dict|bytes|number|float|double|long|void|func|function|callable|shift|bless|delete|pass|groups?|regex|everyone|nobody|uid|gid|me|await|specified|pam|nom|nome|nombre|naam|namn|benutzer|usuario|utente|utilisateur|gebruiker)$/i
/** What only stands for a name: `your-username`, `process.env.DB_USER`, `<login>`. */
const PLACEHOLDER =
  /^(?:your|my)[-_.]|^(?:process|req|request|res|os|env|config|params|args|this|self|ctx|opts|options)\./i
/** `const user = atPosition`: an expression of a program. */
const DECLARED = /\b(?:const|let|var|val|final|auto)\s[\w$]*$/
const DECLARED_REACH = 40
/** What machines number. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** `self.handle = close_handle`: what is named like the word. */
const isOwnName = (word: string, value: string): boolean => value.toLowerCase().endsWith(word.toLowerCase())
/** `uid: uidValue`, `?uid=UID`, `user: userValue`: the word once more, as in documentation. */
function isWordAgain(word: string, value: string): boolean {
  if (value.length < word.length - MOST_MARKS) return false
  const name = word.toLowerCase().replace(/[ _-]/g, '')
  const given = value.toLowerCase().replace(/[ _-]/g, '')
  if (!given.endsWith(name)) return given.endsWith('value') && given.endsWith(`${name}value`)
  return given === name || '_.'.includes(value.charAt(value.length - word.length - 1) || 'x')
}

/** `account name` has one, `nom d utilisateur` two. */
const MOST_MARKS = 3

/** `openaiOptions?.user`, `child_process.SendHandle`: expressions; `iotevents-2018-07-27`: a release; `ANV` of `ANVÄNDARE`. */
const isNoName = (content: string, value: string, end: number): boolean =>
  content.startsWith('?.', end) ||
  /^[a-z]\w*\.[A-Z]\w*$|-\d{4}-\d\d-\d\d$|^[A-Z]+(?:_[A-Z]+)+$/.test(value) ||
  /[\u00c0-\u024f]/.test(content.charAt(end))

/** `ReceiptHandle`, `propertyAlias`, `Type Alias mask32`, `handle riscv64`: what programs and sentences handle. */
const OF_THINGS = /^(?:handle|alias)$/i
const OWNED =
  /(?:user|player|author|member|screen|chat|account|profile|customer|twitter|x|insta(?:gram)?|git(?:hub|lab)|discord|telegram|tik ?tok|social|slack|reddit|snap(?:chat)?|mastodon|bluesky|my|your|his|her|their|our|whose|['’]s)[ _-]?$/i
const OWNED_REACH = 12

const isOwned = (content: string, word: string, begin: number): boolean =>
  !OF_THINGS.test(word) || OWNED.test(content.slice(Math.max(0, begin - OWNED_REACH), begin))

/** Inside a longer name of a program: `ReceiptHandle`, `roles_for_userid`. */
const isInName = (content: string, begin: number): boolean => /[A-Za-z_]/.test(content.charAt(begin - 1))

/** `NOTICE TO USER: Carefully read ...` */
const isProse = (content: string, value: string, end: number): boolean =>
  /^[A-Z][a-z]+$/.test(value) && /^ \p{Ll}/u.test(content.slice(end, end + 2))
const MEMBER = /^[a-z]\w*\.(?:[a-z]\w*)$/

const account = (value: string, end: number, confidence: number): Sighting => ({
  type: USERNAME,
  start: end - value.length,
  end,
  confidence,
  normal: value.toLowerCase(),
})

/** `logged in as ann.smith`: a dot or digit tells the name of an account from a role. */
function findAs(content: string, end: number, report: Report): void {
  AS.lastIndex = end
  const value = AS.exec(content)?.[1]
  if (value === undefined || !LOOKS_CHOSEN.test(value) || PLACEHOLDER.test(value)) return
  report(account(value, AS.lastIndex, POSSIBLE))
}

/** `IG: @ann.smith`, `follow me @annsmith`, `snap: ann_82`. */
function findAtPlace(content: string, end: number, report: Report): void {
  AT_PLACE.lastIndex = SIGNED_PLACE.lastIndex = TAGGED.lastIndex = end
  const value = (AT_PLACE.exec(content) ?? SIGNED_PLACE.exec(content) ?? TAGGED.exec(content))?.[1]
  if (value === undefined) return
  report(account(value, content.indexOf(value, end) + value.length, POSSIBLE))
}

/** `username ann82`, `the user ann.smith82 reported`: the value shows that somebody chose it. */
function findNext(content: string, word: string, begin: number, end: number, report: Report): void {
  NEXT.lastIndex = end
  const value = NEXT.exec(content)?.[1]
  if (value === undefined || NONE.test(value) || PLACEHOLDER.test(value) || UUID.test(value)) return
  if (FILE.test(value) || !(PLAIN_WORDS.test(word) ? CHOSEN_USER : CHOSEN).test(value)) return
  if (isInName(content, begin) || !isOwned(content, word, begin)) return
  report(account(value, NEXT.lastIndex, POSSIBLE))
}

/** In a pair, or before its password: a plain word needs a sign. */
function findPaired(content: string, word: string, end: number, pair: RegExp, report: Report): boolean {
  pair.lastIndex = end
  const said = pair.exec(content)
  if (said === null) return false
  const [, lead, value] = said as unknown as [string, string, string]
  if (NONE.test(value) || PLACEHOLDER.test(value) || /^\d+$/.test(value)) return false
  const isNamed =
    /[:=–—-]/.test(lead) || (pair === BEFORE_PASSWORD && IN_SENTENCES.test(word) && !PLAIN_WORDS.test(word))
  if (!isNamed && (!LOOKS_CHOSEN.test(value) || FILE.test(value))) return false
  report(account(value, end + lead.length + value.length, LIKELY))
  return true
}

/** `5 failures for user 'ann' from ...`: in quotes, in what a machine tells of somebody. */
const TOLD =
  /\s?["']([A-Za-z][\w.-]{2,40})["'](?=@| (?:from|logged|failed|authenticated|connected|signed|was (?:created|deleted|locked)|has (?:been|logged)|via|using)\b)/y

function findTold(content: string, end: number, report: Report): boolean {
  TOLD.lastIndex = end
  const value = TOLD.exec(content)?.[1]
  if (value === undefined || NONE.test(value) || PLACEHOLDER.test(value)) return false
  report(account(value, TOLD.lastIndex - 1, POSSIBLE))
  return true
}

/** `user: hello`: somebody speaks, at the beginning of a line. */
const isTurn = (content: string, start: number, value: string): boolean =>
  !LOOKS_CHOSEN.test(value) && /(?:^|\n)[>*# ]{0,4}$/.test(content.slice(Math.max(0, start - 5), start))

/** What a file, a machine or a program is called. */
const FILE =
  /\.(?:com|org|net|io|html?|js|ts|py|php|json|ya?ml|xml|txt|md|csv|pdf|png|jpe?g|id|name|email|get\w*|is\w*|has\w*|to\w*)$|^(?:v\d|ipv|utf|sha|md\d|oauth|base\d|log4j|windows|iphone|android)/i

/** Cheap: whether a word for a password follows. */
function isBefore(marks: Int32Array, mark: number, passwords: WordSet): boolean {
  const until = marks[mark + 2]! + PASSWORD_REACH
  for (let at = mark + MARK_SIZE; at < marks.length && marks[at + 1]! < until; at += MARK_SIZE)
    if (passwords.has(marks[at]!)) return true
  return false
}

export function createUsernameFinder(vocabulary: Vocabulary): Finder {
  const words = learn(vocabulary, WORDS.split('|'))
  const asWords = learn(vocabulary, AS_WORDS.split('|'))
  const places = learn(vocabulary, PLACES.split('|'))
  const passwords = learn(vocabulary, `${PASSWORDS}|${PASSWORD_WORDS}`.split('|'))
  const pairs = learn(vocabulary, PAIR_WORDS.split('|'))
  return {
    types: [
      {
        name: USERNAME,
        why: 'a word beside it',
        normal: (value) => /^@?(?!\d{1,3}$)([\w.-]{2,64})$/.exec(value.trim())?.[1]!.toLowerCase(),
      },
    ],
    kinds: [...new Set([...words, ...asWords, ...places, ...pairs])],
    find({ content, marks }, mark, report) {
      const begin = marks[mark + 1]!
      const end = marks[mark + 2]!
      if (asWords.has(marks[mark]!)) return findAs(content, end, report)
      if (places.has(marks[mark]!)) return findAtPlace(content, end, report)
      const word = content.slice(begin, end)
      if (pairs.has(marks[mark]!) && findPaired(content, word, end, PAIR, report)) return
      if (!words.has(marks[mark]!)) return
      if (isBefore(marks, mark, passwords) && findPaired(content, word, end, BEFORE_PASSWORD, report)) return
      SIGN.lastIndex = SAID.lastIndex = end
      const signed = SIGN.exec(content)
      const said = signed ?? (IN_SENTENCES.test(word) ? SAID.exec(content) : null)
      if (said === null) return findTold(content, end, report) ? undefined : findNext(content, word, begin, end, report)
      const value = said[1]!
      const last = end + said[0].length
      if (isProse(content, value, last)) return
      if (signed === null && !saysWhose(word, said[0], value)) return
      if (NUMBER_WORDS.test(word) && /^\d+$/.test(value)) return
      if (/^user$/i.test(word) && isTurn(content, begin, value)) return
      if (NONE.test(value) || /^\d{1,3}$/.test(value) || (MEMBER.test(value) && said[0].startsWith(' = '))) return
      if (PLACEHOLDER.test(value) || UUID.test(value) || DATE.test(value)) return
      if (said[0].startsWith(' = ') && isOwnName(word, value)) return
      const isCode = said[0].startsWith(' = ') && !/["']/.test(said[0])
      if (isCode && DECLARED.test(content.slice(Math.max(0, begin - DECLARED_REACH), end))) return
      if (isWordAgain(word, value) || isNoName(content, value, last)) return
      if (isInName(content, begin) && !isOwned(content, word, begin)) return
      report(account(value, last, signed === null ? POSSIBLE : LIKELY))
    },
  }
}
