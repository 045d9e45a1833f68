import type { SourceUse } from '../../../schemas/interaction.ts'
import type { Draft } from '../dialect.ts'
import type { AnyValue } from '../record.ts'
import { eachItem, takeItems } from './items.ts'
import { numberOf, type AttributeReader } from './reader.ts'
import { fieldsOf, fieldText, isEmpty, parseStructure, textOf, type Fields } from './text.ts'

/** `id` and `score` are the convention's; it names no key for a document's address or text, so these are the usual ones. */
const URI_KEYS = ['uri', 'url', 'source', 'doc_uri', 'file_path']
const CONTENT_KEYS = ['content', 'text', 'page_content', 'pageContent', 'document']
const HASH_KEYS = ['content_hash', 'contentHash']
const SCORE_KEYS = ['score', 'relevance_score']
const ID_KEYS = ['id', 'document_id', 'doc_id']

/** Retrieved documents that stand in one attribute. */
export function readDocuments(reader: AttributeReader, key: string, draft: Draft): void {
  takeItems(reader, key, draft, (item, place) => addDocument(item, place, draft))
}

export function addDocuments(list: readonly AnyValue[], place: string, draft: Draft): void {
  eachItem(list, place, draft, (item, at) => addDocument(item, at, draft))
}

/**
 * What a retriever's span gave as its output, when that is a list of documents or an object around one. Otherwise nothing
 * is taken.
 */
export function readDocumentsOutput(reader: AttributeReader, key: string, draft: Draft): boolean {
  const value = reader.peek(key)
  const structure = typeof value === 'string' ? parseStructure(value) : value
  const fields = fieldsOf(structure)
  const wrapped = fields === undefined || Object.keys(fields).length !== 1 ? undefined : Object.values(fields)[0]
  const list = Array.isArray(structure) ? structure : wrapped
  if (!Array.isArray(list) || list.length === 0 || !list.every((item) => fieldsOf(item) !== undefined)) return false
  reader.take(key)
  addDocuments(list, key, draft)
  return true
}

function addDocument(item: AnyValue, place: string, draft: Draft): void {
  const fields = fieldsOf(item)
  draft.sources.push(fields === undefined ? { content: textOf(item) } : documentOf(fields, place, draft))
}

function documentOf(fields: Fields, place: string, draft: Draft): SourceUse {
  const sent = fields['metadata'] ?? fields['meta']
  const metadata = fieldsOf(typeof sent === 'string' ? parseStructure(sent) : sent) ?? {}
  const idKey = ID_KEYS.find((key) => fieldText(fields[key]) !== undefined)
  const uriKey = textKey(fields, URI_KEYS)
  const hashKey = textKey(fields, HASH_KEYS)
  const contentKey = CONTENT_KEYS.find((key) => !isEmpty(fields[key]))
  const scoreKey = SCORE_KEYS.find((key) => numberOf(fields[key]) !== undefined)
  const source: SourceUse = {}
  if (idKey !== undefined) source.id = fieldText(fields[idKey]) ?? ''
  // The address often stands in the metadata, which is kept as it came.
  const uri = uriKey === undefined ? metadata[textKey(metadata, URI_KEYS) ?? ''] : fields[uriKey]
  if (uri !== undefined) source.uri = textOf(uri)
  if (scoreKey !== undefined) source.score = numberOf(fields[scoreKey]) ?? 0
  if (hashKey !== undefined) source.contentHash = textOf(fields[hashKey] ?? null)
  // Pinecone has no other place for a text than the metadata.
  const content = contentKey === undefined ? metadata[textKey(metadata, CONTENT_KEYS) ?? ''] : fields[contentKey]
  if (content !== undefined) source.content = contentOf(content)
  const taken = [idKey, uriKey, hashKey, contentKey, scoreKey]
  for (const key in fields) {
    if (!taken.includes(key) && !isEmpty(fields[key])) draft.rest.push([`${place}.${key}`, textOf(fields[key] ?? null)])
  }
  return source
}

/** Content in parts that are nothing but text is that text. */
function contentOf(value: AnyValue): string {
  if (!Array.isArray(value)) return textOf(value)
  const texts = value.map((part) => {
    const fields = fieldsOf(part)
    return fields !== undefined && Object.keys(fields).length === 1 ? fields['text'] : undefined
  })
  return texts.every((text) => typeof text === 'string') ? textOf(texts.join('\n')) : textOf(value)
}

const textKey = (fields: Fields, keys: readonly string[]): string | undefined =>
  keys.find((key) => typeof fields[key] === 'string' && fields[key] !== '')
