import type { Direction, Provenance, Severity } from '../../schemas/finding.ts'
import type { MaskOperator, PolicyConditions, PolicyRule } from '../../schemas/policy.ts'

/** A hit and where it was found, as rules see it. */
export interface HitCircumstances {
  readonly type: string
  readonly detector: string
  readonly confidence: number
  readonly direction: Direction
  readonly provenance: Provenance
  readonly tenant: string
  readonly service: string
  readonly route: string
  readonly release: string
  /** Made when a rule asks. */
  readonly key: () => string
}

/** What is done with a hit. */
export interface Treatment {
  readonly ignore: boolean
  readonly mask: MaskOperator
  readonly replacement: string
  /** Undefined where no rule says it. */
  readonly severity: Severity | undefined
}

export type Treat = (circumstances: HitCircumstances) => Treatment

/** Special categories are counted: they are what people talk about, and seldom say who somebody is. */
const LAST_RULES: readonly PolicyRule[] = [
  { when: { type: ['NRP', 'HEALTH'] }, then: { mask: 'keep', severity: 'info' } },
]

const ORDINARY: Treatment = { ignore: false, mask: 'token', replacement: '', severity: undefined }

interface CompiledRule {
  readonly matches: (circumstances: HitCircumstances) => boolean
  readonly then: PolicyRule['then']
}

/** The rules of a configuration, before Weir's own. */
export function createTreat(rules: readonly PolicyRule[] = []): Treat {
  const compiled = [...rules, ...LAST_RULES].map(({ when, then }) => ({ matches: conditions(when), then }))
  return (circumstances) => {
    const matching = compiled.filter(({ matches }) => matches(circumstances))
    return matching.length === 0 ? ORDINARY : treatment(matching)
  }
}

function treatment(matching: readonly CompiledRule[]): Treatment {
  const masking = matching.find(({ then }) => then.mask !== undefined)?.then
  return {
    ignore: matching.find(({ then }) => then.ignore !== undefined)?.then.ignore ?? ORDINARY.ignore,
    mask: masking?.mask ?? ORDINARY.mask,
    replacement: masking?.replacement ?? ORDINARY.replacement,
    severity: matching.find(({ then }) => then.severity !== undefined)?.then.severity,
  }
}

const LISTS = ['type', 'detector', 'direction', 'provenance', 'tenant', 'service', 'route', 'release'] as const

function conditions(when: PolicyConditions): CompiledRule['matches'] {
  const tests: CompiledRule['matches'][] = []
  for (const name of LISTS) {
    const wanted = when[name]
    if (wanted === undefined) continue
    const matches = oneOfPatterns(wanted)
    tests.push((circumstances) => matches(circumstances[name]))
  }
  if (when.confidenceBelow !== undefined) {
    const bound = when.confidenceBelow
    tests.push(({ confidence }) => confidence < bound)
  }
  if (when.key !== undefined) {
    const matches = oneOfPatterns(when.key)
    tests.push(({ key }) => matches(key()))
  }
  return (circumstances) => tests.every((test) => test(circumstances))
}

/** Texts in which `*` stands for anything. */
function oneOfPatterns(patterns: readonly string[]): (value: string) => boolean {
  const exact = new Set(patterns.filter((pattern) => !pattern.includes('*')))
  const wild = patterns.filter((pattern) => pattern.includes('*')).map((pattern) => pattern.split('*'))
  return (value) => exact.has(value) || wild.some((pieces) => matchesPieces(value, pieces))
}

/** Pieces stand in the value in their order, the first at its start and the last at its end. */
function matchesPieces(value: string, pieces: readonly string[]): boolean {
  const first = pieces[0]!
  const last = pieces.at(-1)!
  if (!value.startsWith(first)) return false
  let at = first.length
  for (const piece of pieces.slice(1, -1)) {
    const found = value.indexOf(piece, at)
    if (found === -1) return false
    at = found + piece.length
  }
  return value.length - last.length >= at && value.endsWith(last)
}
