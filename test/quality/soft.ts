import type { Detection } from './detect.ts'
import { fill } from './fill.ts'
import { createRng, type Rng } from './rng.ts'
import { figuresOf, newTally, overlaps, type Fault, type Figures } from './score.ts'
import type { Case } from './cases.ts'
import { SOFT, type SoftType } from './soft-values.ts'
import type { Half } from './templates/templates.ts'

/* What no structure decides. Found is what is touched: where such a value begins and ends is a matter of taste. */

function caseOf(rng: Rng, soft: SoftType, half: Half, positive: boolean): Case {
  if (!positive)
    return { type: soft.type, text: fill(rng, rng.pick(soft.negatives[half]), { v: '' }).text, made: 'none' }
  const { text, start, end } = fill(rng, rng.pick(soft.sentences[half]), { v: soft.value(rng) })
  return { type: soft.type, text, made: 'sentence', gold: { start, end } }
}

export function softCases(soft: SoftType, half: Half, each: number): Case[] {
  const rng = createRng(`${half} soft ${soft.type}`)
  return [true, false].flatMap((positive) => Array.from({ length: each }, () => caseOf(rng, soft, half, positive)))
}

export function scoreSoft(
  cases: readonly Case[],
  detect: (text: string) => readonly Detection[],
): { figures: Figures; faults: Fault[] } {
  const tally = newTally()
  const faults: Fault[] = []
  for (const one of cases) {
    const own = detect(one.text).filter(({ type }) => type === one.type)
    const beside = own.filter((detection) => one.gold === undefined || !overlaps(detection, one.gold))
    tally.alarms += beside.length
    if (beside.length > 0) faults.push({ verdict: 'alarm', one, detections: beside })
    if (one.gold === undefined) continue
    if (beside.length < own.length) tally.right++
    else {
      tally.missed++
      faults.push({ verdict: 'missed', one, detections: [] })
    }
  }
  return { figures: figuresOf(tally), faults }
}

export { SOFT }
