import { namesIn } from '../../../processors/names/index.ts'
import { TYPES, type NameType } from '../../../processors/names/labels.ts'
import type { LabelledText, Span } from '../../../processors/names/training/labelled.ts'

/* Scores by overlap: a name counts as found when some finding touches it, a finding as right when it touches a name. */

export interface Score {
  readonly recall: number
  readonly precision: number
  readonly names: number
  readonly findings: number
}

export type SetScore = Readonly<Record<NameType | 'ANY', Score>> & {
  /** Share of persons touched by a finding of any type. */
  readonly personsTouched: number
  /** Share of texts without any name in which one is found. */
  readonly cleanNamed: number
}

const touches = (one: Span, other: Span): boolean => one.start < other.end && other.start < one.end

interface Counts {
  names: number
  found: number
  findings: number
  right: number
}

const share = (part: number, whole: number): number => (whole === 0 ? 1 : Math.round((part / whole) * 10_000) / 10_000)

export type FindNames = (text: string) => readonly Span[]

export function evaluateNames(texts: readonly LabelledText[], find: FindNames = namesIn): SetScore {
  const counts = Object.fromEntries(
    [...TYPES, 'ANY'].map((type): [string, Counts] => [type, { names: 0, found: 0, findings: 0, right: 0 }]),
  )
  let touched = 0
  let clean = 0
  let named = 0
  for (const { text, spans } of texts) {
    const found = find(text)
    if (spans.length === 0) {
      clean++
      if (found.length > 0) named++
    }
    for (const type of [...TYPES, 'ANY'] as const) {
      const of = (span: Span): boolean => type === 'ANY' || span.type === type
      count(counts[type]!, spans.filter(of), found.filter(of))
    }
    touched += spans.filter((span) => span.type === 'PERSON' && found.some((other) => touches(span, other))).length
  }
  const score = (type: string): Score => {
    const { names, found, findings, right } = counts[type]!
    return { recall: share(found, names), precision: share(right, findings), names, findings }
  }
  return {
    PERSON: score('PERSON'),
    LOCATION: score('LOCATION'),
    ORGANIZATION: score('ORGANIZATION'),
    ANY: score('ANY'),
    personsTouched: share(touched, counts['PERSON']!.names),
    cleanNamed: clean === 0 ? 0 : share(named, clean),
  }
}

function count(counts: Counts, names: readonly Span[], findings: readonly Span[]): void {
  counts.names += names.length
  counts.findings += findings.length
  counts.found += names.filter((name) => findings.some((finding) => touches(name, finding))).length
  counts.right += findings.filter((finding) => names.some((name) => touches(name, finding))).length
}
