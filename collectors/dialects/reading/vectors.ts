import type { Draft } from '../dialect.ts'
import type { AnyValue } from '../record.ts'
import type { AttributeReader } from './reader.ts'
import { parseStructure } from './text.ts'

/**
 * The numbers of embeddings are not kept: nobody reads them, they are many, and text can be won back from them. Takes
 * attributes of this prefix that are nothing but numbers, and notes how many they were.
 */
export function dropVectors(reader: AttributeReader, prefix: string, draft: Draft): void {
  reader.forEachWith(prefix, (key, value) => {
    const length = vectorLength(value)
    if (length === 0) return
    reader.take(key)
    draft.rest.push([key, `[${length} numbers]`])
  })
}

/** How many numbers a value holds, also as JSON text and in lists of lists; 0 when it holds anything else. */
function vectorLength(value: AnyValue): number {
  const list = typeof value === 'string' ? parseStructure(value) : value
  if (!Array.isArray(list)) return 0
  let length = 0
  for (const item of list) {
    const inner = typeof item === 'number' ? 1 : vectorLength(item)
    if (inner === 0) return 0
    length += inner
  }
  return length
}
