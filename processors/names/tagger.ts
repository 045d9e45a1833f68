import { BestChain } from './best-chain.ts'
import { likelihoods } from './likelihoods.ts'
import { CONTEXT_ROWS, contextRows, OFFSETS, type Context } from './features.ts'
import { isBegin, LABELS, OUTSIDE, typeOf, type Mention, type NameLook } from './labels.ts'
import type { WordTable } from './lists.ts'
import type { Model } from './model.ts'
import { packWeights, PARTS, surplus, writeScores } from './packed.ts'
import { withRepeats } from './repeats.ts'
import { isCapital, isNear, lookAgain, type Stretch } from './second-look.ts'
import { caseOf, glueOf, knownRuns, regimeOf, sequenceEnds } from './sequence.ts'
import { WordStore } from './store.ts'
import type { Token } from './tokens.ts'
import { LOOK, LOOK_SIZE, SHAPE, TECHNICAL_CUE } from './words.ts'

/** Tokens that are looked at together, at most: a long text is taken in blocks. */
const BLOCK = 4_000
/** How many words beside a token count, on either side. */
const MARGIN = 2

/** The sequences of a text and what stands around their tokens, as training and tagging see them. */
export function contextsOf(text: string, tokens: readonly Token[], looks: Int32Array, table: WordTable): Context[] {
  const glue = new Uint8Array(tokens.length * 2)
  tokens.forEach(({ start, end }, index) => {
    glue[index * 2] = glueOf(text, start - 1)
    glue[index * 2 + 1] = glueOf(text, end)
  })
  const textCase = caseOf(looks, 0, tokens.length)
  let start = 0
  return sequenceEnds(text, tokens).map((end) => {
    const runs = knownRuns(looks, start, end, table)
    const sequenceCase = caseOf(looks, start, end)
    const regime = regimeOf(textCase, sequenceCase)
    const context = { looks, start, end, runs, glue, regime, textCase, sequenceCase }
    start = end
    return context
  })
}

/** The tokens in blocks of whole sequences. */
function* blocksOf(text: string, tokens: readonly Token[]): Generator<{ from: number; block: readonly Token[] }> {
  if (tokens.length <= BLOCK) {
    yield { from: 0, block: tokens }
    return
  }
  let from = 0
  let last = 0
  for (const end of sequenceEnds(text, tokens)) {
    if (end - from > BLOCK) {
      yield { from, block: tokens.slice(from, last) }
      from = last
    }
    last = end
  }
  yield { from, block: tokens.slice(from) }
}

/** How far beyond mentions it is worked out how likely they are. */
const WINDOW = 4

/** How likely the least likely token is to be in a mention of the type that `begin` begins. */
function leastLikely(likely: Float64Array, from: number, end: number, begin: number): number {
  let least = 1
  for (let at = from * LABELS; at < end * LABELS; at += LABELS)
    least = Math.min(least, likely[at + begin]! + likely[at + begin + 1]!)
  return least
}

function lookOf({ looks, regime }: Context, first: number, end: number): NameLook {
  const shapeAt = (at: number): number => looks[at * LOOK_SIZE + LOOK.shape]!
  if (end - first === 1 && shapeAt(first) === SHAPE.upper) return regime === 3 ? 'usual' : 'shouted'
  for (let at = first; at < end; at++) {
    const shape = shapeAt(at)
    if (shape !== SHAPE.lower && shape !== SHAPE.smallLetter && shape !== SHAPE.mark) return 'usual'
  }
  return regime === 1 ? 'allSmall' : 'small'
}

/** `INFO`, `Server`: a word of machines, alone, names nobody. */
const looksTechnical = ({ looks }: Context, at: number): boolean => looks[at * LOOK_SIZE + LOOK.cue] === TECHNICAL_CUE

export class Tagger {
  readonly #scale: number
  readonly #table: WordTable
  readonly #packed: Int32Array
  readonly #words: WordStore
  /** Added to the sums of each label. */
  readonly #offsets: Int32Array
  readonly #places = new Int32Array(OFFSETS.length)
  readonly #rows = new Int32Array(CONTEXT_ROWS)
  readonly #chain: BestChain
  /** Exp of what a chain begins with, and of the transitions. */
  readonly #starts: Float64Array
  readonly #steps: Float64Array

