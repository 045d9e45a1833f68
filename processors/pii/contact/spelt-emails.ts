import type { Vocabulary, WordId } from '../../scan/index.ts'
import type { Finder, Sighting } from '../finder.ts'
import { EMAIL_ADDRESS } from './emails.ts'
import { isTopLevel } from './top-level.ts'

/*
 * Addresses written so that machines do not read them: `ann (at) example (dot) com`, `ann at example dot com`. Brackets
 * around the sign are enough; without them the dot must be a word too.
 */

const BRACKETED = 0.9
const IN_WORDS = 0.8
/** The sign is bracketed and the dot is plain. */
const PLAIN_DOT = 0.85

const AT_WORDS = 'at|arroba|arobase|chiocciola|apenstaartje|malpa|zavinac|snabela|snabel a'
/** The words for the dot where the sign is called so: `at ... point` is no address, and `arobase ... point` is one. */
const DOTS: Readonly<Record<string, string>> = {
  at: 'dot|punkt',
  arroba: 'punto|ponto|dot',
  arobase: 'point|dot',
  chiocciola: 'punto|dot',
  apenstaartje: 'punt|dot',
  malpa: 'kropka|dot',
  zavinac: 'tecka|dot',
  snabela: 'punkt|dot',
}
const REACH = 64

const LOCAL_BEFORE =
  /(?:^|[^A-Za-z0-9._%+-])((?:[A-Za-z0-9_%+-]{1,40}(?:\.|(?: ?[([{<] ?(?:dot|punkt|point|punto|ponto) ?[)\]}>] ?| (?:dot|punkt|punto|ponto|kropka) (?=[a-z0-9]))))*[A-Za-z0-9_%+-]{1,40})$/i
const DOT = ' ?[([{<] ?(?:dot|punkt|point|punto|ponto|kropka|\\.) ?[)\\]}>] ?'
const WORD_DOT = ' (?:dot|punkt|point|punto|ponto|punt|kropka|tecka) '
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,40}[A-Za-z0-9])?'
const TOP = '[A-Za-z]{2,12}(?![A-Za-z0-9])'
const BRACKETS_BEHIND = new RegExp(
  ` ?[)\\]}>] ?(${LABEL}(?:(?:${DOT}|${WORD_DOT}|\\.)${LABEL}){0,3}(?:${DOT}|${WORD_DOT}|\\.)${TOP})`,
  'iy',
)
const wordsBehind = (dots: string): RegExp =>
  new RegExp(` (${LABEL}(?: (?:${dots}) ${LABEL}){0,3} (?:${dots}) ${TOP})`, 'iy')
const ANY_DOT = new RegExp(`${DOT}|${WORD_DOT}`, 'gi')

/** Words that stand before `at` in sentences, and are nobody's address. */
const NO_LOCAL =
  /^(?:is|are|was|were|be|me|us|him|her|them|it|and|or|the|a|an|look|looking|arrive|arrived|available|email|mail|contact|reach|hosted|located|site|website|visit|online|found|live|lives|stay|meet|work|works)$/i

export function createSpeltEmailFinder(vocabulary: Vocabulary): Finder {
  const words = AT_WORDS.split('|').map((word): [WordId, RegExp | undefined] => {
    const dots = DOTS[word.replace(' ', '')]
    return [vocabulary.phrase(word), dots === undefined ? undefined : wordsBehind(dots)]
  })
  const behind = new Map(words)
  return {
    types: [],
    kinds: [...behind.keys()],
    find({ content, marks }, mark, report) {
      const email = speltAt(content, marks[mark + 1]!, marks[mark + 2]!, behind.get(marks[mark]!))
      if (email !== undefined) report(email)
    },
  }
}

/** The address around the word for `@`; without brackets around that, what must stand behind it. */
function speltAt(content: string, start: number, end: number, words: RegExp | undefined): Sighting | undefined {
  const open = bracketBefore(content, start)
  const pattern = open === -1 ? words : BRACKETS_BEHIND
  if (pattern === undefined || (open === -1 && content[start - 1] !== ' ')) return undefined
  pattern.lastIndex = end
  const behind = pattern.exec(content)
  if (behind === null) return undefined
  const edge = open === -1 ? start - 1 : open
  const before = content.slice(Math.max(0, edge - REACH), edge)
  const local = LOCAL_BEFORE.exec(before)?.[1]
  if (local === undefined || (open === -1 && NO_LOCAL.test(local))) return undefined
  const plain = (part: string): string => part.replace(ANY_DOT, '.').toLowerCase()
  const domain = plain(behind[1]!)
  if (!isTopLevel(domain.slice(domain.lastIndexOf('.') + 1))) return undefined
  const spelt = ANY_DOT.test(behind[1]!)
  ANY_DOT.lastIndex = 0
  return {
    type: EMAIL_ADDRESS,
    start: edge - local.length,
    end: end + behind[0].length,
    confidence: open === -1 ? IN_WORDS : spelt ? BRACKETED : PLAIN_DOT,
    normal: `${plain(local)}@${domain}`,
  }
}

/** Where an opening bracket before `start`, with at most one space on each side of it, and that space begin; -1 without. */
function bracketBefore(content: string, start: number): number {
  let at = start - 1
  if (content[at] === ' ') at--
  if (!'([{<'.includes(content.charAt(at) || '_')) return -1
  return content[at - 1] === ' ' ? at - 1 : at
}
