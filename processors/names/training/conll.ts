import { TYPES, type NameType } from '../labels.ts'
import type { LabelledText, Span } from './labelled.ts'

/*
 * Reads files of one token and its label per line, and puts the texts together again as people write them. Guidelines
 * differ from set to set; what is made one here: a handle is no name, a defined party of a contract is no name, a
 * nationality or a pronoun is no name, and of the finer types corporations and groups are organisations.
 */

interface LabelledToken {
  readonly word: string
  readonly label: string
}

export function parseConll(text: string): LabelledToken[][] {
  const sentences: LabelledToken[][] = []
  let sentence: LabelledToken[] = []
  for (const line of `${text}\n`.split('\n')) {
    const [word = '', label = 'O'] = line.replace('\r', '').split('\t')
    if (word.trim() !== '' && word !== '-DOCSTART-') sentence.push({ word, label: label.trim() || 'O' })
    else if (sentence.length > 0) {
      sentences.push(sentence)
      sentence = []
    }
  }
  return sentences
}

const NAMED: Readonly<Record<string, NameType>> = {
  PER: 'PERSON',
  person: 'PERSON',
  Person: 'PERSON',
  LOC: 'LOCATION',
  location: 'LOCATION',
  Location: 'LOCATION',
  ORG: 'ORGANIZATION',
  corporation: 'ORGANIZATION',
  group: 'ORGANIZATION',
  Organisation: 'ORGANIZATION',
}

const PARTIES =
  /^(?:the )?(?:bank|borrower|lender|lenders|company|agent|administrative agent|guarantor|parent|holdings|seller|buyer|trustee|licensee|licensor|lessor|lessee|landlord|tenant|executive|employee|party|parties|purchaser|collateral agent|issuer|obligor)s?$/i

/** What a set labels and this tagger does not call a name. */
function isName(words: readonly string[], source: string): boolean {
  const text = words.join(' ')
  if (text.startsWith('@')) return false
  if (source === 'filings') return !PARTIES.test(text)
  if (source === 'government')
    return /\p{Lu}/u.test(text.replace(/^(The|His|Her|Their|Its|Our|They|We|He|She|It|I)\b/, ''))
  return true
}

/** No space before these, or behind those. */
const CLOSES = /^(?:[.,;:!?…%)\]}’”]+|'s|’s|'S|n't|n’t|'m|'re|'ve|'ll|'d|’m|’re|’ve|’ll|’d)$/
const OPENS = /^[([{“‘$£€]$/

/** `U. S.` is written without the space. */
const INITIAL = /^\p{Lu}\.$/u

export function joinSentence(tokens: readonly LabelledToken[], source: string): LabelledText {
  let text = ''
  const starts: number[] = []
  const ends: number[] = []
  tokens.forEach(({ word }, index) => {
    const before = tokens[index - 1]?.word ?? ''
    const initials = INITIAL.test(word) && INITIAL.test(before)
    const apart = index > 0 && !initials && !CLOSES.test(word) && !OPENS.test(before) && before !== '@'
    if (apart) text += ' '
    starts.push(text.length)
    text += word
    ends.push(text.length)
  })
  const spans = spansOf(tokens)
    .filter(
      ({ first, end }) =>
        tokens[first - 1]?.word !== '@' &&
        isName(
          tokens.slice(first, end).map(({ word }) => word),
          source,
        ),
    )
    .map(({ first, end, type }): Span => ({ start: starts[first]!, end: ends[end - 1]!, type }))
  return { text, spans: spans.map((span) => trimSpan(text, span)).filter(({ start, end }) => end > start) }
}

function spansOf(tokens: readonly LabelledToken[]): { first: number; end: number; type: NameType }[] {
  const spans: { first: number; end: number; type: NameType }[] = []
  let open: { first: number; end: number; kind: string } | undefined
  const close = (): void => {
    const type = open === undefined ? undefined : NAMED[open.kind]
    if (open !== undefined && type !== undefined && TYPES.includes(type))
      spans.push({ first: open.first, end: open.end, type })
    open = undefined
  }
  tokens.forEach(({ label }, index) => {
    const [mark, ...rest] = label.split('-')
    const kind = rest.join('-')
    if (mark === 'I' && open?.kind === kind) open.end = index + 1
    else {
      close()
      if (mark === 'B' || mark === 'I') open = { first: index, end: index + 1, kind }
    }
  })
  close()
  return spans
}

/** Marks at the ends and a leading article are no part of a name. */
function trimSpan(text: string, { start, end, type }: Span): Span {
  const inner = text.slice(start, end)
  const lead = /^(?:[\s#"“'‘.,*(@-]+|(?:the|The|THE) (?=\S))/.exec(inner)?.[0].length ?? 0
  const tail = /(?:'s|’s|[\s"”'’,;:!?*)(-])+$/.exec(inner)?.[0].length ?? 0
  return { start: start + lead, end: Math.max(start + lead, end - tail), type }
}

export interface Split {
  readonly training: LabelledText[]
  readonly held: LabelledText[]
}

/** The last fifth of a file is held back: neighbours speak of the same things and belong on one side. */
export function splitFile(text: string, source: string): Split {
  const all = parseConll(text).map((tokens) => joinSentence(tokens, source))
  const cut = Math.floor(all.length * 0.8)
  return { training: all.slice(0, cut), held: all.slice(cut) }
}
