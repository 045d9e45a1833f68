import type { Vocabulary } from '../../scan/index.ts'
import { learn } from '../context.ts'
import type { Finder } from '../finder.ts'

/* The names of accounts, where a word and a sign say that one follows. Soft: no structure decides it. */

export const USERNAME = 'USERNAME'

const LIKELY = 0.65
/** Said in words: `my username is ann82`. */
const POSSIBLE = 0.6

const WORDS =
  'username|user name|usernames|userid|user id|user|login|loginname|login name|account name|accountname|screen name|screenname|' +
  'handle|nickname|nick|logon|samaccountname|uid|benutzername|benutzer|nutzername|anmeldename|benutzerkennung|' +
  'nom d utilisateur|identifiant|utilisateur|pseudo|nombre de usuario|usuario|nome utente|utente|nome de usuario|' +
  'nome de utilizador|utilizador|gebruikersnaam|gebruiker|inlognaam|nazwa uzytkownika|uzytkownik|kullanici adi|kullanici|' +
  'anvandarnamn|brukernavn|brugernavn|kayttajatunnus|uzivatelske jmeno|nume de utilizator|felhasznalonev|' +
  'логин|имя пользователя|пользователь|用户名|账号名|ユーザー名|ユーザー名は|사용자 이름|아이디|اسم المستخدم|उपयोगकर्ता नाम'

/** Words that name accounts and nothing else: a value may follow them in a sentence. */
const IN_SENTENCES =
  /(?:username|user name|login|login name|screen name|benutzername|nutzername|nom d.utilisateur|identifiant|pseudo|nombre de usuario|nome utente|nome de usuario|gebruikersnaam|kullanici adi|användarnamn)$/i

const VALUE = '([A-Za-z0-9][A-Za-z0-9._-]{1,62}[A-Za-z0-9_])(?![A-Za-z0-9@(])'
const SIGN = new RegExp(`["']?(?: ?[:=] ?|：)["']?@?${VALUE}`, 'y')
const SAID = new RegExp(`(?: is| ist| est| es| è| é| jest)[: ]["'“«\`]?@?${VALUE}`, 'y')

/** What code and forms put there. */
const NONE =
  /^(?:true|false|null|none|undefined|nil|unknown|string|str|text|required|optional|input|value|field|name|user|username|login|admin\w*|root|guest|anonymous|system|default|test|example|self|this|new|get|post|invalid|valid|not|the|and|was|for|failed|success|successful|error|ok|yes|no|password|email|assistant|type|char|varchar|int|object|props|data|request|req|state|process|os|env|config|session)$/i
const MEMBER = /^[a-z]\w*\.(?:[a-z]\w*)$/

export function createUsernameFinder(vocabulary: Vocabulary): Finder {
  const words = learn(vocabulary, WORDS.split('|'))
  return {
    types: [{ name: USERNAME, normal: (value) => /^@?([\w.-]{2,64})$/.exec(value.trim())?.[1]!.toLowerCase() }],
    kinds: [...words],
    find({ content, marks }, mark, report) {
      const end = marks[mark + 2]!
      SIGN.lastIndex = SAID.lastIndex = end
      const signed = SIGN.exec(content)
      const said = signed ?? (IN_SENTENCES.test(content.slice(marks[mark + 1], end)) ? SAID.exec(content) : null)
      if (said === null) return
      const value = said[1]!
      if (NONE.test(value) || /^\d{1,3}$/.test(value) || (MEMBER.test(value) && said[0].startsWith(' = '))) return
      const last = end + said[0].length
      const confidence = signed === null ? POSSIBLE : LIKELY
      report({ type: USERNAME, start: last - value.length, end: last, confidence, normal: value.toLowerCase() })
    },
  }
}
