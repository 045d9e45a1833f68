import type { Detector } from '../../core/seam.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import { createScan, createVocabulary, type ScanTexts } from '../scan/index.ts'
import { createSecretsDetector } from './index.ts'

const vocabulary = createVocabulary()
export const detector: Detector = createSecretsDetector(vocabulary)
export const scan: ScanTexts = createScan(vocabulary)
export const place = { direction: 'input', message: 0, part: 0, field: 'content' } as const

/** What the detector finds in a text. */
export const secretsIn = (text: string): string[] =>
  detector.inspect({} as Interaction, scan([{ place, text }])).hits.map(({ start, end }) => text.slice(start, end))

/** No literal may look like a live key: values are put together when the test runs. */
export function made(alphabet: string, length: number, seed = 7): string {
  let state = seed
  let text = ''
  for (let at = 0; at < length; at++) {
    state = (state * 1103515245 + 12345) % 2147483648
    text += alphabet[(state >> 8) % alphabet.length]!
  }
  return text
}

export const HEX = '0123456789abcdef'
export const ALNUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
