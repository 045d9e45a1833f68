/*
 * Text that compresses, tokenises and escapes about as what people and models write does: a vocabulary whose words are
 * used with Zipf's frequencies, sentences, paragraphs, quotation marks, small numbers.
 */

const VOCABULARY = 5_000
const SYLLABLES = ['an', 'be', 'con', 'der', 'el', 'fi', 'ger', 'ho', 'in', 'ju', 'ka', 'lo', 'men', 'no', 'or', 'per',
  'qua', 're', 'sta', 'ti', 'un', 'ver', 'wa', 'ex', 'yo', 'za', 'ing', 'tion', 'er', 'ly'] // prettier-ignore
const FOREIGN = ['Überweisung', 'naïve', 'Größe', 'façade', 'señor', '“quoted”', 'it’s', '—', '支払い', 'счёт']

export interface Prose {
  /** About one word in seven comes from outside ASCII when `foreign`. Never longer than `bytes` in UTF-8. */
  text(bytes: number, foreign: boolean): string
}

export function createProse(random: () => number): Prose {
  const below = (n: number): number => Math.floor(random() * n)
  const words = Array.from({ length: VOCABULARY }, (_, rank) => {
    const syllables = 1 + below(rank < 200 ? 2 : 4)
    return Array.from({ length: syllables }, () => SYLLABLES[below(SYLLABLES.length)]).join('')
  })
  /** Rank r with a probability like 1/r. */
  const word = (): string => words[Math.floor(Math.exp(random() * Math.log(VOCABULARY))) - 1]!

  const sentence = (foreign: boolean): string => {
    const length = 6 + below(14)
    const parts: string[] = []
    for (let n = 0; n < length; n++) {
      if (foreign && below(7) === 0) parts.push(FOREIGN[below(FOREIGN.length)]!)
      else if (below(40) === 0) parts.push(String(below(5_000)))
      else if (below(60) === 0) parts.push(`"${word()}"`)
      else parts.push(word())
    }
    return `${parts.join(' ')}${below(5) === 0 ? '?' : '.'}${below(6) === 0 ? '\n\n' : ' '}`
  }

  return {
    text(bytes, foreign) {
      let text = ''
      while (text.length < bytes) text += sentence(foreign)
      text = text.slice(0, bytes)
      while (foreign && Buffer.byteLength(text) > bytes) text = text.slice(0, -1)
      return text
    },
  }
}
