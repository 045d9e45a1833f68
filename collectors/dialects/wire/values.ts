import type { AnyValue, Attributes } from '../record.ts'
import { newAttributes } from './attributes.ts'
import type { Cursor } from './cursor.ts'
import { LIMITS, RecordRefused } from './decoded.ts'

/** Reads one KeyValue, whose length comes next, into the map; a key given twice keeps its last value. */
export function readEntry(cursor: Cursor, limit: number, into: Attributes, depth: number): void {
  const end = cursor.end(limit)
  let key = ''
  let value: AnyValue = null
  cursor.spend()
  while (cursor.pos < end) {
    const tag = cursor.varint32()
    if (tag === 0x0a) key = cursor.key(end)
    else if (tag === 0x12) value = readValue(cursor, cursor.end(end), depth)
    else cursor.skip(tag, end)
  }
  cursor.close(end)
  into[key] = value
}

/** Reads the AnyValue from here to `end`. An empty one is null. */
export function readValue(cursor: Cursor, end: number, depth: number): AnyValue {
  let value: AnyValue = null
  while (cursor.pos < end) {
    const tag = cursor.varint32()
    switch (tag) {
      case 0x0a:
        value = cursor.text(end)
        break
      case 0x10:
        value = cursor.int64() !== 0
        break
      case 0x18:
        value = cursor.int64()
        break
      case 0x21:
        value = cursor.double()
        break
      case 0x2a:
        value = readArray(cursor, cursor.end(end), depth + 1)
        break
      case 0x32:
        value = readMap(cursor, cursor.end(end), depth + 1)
        break
      case 0x3a: {
        const to = cursor.end(end)
        value = new Uint8Array(cursor.bytes.subarray(cursor.pos, to))
        cursor.pos = to
        break
      }
      default:
        cursor.skip(tag, end)
    }
  }
  cursor.close(end)
  return value
}

function readArray(cursor: Cursor, end: number, depth: number): AnyValue[] {
  checkDepth(depth)
  const values: AnyValue[] = []
  while (cursor.pos < end) {
    const tag = cursor.varint32()
    if (tag !== 0x0a) {
      cursor.skip(tag, end)
      continue
    }
    checkElements(values.length + 1)
    cursor.spend()
    values.push(readValue(cursor, cursor.end(end), depth))
  }
  cursor.close(end)
  return values
}

function readMap(cursor: Cursor, end: number, depth: number): Attributes {
  checkDepth(depth)
  const map = newAttributes()
  let count = 0
  while (cursor.pos < end) {
    const tag = cursor.varint32()
    if (tag === 0x0a) {
      checkEntries(++count)
      readEntry(cursor, end, map, depth)
    } else cursor.skip(tag, end)
  }
  cursor.close(end)
  return map
}

export function checkEntries(count: number): void {
  if (count > LIMITS.entries) throw new RecordRefused(`more than ${LIMITS.entries} attributes in one place`)
}

export function checkElements(count: number): void {
  if (count > LIMITS.elements) throw new RecordRefused(`an array has more than ${LIMITS.elements} elements`)
}

export function checkDepth(depth: number): void {
  if (depth > LIMITS.depth) throw new RecordRefused(`an attribute nests deeper than ${LIMITS.depth} levels`)
}
