import { beginOf, OUTSIDE } from '../labels.ts'
import { fold, hashText } from '../hashing.ts'
import { factOf, WordTable } from '../lists.ts'
import { contextsOf } from '../tagger.ts'
import { tokenise, type Token } from '../tokens.ts'
import { describe, LOOK_SIZE, OUTSIDE_WORD, spelling, writeLook } from '../words.ts'
import { changed, type Generator } from './generate.ts'
import type { LabelledText, Span } from './labelled.ts'
import type { Corpus } from './learn.ts'
import type { Random } from './random.ts'

/* From labelled texts to what the learner reads: tokens, labels, and copies that make it see more than there is. */

export interface Amounts {
  readonly named: number
  readonly plain: number
  readonly strange: number
}

interface Hidden {
  readonly names: number
  readonly others: number
}
const NOTHING_HIDDEN: Hidden = { names: 0, others: 0 }

/** A label for each token; a token that is in a name only in part counts as in it. */
export function labelsOf(tokens: readonly Token[], spans: readonly Span[]): Uint8Array {
  const labels = new Uint8Array(tokens.length).fill(OUTSIDE)
  for (const { start, end, type } of spans) {
    let begun = false
    tokens.forEach((token, index) => {
      if (token.end <= start || token.start >= end || token.kind === 'break') return
      labels[index] = beginOf(type) + (begun ? 1 : 0)
      begun = true
    })
  }
  return labels
}

const titleCase = (text: string): string => text.replaceAll(/(?<![\p{L}'’])\p{Ll}/gu, (letter) => letter.toUpperCase())

export class Preparer {
  readonly #table: WordTable
  /** Knows nothing: words are hidden from the lists by it. */
  readonly #empty = new WordTable([])
  readonly #random: Random
  readonly #corpus: Corpus

  constructor(table: WordTable, random: Random, corpus: Corpus) {
    this.#table = table
    this.#random = random
    this.#corpus = corpus
  }

  /** `names` and `others` are the shares of words that the lists are made not to know. */
  add({ text, spans }: LabelledText, hidden: Hidden = NOTHING_HIDDEN): void {
    const tokens = tokenise(text)
    const labels = labelsOf(tokens, spans)
    const looks = new Int32Array((tokens.length + 1) * LOOK_SIZE)
    const words = tokens.map((token, index) => {
      const hide = this.#random.chance(labels[index] === OUTSIDE ? hidden.others : hidden.names)
      const word = describe(spelling(text, token), token.kind, hide ? this.#empty : this.#table)
      writeLook(word, 0, looks, index)
      return word
    })
    writeLook(OUTSIDE_WORD, 0, looks, tokens.length)
    for (const context of contextsOf(text, tokens, looks, this.#table)) this.#corpus.add(context, words, labels)
  }

  /** Names are often unknown where nothing is in capitals, elsewhere in a quarter of the texts; then other words may be, too. */
  #hidden(text: string): Hidden {
    if (!this.#random.chance(text === text.toLowerCase() ? 0.5 : 0.25)) return NOTHING_HIDDEN
    return { names: 0.9, others: this.#random.chance(0.5) ? 0.04 : 0.35 }
  }

  /** Some sets call a people's name a place (`Iraqi forces`) and some do not: here it is none. */
  #withoutPeoples({ text, spans }: LabelledText): LabelledText {
    const isPeople = ({ start, end }: Span): boolean =>
      factOf(this.#table.find(hashText(fold(text.slice(start, end)))), 'region') === 1
    return { text, spans: spans.filter((span) => span.type !== 'LOCATION' || !isPeople(span)) }
  }

  addReal(given: readonly LabelledText[], generator: Generator): void {
    const texts = given.map((labelled) => this.#withoutPeoples(labelled))
    for (const labelled of texts) {
      this.add(labelled)
      if (labelled.spans.length > 0)
        this.add(generator.replaced(labelled), this.#random.chance(0.1) ? { names: 0.9, others: 0.05 } : NOTHING_HIDDEN)
      if (this.#random.chance(0.25)) this.add(changed(labelled, (text) => text.toLowerCase()))
      if (this.#random.chance(0.08)) this.add(changed(labelled, (text) => text.toUpperCase()))
      if (this.#random.chance(0.05)) this.add(changed(labelled, titleCase))
    }
  }

  addGenerated(generator: Generator, { named, plain, strange }: Amounts): void {
    for (let index = 0; index < named; index++) {
      const labelled = generator.named()
      this.add(labelled, this.#hidden(labelled.text))
    }
    for (let index = 0; index < plain; index++)
      this.add(generator.plain(), this.#random.chance(0.3) ? { names: 0, others: 0.4 } : NOTHING_HIDDEN)
    for (let index = 0; index < strange; index++) this.add(generator.strange())
  }
}
