/** The part of JSON Schema (2020-12, as ajv reads it) that Weir's contracts use. */
export interface JsonSchema {
  readonly $id?: string
  readonly $schema?: string
  readonly title?: string
  readonly description?: string
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly default?: unknown
  readonly examples?: readonly unknown[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | JsonSchema
  readonly propertyNames?: JsonSchema
  readonly items?: JsonSchema
  readonly minItems?: number
  readonly oneOf?: readonly JsonSchema[]
  readonly anyOf?: readonly JsonSchema[]
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  /** `path`: a file or directory, relative to the file that names it. `uri`: may carry credentials, never printed. */
  readonly format?: string
  /** A secret: taken in, never printed. */
  readonly writeOnly?: boolean
}

/** An object schema that refuses keys it does not know. */
export function object(
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[] = [],
  description?: string,
): JsonSchema {
  return { type: 'object', properties, required, additionalProperties: false, ...(description && { description }) }
}

export const string: JsonSchema = { type: 'string' }
export const boolean: JsonSchema = { type: 'boolean' }
export const count: JsonSchema = { type: 'integer', minimum: 0 }
export const number: JsonSchema = { type: 'number' }

export function array(items: JsonSchema): JsonSchema {
  return { type: 'array', items }
}

export function oneOf(values: readonly string[], description?: string): JsonSchema {
  return { enum: values, ...(description && { description }) }
}
