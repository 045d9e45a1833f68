import type { Draft } from '../dialect.ts'
import type { AttributeReader } from './reader.ts'
import type { AnyValue } from '../record.ts'
import { listOf, textOf } from './text.ts'

/** Of longer lists the remainder is kept as one attribute. */
export const MAX_ITEMS = 1_000

/** Takes an attribute that is a list, item by item, each with the place it would be kept under. */
export function takeItems(
  reader: AttributeReader,
  key: string,
  draft: Draft,
  each: (item: AnyValue, place: string) => void,
): void {
  const list = listOf(reader.peek(key))
  if (list === undefined) return
  reader.take(key)
  eachItem(list, key, draft, each)
}

export function eachItem(
  list: readonly AnyValue[],
  place: string,
  draft: Draft,
  each: (item: AnyValue, place: string) => void,
): void {
  list.slice(0, MAX_ITEMS).forEach((item, index) => each(item, `${place}[${index}]`))
  if (list.length > MAX_ITEMS) draft.rest.push([`${place}.remainder`, textOf(list.slice(MAX_ITEMS))])
}
