import type { NameType } from '../labels.ts'
import type { Language } from './language.ts'
import type { LabelledText, Span } from './labelled.ts'
import { scriptOf, type Pools } from './pools.ts'
import type { Random } from './random.ts'
import { Filler } from './slots.ts'
import { ENGLISH, ENGLISH_PLAIN } from './templates-english.ts'
import { EVERYDAY } from './templates-everyday.ts'
import { FORMS, FORMS_PLAIN } from './templates-forms.ts'
import { LANGUAGES } from './templates-languages.ts'
import { TECHNICAL, TECHNICAL_PLAIN } from './templates-technical.ts'

/* Makes labelled texts from templates: filled, joined, written in all the ways people and machines write. */

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '')

interface Source {
  readonly language: string
  readonly templates: readonly string[]
  readonly share: number
}

/** All templates of each language. */
const ALL_LANGUAGES: readonly Language[] = LANGUAGES.map((language) => {
  const everyday = EVERYDAY.find(({ code }) => code === language.code)
  if (everyday === undefined) return language
  return { ...language, named: language.named + everyday.named, plain: language.plain + everyday.plain }
})

const NAMED: readonly Source[] = [
  { language: 'en', templates: linesOf(ENGLISH), share: 0.41 },
  { language: 'en', templates: linesOf(FORMS), share: 0.1 },
  { language: 'en', templates: linesOf(TECHNICAL), share: 0.1 },
  ...ALL_LANGUAGES.map(({ code, named }) => ({
    language: code,
    templates: linesOf(named),
    share: 0.39 / LANGUAGES.length,
  })),
]
const PLAIN: readonly Source[] = [
  { language: 'en', templates: linesOf(ENGLISH_PLAIN), share: 0.34 },
  { language: 'en', templates: linesOf(FORMS_PLAIN), share: 0.12 },
  { language: 'en', templates: linesOf(TECHNICAL_PLAIN), share: 0.25 },
  ...ALL_LANGUAGES.map(({ code, plain }) => ({
    language: code,
    templates: linesOf(plain),
    share: 0.29 / LANGUAGES.length,
  })),
]

/** Pieces of a text; those with a type are names. */
interface Piece {
  readonly text: string
  readonly type?: NameType | undefined
}

function assemble(pieces: readonly Piece[]): LabelledText {
  let text = ''
  const spans: Span[] = []
  for (const piece of pieces) {
    if (piece.type !== undefined)
      spans.push({ start: text.length, end: text.length + piece.text.length, type: piece.type })
    text += piece.text
  }
  return { text, spans }
}

/** Each piece rewritten by itself: labels stay where they are. */
const rewrite = (pieces: readonly Piece[], change: (text: string) => string): Piece[] =>
  pieces.map(({ text, type }) => ({ text: change(text), type }))

export function piecesOf({ text, spans }: LabelledText): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const { start, end, type } of spans) {
    if (start > at) pieces.push({ text: text.slice(at, start) })
    pieces.push({ text: text.slice(start, end), type })
    at = end
  }
  if (at < text.length) pieces.push({ text: text.slice(at) })
  return pieces
}

export const changed = (labelled: LabelledText, change: (text: string) => string): LabelledText =>
  assemble(rewrite(piecesOf(labelled), change))

export class Generator {
  readonly #random: Random
  readonly #filler: Filler

  constructor(pools: Pools, random: Random) {
    this.#random = random
    this.#filler = new Filler(pools, random)
  }

  named(): LabelledText {
    return this.#make(NAMED, 0.27)
  }

  plain(): LabelledText {
    return this.#make(PLAIN, 0.15)
  }

  /** Words of other languages and words of none, as a foreign text looks to lists that do not know its words. */
  strange(): LabelledText {
    const random = this.#random
    const words = Array.from({ length: 4 + random.below(16) }, () => this.#filler.strangeWord())
    const capitals = random.chance(0.15) ? 0.2 : 0
    const shown = words.map((word, index) =>
      (index === 0 && random.chance(0.8)) || random.chance(capitals) ? word[0]!.toUpperCase() + word.slice(1) : word,
    )
    const text = shown
      .map((word, index) => word + (index < shown.length - 1 && random.chance(0.08) ? ',' : ''))
      .join(' ')
    return { text: text + random.pick(['.', '.', '?', '', '!']), spans: [] }
  }

  /** The same text about other people and places. */
  replaced(labelled: LabelledText): LabelledText {
    const pieces = piecesOf(labelled).map(({ text, type }): Piece => {
      if (type === undefined) return { text }
      const other = this.#filler.another(type, text.split(' ').length)
      return { text: this.#random.chance(0.02) || text === text.toLowerCase() ? other.toLowerCase() : other, type }
    })
    return assemble(pieces)
  }

  #make(sources: readonly Source[], lowerShare: number): LabelledText {
    const source = this.#pick(sources)
    const count = this.#random.chance(0.25) ? 2 + this.#random.below(3) : 1
    let pieces: Piece[] = []
    for (let index = 0; index < count; index++) {
      if (index > 0) pieces.push({ text: this.#random.pick([' ', '\n', '\n\n']) })
      const from =
        index > 0 && this.#random.chance(0.4) ? PLAIN.find(({ language }) => language === source.language)! : source
      pieces.push(...this.#fill(this.#random.pick(from.templates), source.language))
    }
    if (this.#random.chance(lowerShare)) pieces = rewrite(pieces, (text) => text.toLowerCase())
    else if (this.#random.chance(0.04)) pieces = rewrite(pieces, (text) => text.toUpperCase())
    else if (this.#random.chance(0.03))
      pieces = pieces.map((piece) => (piece.type === undefined ? piece : { ...piece, text: piece.text.toLowerCase() }))
    if (this.#random.chance(0.05)) pieces = this.#quoted(pieces)
    return assemble(pieces)
  }

  /** As a string in JSON, where marks and line breaks are escaped. */
  #quoted(pieces: readonly Piece[]): Piece[] {
    const escaped = rewrite(pieces, (text) => JSON.stringify(text).slice(1, -1))
    return [
      { text: this.#random.pick(['{"content":"', '"', '{"role": "user", "text": "']) },
      ...escaped,
      { text: this.#random.pick(['"}', '"', '"}]']) },
    ]
  }

  #pick(sources: readonly Source[]): Source {
    let at = this.#random.next() * sources.reduce((sum, { share }) => sum + share, 0)
    return sources.find(({ share }) => (at -= share) < 0) ?? sources[0]!
  }

  #fill(template: string, language: string): Piece[] {
    const script = scriptOf(template)
    return template.split(/(\{\w+\})/).map((part): Piece => {
      const [, slot] = /^\{(\w+)\}$/.exec(part) ?? []
      if (slot !== undefined) return this.#filler.fill(slot, language, script)
      return { text: part.replaceAll('|', '\n') }
    })
  }
}
