import type { Finding, Place } from '../../schemas/finding.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import type { Origin } from '../../schemas/origin.ts'
import type { Signal } from '../../schemas/signal.ts'
import {
  applyMask,
  escapeMarks,
  looksMarked,
  textsOf,
  withheldMark,
  type MaskEdit,
  type MaskEdits,
} from '../mask/index.ts'
import { createTreat, defaultSeverity } from '../policy/index.ts'
import type { ScanText } from '../seam.ts'
import { tokensOf, tokenTypes, withoutKeyed, withoutTokens } from './imported.ts'
import { MAX_HITS, withinHits } from './bound.ts'
import { findingsOf, type MaskedHits } from './findings.ts'
import { emailNormalOf, identityEdits } from './identities.ts'
import { inspectTexts, type Inspected } from './inspect.ts'
import { maskHits } from './maskhits.ts'
import type { ExaminerHash, ExaminerOptions } from './options.ts'
import { storedPlace } from './places.ts'
import { provenancesOf, valueKey } from './provenance.ts'
import { holdsLeak, recordable, totalHits } from './rank.ts'
import { signalOf } from './signal.ts'
import { treatHits, type Allowed, type TreatedHit } from './treat.ts'

export { MAX_HITS, TOO_MANY_HITS } from './bound.ts'
export type { ExaminerHash, ExaminerOptions } from './options.ts'
export type { Allowed } from './treat.ts'
export type { TokenRanges } from './findings.ts'
export { createTextExaminer, type ExaminedText, type TextExaminer } from './one-text.ts'

/*
 * The detect stage's heart: one interaction in, its masked form, findings and signal out. Pure but for the keyed hash it
 * is given: the same interaction gives the same answer on any machine that holds the same key.
 */

export interface UnscannedText {
  readonly place: Place
  readonly reason: string
}

export interface Examined {
  /** Masked. The very object that was given when nothing had to change. */
  readonly interaction: Interaction
  readonly findings: readonly Finding[]
  readonly signal: Signal
  readonly unscanned: readonly UnscannedText[]
  readonly changed: boolean
  /** Hits beyond `maxFindings`: masked and counted in the signal, but without a finding of their own. */
  readonly unrecorded: number
}

export type Examiner = (interaction: Interaction, origin: Origin) => Examined

const MAX_FINDINGS = 1000
const NONE: readonly never[] = []
const WEIRS_OWN = createTreat()
const NEVER: Allowed = () => false

/** Treated hits of each text, but those whose identity the mode has decided about. */
function hitsByText(hits: readonly TreatedHit[], governed: MaskEdits): Map<number, TreatedHit[]> {
  const groups = new Map<number, TreatedHit[]>()
  for (const hit of hits) {
    if (governed.has(hit.text)) continue
    const group = groups.get(hit.text)
    if (group === undefined) groups.set(hit.text, [hit])
    else group.push(hit)
  }
  return groups
}

/** The reasons of each text that was not wholly looked at, joined. */
function reasonsByText({ unscanned }: Inspected): Map<number, string> {
  const reasons = new Map<number, Set<string>>()
  for (const { text, reason } of unscanned) reasons.set(text, (reasons.get(text) ?? new Set<string>()).add(reason))
  return new Map([...reasons].map(([text, all]) => [text, [...all].join(', ')]))
}

function escapeEdits(texts: readonly ScanText[], edits: Map<number, MaskEdit>): void {
  for (let index = 0; index < texts.length; index++) {
    const { text } = texts[index]!
    if (looksMarked(text) && !edits.has(index)) edits.set(index, { kind: 'escaped', text: escapeMarks(text) })
  }
}

/** What one examination works with. */
interface Examination {
  readonly options: ExaminerOptions
  readonly interaction: Interaction
  readonly origin: Origin
  readonly texts: readonly ScanText[]
  readonly inspected: Inspected
  readonly governed: MaskEdits
  readonly hash: (type: string, normal: string) => string
}

/** Masks what was found and makes the findings. */
function examineFound(examination: Examination): Examined {
  const { options, interaction, origin, texts, inspected, governed, hash } = examination
  const { tokenRanges, severity = defaultSeverity, maxFindings = MAX_FINDINGS } = options
  const provenances = provenancesOf(interaction, texts, inspected.hits)
  const { treat = WEIRS_OWN, allowed = NEVER } = options
  const hits = treatHits(inspected.hits, texts, provenances, interaction, treat, allowed)
  const edits = new Map<number, MaskEdit>(governed)
  const withheld = reasonsByText(inspected)
  const found: MaskedHits[] = []
  for (const [text, own] of hitsByText(hits, governed)) {
    const masking = maskHits(interaction, texts[text]!, own, hash)
    found.push({ ...masking, text, recorded: [...masking.clusters.keys()], withheld: withheld.has(text) })
    if (masking.masked.tokens.length > 0) edits.set(text, { kind: 'masked', text: masking.masked.text })
  }
  for (const [text, reason] of withheld) {
    if (!governed.has(text)) edits.set(text, { kind: 'withheld', text: withheldMark(reason), reason })
  }
  if (!interaction.arrival.imported) escapeEdits(texts, edits)
  const masked = applyMask(interaction, edits)
  const context = { interaction: masked, origin, texts, edits, provenances, severity, tokenRanges, hash }
  const findings = recordable(found, texts, provenances, maxFindings).flatMap((hits) =>
    findingsOf({ ...context, hashKey: options.hash.keyId }, hits),
  )
  const total = totalHits(found)
  const leak = holdsLeak(found, texts, provenances, severity)
  return {
    interaction: masked,
    findings,
    signal: signalOf(interaction, masked, origin, { findings: total, leak, unscanned: withheld.size }),
    unscanned: [...withheld].map(([text, reason]) => ({ place: storedPlace(texts, text, edits).place, reason })),
    changed: masked !== interaction,
    unrecorded: total - findings.length,
  }
}

/** Equal values are hashed once per interaction. */
function hashOnce(hash: ExaminerHash, tenant: string): (type: string, normal: string) => string {
  let known: Map<string, string> | undefined
  return (type, normal) => {
    known ??= new Map()
    const key = valueKey(type, normal)
    const made = known.get(key) ?? hash(tenant, type, normal)
    known.set(key, made)
    return made
  }
}

export function createExaminer(options: ExaminerOptions): Examiner {
  const { detectors, scan, identity, maxHits = MAX_HITS } = options
  const emailNormal = emailNormalOf(detectors)
  const types = tokenTypes(detectors)
  return (interaction, origin) => {
    const texts = textsOf(interaction)
    const tokens = interaction.arrival.imported ? tokensOf(texts, types) : undefined
    const found = withinHits(inspectTexts(interaction, texts, scan, detectors), texts, maxHits)
    const inspected = tokens === undefined ? found : withoutTokens(found, tokens)
    const hash = hashOnce(options.hash, interaction.tenant)
    const identities = identityEdits(interaction, texts, identity, emailNormal, hash)
    const governed = tokens === undefined ? identities : withoutKeyed(identities, texts, tokens)
    const clean = inspected.hits.length === 0 && inspected.unscanned.length === 0
    const asIs = tokens !== undefined || !texts.some(({ text }) => looksMarked(text))
    if (clean && governed.size === 0 && asIs) {
      const signal = signalOf(interaction, interaction, origin, { findings: 0, leak: false, unscanned: 0 })
      return { interaction, findings: NONE, signal, unscanned: NONE, changed: false, unrecorded: 0 }
    }
    return examineFound({ options, interaction, origin, texts, inspected, governed, hash })
  }
}
