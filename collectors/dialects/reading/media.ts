import { hash } from 'node:crypto'
import type { Part } from '../../../schemas/interaction.ts'
import type { AnyValue } from '../record.ts'
import { fieldsOf, fieldText, isEmpty, textOf, type Fields } from './text.ts'

/** Where each kind of media part, by its type, says what it is. */
const TYPED: ReadonlyMap<string, string> = new Map([
  ['blob', 'content'],
  ['file', 'file_id'],
  ['uri', 'uri'],
  ['image_url', 'image_url'],
  ['input_image', 'image_url'],
  ['input_audio', 'input_audio'],
  ['input_file', 'file_data'],
  ['image_generation_call', 'result'],
  // Pydantic AI before it took up the conventions' names.
  ['binary', 'content'],
  ['image-url', 'url'],
  ['audio-url', 'url'],
  ['video-url', 'url'],
  ['document-url', 'url'],
])
/** Other places of the same types, and the fields that tell media in parts without a type. */
const DATA_KEYS = ['data', 'image', 'audio', 'source', 'url']
const UNTYPED = ['inlineData', 'inline_data', 'fileData', 'file_data', 'media']
const MEDIA_TYPES: ReadonlySet<string> = new Set(['file', 'image', 'document', 'audio', 'video'])
const MODALITIES: ReadonlyMap<string, string> = new Map([
  ['image_url', 'image'],
  ['image', 'image'],
  ['input_image', 'image'],
  ['image-url', 'image'],
  ['image_generation_call', 'image'],
  ['input_audio', 'audio'],
  ['audio', 'audio'],
  ['audio-url', 'audio'],
  ['video-url', 'video'],
  ['document-url', 'document'],
  ['video', 'video'],
  ['document', 'document'],
])

/** Where inside of a media field the bytes or the address stand. */
const INNER_KEYS = ['url', 'uri', 'fileUri', 'file_uri', 'data']
/** These hold bytes, never an address. */
const BYTES_KEYS: ReadonlySet<string> = new Set(['data', 'content', 'result', 'file_data'])
const MIME_KEYS = ['mime_type', 'mimeType', 'mediaType', 'media_type', 'contentType', 'format']

/** The field that makes this part media, if it is. */
export function mediaKey(fields: Fields): string | undefined {
  const type = fields['type']
  if (typeof type !== 'string') return UNTYPED.find((key) => fieldsOf(fields[key]) !== undefined)
  const key = TYPED.get(type)
  if (key !== undefined && (!type.endsWith('file') || !isEmpty(fields[key]))) return key
  if (!MEDIA_TYPES.has(type)) return undefined
  return DATA_KEYS.find((name) => !isEmpty(fields[name])) ?? key
}

export interface Media {
  part: Part
  /** Names of the part's own fields, and of those inside of its media field, that the part tells of. */
  outer: readonly string[]
  inner: readonly string[]
}

export function readMediaFields(fields: Fields, key: string): Media {
  const type = typeof fields['type'] === 'string' ? fields['type'] : ''
  const holder = fieldsOf(fields[key])
  const innerKey = holder === undefined ? undefined : INNER_KEYS.find((name) => !isEmpty(holder[name]))
  const sent = holder === undefined ? fields[key] : holder[innerKey ?? '']
  const text = isEmpty(sent) ? '' : textOf(sent as AnyValue)
  const isBytes = BYTES_KEYS.has(innerKey ?? key) && BASE64.test(text)
  const part: Part = { type: 'media', content: isBytes ? blobNote(text) : withoutData(text) }
  const modality = fieldText(fields['modality']) ?? MODALITIES.get(type)
  const mimeKey = MIME_KEYS.find((name) => fieldText((holder ?? fields)[name]) !== undefined)
  if (modality !== undefined) part.modality = modality
  if (mimeKey !== undefined) part.mimeType = textOf((holder ?? fields)[mimeKey] as AnyValue)
  const outer = [key, ...(isPlain(fields['modality']) ? ['modality'] : []), ...(type === '' ? [] : ['type'])]
  const told = [innerKey, mimeKey].filter((name) => name !== undefined)
  return holder === undefined ? { part, outer: [...outer, ...told], inner: [] } : { part, outer, inner: told }
}

const isPlain = (value: AnyValue | undefined): boolean => fieldText(value) !== undefined
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/

/** The bytes of pictures and sound are not kept; the digest tells whether two are the same. */
function blobNote(base64: string): string {
  const bytes = Buffer.from(base64, 'base64')
  return `[blob ${bytes.length} bytes sha256:${hash('sha256', bytes, 'hex')}]`
}

function withoutData(uri: string): string {
  if (!uri.startsWith('data:')) return uri
  const comma = uri.indexOf(',')
  return comma < 0 ? blobNote(uri) : `${uri.slice(0, comma + 1)}${blobNote(uri.slice(comma + 1))}`
}
