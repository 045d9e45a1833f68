/** Deeper keys are told as those of this depth. */
const DEEPEST = 100

/**
 * Where offsets stand in a JSON text: the keys that lead there, with dots between (`customer.addresses.0.city`). Empty for
 * a text that is no JSON document. Reads the text once, up to the last of them, and forgives what is broken.
 */
export function jsonPaths(text: string, offsets: readonly number[]): ReadonlyMap<number, string> {
  if (!/^\s*[[{]/.test(text)) return new Map()
  const walk = new Walk(text)
  return new Map([...offsets].toSorted((a, b) => a - b).map((offset) => [offset, walk.pathAt(offset)]))
}

class Walk {
  readonly #text: string
  readonly #path: (string | number)[] = []
  #beyond = 0
  #key: string | undefined
  /** The piece under the walk: a string, or a single character. */
  #start = 0
  #end: number

  constructor(text: string) {
    this.#text = text
    this.#end = this.#endOfPiece()
  }

  /** Offsets come in ascending order. */
  pathAt(offset: number): string {
    while (this.#end <= offset && this.#start < this.#text.length) this.#pass()
    return this.#path.join('.')
  }

  #pass(): void {
    const char = this.#text[this.#start]!
    if (char === '"') this.#key = this.#text.slice(this.#start + 1, this.#end - 1)
    else if (char === '{') this.#enter('')
    else if (char === '[') this.#enter(0)
    else if (char === '}' || char === ']') this.#leave()
    else if (this.#beyond === 0) this.#move(char)
    this.#start = this.#end
    this.#end = this.#endOfPiece()
  }

  #enter(first: string | number): void {
    if (this.#path.length < DEEPEST) this.#path.push(first)
    else this.#beyond++
  }

  #leave(): void {
    if (this.#beyond > 0) this.#beyond--
    else this.#path.pop()
  }

  #move(char: string): void {
    const last = this.#path.at(-1)
    if (char === ':' && this.#key !== undefined && typeof last === 'string')
      this.#path[this.#path.length - 1] = this.#key
    else if (char === ',' && typeof last === 'number') this.#path[this.#path.length - 1] = last + 1
  }

  /** Behind the closing quote of a string. */
  #endOfPiece(): number {
    const text = this.#text
    let at = this.#start + 1
    if (text[this.#start] !== '"') return at
    while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
    return at + 1
  }
}
