const PAIR = /[\ud800-\udbff][\udc00-\udfff]/

/** Turns ascending UTF-16 offsets of one text into code point offsets. Lone surrogates count as one, as in a string's iterator. */
export function codePointCounter(text: string): (offset: number) => number {
  if (!PAIR.test(text)) return (offset) => offset
  let at = 0
  let pairs = 0
  return (offset) => {
    if (offset < at) at = pairs = 0
    while (at < offset) {
      const isHigh = (text.charCodeAt(at) & 0xfc00) === 0xd800
      const isPair = isHigh && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00
      // An offset between the halves of a pair belongs to the pair's start.
      if (isPair && at + 2 > offset) return at - pairs
      if (isPair) pairs++
      at += isPair ? 2 : 1
    }
    return offset - pairs
  }
}
