/** FNV-1a over the code units of a text. Hashes are whole numbers of 32 bits with a sign: the engine keeps those unboxed. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash | 0
}

/** Folds one more number into a hash; every bit of both reaches the upper bits. */
export function mix(hash: number, value: number): number {
  const mixed = Math.imul(hash ^ value, 0x9e3779b1)
  return mixed ^ (mixed >>> 15)
}

/** Accents once they are apart from their letters, and what nobody sees. */
const MARKS = /[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]/g
const BEYOND_ASCII = /[\u0080-\uffff]/
/** Letters that have no decomposition, and how people type them without their own keyboard. */
const UNDECOMPOSED: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  '’': "'",
  ʼ: "'",
}

const plainLetters = (word: string): string =>
  word
    .normalize('NFD')
    .replace(MARKS, '')
    .replace(/[ßøæœłđðþı’ʼ]/g, (letter) => UNDECOMPOSED[letter] ?? letter)

/** Lower case, without diacritics, digits as 0: what spellings of one word have in common. */
export function fold(word: string): string {
  const lower = word.toLowerCase()
  const letters = BEYOND_ASCII.test(lower) ? plainLetters(lower) : lower
  return letters.replace(/\d/g, '0')
}
