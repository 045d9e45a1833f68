const LAST_LATIN = '\u024f'
/** Greek in capitals goes without accents, as a rule. */
const ACCENT = /\u0301/g

/**
 * How a word of the vocabulary may be written: Latin letters are heard in either case, and in other scripts a word at the
 * start of a line, or in capitals, is another spelling.
 */
export function spellings(word: string): readonly string[] {
  const capital = word[0]!.toUpperCase()
  if (word[0]! <= LAST_LATIN || capital === word[0]) return [word]
  const capitals = word.toUpperCase()
  const plain = capitals.normalize('NFD').replace(ACCENT, '').normalize('NFC')
  return [...new Set([word, capital + word.slice(1), capitals, plain])]
}
