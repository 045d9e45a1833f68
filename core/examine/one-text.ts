import type { Interaction } from '../../schemas/interaction.ts'
import { withheldMark } from '../mask/index.ts'
import { createTreat } from '../policy/index.ts'
import type { Scan, ScanText } from '../seam.ts'
import { inspectTexts, type FoundHit } from './inspect.ts'
import { maskHits } from './maskhits.ts'
import type { ExaminerOptions } from './options.ts'
import { provenancesOf } from './provenance.ts'
import { treatHits, type TreatedHit } from './treat.ts'

/* A text by itself: the scan, detectors, rules and masking that an interaction's texts have. */

export interface ExaminedText {
  /** Left to right, overlaps resolved. Offsets are UTF-16 units. */
  readonly hits: readonly TreatedHit[]
  /** Why the text was not wholly looked at; empty when it was. */
  readonly unscanned: readonly string[]
  /** The text as it would be stored. */
  readonly masked: string
  /** What the detectors were given, and all that they said. */
  readonly scan: Scan
  readonly said: readonly FoundHit[]
}

export type TextExaminer = (text: string) => ExaminedText

export type TextExaminerOptions = Pick<ExaminerOptions, 'detectors' | 'scan' | 'treat' | 'allowed'> & {
  readonly hash: (type: string, normal: string) => string
}

const PLACE = { direction: 'input', message: 0, part: 0, field: 'content' } as const

/** A call of which nothing is known but one text. */
const callWith = (content: string): Interaction => ({
  version: 1,
  id: '',
  tenant: 'default',
  kind: 'span',
  traceId: '',
  spanId: '',
  name: '',
  operation: 'chat',
  startedAt: 0,
  durationUs: 0,
  service: { name: '' },
  actor: {},
  release: {},
  system: [],
  input: [{ role: 'user', parts: [{ type: 'text', content }] }],
  output: [],
  tools: [],
  toolCalls: [],
  sources: [],
  usage: {},
  finishReasons: [],
  evaluations: [],
  capture: { input: 'full', output: 'absent' },
  arrival: { dialect: '', collector: '', receivedAt: 0 },
  attributes: {},
})

const withWhy = (hit: FoundHit, why: string | undefined): FoundHit => (why === undefined ? hit : { ...hit, why })

export function createTextExaminer(options: TextExaminerOptions): TextExaminer {
  const { detectors, scan: scanTexts, hash, treat = createTreat(), allowed = () => false } = options
  const whys = new Map(detectors.flatMap(({ types }) => types.map(({ name, why }) => [name, why])))
  return (content) => {
    const interaction = callWith(content)
    const text: ScanText = { place: PLACE, text: content }
    let scan: Scan = { texts: [text], views: [] }
    const keepScan = (texts: readonly ScanText[]): Scan => (scan = scanTexts(texts))
    const { hits: said, unscanned } = inspectTexts(interaction, [text], keepScan, detectors)
    const hits = treatHits(said, [text], provenancesOf(interaction, [text], said), interaction, treat, allowed)
    const { clusters, masked } = maskHits(interaction, text, hits, hash)
    const reasons = [...new Set(unscanned.map(({ reason }) => reason))]
    return {
      hits: clusters.flatMap(({ winners }) => winners),
      unscanned: reasons,
      masked: reasons.length > 0 ? withheldMark(reasons.join(', ')) : masked.text,
      scan,
      said: said.map((hit) => withWhy(hit, hit.why ?? whys.get(hit.type))),
    }
  }
}
