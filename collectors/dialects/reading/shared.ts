import type { AttributeValue, Service } from '../../../schemas/interaction.ts'
import { AttributeReader } from './reader.ts'
import type { AnyValue, Attributes, RecordContext } from '../record.ts'
import { plain, textOf, wellFormed } from './text.ts'

/** What all records of one resource and scope have in common, computed once. */
export interface Shared {
  service: Service
  route: string | undefined
  scope: string
  scopeVersion: string
  schemaUrl: string
  /** Resource and scope attributes that no field took, under the keys they are kept by. */
  attributes: [key: string, value: AttributeValue][]
}

/** They describe the sender's runtime, not its calls, and would be repeated in every row. */
const SENDER_NOISE = ['telemetry.', 'process.']

/** More than this many are kept as one JSON text. */
const MAX_SHARED = 128

export function sharedOf(context: RecordContext): Shared {
  const resource = new AttributeReader(context.resource)
  const service: Service = { name: resource.text('service.name') ?? 'unknown_service' }
  const version = resource.text('service.version')
  const instance = resource.text('service.instance.id')
  const environment = resource.text('deployment.environment.name') ?? resource.text('deployment.environment')
  if (version !== undefined) service.version = version
  if (instance !== undefined) service.instance = instance
  if (environment !== undefined) service.environment = environment
  const route = resource.text('weir.route')
  const attributes: Shared['attributes'] = []
  keepLeft(resource, 'resource.', attributes)
  keepLeft(new AttributeReader(context.scopeAttributes), 'scope.', attributes)
  return {
    service,
    route,
    scope: wellFormed(context.scopeName),
    scopeVersion: wellFormed(context.scopeVersion),
    schemaUrl: wellFormed(context.schemaUrl),
    attributes,
  }
}

function keepLeft(reader: AttributeReader, prefix: string, into: Shared['attributes']): void {
  const beyond: Attributes = {}
  let count = 0
  reader.forEachLeft((key, value) => {
    if (SENDER_NOISE.some((noise) => key.startsWith(noise))) return
    if (count++ < MAX_SHARED) into.push([safeKey(prefix + key), scalarOf(value)])
    else beyond[safeKey(key)] = value
  })
  if (count > MAX_SHARED) into.push([`${prefix}remainder`, textOf(plain(beyond))])
}

/** An attribute value as an interaction keeps it: structures as JSON text, bytes as base64. */
export function scalarOf(value: AnyValue): AttributeValue {
  if (typeof value === 'boolean') return value
  const flat = plain(value)
  return typeof flat === 'number' ? flat : textOf(flat)
}

/** A key that can be set on any plain object: assigning `__proto__` would set nothing. */
export function safeKey(key: string): string {
  const text = wellFormed(key)
  return text === '__proto__' ? '.__proto__' : text
}
