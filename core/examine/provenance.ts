import type { Direction, Provenance } from '../../schemas/finding.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import type { Hit, ScanText } from '../seam.ts'

/** Normal forms never leave memory: they are compared here and hashed for storage. */
export const valueKey = (type: string, normal: string): string => `${type} ${normal}`

/** Where a value in an answer came from. Hits that lost an overlap count too: the value stood there all the same. */
export type Provenances = (direction: Direction, type: string, normal: string) => Provenance

const holdsInput = ({ input }: Interaction): boolean =>
  input.some(({ parts }) => parts.some(({ content }) => content !== ''))

/** The input of a call may have come in a record of its own, or not at all: then nothing is said of who brought a value. */
export function provenancesOf(interaction: Interaction, texts: readonly ScanText[], hits: readonly Hit[]): Provenances {
  const otherwise = holdsInput(interaction) ? 'introduced' : 'unknown'
  const given = new Set<string>()
  const retrieved = new Set<string>()
  for (const { text, type, normal } of hits) {
    const { direction } = texts[text]!.place
    if (direction === 'input' || direction === 'system') given.add(valueKey(type, normal))
    else if (direction === 'source') retrieved.add(valueKey(type, normal))
  }
  return (direction, type, normal) => {
    if (direction !== 'output') return 'none'
    const key = valueKey(type, normal)
    if (given.has(key)) return 'echoed'
    return retrieved.has(key) ? 'retrieved' : otherwise
  }
}
