import type { Interaction } from '../../schemas/interaction.ts'
import { TYPE_NAME } from '../mask/index.ts'
import type { Detector, Hit, Inspection, Scan, ScanText, Unscanned } from '../seam.ts'

/*
 * Runs the scan and every detector once. What throws, or answers nonsense, has looked at nothing: it is asked again text
 * by text, so that only the texts that bring it down are unscanned. An error's message never leaves here: it may quote
 * the text.
 */

export interface FoundHit extends Hit {
  readonly detector: string
  readonly detectorVersion: string
  readonly guess: boolean
}

export interface Inspected {
  readonly hits: readonly FoundHit[]
  readonly unscanned: readonly Unscanned[]
}

type ScanTexts = (texts: readonly ScanText[]) => Scan

const NOTHING: readonly never[] = []

function sound(inspection: Inspection, texts: readonly ScanText[]): boolean {
  const soundHit = ({ type, text, start, end, confidence, normal }: Hit): boolean =>
    Number.isInteger(start) &&
    Number.isInteger(end) &&
    start >= 0 &&
    start < end &&
    end <= (texts[text]?.text.length ?? -1) &&
    confidence >= 0 &&
    confidence <= 1 &&
    typeof normal === 'string' &&
    TYPE_NAME.test(type)
  return inspection.hits.every(soundHit) && inspection.unscanned.every(({ text }) => text in texts)
}

function ask(detector: Detector, interaction: Interaction, scan: Scan): Inspection | undefined {
  try {
    const inspection = detector.inspect(interaction, scan)
    return sound(inspection, scan.texts) ? inspection : undefined
  } catch {
    return undefined
  }
}

function askTextByText(detector: Detector, interaction: Interaction, scan: Scan, scanTexts: ScanTexts): Inspection {
  const hits: Hit[] = []
  const unscanned: Unscanned[] = []
  for (const [text, only] of scan.texts.entries()) {
    const scanned = tryScan(scanTexts, [only])
    const answer = scanned === undefined ? undefined : ask(detector, interaction, scanned)
    if (answer === undefined) unscanned.push({ text, reason: `detector ${detector.name} failed` })
    else {
      for (const hit of answer.hits) hits.push({ ...hit, text })
      for (const { reason } of answer.unscanned) unscanned.push({ text, reason })
    }
  }
  return { hits, unscanned }
}

function tryScan(scan: ScanTexts, texts: readonly ScanText[]): Scan | undefined {
  try {
    return scan(texts)
  } catch {
    return undefined
  }
}

export function inspectTexts(
  interaction: Interaction,
  texts: readonly ScanText[],
  scanTexts: ScanTexts,
  detectors: readonly Detector[],
): Inspected {
  const scan = tryScan(scanTexts, texts)
  if (scan === undefined) {
    return { hits: NOTHING, unscanned: texts.map((_, text) => ({ text, reason: 'scan failed' })) }
  }
  let hits: FoundHit[] | undefined
  let unscanned: Unscanned[] | undefined
  for (const detector of detectors) {
    const answer = ask(detector, interaction, scan) ?? askTextByText(detector, interaction, scan, scanTexts)
    const said = { detector: detector.name, detectorVersion: detector.version, guess: detector.guesses === true }
    for (const hit of answer.hits) {
      ;(hits ??= []).push({ ...hit, ...said })
    }
    if (answer.unscanned.length > 0) unscanned = [...(unscanned ?? NOTHING), ...answer.unscanned]
  }
  return { hits: hits ?? NOTHING, unscanned: unscanned ?? NOTHING }
}
