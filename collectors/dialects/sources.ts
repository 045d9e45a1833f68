import type { SourceUse } from '../../schemas/interaction.ts'
import type { Draft } from './dialect.ts'
import { takeItems } from './items.ts'
import { numberOf, type AttributeReader } from './reader.ts'
import { fieldsOf, fieldText, isEmpty, textOf, type Fields } from './text.ts'

/** `id` and `score` are the convention's; it names no key for a document's address or text, so these are the usual ones. */
const URI_KEYS = ['uri', 'url', 'source']
const CONTENT_KEYS = ['content', 'text', 'page_content']
const HASH_KEYS = ['content_hash', 'contentHash']

export function readDocuments(reader: AttributeReader, key: string, draft: Draft): void {
  takeItems(reader, key, draft, (item, place) => {
    const fields = fieldsOf(item)
    draft.sources.push(fields === undefined ? { content: textOf(item) } : documentOf(fields, place, draft))
  })
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
