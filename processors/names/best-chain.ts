import { follows, isBegin, LABELS, OUTSIDE } from './labels.ts'

const STEPS = Array.from({ length: LABELS * LABELS }, (_, step) => step)

/** How much more a label may gain by what follows it than none does, where none may stand as well. */
function mostGain(transitions: Float64Array): number {
  const gains = STEPS.map((step) => {
    const [from, to] = [Math.floor(step / LABELS), step % LABELS]
    return follows(from, to) && follows(OUTSIDE, to) ? transitions[step]! - transitions[OUTSIDE * LABELS + to]! : 0
  })
  return Math.max(...gains)
}

/** How far below none all other labels must stay for the best chain to hold no mention, whatever the transitions. */
function quietBelow(starts: Float64Array, transitions: Float64Array): number {
  const most = (values: Float64Array): number => values.reduce((max, value) => Math.max(max, value), 0)
  const step = most(transitions) - transitions[0]!
  return -(2 * step + Math.max(0, most(starts) - starts[0]!))
}

/** Finds the best whole chain of labels. Scores of `count` tokens lie in rows of LABELS numbers. */
export class BestChain {
  readonly #starts: Float64Array
  readonly #transitions: Float64Array
  readonly #quietBelow: number
  readonly #gain: number
  /** The best chains that end in each label: up to the token before, and up to this one. */
  #before = new Float64Array(LABELS)
  #now = new Float64Array(LABELS)

  constructor(starts: Float64Array, transitions: Float64Array) {
    this.#starts = starts
    this.#transitions = transitions
    this.#quietBelow = quietBelow(starts, transitions)
    this.#gain = mostGain(transitions)
  }

  /** Cheap, and never wrong when it says that the best chain is none all along. */
  isQuiet(scores: Int32Array, count: number): boolean {
    for (let at = 0; at < count * LABELS; at += LABELS) {
      const limit = scores[at]! + this.#quietBelow
      for (let label = 1; label < LABELS; label++) if (scores[at + label]! >= limit) return false
    }
    return true
  }

  of(scores: Int32Array, count: number): Uint8Array {
    const back = new Uint8Array(count * LABELS)
    for (let label = 0; label < LABELS; label++) this.#now[label] = this.#starts[label]! + scores[label]!
    for (let at = LABELS; at < count * LABELS; at += LABELS) this.#step(scores, at, back)
    const labels = new Uint8Array(count)
    let label = 0
    for (let other = 1; other < LABELS; other++) if (this.#now[other]! > this.#now[label]!) label = other
    for (let at = count - 1; at >= 0; at--) {
      labels[at] = label
      label = back[at * LABELS + label]!
    }
    return labels
  }

  #step(scores: Int32Array, at: number, back: Uint8Array): void {
    const before = this.#now
    const now = this.#before
    const noneLeads = this.#noneLeads(before)
    for (let label = 0; label < LABELS; label++) {
      const anywhere = label === OUTSIDE || isBegin(label)
      const from = anywhere
        ? noneLeads
          ? OUTSIDE
          : this.#bestOf(before, label, 0, LABELS)
        : this.#bestOf(before, label, label - 1, label + 1)
      now[label] = before[from]! + this.#transitions[from * LABELS + label]! + scores[at + label]!
      back[at + label] = from
    }
    this.#before = before
    this.#now = now
  }

  /** Nearly everywhere none is so far ahead that nothing else comes before what need not go on with a mention. */
  #noneLeads(before: Float64Array): boolean {
    const limit = before[OUTSIDE]! - this.#gain
    for (let label = 1; label < LABELS; label++) if (before[label]! >= limit) return false
    return true
  }

  /** Of the labels from `first` to `end` the best before `label`. */
  #bestOf(before: Float64Array, label: number, first: number, end: number): number {
    let from = first
    let best = before[from]! + this.#transitions[from * LABELS + label]!
    for (let previous = first + 1; previous < end; previous++) {
      const score = before[previous]! + this.#transitions[previous * LABELS + label]!
      if (score <= best) continue
      best = score
      from = previous
    }
    return from
  }
}
