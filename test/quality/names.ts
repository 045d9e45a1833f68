import { evaluateNames, type SetScore } from '../golden/names/evaluate.ts'
import { generatedSets } from '../golden/names/generated.ts'
import { MEASURED_FILES, readMeasured, readSource, TRAINING_FILES } from '../golden/names/sets.ts'
import type { LabelledText, Span } from '../../processors/names/training/labelled.ts'
import type { Detect } from './detect.ts'

/*
 * Names as the whole pipeline finds them: whatever another detector takes away from the tagger is missed here too. What
 * was learnt from is measured on its held-back part; what may only be measured, whole.
 */

const NAME_TYPES: ReadonlySet<string> = new Set(['PERSON', 'LOCATION', 'ORGANIZATION'])

/** The universal set that is nearest to prompts: its sentences without a label must come through unchanged. */
export const CLEAN_SET = 'universal-web-en-dev'

/** Texts to measure on, by the name of their file or source. */
export function nameSets(): Readonly<Record<string, readonly LabelledText[]>> {
  return {
    ...Object.fromEntries(MEASURED_FILES.map((file) => [file, readMeasured(file)])),
    ...Object.fromEntries(Object.keys(TRAINING_FILES).map((source) => [source, readSource(source).held])),
    ...generatedSets(),
  }
}

export const scoreNames = (texts: readonly LabelledText[], detect: Detect): SetScore =>
  evaluateNames(texts, (text) => detect(text).filter(({ type }) => NAME_TYPES.has(type)) as readonly Span[])

/** Share of sentences without any label in which a type of the given ones is found, and those sentences. */
export function alarmsIn(
  texts: readonly LabelledText[],
  detect: Detect,
  types: ReadonlySet<string>,
): { share: number; alarmed: string[] } {
  const clean = texts.filter(({ spans }) => spans.length === 0)
  const alarmed = clean.flatMap(({ text }) => {
    const found = detect(text).filter(({ type }) => types.has(type))
    return found.length === 0 ? [] : [`${found.map(({ type }) => type).join(' ')}: ${text}`]
  })
  return { share: clean.length === 0 ? 0 : alarmed.length / clean.length, alarmed }
}
