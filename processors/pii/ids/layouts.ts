/** A character `from` times, once more, and so on, up to `to` times. */
export const runs = (character: string, from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, more) => character.repeat(from + more))
