import { tokensIn, type MaskEdits } from '../mask/index.ts'
import { EMAIL_TYPE, USER_TYPE } from '../policy/index.ts'
import type { Detector, ScanText } from '../seam.ts'
import type { FoundHit, Inspected } from './inspect.ts'

/*
 * An interaction that a Weir exported and this one imports has been masked before. Its tokens stay as they are: what is
 * found inside one is no value, and an identity that is one is keyed already. All else is examined like anything new.
 */

/** The tokens of each text that has some. */
export type Tokens = ReadonlyMap<number, readonly TokenAt[]>
type TokenAt = readonly [start: number, end: number]

/** Only types that are known: whatever else stands in such brackets is a text like any other. */
export const tokenTypes = (detectors: readonly Detector[]): ReadonlySet<string> =>
  new Set([EMAIL_TYPE, USER_TYPE, ...detectors.flatMap(({ types }) => types.map(({ name }) => name))])

export function tokensOf(texts: readonly ScanText[], types: ReadonlySet<string>): Tokens {
  const all = new Map<number, TokenAt[]>()
  for (const [index, { text }] of texts.entries()) {
    const tokens = tokensIn(text, types)
    if (tokens.length > 0) all.set(index, tokens)
  }
  return all
}

export function withoutTokens({ hits, unscanned }: Inspected, tokens: Tokens): Inspected {
  const stands = ({ text, start, end }: FoundHit): boolean =>
    (lastTokenAt(tokens.get(text) ?? [], start)?.[1] ?? 0) < end
  return { hits: hits.filter(stands), unscanned }
}

/** The last token that begins at an offset or before it, by halves: a long text has hundreds of thousands. */
function lastTokenAt(tokens: readonly TokenAt[], offset: number): TokenAt | undefined {
  let before = 0
  for (let beyond = tokens.length; before < beyond;) {
    const middle = (before + beyond) >> 1
    if (tokens[middle]![0] <= offset) before = middle + 1
    else beyond = middle
  }
  return tokens[before - 1]
}

export function withoutKeyed(edits: MaskEdits, texts: readonly ScanText[], tokens: Tokens): MaskEdits {
  const isToken = (index: number): boolean =>
    tokens.get(index)?.some(([start, end]) => start === 0 && end === texts[index]!.text.length) === true
  return new Map([...edits].filter(([index]) => !isToken(index)))
}
