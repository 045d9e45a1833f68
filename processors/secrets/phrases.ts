import { endOf, type Part } from './value.ts'

/* The words that a wallet is made again from. */

/** A number may stand before each word. */
const WORD = String.raw`(?:\d{1,2}[.):]\s?)?[a-z]{3,8}`
const phrase = (between: string): RegExp => new RegExp(`${WORD}(?:(?:${between})${WORD}){11,24}(?![\\w-])`, 'y')
const PHRASES: readonly RegExp[] = [phrase(String.raw`[ \t]{1,3}|,\s?`), phrase(String.raw`\s{0,2}\n\s{0,4}`)]
const BEFORE =
  /["']?(?:\s(?:\(\d\d words\)|words?|backup|[\w-]{1,12}\s(?:order|words)))?(?:\s?[:=]\s{0,4}|\s(?:is|are|ist|lautet|est|es|è|é)\s?:?\s{0,4}|\s?\n\s{0,4})["'`([]?/y
const LENGTHS: ReadonlySet<number> = new Set([12, 15, 18, 21, 24, 25])
/** No list of such words has these, and few sentences of so many words go without. */
const OF_SENTENCES =
  /^(?:a|an|as|at|by|do|if|in|is|it|my|no|of|on|or|to|we|what|when|where|the|and|for|with|that|this|your|you|are|not|will|have|from|was|were|but|its|our|has|had|been|they|them|his|her|she|who|how|would|could|should|also|into|which|please|never|share)$/

export const isOfSentence = (word: string): boolean => OF_SENTENCES.test(word)

/** The words behind their name, which ends at `end`. */
export function seedPhraseAt(content: string, end: number): Part | undefined {
  const start = endOf(BEFORE, content, end)
  if (start === undefined) return undefined
  for (const pattern of PHRASES) {
    const last = endOf(pattern, content, start)
    if (last !== undefined && areOfList(content.slice(start, last).match(/[a-z]+/g)!)) return { start, end: last }
  }
  return undefined
}

const areOfList = (words: readonly string[]): boolean => LENGTHS.has(words.length) && !words.some(isOfSentence)
