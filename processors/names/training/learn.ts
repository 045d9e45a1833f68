import { likelihoods } from '../likelihoods.ts'
import { CONTEXT_ROWS, contextRows, OFFSETS, ROWS, wordRows, type Context } from '../features.ts'
import { LABELS, STRIDE } from '../labels.ts'
import { forbidStarts, forbidTransitions, type Model } from '../model.ts'
import { OUTSIDE_WORD, type WordInfo } from '../words.ts'
import type { Random } from './random.ts'

/* Learns the weights of the chain: conditional likelihood, AdaGrad, and an L1 penalty that leaves most rows empty. */

const RATE = 0.06
const PENALTY = 0.0025
/** Errors smaller than this teach nothing worth the time. */
const LEAST_ERROR = 1e-3

/** Sequences with their labels; the rows of their tokens lie in one array. */
export class Corpus {
  readonly starts: number[] = []
  readonly lengths: number[] = []
  #rows = new Int32Array(1 << 20)
  #labels = new Uint8Array(1 << 16)
  #tokens = 0
  static readonly rowsPerToken = 64

  add(context: Context, words: readonly WordInfo[], labels: Uint8Array): void {
    this.starts.push(this.#tokens)
    this.lengths.push(context.end - context.start)
    for (let at = context.start; at < context.end; at++) this.#addToken(context, words, at, labels[at]!)
  }

  #addToken(context: Context, words: readonly WordInfo[], at: number, label: number): void {
    const per = Corpus.rowsPerToken
    if ((this.#tokens + 1) * per > this.#rows.length) this.#grow()
    const rows: number[] = []
    for (const offset of OFFSETS) {
      const beside = at - offset
      const inside = beside >= context.start && beside < context.end
      wordRows(inside ? words[beside]! : OUTSIDE_WORD, offset, context.regime, rows)
    }
    const around = new Int32Array(CONTEXT_ROWS)
    contextRows(context, at, around)
    rows.push(...around)
    if (rows.length >= per) throw new RangeError('too many rows for a token')
    const base = this.#tokens * per
    this.#rows[base] = rows.length
    this.#rows.set(rows, base + 1)
    this.#labels[this.#tokens] = label
    this.#tokens++
  }

  #grow(): void {
    const rows = new Int32Array(this.#rows.length * 2)
    rows.set(this.#rows)
    this.#rows = rows
    const labels = new Uint8Array(rows.length / Corpus.rowsPerToken + 1)
    labels.set(this.#labels.subarray(0, this.#tokens))
    this.#labels = labels
  }

  get tokens(): number {
    return this.#tokens
  }

  rowsOf(token: number): Int32Array {
    const base = token * Corpus.rowsPerToken
    return this.#rows.subarray(base + 1, base + 1 + this.#rows[base]!)
  }

  labelOf(token: number): number {
    return this.#labels[token]!
  }
}

export interface LearnOptions {
  readonly epochs: number
  /** Epochs from this one on are averaged. */
  readonly averageFrom: number
  readonly random: Random
}

/** Averages as it goes: what `weights` returns is the mean of the epochs noted. */
export class Mean {
  readonly weights: Float64Array = new Float64Array(ROWS * STRIDE)
  readonly starts: Float64Array = new Float64Array(LABELS)
  readonly transitions: Float64Array = new Float64Array(LABELS * LABELS)
  #count = 0

  note({ weights, starts, transitions }: Learner): void {
    this.#count++
    const take = (mean: Float64Array, values: Float32Array | Float64Array): void => {
      for (let index = 0; index < mean.length; index++) mean[index]! += (values[index]! - mean[index]!) / this.#count
    }
    take(this.weights, weights)
    take(this.starts, starts)
    take(this.transitions, transitions)
  }

  /** In whole steps of one part in `scale`; what is smaller than `least` is left out. */
  model(scale: number, least: number): Model {
    const weights = new Int8Array(this.weights.length)
    this.weights.forEach((value, index) => {
      if (Math.abs(value) >= least) weights[index] = Math.max(-127, Math.min(127, Math.round(value * scale)))
    })
    const starts = forbidStarts(this.starts.map((value) => Math.round(value * scale)))
    return {
      weights,
      scale,
      starts,
      transitions: forbidTransitions(this.transitions.map((value) => Math.round(value * scale))),
    }
  }
}

export class Learner {
  readonly weights: Float32Array = new Float32Array(ROWS * STRIDE)
  readonly starts: Float64Array = forbidStarts(new Float64Array(LABELS))
  readonly transitions: Float64Array = forbidTransitions(new Float64Array(LABELS * LABELS))
  readonly #squares = new Float32Array(ROWS * STRIDE)
  readonly #startSquares = new Float64Array(LABELS)
  readonly #pairSquares = new Float64Array(LABELS * LABELS)

  learn(corpus: Corpus, { epochs, averageFrom, random }: LearnOptions, mean: Mean): void {
    const order = corpus.starts.map((_, index) => index)
    for (let epoch = 1; epoch <= epochs; epoch++) {
      random.shuffle(order)
      for (const index of order) this.#step(corpus, corpus.starts[index]!, corpus.lengths[index]!)
      if (epoch >= averageFrom) mean.note(this)
    }
  }

  #step(corpus: Corpus, first: number, count: number): void {
    const scores = new Float64Array(count * LABELS)
    for (let at = 0; at < count; at++) {
      for (const row of corpus.rowsOf(first + at))
        for (let label = 0; label < LABELS; label++) scores[at * LABELS + label]! += this.weights[row * STRIDE + label]!
    }
    const pairs = new Float64Array(LABELS * LABELS)
    const labels = likelihoods(scores, this.starts.map(Math.exp), this.transitions.map(Math.exp), pairs)
    this.#learnChain(corpus, first, count, labels, pairs)
    for (let at = 0; at < count; at++) this.#learnToken(corpus, first + at, labels, at * LABELS)
  }

  #learnToken(corpus: Corpus, token: number, likely: Float64Array, from: number): void {
    const right = corpus.labelOf(token)
    for (let label = 0; label < LABELS; label++) {
      const error = likely[from + label]! - (label === right ? 1 : 0)
      if (Math.abs(error) < LEAST_ERROR) continue
      for (const row of corpus.rowsOf(token)) {
        const index = row * STRIDE + label
        const square = (this.#squares[index]! += error * error)
        const rate = RATE / (Math.sqrt(square) + 1e-6)
        const moved = this.weights[index]! - rate * error
        const shrink = rate * PENALTY
        this.weights[index] = moved > shrink ? moved - shrink : moved < -shrink ? moved + shrink : 0
      }
    }
  }

  #learnChain(corpus: Corpus, first: number, count: number, likely: Float64Array, pairs: Float64Array): void {
    const move = (values: Float64Array, squares: Float64Array, index: number, error: number): void => {
      if (error === 0 || values[index]! < -1e5) return
      squares[index]! += error * error
      values[index]! -= (RATE * error) / (Math.sqrt(squares[index]!) + 1e-6)
    }
    for (let label = 0; label < LABELS; label++)
      move(this.starts, this.#startSquares, label, likely[label]! - (corpus.labelOf(first) === label ? 1 : 0))
    for (let at = 1; at < count; at++) pairs[corpus.labelOf(first + at - 1) * LABELS + corpus.labelOf(first + at)]! -= 1
    for (let pair = 0; pair < pairs.length; pair++) move(this.transitions, this.#pairSquares, pair, pairs[pair]!)
  }
}
