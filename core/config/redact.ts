import { stringify } from 'yaml'
import { configSchema, type Config } from '../../schemas/config.ts'
import type { JsonSchema } from '../../schemas/jsonschema.ts'
import { mapLeaves } from './schema.ts'

export const REDACTED = '[redacted]'

/** An address without its user, password, query and fragment. */
export function redactUrl(text: string): string {
  if (!URL.canParse(text)) return REDACTED
  const url = new URL(text)
  const who = url.username === '' && url.password === '' ? '' : `${REDACTED}@`
  const rest = url.search === '' && url.hash === '' ? '' : `?${REDACTED}`
  const path = url.pathname === '/' && !text.endsWith('/') ? '' : url.pathname
  return `${url.protocol}//${who}${url.host}${path}${rest}`
}

function redactLeaf(schema: JsonSchema | undefined, value: unknown): unknown {
  // A key that the schema does not know cannot be here; if it is, nobody has said that it is no secret.
  if (schema === undefined || schema.writeOnly === true) return REDACTED
  if (schema.format === 'uri' && typeof value === 'string') return redactUrl(value)
  return value
}

/** The configuration as it may be shown: goes by the schema's `writeOnly` and `format: uri` marks. */
export function redact(config: Config): unknown {
  return mapLeaves(configSchema, config, redactLeaf)
}

/** The effective configuration as YAML, without secrets. */
export const printConfig = (config: Config): string => stringify(redact(config))
