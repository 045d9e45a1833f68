import { codeAt } from '../finder.ts'
/* The half of an e-mail address after the `@`: labels with dots between them, the last one a top-level domain. */

const MOST = 255
const MOST_LABEL = 63

const HYPHEN = 45
const DOT = 46

const WORD = /^[\p{L}\p{N}\p{M}]$/u
const LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/
const ASCII_TOP = /^(?:xn--[a-z0-9-]{2,59}|[a-z]{2,24})/
const FOREIGN_TOP = /^\P{ASCII}{2,}$/u

/** Endings of files that are no top-level domains: `icon@2x.png`. */
const FILE_ENDINGS = new Set(
  'png jpg jpeg gif webp svg bmp ico pdf json xml yaml yml toml html htm css js mjs cjs jsx tsx ts gz tgz txt csv log'.split(
    ' ',
  ),
)

/** Letter, digit or mark of any script; both halves of a surrogate pair count, as all of them beyond the basic plane may. */
export function isAddressWord(code: number): boolean {
  if (code < 128) return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
  return (code >= 0xd800 && code <= 0xdfff) || WORD.test(String.fromCharCode(code))
}

interface Label {
  /** Lower case. */
  readonly name: string
  readonly start: number
  readonly end: number
}

function labelsAfter(text: string, from: number): Label[] {
  const labels: Label[] = []
  const limit = Math.min(text.length, from + MOST)
  let start = from
  let at = from
  for (; at < limit; at++) {
    const code = codeAt(text, at)
    if (code === DOT) {
      if (at === start) return labels
      labels.push({ name: text.slice(start, at).toLowerCase(), start, end: at })
      start = at + 1
    } else if (!(code === HYPHEN || isAddressWord(code))) break
  }
  if (at > start) labels.push({ name: text.slice(start, at).toLowerCase(), start, end: at })
  return labels
}

const isLabel = (name: string): boolean =>
  name.length <= MOST_LABEL &&
  (LABEL.test(name) || (/\P{ASCII}/u.test(name) && !name.startsWith('-') && !name.endsWith('-')))

/** How many characters of the label are the top-level domain it begins with; 0 if it begins with none. */
function topLength({ name, start, end }: Label): number {
  if (FOREIGN_TOP.test(name)) return end - start
  const top = ASCII_TOP.exec(name)?.[0]
  if (top === undefined || FILE_ENDINGS.has(name)) return 0
  // What follows is glued on: a word in another script (`x.comへ`), a dash.
  return top.length
}

/** `x.com.Then the` : a sentence goes on without a space. */
function isNextSentence(text: string, labels: readonly Label[], last: number): boolean {
  if (last < 2) return false
  const raw = (label: Label): string => text.slice(label.start, label.end)
  return /^[A-Z][a-z]+$/.test(raw(labels[last]!)) && raw(labels[last - 1]!) === labels[last - 1]!.name
}

/** Where the domain that begins at `from` ends, or undefined when there is none with a top-level domain. */
export function domainAfter(text: string, from: number): number | undefined {
  const labels = labelsAfter(text, from)
  const broken = labels.findIndex(({ name }) => !isLabel(name))
  // The last label may be broken further on: its beginning can still be the top-level domain.
  let last = broken === -1 ? labels.length - 1 : broken
  if (isNextSentence(text, labels, last)) last--
  for (; last >= 1; last--) {
    const length = topLength(labels[last]!)
    if (length > 0) return labels[last]!.start + length
    if (FILE_ENDINGS.has(labels[last]!.name)) return undefined
  }
  return undefined
}
