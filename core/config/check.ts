import type { AnySchemaObject, ErrorObject, ValidateFunction } from 'ajv'
import { configSchema } from '../../schemas/config.ts'
import type { JsonSchema } from '../../schemas/jsonschema.ts'
import { nearest } from './nearest.ts'
import { childOf, pathOf } from './pointer.ts'
import { leaves } from './schema.ts'

/** What the schema says against a value, and where. Never quotes the value: it may be a secret. */
export interface SchemaProblem {
  readonly pointer: string
  readonly message: string
}

let compiled: ValidateFunction | undefined

/** Loaded at first need: who runs without a file needs no validator, and ajv costs as much to start as the rest of this. */
async function validator(): Promise<ValidateFunction> {
  if (compiled === undefined) {
    const { Ajv } = await import('ajv')
    // `format` tells paths and addresses apart for us and for editors; their content is checked in validate.ts.
    const ajv = new Ajv({ allErrors: true, verbose: true, strict: true, validateFormats: false })
    compiled = ajv.compile(configSchema as unknown as AnySchemaObject)
  }
  return compiled
}

const list = (values: readonly unknown[]): string => values.map(String).join(', ')
const quoted = (name: string): string => JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}...` : name)

const KINDS: Readonly<Record<string, string>> = {
  string: 'must be text; put it in quotes',
  boolean: 'must be true or false, without quotes',
  integer: 'must be a whole number, without quotes',
  number: 'must be a number, without quotes',
  object: 'must be a block of keys',
  array: 'must be a list',
}

function unknownKey(key: string, parent: JsonSchema): string {
  const known = Object.keys(parent.properties ?? {})
  const meant = nearest(key, known)
  if (meant !== undefined) return `is not a known key; did you mean "${meant}"?`
  const elsewhere = leaves()
    .filter(([path]) => path.at(-1) === key)
    .map(([path]) => path.join('.'))
  if (elsewhere.length > 0) return `is not a known key here; did you mean ${elsewhere.slice(0, 3).join(' or ')}?`
  return `is not a known key; known here: ${known.join(', ')}`
}

function range(schema: JsonSchema): string {
  if (schema.maximum === undefined) return `must be ${schema.minimum} or more`
  return `must be between ${schema.minimum} and ${schema.maximum}`
}

function wrongWord(schema: JsonSchema, data: unknown): string {
  const allowed = schema.enum ?? [schema.const]
  const meant = typeof data === 'string' ? nearest(data, allowed.map(String)) : undefined
  const must = allowed.length === 1 ? `must be ${list(allowed)}` : `must be one of ${list(allowed)}`
  return meant === undefined ? must : `${must}; did you mean "${meant}"?`
}

function describe(error: ErrorObject): SchemaProblem {
  const pointer = error.instancePath
  const schema = error.parentSchema as JsonSchema
  const params = error.params as Record<string, unknown>
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(params['additionalProperty'])
      return { pointer: childOf(pointer, key), message: unknownKey(key, schema) }
    }
    case 'propertyNames': {
      const key = String(params['propertyName'])
      const form = schema.propertyNames?.pattern
      return { pointer: childOf(pointer, key), message: `is not a name of the form ${form}: ${quoted(key)}` }
    }
    case 'required':
      return { pointer, message: `needs the key "${String(params['missingProperty'])}"` }
    case 'type': {
      const none = error.data === null ? 'has no value; ' : ''
      return { pointer, message: none + (KINDS[String(schema.type)] ?? `must be ${String(schema.type)}`) }
    }
    case 'enum':
    case 'const':
      return { pointer, message: wrongWord(schema, error.data) }
    case 'minimum':
    case 'maximum':
      return { pointer, message: range(schema) }
    case 'minLength':
      return { pointer, message: 'must not be empty' }
    case 'pattern':
      return { pointer, message: `must have the form ${schema.pattern}` }
    default:
      return { pointer, message: error.message ?? error.keyword }
  }
}

const isEmptyBlock = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0

/** Everything that the schema says against the value. */
export async function checkSchema(value: unknown): Promise<SchemaProblem[]> {
  if (isEmptyBlock(value)) return []
  const validate = await validator()
  if (validate(value)) return []
  // A bad name in a map is reported twice: by the rule for names and by the pattern inside it.
  const errors = (validate.errors ?? []).filter((error) => error.propertyName === undefined)
  return errors.map(describe).map((problem) => (pathOf(problem.pointer).length > 0 ? problem : atRoot(problem)))
}

const atRoot = (problem: SchemaProblem): SchemaProblem => ({ ...problem, message: `the file ${problem.message}` })
