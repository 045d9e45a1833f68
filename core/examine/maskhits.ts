import type { Interaction } from '../../schemas/interaction.ts'
import { clustersOf, maskText, maskToken, type Cluster, type MaskedText } from '../mask/index.ts'
import type { ScanText } from '../seam.ts'
import type { FoundHit } from './inspect.ts'

/** Arguments are JSON whatever their shape, so a bare number alone is a document there; elsewhere it is what someone wrote. */
function scalarIsJson(interaction: Interaction, { place }: ScanText): boolean {
  const { direction, message, part, field } = place
  if (field === 'toolCalls.arguments') return true
  if (field !== 'content' || (direction !== 'input' && direction !== 'output')) return false
  return interaction[direction][message]?.parts[part]?.type === 'tool_call'
}

export function maskHits(
  interaction: Interaction,
  text: ScanText,
  hits: readonly FoundHit[],
  hash: (type: string, normal: string) => string,
): { clusters: Cluster<FoundHit>[]; masked: MaskedText } {
  const clusters = clustersOf(hits)
  const stretches = clusters.map(({ start, end, winners }) => ({
    start,
    end,
    token: winners.map(({ type, normal }) => maskToken(type, hash(type, normal))).join(''),
  }))
  return { clusters, masked: maskText(text.text, stretches, scalarIsJson(interaction, text)) }
}
