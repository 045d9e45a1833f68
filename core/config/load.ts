import { readFile as readFileFromDisk } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { configSchema, type Config } from '../../schemas/config.ts'
import type { JsonSchema } from '../../schemas/jsonschema.ts'
import { WeirError } from '../errors.ts'
import { checkSchema } from './check.ts'
import { readDocument, type ConfigDocument } from './document.ts'
import { expand, type Sources } from './expand.ts'
import { childOf, parentOf, pathOf, pointerOf } from './pointer.ts'
import { ConfigError, type Problem } from './problems.ts'
import { mapLeaves, schemaAt, withDefaults } from './schema.ts'
import { validate } from './validate.ts'

export const DEFAULT_FILE = 'weir.yaml'

export interface LoadedConfig {
  readonly config: Config
  /** The file that was read; undefined when there was none and everything is a default. */
  readonly path: string | undefined
}

type Env = Readonly<Record<string, string | undefined>>
type ReadFile = (path: string) => Promise<string>

export interface LoadOptions {
  /** Must be there when given. Default: `weir.yaml` in `directory`, if it is there. */
  readonly path?: string | undefined
  readonly env: Env
  readonly readFile?: ReadFile
  /** Working directory. */
  readonly directory?: string
}

export interface ParseOptions {
  /** How the file is called in messages. */
  readonly name?: string | undefined
  /** What relative paths in it start from. */
  readonly directory: string
  readonly env: Env
  readonly readFile?: ReadFile
}

const readText: ReadFile = (path) => readFileFromDisk(path, 'utf8')

/** An environment variable is always text; where the schema wants a number or a boolean, it is one. */
function converted(text: string, schema: JsonSchema | undefined): unknown {
  const wanted = schema?.type
  if ((wanted === 'integer' || wanted === 'number') && /^-?\d+(\.\d+)?$/.test(text.trim())) return Number(text)
  if (wanted === 'boolean' && /^(true|false)$/i.test(text.trim())) return text.trim().toLowerCase() === 'true'
  return text
}

async function expandAll(document: ConfigDocument, sources: Sources): Promise<(Problem & { pointer: string })[]> {
  const problems: (Problem & { pointer: string })[] = []
  for (const { pointer, text, set } of document.texts) {
    const expansion = await expand(text, sources)
    if (expansion === undefined) continue
    const path = pathOf(pointer)
    if (expansion.ok) set(converted(expansion.value, schemaAt(path)))
    else problems.push({ pointer, path, message: expansion.message, code: expansion.code, ...document.place(pointer) })
  }
  return problems
}

/** `tls:` with nothing below it, e.g. because all of it is commented out, is an empty block and not a wrong value. */
function fillEmptyBlocks(schema: JsonSchema, value: unknown): unknown {
  if (schema.type !== 'object') return value
  if (value === null) return Object.create(null)
  if (typeof value !== 'object' || Array.isArray(value)) return value
  const block = value as Record<string, unknown>
  for (const [key, child] of Object.entries(schema.properties ?? {})) {
    if (key in block) block[key] = fillEmptyBlocks(child, block[key])
  }
  return block
}

/** Without the values that are wrong, so that the rules between keys can still be asked of the others. */
function without(value: unknown, wrong: readonly string[]): unknown {
  const walk = (inner: unknown, pointer: string): unknown => {
    if (wrong.includes(pointer)) return undefined
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner
    const entries = Object.entries(inner).map(([key, child]) => [key, walk(child, childOf(pointer, key))] as const)
    return Object.fromEntries(entries.filter(([, child]) => child !== undefined))
  }
  return walk(value, '')
}

function effective(value: unknown, directory: string): Config {
  const absolute = mapLeaves(configSchema, withDefaults(configSchema, value), (schema, leaf) =>
    schema?.format === 'path' && typeof leaf === 'string' ? resolve(directory, leaf) : leaf,
  )
  return absolute as Config
}

/** YAML or JSON text to the effective configuration. Reports everything that is wrong at once, as a ConfigError. */
export async function parseConfig(text: string, options: ParseOptions): Promise<Config> {
  const { directory, env, name, readFile = readText } = options
  const document = readDocument(text)
  const unexpanded = await expandAll(document, { env, readFile, directory })
  const value = fillEmptyBlocks(configSchema, document.value)
  const failed = new Set(unexpanded.map((problem) => problem.pointer))
  const against = (await checkSchema(value)).filter(({ pointer }) => !failed.has(pointer))
  const fromSchema = against.map(({ pointer, message }): Problem => {
    return { path: pathOf(pointer), message, code: 'WEIR_CONFIG_INVALID', ...document.place(pointer) }
  })

  const wrong = [...failed, ...against.map(({ pointer }) => pointer)]
  // A rule between keys says nothing sure about a block in which a key is misspelt or wrong.
  const inDoubt = [...wrong.map(parentOf), ...wrong].map((pointer) => `${pointer}/`)
  const config = effective(without(value, wrong), directory)
  const between = validate(config)
    .map((problem) => ({ ...problem, pointer: pointerOf(problem.path) }))
    .filter(({ pointer }) => !inDoubt.some((block) => `${pointer}/`.startsWith(block)))
    .map(({ pointer, ...problem }): Problem => ({ ...problem, ...document.place(pointer) }))

  const problems = [...document.problems, ...unexpanded, ...fromSchema, ...between]
  if (problems.length > 0) throw new ConfigError(problems, name)
  return config
}

/** Reads `weir.yaml`. No file at all means that every key has its default. */
export async function loadConfig(options: LoadOptions): Promise<LoadedConfig> {
  const { env, readFile = readText, directory = process.cwd() } = options
  const path = resolve(directory, options.path ?? DEFAULT_FILE)
  let text: string
  try {
    text = await readFile(path)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' && options.path === undefined) {
      return { config: await parseConfig('', { directory, env, readFile }), path: undefined }
    }
    const why = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code ?? 'unknown reason'})`
    throw new WeirError('WEIR_CONFIG_UNREADABLE', `${options.path ?? path}: ${why}`, { cause: error })
  }
  const name = options.path ?? DEFAULT_FILE
  return { config: await parseConfig(text, { name, directory: dirname(path), env, readFile }), path }
}
