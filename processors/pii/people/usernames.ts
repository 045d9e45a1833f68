import type { Vocabulary } from '../../scan/index.ts'
import { learn } from '../around/context.ts'
import type { Finder, Report } from '../finder.ts'
import { account, IN_SENTENCES, LIKELY, LOOKS_CHOSEN, PLAIN_WORDS, POSSIBLE, USERNAME } from './account.ts'
import { BEFORE_PASSWORD, findPaired, isBefore, PAIR, PAIR_WORDS, PASSWORD_WORDS, PASSWORDS } from './account-pairs.ts'
import { FILE, isInName, isNoAccount, isNobodys, isOwned, PLACEHOLDER, UUID } from './no-accounts.ts'

/* The names of accounts, where a word and a sign say that one follows. Soft: no structure decides it. */

const WORDS =
  'nutzer|username|user name|usernames|userid|user id|user|login|loginname|login name|account name|accountname|screen name|screenname|' +
  'handle|nickname|nick|logon|samaccountname|uid|benutzername|benutzer|nutzername|anmeldename|benutzerkennung|' +
  'nom d utilisateur|identifiant|utilisateur|pseudo|nombre de usuario|usuario|nome utente|utente|nome de usuario|' +
  'nome de utilizador|utilizador|gebruikersnaam|gebruiker|inlognaam|nazwa uzytkownika|uzytkownik|kullanici adi|kullanici adim|kullanici|' +
  'anvandarnamn|brukernavn|brugernavn|kayttajatunnus|uzivatelske jmeno|nume de utilizator|felhasznalonev|' +
  'gamertag|gamer tag|psn id|steam id|discord tag|skype id|skype name|apodo|alias|konto navn|nimimerkki|meno uzivatela|nutzerkennung|' +
  'kennung|anmeldekennung|zugangskennung|nom de compte|nombre de cuenta|nome account|nome conta|accountnaam|nazwa konta|hesap adi|kontonamn|' +
  'логин|имя пользователя|пользователь|用户名|账号名|ユーザー名|ユーザー名は|사용자 이름|아이디|اسم المستخدم|उपयोगकर्ता नाम'

/** What follows is an account if it looks like one. */
const AS_WORDS =
  'accepted password for|failed password for|accepted publickey for|password changed for|' +
  'logged in as|log in as|logging in as|signed in as|sign in as|login as|angemeldet als|einloggen als|connecte en tant que|conectado como|ingelogd als'

/** Where people have accounts: what follows is one with an `@`, or with a sign and digits in it. */
const PLACES =
  'instagram|insta|ig|twitter|tiktok|tik tok|snapchat|snap|discord|reddit|twitch|skype|steam|psn|xbox live|battletag|telegram|mastodon|bluesky|threads|follow me|follow us|dm me|' +
  'add me|find me|message me|ping me|tag me|follow her|follow him'
