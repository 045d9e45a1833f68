import type { Detector, Hit } from '../../core/seam.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import { createScan, createVocabulary, type ScanTexts } from '../scan/index.ts'
import { createPiiDetector } from './index.ts'

const vocabulary = createVocabulary()
export const detector: Detector = createPiiDetector(vocabulary)
export const scan: ScanTexts = createScan(vocabulary)

const place = { direction: 'input', message: 0, part: 0, field: 'content' } as const

/** The hits in one text. */
export const hitsIn = (text: string): readonly Hit[] =>
  detector.inspect({} as Interaction, scan([{ place, text }])).hits

/** The hits of one type, as `TYPE:value`. */
export const valuesIn = (text: string, type: string): string[] =>
  hitsIn(text)
    .filter((hit) => hit.type === type)
    .map(({ start, end }) => text.slice(start, end))
