import { LOWEST_KIND, NUMBER } from '../scan/index.ts'
import type { Finder, Token } from './finder.ts'
import { WordSet } from './around/word-set.ts'
import { codeAt } from './finder.ts'

/*
 * Which finders look at a mark. There is a mark for each token with a digit, and most finders want few of them, so what
 * they say they want is written into tables once: by the token's length and first digits, by what stands behind it, and by
 * what stands before it. What is left is asked.
 */

/** What is told apart of the characters behind a token; all others are one. */
const BEHIND = ['', ' ', '-', '.', '/', ':', ',', '(', ')', '\t', '<', '_', '@', '+', ';', 'é'] as const
const BEHIND_BITS = 4
const OTHER = BEHIND.indexOf(';')
const WIDE = BEHIND.indexOf('é')
const BEHIND_KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  const kind = BEHIND.indexOf(String.fromCharCode(code) as (typeof BEHIND)[number])
  return kind === -1 ? OTHER : kind
})

const SIZE_BITS = 5
/** Longer tokens are as this. */
const LONGEST = 31

type Find = Finder['find']

/** Finders of one kind of mark are bits of a number. */
const MOST_FINDERS = 31

export class Dispatch {
  private readonly byKind: readonly (readonly Find[] | undefined)[]
  private readonly heard: WordSet
  /** Of the finders of numbers. */
  readonly numbers: readonly Find[]
  private readonly byToken: Int32Array = new Int32Array(1 << (2 * SIZE_BITS + BEHIND_BITS))
  /** By the code before; of what is not ASCII, and of nothing, behind them. */
  private readonly byBefore: Int32Array = new Int32Array(130)

  constructor(finders: readonly Finder[]) {
    const byKind: Find[][] = []
    for (const { kinds, find } of finders) for (const kind of kinds) (byKind[kind - LOWEST_KIND] ??= []).push(find)
    this.byKind = byKind
    this.heard = new WordSet(finders.flatMap(({ kinds }) => kinds.map((kind) => kind - LOWEST_KIND)))
    const numbers = finders.filter(({ kinds }) => kinds.includes(NUMBER))
    if (numbers.length > MOST_FINDERS) throw new RangeError(`at most ${MOST_FINDERS} finders look at numbers`)
    this.numbers = numbers.map(({ find }) => find)
    for (const [index, finder] of numbers.entries()) this.note(1 << index, finder)
  }

  private note(bit: number, { wants, wantsAfter }: Finder): void {
    for (let size = 0; size < this.byToken.length >> BEHIND_BITS; size++)
      for (const [kind, behind] of BEHIND.entries())
        if (wants?.(size >> SIZE_BITS, size & LONGEST, behind) ?? true)
          this.byToken[(size << BEHIND_BITS) | kind]! |= bit
    for (let code = 0; code < this.byBefore.length; code++) {
      const char = code === 128 ? 'é' : code === 129 ? '' : String.fromCharCode(code)
      if (wantsAfter?.(char) ?? true) this.byBefore[code]! |= bit
    }
  }

  /** Whether some finder looks at a kind of mark. Marks are many, and most of them are words that no finder begins at. */
  isHeard(kind: number): boolean {
    return this.heard.has(kind - LOWEST_KIND)
  }

  /** The finders of a kind of mark that is heard. */
  findersOf(kind: number): readonly Find[] {
    return this.byKind[kind - LOWEST_KIND]!
  }

  /** Which of the finders of numbers want a token, as bits. */
  wanting(content: string, { start, end, digits, wide }: Token): number {
    // Where scripts without gaps run into each other, what is a token is for each finder to say.
    if (wide) return -1
    const behind = codeAt(content, end)
    const kind = behind < 128 ? BEHIND_KINDS[behind]! : end === content.length ? 0 : WIDE
    const length = end - start
    const size = ((length > LONGEST ? LONGEST : length) << SIZE_BITS) | (digits > LONGEST ? LONGEST : digits)
    const before = codeAt(content, start - 1)
    return this.byToken[(size << BEHIND_BITS) | kind]! & this.byBefore[start === 0 ? 129 : before < 128 ? before : 128]!
  }
}