  /** `bias` is added where a mention of a type begins: above 0 finds more. */
  constructor(model: Model, table: WordTable, bias: readonly number[]) {
    this.#scale = model.scale
    this.#table = table
    this.#packed = packWeights(model.weights)
    this.#words = new WordStore(table, this.#packed)
    const taken = -surplus()
    this.#offsets = Int32Array.from({ length: LABELS }, (_, label) => {
      const own = isBegin(label) ? (bias[(label - 1) / 2] ?? 0) : 0
      return taken + Math.round(own * model.scale)
    })
    this.#chain = new BestChain(model.starts, model.transitions)
    const shares = (values: Float64Array): Float64Array => values.map((value) => Math.exp(value / model.scale))
    this.#starts = shares(model.starts)
    this.#steps = shares(model.transitions)
  }

  tag(text: string, tokens: readonly Token[]): Mention[] {
    const all: Mention[] = []
    for (const { from, block } of blocksOf(text, tokens)) {
      const looks = this.#words.looksOf(text, block)
      const mentions: Mention[] = []
      for (const context of contextsOf(text, block, looks, this.#table)) this.#tagSequence(context, mentions)
      for (const mention of withRepeats(looks, block.length, mentions))
        all.push({ ...mention, first: mention.first + from, end: mention.end + from })
    }
    return all
  }

  #tagSequence(context: Context, mentions: Mention[]): void {
    const { start, end } = context
    const scores = this.#scores(context)
    if (this.#chain.isQuiet(scores, end - start)) return
    const labels = this.#chain.of(scores, end - start)
    const tells = (at: number): boolean => labels[at] !== OUTSIDE || (isNear(scores, at) && isCapital(context, at))
    let first = 0
    while (first < labels.length) {
      if (!tells(first)) {
        first++
        continue
      }
      let last = first
      const most = labels.length - 1
      for (let at = first + 1; at <= Math.min(most, last + WINDOW); at++) if (tells(at)) last = at
      const from = Math.max(0, first - WINDOW)
      const likely = this.#likely(scores, from, Math.min(labels.length, last + 1 + WINDOW))
      lookAgain(context, { labels, likely, from, first, last })
      this.#addMentions(context, { labels, likely, from, first, last }, mentions)
      first = last + 1
    }
  }

  #addMentions(context: Context, { labels, likely, from, first, last }: Stretch, mentions: Mention[]): void {
    const { start } = context
    for (let at = first; at <= last; at++) {
      const label = labels[at]!
      if (!isBegin(label)) continue
      let stop = at + 1
      while (labels[stop] === label + 1) stop++
      if (stop - at === 1 && looksTechnical(context, start + at)) continue
      const look = lookOf(context, start + at, start + stop)
      const confidence = leastLikely(likely, at - from, stop - from, label)
      mentions.push({ type: typeOf(label)!, first: start + at, end: start + stop, confidence, look })
      at = stop - 1
    }
  }

  #scores(context: Context): Int32Array {
    const { start, end } = context
    const scores = new Int32Array((end - start) * LABELS)
    const sums = this.#sumsOf(context)
    const [places, rows, offsets] = [this.#places, this.#rows, this.#offsets]
    const summands = { sums: this.#words.sums, places, packed: this.#packed, rows }
    for (let at = start; at < end; at++) {
      for (let place = 0; place < places.length; place++)
        places[place] = sums[at - start - OFFSETS[place]! + MARGIN]! + place * PARTS
      contextRows(context, at, rows)
      writeScores(summands, offsets, scores, (at - start) * LABELS)
    }
    return scores
  }

  /** Where the sums of the sequence's words lie, with the outside on both ends. */
  #sumsOf({ looks, start, end, regime }: Context): Int32Array {
    const sums = new Int32Array(end - start + 2 * MARGIN).fill(this.#words.sumsAt(0, regime))
    for (let at = start; at < end; at++)
      sums[at - start + MARGIN] = this.#words.sumsAt(looks[at * LOOK_SIZE + LOOK.word]!, regime)
    return sums
  }

  /** How likely each label is at the tokens from `from` to `end` of the sequence. */
  #likely(scores: Int32Array, from: number, end: number): Float64Array {
    const units = new Float64Array((end - from) * LABELS)
    for (let index = 0; index < units.length; index++) units[index] = scores[from * LABELS + index]! / this.#scale
    return likelihoods(units, this.#starts, this.#steps)
  }
}
