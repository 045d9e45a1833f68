import type { Interaction } from '../../schemas/interaction.ts'
import { clustersOf, maskText, replacementFor, type Cluster, type MaskedText, type Stretch } from '../mask/index.ts'
import type { ScanText } from '../seam.ts'
import type { TreatedHit } from './treat.ts'

/** The hits of one text, overlaps resolved, and the text with what must not stay replaced. */
export interface Masking {
  readonly clusters: readonly Cluster<TreatedHit>[]
  /** By cluster: which of `masked.tokens` is its own; undefined for a value that stays. */
  readonly tokenOf: readonly (number | undefined)[]
  readonly masked: MaskedText
}

/** Arguments are JSON whatever their shape, so a bare number alone is a document there; elsewhere it is what someone wrote. */
function scalarIsJson(interaction: Interaction, { place }: ScanText): boolean {
  const { direction, message, part, field } = place
  if (field === 'toolCalls.arguments') return true
  if (field !== 'content' || (direction !== 'input' && direction !== 'output')) return false
  return interaction[direction][message]?.parts[part]?.type === 'tool_call'
}

const stays = ({ treatment }: TreatedHit): boolean => treatment.mask === 'keep'

/** What stays never saves what overlaps it. */
function resolved(hits: readonly TreatedHit[]): Cluster<TreatedHit>[] {
  if (!hits.some(stays)) return clustersOf(hits)
  const masked = clustersOf(hits.filter((hit) => !stays(hit)))
  const kept = clustersOf(
    hits.filter((hit) => stays(hit) && !masked.some(({ start, end }) => start < hit.end && hit.start < end)),
  )
  return [...masked, ...kept].toSorted((a, b) => a.start - b.start)
}

export function maskHits(
  interaction: Interaction,
  text: ScanText,
  hits: readonly TreatedHit[],
  hash: (type: string, normal: string) => string,
): Masking {
  const clusters = resolved(hits)
  const stretches: Stretch[] = []
  const tokenOf = clusters.map(({ start, end, winners }) => {
    if (winners.every(stays)) return undefined
    const token = winners.map((hit) => replacement(text.text, hit, hash)).join('')
    return stretches.push({ start, end, token }) - 1
  })
  return { clusters, tokenOf, masked: maskText(text.text, stretches, scalarIsJson(interaction, text)) }
}

function replacement(text: string, hit: TreatedHit, hash: (type: string, normal: string) => string): string {
  const { type, normal, start, end, treatment } = hit
  const value = text.slice(start, end)
  const own = { type, value, replacement: treatment.replacement, hash: () => hash(type, normal) }
  return replacementFor(treatment.mask, own) ?? ''
}
