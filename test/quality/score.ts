import type { Case, Gold } from './cases.ts'
import type { Detection } from './detect.ts'

/* What counts as right, and the figures made of it. The rules stand in README.md. */

export interface Tally {
  right: number
  missed: number
  /** Of those missed, found under another structured type. */
  mistaken: number
  alarms: number
}

export interface Figures {
  readonly precision: number
  readonly recall: number
  readonly f2: number
}

export const newTally = (): Tally => ({ right: 0, missed: 0, mistaken: 0, alarms: 0 })

const round = (value: number): number => Math.round(value * 10_000) / 10_000

export function figuresOf({ right, missed, alarms }: Tally): Figures {
  const precision = right + alarms === 0 ? (missed === 0 ? 1 : 0) : right / (right + alarms)
  const recall = right + missed === 0 ? 1 : right / (right + missed)
  const f2 = precision + recall === 0 ? 0 : (5 * precision * recall) / (4 * precision + recall)
  return { precision: round(precision), recall: round(recall), f2: round(f2) }
}

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u

interface Range {
  readonly start: number
  readonly end: number
}

/** No letter or digit of the range is left outside of the detection. */
export function covers(text: string, detection: Range, { start, end }: Range): boolean {
  const left = text.slice(start, Math.max(start, Math.min(detection.start, end)))
  const right = text.slice(Math.min(end, Math.max(detection.end, start)), end)
  return !LETTER_OR_DIGIT.test(left) && !LETTER_OR_DIGIT.test(right)
}

export const overlaps = (a: Range, b: Range): boolean => a.start < b.end && b.start < a.end

/** The whole value, and not much beside it: what is masked beyond must not outweigh the value. */
export function matches(text: string, detection: Range, gold: Gold): boolean {
  if (!covers(text, detection, gold.core ?? gold)) return false
  if (gold.outer !== undefined && detection.start >= gold.outer.start && detection.end <= gold.outer.end) return true
  const shared = Math.min(detection.end, gold.end) - Math.max(detection.start, gold.start)
  const union = Math.max(detection.end, gold.end) - Math.min(detection.start, gold.start)
  return shared / union >= 0.5
}

export type Verdict = 'right' | 'missed' | 'mistaken' | 'alarm'

export interface Fault {
  readonly verdict: Exclude<Verdict, 'right'>
  readonly one: Case
  readonly detections: readonly Detection[]
}

/** Scores one text for its own type; what is found of other types elsewhere in it does not count here. */
export function scoreCase(
  one: Case,
  detections: readonly Detection[],
  structured: ReadonlySet<string>,
  tally: Tally,
): Fault[] {
  const faults: Fault[] = []
  const { gold, text, type } = one
  let right = false
  for (const detection of detections) {
    if (detection.type !== type) continue
    if (gold !== undefined && !right && matches(text, detection, gold)) right = true
    // Too much or too little of the value is one fault: it is missed. It is not also an alarm.
    else if (gold === undefined || !overlaps(detection, gold)) {
      tally.alarms++
      faults.push({ verdict: 'alarm', one, detections: [detection] })
    }
  }
  if (gold === undefined) return faults
  if (right) {
    tally.right++
    return faults
  }
  tally.missed++
  const others = detections.filter(
    (other) => other.type !== type && structured.has(other.type) && overlaps(other, gold),
  )
  if (others.some((other) => matches(text, other, gold))) tally.mistaken++
  faults.push({ verdict: others.length > 0 ? 'mistaken' : 'missed', one, detections: others })
  return faults
}