const AT_PLACE =
  /(?: (?:is|on|at|handle|account|user(?:name)?|as))?(?: ?[:=-]| ?\()? ?@([A-Za-z0-9][A-Za-z0-9._-]{1,38}[A-Za-z0-9_])(?![A-Za-z0-9_@(])/y
const SIGNED_PLACE =
  /(?: ?: ?| (?:is|ist|est|es|è|é|e|jest|är) | c['’]est )([A-Za-z][A-Za-z._-]{0,30}\d[A-Za-z0-9._-]{0,16}(?<=\w{4})|[A-Za-z]{2,20}_[A-Za-z0-9_]{2,20}|live[.:][a-z0-9._-]{3,30})(?![A-Za-z0-9_@(/])(?!\.\w)/y
/** `my snap is lisa.brd` */
const DOTTED_PLACE =
  /(?: (?:is|ist|est|es|è|é|e|jest|är) | c['’]est )([a-z]{3,20}\.[a-z]{2,12}(?:\.\w{1,8})?)(?![A-Za-z0-9_@(/.-])/y
/** `my insta ann.moss_04`: of somebody's own, a space is enough. */
const OWN_PLACE = / ([a-z][a-z0-9]*(?:[._][a-z0-9]+){1,4})(?![A-Za-z0-9_@(/-])/y
const OWN = /(?:^|[^\p{L}])(?:my|mio|mon|mein|mijn|mn|mi|meu|min) $/iu

/** `my discord is ann#4412` */
const TAGGED = /(?: (?:is|name|tag|user(?:name)?|id))?(?: ?[:=-])? ?([\w.]{2,32}#\d{4})(?!\w)/y

/** `the handle is currently open`: only a word for names is followed by any. */
const saysWhose = (word: string, said: string, value: string): boolean =>
  /name|namn|navn|identifiant|pseudo|usuario|utente|adı/i.test(word) || LOOKS_CHOSEN.test(value) || /["'“«`]/.test(said)

const VALUE = '([A-Za-z0-9][A-Za-z0-9._-]{1,62}[A-Za-z0-9_])(?![A-Za-z0-9_@([])'
const AS = new RegExp(` ["'“«\`]?@?${VALUE}`, 'y')
const SIGN = new RegExp(`["']?(?: ?[:=] ?|：| [-–—] (?=\\S*[\\d_.]))["']?@?${VALUE}`, 'y')
/** A space alone: `the username ann82 is taken`. */
const NEXT = new RegExp(` ["'“«\`(]?@?${VALUE}`, 'y')
/** Letters with digits or marks among them. */
const CHOSEN = /^(?=.*[a-z])(?:[A-Za-z][\w.-]*\d[\w.-]*|[A-Za-z]{2,}[._][A-Za-z][\w.]*)$/i
/** `user iPhone13`, `login page2`: after a word that is more than a name's, more of it. */
const CHOSEN_USER = /^[a-z][\w.]{2,}\d\d\w*$|^(?:[A-Z][a-z]{2,}){2}\d+$|^[a-z]{2,}[._][a-z]{2,}\d*$/
const SAID = new RegExp(`(?:(?: is| ist| est| es| è| é| jest| är| er| lautet)[: ]|は|是)["'“«\`]?@?${VALUE}`, 'y')

/** `logged in as ann.smith`: a dot or digit tells the name of an account from a role. */
function findAs(content: string, end: number, report: Report): void {
  AS.lastIndex = end
  const value = AS.exec(content)?.[1]
  if (value === undefined || !LOOKS_CHOSEN.test(value) || PLACEHOLDER.test(value)) return
  report(account(value, AS.lastIndex, POSSIBLE))
}

/** `IG: @ann.smith`, `follow me @annsmith`, `snap: ann_82`. */
function findAtPlace(content: string, begin: number, end: number, report: Report): void {
  AT_PLACE.lastIndex = SIGNED_PLACE.lastIndex = OWN_PLACE.lastIndex = DOTTED_PLACE.lastIndex = TAGGED.lastIndex = end
  const said = AT_PLACE.exec(content) ?? SIGNED_PLACE.exec(content) ?? DOTTED_PLACE.exec(content)
  const owned = said === null && OWN.test(content.slice(Math.max(0, begin - 6), begin))
  const value = (said ?? TAGGED.exec(content) ?? (owned ? OWN_PLACE.exec(content) : null))?.[1]
  if (value === undefined || FILE.test(value)) return
  report(account(value, content.indexOf(value, end) + value.length, POSSIBLE))
}

/** `username ann82`, `the user ann.smith82 reported`: the value shows that somebody chose it. */
function findNext(content: string, word: string, begin: number, end: number, report: Report): void {
  NEXT.lastIndex = end
  const value = NEXT.exec(content)?.[1]
  if (value === undefined || isNobodys(value) || UUID.test(value)) return
  if (FILE.test(value) || !(PLAIN_WORDS.test(word) ? CHOSEN_USER : CHOSEN).test(value)) return
  if (isInName(content, begin) || !isOwned(content, word, begin)) return
  report(account(value, NEXT.lastIndex, POSSIBLE))
}

/** `5 failures for user 'ann' from ...`: in quotes, in what a machine tells of somebody. */
const TOLD =
  /\s?["']([A-Za-z][\w.-]{2,40})["'](?=@| (?:from|logged|failed|authenticated|connected|signed|was (?:created|deleted|locked)|has (?:been|logged)|via|using)\b)/y

function findTold(content: string, end: number, report: Report): boolean {
  TOLD.lastIndex = end
  const value = TOLD.exec(content)?.[1]
  if (value === undefined || isNobodys(value)) return false
  report(account(value, TOLD.lastIndex - 1, POSSIBLE))
  return true
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
      if (places.has(marks[mark]!)) return findAtPlace(content, begin, end, report)
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
      if (signed === null && !saysWhose(word, said[0], value)) return
      if (isNoAccount(content, { begin, end, word }, said[0], value)) return
      report(account(value, last, signed === null ? POSSIBLE : LIKELY))
    },
  }
}
