import type { Hit, Inspection } from '../../core/seam.ts'
import type { CustomRule } from '../../schemas/customrule.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import { createScan, createVocabulary } from '../scan/index.ts'
import { createCustomDetector } from './index.ts'

export const place = { direction: 'input', message: 0, part: 0, field: 'content' } as const

export const scan: ReturnType<typeof createScan> = createScan(createVocabulary())

export function inspect(text: string, ...rules: readonly CustomRule[]): Inspection {
  return createCustomDetector(rules).inspect({} as Interaction, scan([{ place, text }]))
}

export const hitsIn = (text: string, ...rules: readonly CustomRule[]): readonly Hit[] => inspect(text, ...rules).hits

/** The stretches of the original that would be masked. */
export const found = (text: string, ...rules: readonly CustomRule[]): string[] =>
  hitsIn(text, ...rules).map(({ start, end }) => text.slice(start, end))
