import { LOOKS_CHOSEN } from './account.ts'

/* What stands where the name of an account may, and is none. */

/** What code and forms put there. */
const NONE =
  /^(?:true|false|null|none|undefined|nil|unknown|choose|enter|select|pick|type|must|should|string|str|text|required|optional|input|value|field|name|user|username|login|admin\w*|root|guest|anonymous|system|default|test|example|self|this|new|get|post|invalid|valid|not|the|and|was|for|failed|success|successful|error|ok|yes|no|password|email|assistant|type|char|varchar|int|object|props|data|request|req|state|process|os|env|config|session|bool|boolean|any|binaryio|textio|optional|union|list|dict|bytes|number|float|double|long|void|func|function|callable|shift|bless|delete|pass|groups?|regex|everyone|nobody|uid|gid|me|await|specified|pam|nom|nome|nombre|naam|namn|benutzer|usuario|utente|utilisateur|gebruiker)$/i
/** What only stands for a name: `your-username`, `process.env.DB_USER`, `<login>`. */
export const PLACEHOLDER: RegExp =
  /^(?:your|my)[-_.]|^(?:process|req|request|res|os|env|config|params|args|this|self|ctx|opts|options)\./i
/** Whether a value is nobody's account, wherever it stands. */
export const isNobodys = (value: string): boolean => NONE.test(value) || PLACEHOLDER.test(value)

/** `const user = atPosition`: an expression of a program. */
const DECLARED = /\b(?:const|let|var|val|final|auto)\s[\w$]*$/
const DECLARED_REACH = 40
/** What machines number. */
export const UUID: RegExp = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
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

export const isOwned = (content: string, word: string, begin: number): boolean =>
  !OF_THINGS.test(word) || OWNED.test(content.slice(Math.max(0, begin - OWNED_REACH), begin))

/** Inside a longer name of a program: `ReceiptHandle`, `roles_for_userid`. */
export const isInName = (content: string, begin: number): boolean => /[A-Za-z_]/.test(content.charAt(begin - 1))

/** `NOTICE TO USER: Carefully read ...` */
const isProse = (content: string, value: string, end: number): boolean =>
  /^[A-Z][a-z]+$/.test(value) && /^ \p{Ll}/u.test(content.slice(end, end + 2))
const MEMBER = /^[a-z]\w*\.(?:[a-z]\w*)$/

/** `user: hello`: somebody speaks, at the beginning of a line. */
const isTurn = (content: string, start: number, value: string): boolean =>
  !LOOKS_CHOSEN.test(value) && /(?:^|\n)[>*# ]{0,4}$/.test(content.slice(Math.max(0, start - 5), start))

/** What a file, a machine or a program is called. */
export const FILE: RegExp =
  /\.(?:com|org|net|io|html?|js|ts|py|php|json|ya?ml|xml|txt|md|csv|pdf|png|jpe?g|id|name|email|get\w*|is\w*|has\w*|to\w*)$|^(?:v\d|ipv|utf|sha|md\d|oauth|base\d|log4j|windows|iphone|android)/i

/** When somebody came. */
const DATE = /^\d{4}-\d\d-\d\d/

/** A word that names accounts, and where it stands. */
interface Announcing {
  readonly word: string
  readonly begin: number
  readonly end: number
}

/** What stands behind them may be the number of a row. */
const NUMBER_WORDS = /^(?:user|user[ _]?id|uid)$/i
const LEAST_DIGITS = 4

/** Whether `value`, which a sign or a verb joins to a word for accounts, is none. `said` is all that stands behind the word. */
export function isNoAccount(content: string, { word, begin, end }: Announcing, said: string, value: string): boolean {
  const last = end + said.length
  if (isProse(content, value, last) || isNobodys(value)) return true
  if (/^\d+$/.test(value) && (value.length < LEAST_DIGITS || NUMBER_WORDS.test(word))) return true
  if (/^user$/i.test(word) && isTurn(content, begin, value)) return true
  if (UUID.test(value) || DATE.test(value)) return true
  if (said.startsWith(' = ') && isOfProgram(content, { word, begin, end }, said, value)) return true
  if (isWordAgain(word, value) || isNoName(content, value, last)) return true
  return isInName(content, begin) && !isOwned(content, word, begin)
}

/** `user = request.user`, `const user = atPosition`, `self.handle = close_handle` */
function isOfProgram(content: string, { word, begin, end }: Announcing, said: string, value: string): boolean {
  if (MEMBER.test(value) || isOwnName(word, value)) return true
  return !/["']/.test(said) && DECLARED.test(content.slice(Math.max(0, begin - DECLARED_REACH), end))
}
