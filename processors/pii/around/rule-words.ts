import type { WordSet } from './word-set.ts'

/*
 * Which rules a word names, as bits: one row for each word, one bit for each rule. Some ten thousand pairs of a word and a
 * rule would lie far apart in memory as sets; here they are small and near.
 */

const BITS = 5

export class RuleWords {
  /** Numbers that a row, or the bits of some rules, take up. */
  readonly width: number
  private readonly rows: Uint16Array
  private readonly bits: Int32Array

  /** By rule, the words that name it. */
  constructor(wordsByRule: readonly WordSet[]) {
    this.width = (wordsByRule.length >> BITS) + 1
    const words = new Set(wordsByRule.flatMap((words) => [...words]))
    this.rows = new Uint16Array(Math.max(0, ...words) + 1)
    this.bits = new Int32Array((words.size + 1) * this.width)
    for (const [row, word] of [...words].entries()) this.rows[word] = row + 1
    for (const [rule, own] of wordsByRule.entries())
      for (const word of own) this.bits[this.rowOf(word) * this.width + (rule >> BITS)]! |= 1 << (rule & 31)
  }

  /** The row of a mark's kind; 0, where no bit is set, when it names no rule. */
  rowOf(kind: number): number {
    return kind >= 0 && kind < this.rows.length ? this.rows[kind]! : 0
  }

  /** Whether the word of a row names a rule. */
  names(row: number, rule: number): boolean {
    return (this.bits[row * this.width + (rule >> BITS)]! & (1 << (rule & 31))) !== 0
  }

  /** Of `rules`, made by `noRules`, those that the word of a row names: 32 of them, from the `part`th. */
  namedOf(row: number, rules: Int32Array, part: number): number {
    return this.bits[row * this.width + part]! & rules[part]!
  }
}

/** Room for a bit for each of so many rules. */
export const noRules = (count: number): Int32Array => new Int32Array((count >> BITS) + 1)

export const addRule = (rules: Int32Array, rule: number): void => void (rules[rule >> BITS]! |= 1 << (rule & 31))
