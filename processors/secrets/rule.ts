/** A kind of secret that its own form gives away. */
export interface SecretRule {
  /** What it is, for people: `AWS access key`. */
  readonly name: string
  /** Whole words that a value begins with: what stands before its first digit or mark. */
  readonly words?: readonly string[]
  /** How a value's first token begins, where letters go on. */
  readonly prefixes?: readonly string[]
  /** Tried where a word or prefix was heard, from its first letter. Every repetition is bounded. */
  readonly pattern: RegExp
}

/** A rule for tokens of a vendor: `word`, then what `rest` says, and no letter or digit behind. */
export function token(name: string, word: string, rest: string): SecretRule {
  return { name, words: [lettersOf(word)], pattern: new RegExp(`${word}${rest}${END}`) }
}

/** As `token`, where letters follow the prefix directly. */
export function prefixed(name: string, prefix: string, rest: string): SecretRule {
  return { name, prefixes: [lettersOf(prefix)], pattern: new RegExp(`${prefix}${rest}${END}`) }
}

const END = '(?![A-Za-z0-9_-])'

const lettersOf = (text: string): string => /^[A-Za-z]+/.exec(text)![0].toLowerCase()
