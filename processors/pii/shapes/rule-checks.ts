import type { IdRule, Verdict } from './rule.ts'

/*
 * What is asked of a rule for each value, by the rule's number. The rules are objects of many forms, and to look into them
 * anew each time costs as much as a check.
 */

export class RuleChecks {
  private readonly checks: readonly IdRule['check'][]
  private readonly confidences: Float64Array
  private readonly capitals: Uint8Array
  private readonly reaches: Float64Array

  constructor(rules: readonly IdRule[]) {
    this.checks = rules.map(({ check }) => check)
    this.confidences = Float64Array.from(rules, ({ alone }) => alone ?? 0)
    this.capitals = Uint8Array.from(rules, ({ capitals }) => Number(capitals === true))
    this.reaches = Float64Array.from(rules, ({ reach }) => reach ?? Infinity)
  }

  verdict(rule: number, compact: string): Verdict {
    const check = this.checks[rule]!
    return check(compact)
  }

  /** How sure a valid value is when no word names it; 0 when it is none then. */
  alone(rule: number): number {
    return this.confidences[rule]!
  }

  /** How far away a word may name it. */
  reach(rule: number): number {
    return this.reaches[rule]!
  }

  ofCapitals(rule: number): boolean {
    return this.capitals[rule] === 1
  }
}
