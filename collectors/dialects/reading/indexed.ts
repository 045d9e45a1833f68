import type { AnyValue } from '../record.ts'
import type { AttributeReader } from './reader.ts'
import { plain, type Fields } from './text.ts'

/** Attributes beyond this many under one prefix are left as they came. */
const MAX_KEYS = 10_000
const MAX_DEPTH = 12

type Node = Map<string, Node | AnyValue>

/**
 * What stands spread over keys with an index in them (`a.0.b.c`, `a.1.b.c`) as the list it was. Its length is the number of
 * indices that occur, however large they are, so an index of 10^9 costs no more than an index of 1.
 */
export function takeIndexed(reader: AttributeReader, prefix: string): AnyValue[] {
  const root: Node = new Map()
  let count = 0
  reader.forEachWith(prefix, (key, value) => {
    if (value === null || value === '' || count >= MAX_KEYS) return
    const path = key.slice(prefix.length).split('.')
    if (path.length > MAX_DEPTH || !isIndex(path[0] as string) || path.includes('__proto__')) return
    if (!place(root, path, value)) return
    count++
    reader.take(key)
  })
  return count === 0 ? [] : (listed(root) as AnyValue[])
}

/** False when another key already stands where this one would branch. */
function place(root: Node, path: readonly string[], value: AnyValue): boolean {
  let node = root
  for (const step of path.slice(0, -1)) {
    let next = node.get(step)
    if (next === undefined) node.set(step, (next = new Map()))
    if (!(next instanceof Map)) return false
    node = next
  }
  const last = path.at(-1) as string
  if (node.has(last)) return false
  node.set(last, plain(value))
  return true
}

const isIndex = (step: string): boolean => /^\d{1,15}$/.test(step)

/** Nodes whose steps are all numbers become lists, in their order. */
function listed(node: Node): AnyValue {
  const steps = [...node.keys()]
  const valueOf = (step: string): AnyValue => {
    const value = node.get(step)
    return value instanceof Map ? listed(value) : (value as AnyValue)
  }
  if (steps.every(isIndex)) return steps.toSorted((one, other) => Number(one) - Number(other)).map(valueOf)
  const fields: Fields = {}
  for (const step of steps) fields[step] = valueOf(step)
  return fields
}
