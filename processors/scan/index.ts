import type { Scan, ScanText, View } from '../../core/seam.ts'
import { decode } from './decode.ts'
import { fold } from './fold.ts'
import { LONG, MARK_SIZE, markText } from './marks.ts'
import { chain, type Rewritten } from './rewriting.ts'
import { WordTable, type Vocabulary } from './vocabulary.ts'
import { unwrap } from './wrapped.ts'

export { AT, LONG, LONG_LENGTH, LOWEST_KIND, MARK_SIZE, NUMBER } from './marks.ts'
export { spellings } from './spellings.ts'
export type { Vocabulary, WordId } from './vocabulary.ts'

export const createVocabulary = (): Vocabulary => new WordTable()

export type ScanTexts = (texts: readonly ScanText[]) => Scan

/** Wrappings inside wrappings that are opened. */
const MOST_DEPTH = 3

/** One linear pass over an interaction's texts for all detectors. What the vocabulary learns later is heard too. */
export function createScan(vocabulary: Vocabulary): ScanTexts {
  if (!(vocabulary instanceof WordTable)) throw new TypeError('the vocabulary must be made by createVocabulary')
  return (texts) => {
    const views: View[] = []
    for (let index = 0; index < texts.length; index++)
      addViews(texts[index]!.text, undefined, index, 0, vocabulary, views)
    return { texts, views }
  }
}

/** A value as it would be typed plainly: without escapes and disguises. */
export function plainText(text: string): string {
  const decoded = decode(text)?.text ?? text
  return fold(decoded)?.text ?? decoded
}

/** The text without its disguises, and whatever readable text is wrapped up in it. */
function addViews(
  text: string,
  unwrapped: Rewritten | undefined,
  index: number,
  depth: number,
  words: WordTable,
  views: View[],
): void {
  let rewritten = chain(unwrapped, decode(text))
  let marked = markText(rewritten?.text ?? text, words)
  if (marked.disguised) {
    const folded = fold(rewritten?.text ?? text)
    if (folded !== undefined) {
      rewritten = chain(rewritten, folded)
      marked = markText(folded.text, words)
    }
  }
  const { marks } = marked
  const content = rewritten?.text ?? text
  if (marks.length === 0) return
  views.push(new TextView(index, content, marks, rewritten))
  if (depth === MOST_DEPTH) return
  let done = 0
  for (let at = 0; at < marks.length; at += MARK_SIZE) {
    if (marks[at] !== LONG || marks[at + 1]! < done) continue
    const run = unwrap(content, { start: marks[at + 1]!, end: marks[at + 2]! }, done)
    done = run.end
    if (run.content === undefined) continue
    addViews(run.content.text, chain(rewritten, run.content), index, depth + 1, words, views)
  }
}

class TextView implements View {
  readonly text: number
  readonly content: string
  readonly marks: Int32Array
  private readonly rewritten: Rewritten | undefined
  constructor(text: number, content: string, marks: Int32Array, rewritten: Rewritten | undefined) {
    this.text = text
    this.content = content
    this.marks = marks
    this.rewritten = rewritten
  }
  original(start: number, end: number): { start: number; end: number } {
    return this.rewritten === undefined ? { start, end } : this.rewritten.original(start, end)
  }
}
