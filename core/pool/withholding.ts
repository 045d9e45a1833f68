import { createExaminer, type Examiner, type ExaminerOptions } from '../examine/index.ts'
import type { Detector, Scan, ScanText } from '../seam.ts'

/** Those that have room in `most` characters together, short ones first. */
function fitting(texts: readonly ScanText[], most: number): ReadonlySet<ScanText> {
  const fits = new Set<ScanText>()
  let left = most
  for (const text of texts.toSorted((a, b) => a.text.length - b.text.length)) {
    left -= text.text.length
    if (left < 0) break
    fits.add(text)
  }
  return fits
}

/**
 * What is examined in place of an interaction whose long texts nobody could look at: the short ones. The others are
 * unscanned for the reason given, and so withheld.
 */
export function createWithholding(options: ExaminerOptions, most: number, reason: string): Examiner {
  const scan = (texts: readonly ScanText[]): Scan => {
    const fits = fitting(texts, most)
    return options.scan(texts.map((text) => (fits.has(text) ? text : { place: text.place, text: '' })))
  }
  const unlooked: Detector = {
    name: 'long',
    version: '1',
    types: [],
    // An interaction has no empty texts: what is empty here was left out.
    inspect: (_interaction, { texts }) => ({
      hits: [],
      unscanned: texts.flatMap(({ text }, index) => (text === '' ? [{ text: index, reason }] : [])),
    }),
  }
  return createExaminer({ ...options, scan, detectors: [...options.detectors, unlooked] })
}
