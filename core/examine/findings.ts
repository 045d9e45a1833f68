import type { CharRange, Finding, Severity, TokenRange } from '../../schemas/finding.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import type { Origin } from '../../schemas/origin.ts'
import { derivedId } from '../ids.ts'
import { codePointCounter, maskToken, type MaskEdits } from '../mask/index.ts'
import { releaseKey, type Circumstances } from '../policy/index.ts'
import type { ScanText } from '../seam.ts'
import type { Masking } from './maskhits.ts'
import { storedPlace } from './places.ts'
import type { Provenances } from './provenance.ts'
import { snippetOf } from './snippet.ts'

/** A text with hits, masked. */
export interface MaskedHits extends Masking {
  /** Index into the texts. */
  readonly text: number
  /** Indexes of the clusters that become findings, ascending. */
  readonly recorded: readonly number[]
  /** The rest of this text was not wholly looked at, so nothing of it may be shown. */
  readonly withheld: boolean
}

/** Token ranges of UTF-16 ranges of a text, in their order; undefined when the model says nothing of its tokenizer. */
export type TokenRanges = (
  model: string,
  text: string,
  ranges: readonly CharRange[],
) => readonly TokenRange[] | undefined

export interface FindingsContext {
  /** Masked: what a finding says of its call must not hold what was masked in it. */
  readonly interaction: Interaction
  readonly origin: Origin
  readonly texts: readonly ScanText[]
  readonly edits: MaskEdits
  readonly provenances: Provenances
  readonly severity: (circumstances: Circumstances) => Severity
  readonly hash: (type: string, normal: string) => string
  readonly hashKey: string
  readonly tokenRanges: TokenRanges
}

/** Only what a model reads or writes has tokens. */
function tokensOf(
  context: FindingsContext,
  { text, clusters, recorded }: MaskedHits,
): readonly TokenRange[] | undefined {
  const { place, text: content } = context.texts[text]!
  const { direction, field } = place
  if (field !== 'content' || (direction !== 'system' && direction !== 'input' && direction !== 'output'))
    return undefined
  const { model, requestedModel } = context.interaction.release
  const ranges = recorded.flatMap((index) => clusters[index]!.winners.map(({ start, end }) => ({ start, end })))
  return context.tokenRanges(model || requestedModel || '', content, ranges)
}

/** The findings of one text, left to right. */
export function findingsOf(context: FindingsContext, found: MaskedHits): Finding[] {
  const { interaction, provenances, severity } = context
  const { place, idField } = storedPlace(context.texts, found.text, context.edits)
  const offset = codePointCounter(context.texts[found.text]!.text)
  const tokens = tokensOf(context, found)
  const findings: Finding[] = []
  for (const index of found.recorded) {
    const { winners } = found.clusters[index]!
    for (const hit of winners) {
      const { type, confidence, detector } = hit
      const range = { start: offset(hit.start), end: offset(hit.end) }
      const where = [place.direction, place.message, place.part, idField, range.start, range.end]
      const provenance = provenances(place.direction, type, hit.normal)
      const valueHash = context.hash(type, hit.normal)
      const tokenRange = tokens?.[findings.length]
      findings.push({
        version: 1,
        id: derivedId(interaction.id, detector, type, ...where.map(String)),
        tenant: interaction.tenant,
        kind: 'hit',
        interactionId: interaction.id,
        traceId: interaction.traceId,
        spanId: interaction.spanId,
        release: releaseKey(interaction.release),
        route: interaction.release.route ?? '',
        service: interaction.service.name,
        detector,
        detectorVersion: hit.detectorVersion,
        type,
        confidence,
        severity: hit.treatment.severity ?? severity({ direction: place.direction, provenance, confidence }),
        provenance,
        place,
        range,
        ...(tokenRange === undefined ? undefined : { tokens: tokenRange }),
        valueHash,
        hashKey: context.hashKey,
        snippet: snippetAt(found, index) ?? maskToken(type, valueHash),
        receivedAt: interaction.arrival.receivedAt,
        origin: context.origin,
      })
    }
  }
  return findings
}

/** Undefined for a value that stays in the text: a finding never shows it. */
function snippetAt({ masked, tokenOf, withheld }: MaskedHits, index: number): string | undefined {
  const token = tokenOf[index]
  if (token === undefined) return undefined
  if (!withheld) return snippetOf(masked, token)
  const { start, end } = masked.tokens[token]!
  return masked.text.slice(start, end)
}
