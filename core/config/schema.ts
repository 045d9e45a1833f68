import { configSchema } from '../../schemas/config.ts'
import type { JsonSchema } from '../../schemas/jsonschema.ts'

/** The schema of a key, or undefined when there is no such key. */
export function schemaAt(path: readonly string[]): JsonSchema | undefined {
  let schema: JsonSchema | undefined = configSchema
  for (const key of path) {
    if (schema === undefined) return undefined
    const named: JsonSchema | undefined = Object.hasOwn(schema.properties ?? {}, key)
      ? schema.properties?.[key]
      : undefined
    schema = named ?? (typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined)
  }
  return schema
}

/** Every key that is not a block, with its schema; the keys of a map stand as `*`. */
export function leaves(schema: JsonSchema = configSchema, path: readonly string[] = []): [string[], JsonSchema][] {
  if (schema.type !== 'object') return [[[...path], schema]]
  const named = Object.entries(schema.properties ?? {}).flatMap(([key, child]) => leaves(child, [...path, key]))
  const { additionalProperties } = schema
  return typeof additionalProperties === 'object' ? [...named, ...leaves(additionalProperties, [...path, '*'])] : named
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/**
 * What was given over what the schema says. A block is always there, unless it cannot be valid when empty (`tls`). Keys
 * come in the schema's order.
 */
export function withDefaults(schema: JsonSchema, given: unknown): unknown {
  if (schema.type !== 'object') return given === undefined ? structuredClone(schema.default) : given
  if (given === undefined && (schema.required ?? []).length > 0) return undefined
  const from = isObject(given) ? given : {}
  const keys = Object.entries(schema.properties ?? {})
  const known = keys.map(([key, child]): [string, unknown] => [key, withDefaults(child, from[key])])
  const own = typeof schema.additionalProperties === 'object' ? Object.entries(from) : []
  return Object.fromEntries([...known, ...own].filter(([, value]) => value !== undefined))
}

/** Applies `change` to every leaf that is there. */
export function mapLeaves(
  schema: JsonSchema | undefined,
  value: unknown,
  change: (schema: JsonSchema | undefined, value: unknown) => unknown,
): unknown {
  if (!isObject(value) || Array.isArray(value)) return change(schema, value)
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => {
    const { properties, additionalProperties } = schema ?? {}
    const child = properties?.[key] ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined)
    return [key, mapLeaves(child, inner, change)]
  })
  return Object.fromEntries(entries)
}
