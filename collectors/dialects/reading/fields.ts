import type { CountField, Draft, FieldKeys, TextField } from '../dialect.ts'
import { finishReasons } from './finish.ts'
import { providerName } from './providers.ts'
import type { AttributeReader } from './reader.ts'

export type FillFields = (reader: AttributeReader, draft: Draft) => void

const COUNTS: ReadonlySet<string> = new Set([
  'inputTokens',
  'outputTokens',
  'cachedInputTokens',
  'cacheWriteTokens',
  'reasoningTokens',
] satisfies CountField[])

/** Makes a table of fields and their keys into what fills a draft: each field from the first key that holds it. */
export function fieldFiller(keys: FieldKeys): FillFields {
  const texts: [TextField, readonly string[]][] = []
  const counts: [CountField, readonly string[]][] = []
  for (const [field, names] of Object.entries(keys)) {
    if (COUNTS.has(field)) counts.push([field as CountField, names])
    else if (field !== 'provider' && field !== 'finishReasons') texts.push([field as TextField, names])
  }
  const { provider = [], finishReasons: reasons = [] } = keys
  return (reader, draft) => {
    for (const [field, names] of texts) if (draft[field] === undefined) draft[field] = firstText(reader, names)
    for (const [field, names] of counts) if (draft[field] === undefined) draft[field] = firstCount(reader, names)
    if (draft.provider === undefined) {
      const sent = firstText(reader, provider)
      if (sent !== undefined) draft.provider = providerName(sent)
    }
    if (draft.finishReasons.length === 0) readFinishReasons(reader, reasons, draft)
  }
}

export function firstText(reader: AttributeReader, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text = reader.text(key)
    if (text !== undefined) return text
  }
  return undefined
}

function firstCount(reader: AttributeReader, keys: readonly string[]): number | undefined {
  for (const key of keys) {
    const count = reader.count(key)
    if (count !== undefined) return count
  }
  return undefined
}

function readFinishReasons(reader: AttributeReader, keys: readonly string[], draft: Draft): void {
  for (const key of keys) {
    const reasons = finishReasons(reader.peek(key))
    if (reasons === undefined) continue
    reader.take(key)
    draft.finishReasons = reasons
    return
  }
}
