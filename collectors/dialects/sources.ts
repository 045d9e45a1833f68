import type { SourceUse } from '../../schemas/interaction.ts'
import type { Draft } from './dialect.ts'
import { numberOf, type AttributeReader } from './reader.ts'
import { fieldsOf, fieldText, isEmpty, listOf, textOf, type Fields } from './text.ts'
import { MAX_ITEMS } from './tools.ts'

/** `id` and `score` are the convention's; it names no key for a document's address or text, so these are the usual ones. */
const URI_KEYS = ['uri', 'url', 'source']
const CONTENT_KEYS = ['content', 'text', 'page_content']
const HASH_KEYS = ['content_hash', 'contentHash']

export function readDocuments(reader: AttributeReader, key: string, draft: Draft): void {
  const list = listOf(reader.peek(key))
  if (list === undefined) return
  reader.take(key)
  for (let index = 0; index < list.length; index++) {
    if (index === MAX_ITEMS) {
      draft.rest.push([`${key}.remainder`, textOf(list.slice(index))])
      return
    }
    const fields = fieldsOf(list[index])
    if (fields === undefined) draft.sources.push({ content: textOf(list[index] ?? null) })
    else draft.sources.push(documentOf(fields, `${key}[${index}]`, draft))
  }
}

function documentOf(fields: Fields, place: string, draft: Draft): SourceUse {
  const id = fieldText(fields['id'])
  const uriKey = textKey(fields, URI_KEYS)
  const hashKey = textKey(fields, HASH_KEYS)
  const contentKey = CONTENT_KEYS.find((key) => !isEmpty(fields[key]))
  const score = numberOf(fields['score'])
  const source: SourceUse = {}
  if (id !== undefined) source.id = id
  if (uriKey !== undefined) source.uri = textOf(fields[uriKey] ?? null)
  if (score !== undefined) source.score = score
  if (hashKey !== undefined) source.contentHash = textOf(fields[hashKey] ?? null)
  if (contentKey !== undefined) source.content = textOf(fields[contentKey] ?? null)
  for (const key in fields) {
    const isTaken =
      (key === 'id' && id !== undefined) ||
      (key === 'score' && score !== undefined) ||
      key === uriKey ||
      key === hashKey ||
      key === contentKey
    if (!isTaken && !isEmpty(fields[key])) draft.rest.push([`${place}.${key}`, textOf(fields[key] ?? null)])
  }
  return source
}

const textKey = (fields: Fields, keys: readonly string[]): string | undefined =>
  keys.find((key) => typeof fields[key] === 'string' && fields[key] !== '')
