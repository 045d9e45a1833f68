/*
 * A text rewritten in places, and the way back: which characters of the original a range of the rewritten text came from.
 * Stretches that stayed cost nothing; each replaced unit is remembered by itself.
 */

export interface Range {
  readonly start: number
  readonly end: number
}

export interface Rewritten {
  readonly text: string
  /** A range that begins or ends inside a replaced unit widens to the whole of it. */
  original(start: number, end: number): Range
}

export class Rewriting {
  private readonly source: string
  private readonly pieces: string[] = []
  private length = 0
  private done = 0
  /** By unit: where it begins in the rewritten text, how long it is there, where it began and how long it was. */
  private readonly at: number[] = []
  private readonly size: number[] = []
  private readonly from: number[] = []
  private readonly was: number[] = []

  constructor(source: string) {
    this.source = source
  }

  /** Units come left to right. */
  replace(start: number, end: number, by: string): void {
    this.pieces.push(this.source.slice(this.done, start), by)
    this.length += start - this.done
    this.at.push(this.length)
    this.size.push(by.length)
    this.from.push(start)
    this.was.push(end - start)
    this.length += by.length
    this.done = end
  }

  /** Undefined when nothing was replaced. */
  finish(): Rewritten | undefined {
    if (this.at.length === 0) return undefined
    this.pieces.push(this.source.slice(this.done))
    const text = this.pieces.join('')
    return { text, original: (start, end) => ({ start: this.startOf(start), end: this.endOf(end - 1) }) }
  }

  private startOf(index: number): number {
    const unit = this.unitBefore(index)
    if (unit === -1) return index
    const past = index - this.at[unit]!
    return past < this.size[unit]! ? this.from[unit]! : this.from[unit]! + this.was[unit]! + past - this.size[unit]!
  }

  /** The end of the character at `index`. */
  private endOf(index: number): number {
    const unit = this.unitBefore(index)
    if (unit === -1) return index + 1
    const past = index - this.at[unit]!
    const unitEnd = this.from[unit]! + this.was[unit]!
    return past < this.size[unit]! ? unitEnd : unitEnd + past - this.size[unit]! + 1
  }

  /** The last unit that begins at or before `index` and shows something, or was wholly dropped before it. */
  private unitBefore(index: number): number {
    let low = 0
    let high = this.at.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.at[middle]! <= index) low = middle + 1
      else high = middle
    }
    return low - 1
  }
}

/** First by `first`, then by `second` on what came out of it. */
export function chain(first: Rewritten | undefined, second: Rewritten | undefined): Rewritten | undefined {
  if (first === undefined || second === undefined) return first ?? second
  return {
    text: second.text,
    original(start, end) {
      const between = second.original(start, end)
      return first.original(between.start, between.end)
    },
  }
}
