import { createHash } from 'node:crypto'
import { MAX_HITS, TOO_MANY_HITS } from '../../core/examine/index.ts'
import type { Detector, Hit, Inspection, Scan } from '../../core/seam.ts'
import type { CustomRule } from '../../schemas/customrule.ts'
import { plainText } from '../scan/index.ts'
import { normalOf } from './normal.ts'
import { readingsOf, type Reading } from './readings.ts'
import { compileRules, type CompiledRule, type CompiledRules } from './rules.ts'

class Inspector implements Inspection {
  readonly hits: Hit[] = []
  readonly unscanned: { text: number; reason: string }[] = []
  private readonly compiled: CompiledRules
  /** Matches so far, those of nothing too: each may have cost a look ahead. */
  private matches = 0

  constructor(compiled: CompiledRules) {
    this.compiled = compiled
  }

  /** All readings of one text: a keyword in one of them speaks for the others. */
  inspect(readings: readonly Reading[]): void {
    const { rules } = this.compiled
    const awake = new Set<number>()
    for (const reading of readings) this.searchWords(reading, awake)
    for (const [index, rule] of rules.entries()) {
      if (rule.waits && !awake.has(index)) continue
      for (const reading of readings) this.searchPattern(reading, rule)
    }
    if (this.matches > MAX_HITS) this.unscanned.push({ text: readings[0]!.text, reason: TOO_MANY_HITS })
  }

  private searchWords(reading: Reading, awake: Set<number>): void {
    const { rules, search, uses } = this.compiled
    if (search.size === 0) return
    search.search(reading.content, (phrase, start, end) => {
      const { rule, is } = uses[phrase]!
      if (is === 'keyword') awake.add(rule)
      else this.note(reading, rules[rule]!, start, end)
    })
  }

  private searchPattern(reading: Reading, rule: CompiledRule): void {
    if (this.matches > MAX_HITS) return
    rule.pattern?.search(reading.content, (start, end) => this.note(reading, rule, start, end))
  }

  /** Whether there may be more. */
  private note(reading: Reading, { name, type, confidence }: CompiledRule, start: number, end: number): boolean {
    if (++this.matches > MAX_HITS) return false
    if (start === end) return true
    const value = reading.content.slice(start, end)
    const range = reading.original(start, end)
    this.hits.push({ type, text: reading.text, ...range, confidence, why: name, normal: normalOf(value) ?? value })
    return true
  }
}

function inspectScan(scan: Scan, compiled: CompiledRules): Inspection {
  const inspector = new Inspector(compiled)
  for (const readings of readingsOf(scan)) inspector.inspect(readings)
  return inspector
}

/** What the rules of a configuration find. A rule that cannot be run is refused with WEIR_CONFIG_INVALID. */
export function createCustomDetector(rules: readonly CustomRule[]): Detector {
  const compiled = compileRules(rules)
  const types = [...new Set(rules.map(({ type }) => type))]
  return {
    name: 'custom',
    version: `1-${createHash('sha256').update(JSON.stringify(rules)).digest('hex').slice(0, 8)}`,
    types: types.map((name) => ({ name, normal: (value) => normalOf(plainText(value)) })),
    inspect: (_interaction, scan) => inspectScan(scan, compiled),
  }
}
