/*
 * Cuts a text into tokens: runs of letters and digits, single marks, line breaks; addresses, handles and the like as one.
 * Offsets are UTF-16 units of the text as it was given, whatever escapes stand in it.
 */

export type TokenKind = 'word' | 'number' | 'mark' | 'break' | 'handle' | 'tag' | 'link' | 'mail'

export interface Token {
  readonly start: number
  readonly end: number
  readonly kind: TokenKind
}

/** A word is cut at this length: nothing that long is a name. */
const LONGEST_WORD = 64

const MARK = 0
const SPACE = 1
const LETTER = 2
const DIGIT = 3
const BREAK = 4
const JOINER = 5

const ASCII = new Uint8Array(128)
for (let code = 0; code < 128; code++) {
  const char = String.fromCharCode(code)
  if (/[a-z]/i.test(char)) ASCII[code] = LETTER
  else if (/\d/.test(char)) ASCII[code] = DIGIT
  else if (char === '\n') ASCII[code] = BREAK
  else if (code <= 32) ASCII[code] = SPACE
}

/** Beyond ASCII: letters and their marks; the rest are spaces, invisible characters or marks of their own. */
function classBeyond(code: number): number {
  if (code < 0xc0)
    return code === 0xa0 || code === 0x85
      ? SPACE
      : code === 0xaa || code === 0xba
        ? LETTER
        : code === 0xad
          ? JOINER
          : MARK
  if (code === 0xd7 || code === 0xf7) return MARK
  if (code < 0x2000) return code === 0x1680 ? SPACE : LETTER
  if (code <= 0x200a || code === 0x202f || code === 0x205f || code === 0x3000) return SPACE
  if (code === 0x2028 || code === 0x2029) return BREAK
  if ((code >= 0x200b && code <= 0x200f) || code === 0x2060 || code === 0xfeff) return JOINER
  if (code < 0x2c00 || (code >= 0x2e00 && code < 0x3005) || (code >= 0x3008 && code < 0x3041)) return MARK
  return (code >= 0xd800 && code < 0xf900) || (code >= 0xfe00 && code < 0xff21) ? MARK : LETTER
}

const classOf = (code: number): number => (code < 128 ? ASCII[code]! : classBeyond(code))
const isWordClass = (kind: number): boolean => kind === LETTER || kind === DIGIT

const TAB = 9
const BACKSLASH = 92
const APOSTROPHES = new Set([39, 0x2019, 0x2bc])
const UNICODE_ESCAPE = /\\u00[c-f][0-9a-f]|\\u01[0-7][0-9a-f]/iy

const LINK = /(?:https?:\/\/|www\.|ftp:\/\/)[^\s<>"'`)\]}|\\]{1,2048}/iy
const MAIL = /[\w.+%-]{1,64}@[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){1,8}/iy
const HANDLE = /@\w{2,40}/y
const TAG = /#[\p{L}_][\p{L}\d_]{1,60}/uy

/** The end of what `pattern` matches at `at`, or -1. */
function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : -1
}

/** A letter of a word that stands as a JSON escape: `Jos\u00e9`. */
const escapedLetterEnd = (text: string, at: number): number =>
  text.charCodeAt(at) === BACKSLASH && text.charCodeAt(at + 1) === 117 ? matchEnd(UNICODE_ESCAPE, text, at) : -1

/** What an escape stands for; `\n` in a path such as `C:\new` is none. */
function escapeEnd(text: string, at: number): number {
  const next = text[at + 1]
  if (next === undefined || !'nrt"\\/'.includes(next)) return -1
  if ('"\\/'.includes(next)) return at + 2
  return /[a-z]/.test(text[at + 2] ?? '') && looksLikePath(text, at) ? -1 : at + 2
}

const PATH_REACH = 64

