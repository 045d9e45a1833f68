import { plainText } from '../scan/index.ts'

/*
 * Finds literal phrases as whole words, in any case, in one pass. A phrase is its words and what stands between them;
 * blanks, hyphens and underscores between words are one and the same. Scripts that write words without gaps have no whole
 * words: each of their characters is one.
 */

const UNSPACED = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}'
const WORD = new RegExp(`[${UNSPACED}]|(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}])+`, 'gu')

/** Blanks, hyphens and underscores between two words of one phrase, at most. */
const MOST_GAP = 3
const NOWHERE = '\0'

interface Ending {
  readonly entry: number
  /** Marks that belong to the phrase: those of `.NET` and `C++`. */
  readonly before: string
  readonly after: string
}

interface Node {
  readonly next: Map<string, Node>
  readonly endings: Ending[]
}

interface Begun {
  readonly node: Node
  readonly start: number
}

const newNode = (): Node => ({ next: new Map(), endings: [] })
const keyOf = (word: string): string => word.normalize('NFC').toLowerCase()

function gapOf(gap: string): string {
  if (!/^[\s_-]*$/.test(gap)) return gap.trim()
  if (gap === '') return ''
  return gap.length <= MOST_GAP ? ' ' : NOWHERE
}

export type Heard = (entry: number, start: number, end: number) => void

export class WordSearch {
  private readonly root = newNode()
  private entries = 0

  get size(): number {
    return this.entries
  }

  /** The number that stands for the phrase; undefined when it has no letter and no digit. */
  add(phrase: string): number | undefined {
    const plain = plainText(phrase).trim().replace(/\s+/g, ' ')
    const words = [...plain.matchAll(WORD)]
    if (words.length === 0) return undefined
    let node = this.root
    let end = 0
    for (const { 0: word, index } of words) {
      const key = (node === this.root ? '' : gapOf(plain.slice(end, index))) + keyOf(word)
      const next = node.next.get(key) ?? newNode()
      node.next.set(key, next)
      node = next
      end = index + word.length
    }
    node.endings.push({ entry: this.entries, before: plain.slice(0, words[0]!.index), after: plain.slice(end) })
    return this.entries++
  }

  /** Tells of every phrase in the text, in the order of their last words. */
  search(content: string, heard: Heard): void {
    let begun: Begun[] = []
    let lastEnd = 0
    for (const { 0: word, index } of content.matchAll(WORD)) {
      const key = keyOf(word)
      const going: Begun[] = []
      const end = index + word.length
      if (begun.length > 0) {
        const step = gapOf(content.slice(lastEnd, index)) + key
        for (const { node, start } of begun) follow(node, step, start, going)
      }
      follow(this.root, key, index, going)
      for (const { node, start } of going) tell(node, content, start, end, heard)
      begun = going
      lastEnd = end
    }
  }
}

function follow(node: Node, step: string, start: number, going: Begun[]): void {
  const next = node.next.get(step)
  if (next !== undefined) going.push({ node: next, start })
}

function tell({ endings }: Node, content: string, start: number, end: number, heard: Heard): void {
  for (const { entry, before, after } of endings) {
    const from = start - before.length
    if (from >= 0 && content.startsWith(before, from) && content.startsWith(after, end))
      heard(entry, from, end + after.length)
  }
}
