import { resolve } from 'node:path'
import type { ErrorCode } from '../errors.ts'

/*
 * `${NAME}`, `${NAME:-default}`, `${file:path}`; `$${` is a literal `${`. Only values of the parsed file are expanded, and
 * what comes out is not looked at again: a variable can hold quotes, colons or line ends and still cannot add a key.
 */

export interface Sources {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly readFile: (path: string) => Promise<string>
  /** Folder that relative paths start from. */
  readonly directory: string
}

export type Expansion =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly message: string; code: ErrorCode }

const FILE_BYTES_MAX = 1024 * 1024
const FORM = /\$\$\{|\$\{([^}]*)(\}?)/g
const NAME = /^([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?$/s

const fail = (message: string, code: ErrorCode = 'WEIR_CONFIG_INVALID'): Expansion => ({ ok: false, message, code })

async function fromFile(path: string, sources: Sources): Promise<Expansion> {
  if (path === '') return fail('has ${file:} without a path')
  try {
    const text = await sources.readFile(resolve(sources.directory, path))
    if (Buffer.byteLength(text) > FILE_BYTES_MAX) return fail(`names ${path}, which is larger than 1 MiB`)
    return { ok: true, value: text.replace(/[\r\n]+$/, '') }
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? 'unknown reason'
    return fail(`names the file ${path}, which cannot be read (${why})`, 'WEIR_CONFIG_UNREADABLE')
  }
}

async function expandOne(inner: string, sources: Sources): Promise<Expansion> {
  if (inner.startsWith('file:')) return fromFile(inner.slice('file:'.length).trim(), sources)
  const [, name, fallback] = NAME.exec(inner) ?? []
  if (name === undefined) {
    return fail('has a ${...} that is not ${NAME}, ${NAME:-default} or ${file:path}; write $${ for a literal ${')
  }
  const value = sources.env[name]
  // As in a shell: `:-` also replaces an empty value.
  if (fallback !== undefined) return { ok: true, value: value === undefined || value === '' ? fallback : value }
  if (value !== undefined) return { ok: true, value }
  return fail(`needs the environment variable ${name}, which is not set; set it, or write \${${name}:-default}`)
}

/** Undefined when there is nothing to expand. */
export async function expand(text: string, sources: Sources): Promise<Expansion | undefined> {
  if (!text.includes('${')) return undefined
  let value = ''
  let from = 0
  for (const match of text.matchAll(FORM)) {
    const [whole, inner, end] = match
    value += text.slice(from, match.index)
    from = match.index + whole.length
    if (inner === undefined) {
      value += '${'
      continue
    }
    if (end === '') return fail('has a ${ without its }; write $${ for a literal ${')
    const one = await expandOne(inner, sources)
    if (!one.ok) return one
    value += one.value
  }
  return { ok: true, value: value + text.slice(from) }
}
