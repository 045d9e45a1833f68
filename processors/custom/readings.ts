import type { Scan, View } from '../../core/seam.ts'
import { decode } from '../scan/decode.ts'
import { fold } from '../scan/fold.ts'
import { chain } from '../scan/rewriting.ts'

/** A text as it is read, and the way back to its characters. */
export type Reading = Pick<View, 'text' | 'content' | 'original'>

/** The scan makes no view of a text in which it marked nothing; a rule may want to look there all the same. */
function plainReading(text: number, original: string): Reading {
  const decoded = decode(original)
  const rewritten = chain(decoded, fold(decoded?.text ?? original))
  return {
    text,
    content: rewritten?.text ?? original,
    original: (start, end) => rewritten?.original(start, end) ?? { start, end },
  }
}

/** All readings of each text, texts of answers first. */
export function readingsOf({ texts, views }: Scan): (readonly Reading[])[] {
  const byText = texts.map((): Reading[] => [])
  for (const view of views) byText[view.text]!.push(view)
  const readings = byText.map((own, text) => (own.length > 0 ? own : [plainReading(text, texts[text]!.text)]))
  const isAnswer = ([first]: readonly Reading[]): boolean => texts[first!.text]!.place.direction === 'output'
  return [...readings.filter(isAnswer), ...readings.filter((own) => !isAnswer(own))]
}
