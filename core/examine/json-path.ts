/**
 * Where an offset stands in a JSON text: the keys that lead to it, with dots between (`customer.addresses.0.city`). Empty
 * for a text that is no JSON document. Reads the text up to the offset, and forgives what is broken.
 */
export function jsonPath(text: string, offset: number): string {
  if (!/^\s*[[{]/.test(text)) return ''
  const path: (string | number)[] = []
  let key: string | undefined
  let at = 0
  while (at < offset) {
    const char = text[at]!
    if (char === '"') {
      const end = stringEnd(text, at)
      if (end > offset) break
      key = text.slice(at + 1, end - 1)
      at = end
      continue
    }
    if (char === '{') path.push('')
    else if (char === '[') path.push(0)
    else if (char === '}' || char === ']') path.pop()
    else if (char === ':' && key !== undefined && typeof path.at(-1) === 'string') path[path.length - 1] = key
    else if (char === ',' && typeof path.at(-1) === 'number') path[path.length - 1] = Number(path.at(-1)) + 1
    at++
  }
  return path.join('.')
}

/** Behind the closing quote of the string that begins at `start`. */
function stringEnd(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at + 1
}