/** A run such as `C:\new` or `\\server\new`, as far as it is near. */
function looksLikePath(text: string, at: number): boolean {
  let start = at
  while (start > 0 && at - start < PATH_REACH && !/[\s"'`]/.test(text[start - 1]!)) start--
  const run = text.slice(start, at)
  return /^[a-z]:(?:\\|$)/i.test(run) || run.startsWith('\\\\') || run.startsWith('.\\')
}

export class Tokeniser {
  readonly #text: string
  readonly #tokens: Token[] = []
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  run(): readonly Token[] {
    const text = this.#text
    while (this.#at < text.length) {
      const code = text.charCodeAt(this.#at)
      const kind = classOf(code)
      if (code === TAB && this.#partsCells()) this.#push('mark', this.#at + 1)
      else if (kind === SPACE || kind === JOINER) this.#at++
      else if (kind === BREAK) this.#push('break', this.#at + 1)
      else if (isWordClass(kind)) this.#word()
      else this.#mark(code)
    }
    return this.#tokens
  }

  /** A tab between words parts the cells of a table; at the beginning of a line it moves it in. */
  #partsCells(): boolean {
    const last = this.#tokens.at(-1)
    return (
      last !== undefined && last.kind !== 'break' && last.end === this.#at && this.#text.charCodeAt(last.start) !== TAB
    )
  }

  #push(kind: TokenKind, end: number): void {
    this.#tokens.push({ start: this.#at, end, kind })
    this.#at = end
  }

  #mark(code: number): void {
    const text = this.#text
    const at = this.#at
    if (code === 64) {
      const end = matchEnd(HANDLE, text, at)
      if (end !== -1) return this.#push('handle', end)
    } else if (code === 35) {
      const end = matchEnd(TAG, text, at)
      if (end !== -1) return this.#push('tag', end)
    } else if (code === BACKSLASH) {
      if (escapedLetterEnd(text, at) !== -1) return this.#word()
      const end = escapeEnd(text, at)
      if (end !== -1) return this.#push(text[at + 1] === 'n' ? 'break' : 'mark', end)
    } else if (code >= 0xd800 && code < 0xdc00 && at + 1 < text.length) return this.#push('mark', at + 2)
    this.#push('mark', at + 1)
  }

  #word(): void {
    const text = this.#text
    const at = this.#at
    if (this.#linkOrMail(at)) return
    let end = at
    let digits = true
    while (end < text.length && end - at < LONGEST_WORD) {
      const kind = classOf(text.charCodeAt(end))
      if (kind === LETTER) digits = false
      else if (kind !== DIGIT && kind !== JOINER) {
        const after = this.#wordGoesOn(at, end)
        if (after === -1) break
        end = after
        continue
      }
      end++
    }
    while (classOf(text.charCodeAt(end - 1)) === JOINER) end--
    this.#push(digits ? 'number' : 'word', end)
  }

  /** Where a word goes on behind a mark inside it, or -1. */
  #wordGoesOn(start: number, at: number): number {
    const text = this.#text
    const code = text.charCodeAt(at)
    if (code <= 32) return -1
    const next = at + 1 < text.length ? classOf(text.charCodeAt(at + 1)) : SPACE
    if (code === BACKSLASH) return escapedLetterEnd(text, at)
    // Identifiers such as user_name are one word; emphasis is not.
    if (code === 95) return at > start && isWordClass(next) ? at + 1 : -1
    if (APOSTROPHES.has(code)) return next === LETTER && isNameApostrophe(text, start, at) ? at + 1 : -1
    // Initials: "J.", "U.S."
    if (code === 46) return isInitial(text, start, at) ? at + 1 : -1
    return -1
  }

  #linkOrMail(at: number): boolean {
    const text = this.#text
    if (mayBeLink(text, at)) {
      const end = matchEnd(LINK, text, at)
      if (end !== -1) {
        this.#push('link', trimLink(text, at, end))
        return true
      }
    }
    if (!this.#mailAhead(at)) return false
    const end = matchEnd(MAIL, text, at)
    if (end === -1) return false
    this.#push('mail', end)
    return true
  }

  #nextAt = -2

  /** An `@` within reach: spares every other word the look for an address. */
  #mailAhead(at: number): boolean {
    if (this.#nextAt === -1) return false
    if (this.#nextAt < at) this.#nextAt = this.#text.indexOf('@', at)
    return this.#nextAt !== -1 && this.#nextAt - at <= LONGEST_WORD
  }
}

/** `ht`, `ww`, `ft`: as links begin, and few words. */
function mayBeLink(text: string, at: number): boolean {
  const first = text.charCodeAt(at) | 32
  if (first !== 104 && first !== 119 && first !== 102) return false
  const second = at + 1 < text.length ? text.charCodeAt(at + 1) | 32 : 0
  return second === (first === 119 ? 119 : 116)
}

/** O'Brien and d'Angelo are one word; don't, Anna's and l'hôtel are cut at the apostrophe. */
function isNameApostrophe(text: string, start: number, at: number): boolean {
  return at - start === 1 && /[ODod]/.test(text[start]!) && /\p{Lu}/u.test(text[at + 1]!)
}

/** The dot at `at` ends an initial or stands in an abbreviation of single letters. */
function isInitial(text: string, start: number, at: number): boolean {
  const single = at - start === 1 || text[at - 2] === '.'
  return single && /\p{Lu}/u.test(text[at - 1]!)
}

const trimLink = (text: string, start: number, end: number): number => {
  let last = end
  while (last > start + 1 && '.,;:!?'.includes(text[last - 1]!)) last--
  return last
}

export const tokenise = (text: string): readonly Token[] => new Tokeniser(text).run()
