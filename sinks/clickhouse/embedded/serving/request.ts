import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { EngineError } from '../engine/engine.ts'
import type { ChildSettings } from '../options.ts'
import type { Role } from '../rights/settings.ts'

/** What the address and the headers of a request say. */
export interface RequestHead {
  role: Role
  method: string
  path: string
  /** SQL from the address. */
  query: string
  database: string
  defaultFormat: string | undefined
  queryId: string
  params: Map<string, string>
  settings: Map<string, string>
  waitForEnd: boolean
  gzip: boolean
}

/** Parameters that are no settings and change nothing here. */
const IGNORED = new Set([
  'quota_key',
  'stacktrace',
  'buffer_size',
  'session_timeout',
  'client_protocol_version',
  'send_progress_in_http_headers',
  'http_headers_progress_interval_ms',
  'cancel_http_readonly_queries_on_client_close',
  'http_zlib_compression_level',
  'add_http_cors_header',
  'http_write_exception_in_output_format',
])

/** Parameters of ClickHouse's that are refused unless they are switched off. */
const NOT_SERVED: Readonly<Record<string, string>> = {
  session_id: 'Sessions are not served by the embedded store: every request stands alone',
  session_check: 'Sessions are not served by the embedded store: every request stands alone',
  role: 'Roles cannot be chosen: the user decides',
  compress: "ClickHouse's own block compression is not served: set compress=false, or use Accept-Encoding: gzip",
  decompress: "ClickHouse's own block compression is not served: use Content-Encoding: gzip",
}

const header = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}

const same = (a: string, b: string): boolean => {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

const on = (value: string | undefined): boolean =>
  value !== undefined && value !== '0' && value !== 'false' && value !== ''

function credentials(request: IncomingMessage, url: URLSearchParams): { user: string; password: string } {
  const authorization = header(request, 'authorization')
  if (authorization !== undefined) {
    const basic = /^basic\s+([A-Za-z0-9+/=]*)\s*$/i.exec(authorization)
    if (!basic) throw new EngineError(516, 'AUTHENTICATION_FAILED', 'Only basic authentication is served')
    const text = Buffer.from(basic[1] ?? '', 'base64').toString('utf8')
    const colon = text.indexOf(':')
    return colon < 0 ? { user: text, password: '' } : { user: text.slice(0, colon), password: text.slice(colon + 1) }
  }
  const user = header(request, 'x-clickhouse-user') ?? url.get('user') ?? ''
  return { user, password: header(request, 'x-clickhouse-key') ?? url.get('password') ?? '' }
}

/**
 * A page in the user's browser can make a name of its own resolve to this machine and would then be answered like a
 * neighbour. Whoever brings the writer's password is no such page.
 */
function refuseForeignHost(request: IncomingMessage, allowed: readonly string[]): void {
  const host = (header(request, 'host') ?? '').toLowerCase()
  const name = host.startsWith('[') ? host.slice(1, host.indexOf(']')) : host.replace(/:\d*$/, '')
  const local = ['', 'localhost', 'host.docker.internal', 'host.containers.internal']
  if (isIP(name) || local.includes(name) || name.endsWith('.localhost') || allowed.includes(name)) return
  throw new EngineError(
    516,
    'AUTHENTICATION_FAILED',
    'This host name is not served without a password: use 127.0.0.1 or localhost, or name it in hostNames',
  )
}

function roleOf(request: IncomingMessage, url: URLSearchParams, settings: ChildSettings): Role {
  const { user, password } = credentials(request, url)
  if (user === settings.writer.user && same(password, settings.writer.password)) return 'writer'
  // `default` is what clients send when they are told nothing.
  if (password === '' && (user === '' || user === 'default' || user === settings.reader.user)) {
    refuseForeignHost(request, settings.hostNames)
    return 'reader'
  }
  const shown = /^[\w.-]{1,64}$/.test(user) ? user : 'user'
  const message = `${shown}: Authentication failed: password is incorrect, or there is no user with such name`
  throw new EngineError(516, 'AUTHENTICATION_FAILED', message)
}

const plainName = (name: string, what: string): string => {
  if (!/^[A-Za-z_]\w{0,127}$/.test(name)) throw new EngineError(36, 'BAD_ARGUMENTS', `${what} is not a plain name`)
  return name
}

/** Reads everything but the body. Throws what ClickHouse would say. */
export function readHead(request: IncomingMessage, own: ChildSettings, newId: () => string): RequestHead {
  const url = new URL(request.url ?? '/', 'http://store')
  const search = url.searchParams
  const role = roleOf(request, search, own)
  const accepts = /(?:^|,)\s*gzip\s*(?:;|,|$)/i.test(header(request, 'accept-encoding') ?? '')
  const queryId = search.get('query_id') ?? header(request, 'x-clickhouse-query-id') ?? ''
  const head: RequestHead = {
    role,
    method: request.method ?? 'GET',
    path: url.pathname,
    query: search.get('query') ?? '',
    database: search.get('database') || header(request, 'x-clickhouse-database') || own.database,
    defaultFormat: search.get('default_format') || header(request, 'x-clickhouse-format') || undefined,
    queryId: /^[\x21-\x7e]{1,128}$/.test(queryId) ? queryId : newId(),
    params: new Map(),
    settings: new Map(),
    waitForEnd: on(search.get('wait_end_of_query') ?? undefined),
    gzip: accepts && search.get('enable_http_compression') !== '0',
  }
  if (role === 'reader' && head.database !== own.database) {
    // `default` is what clients send when they are told nothing, and holds nothing here.
    if (head.database !== 'default')
      throw new EngineError(497, 'ACCESS_DENIED', `reader: the database is ${own.database}`)
    head.database = own.database
  }
  if (head.defaultFormat !== undefined) plainName(head.defaultFormat, 'default_format')
  const taken = [
    'query',
    'database',
    'default_format',
    'user',
    'password',
    'query_id',
    'wait_end_of_query',
    'enable_http_compression',
  ]
  for (const [name, value] of search) {
    if (taken.includes(name) || IGNORED.has(name)) continue
    if (name.startsWith('param_'))
      head.params.set(plainName(name.slice(6), `the parameter ${JSON.stringify(name)}`), value)
    else if (!Object.hasOwn(NOT_SERVED, name)) head.settings.set(name, value)
    else if (on(value)) throw new EngineError(36, 'BAD_ARGUMENTS', NOT_SERVED[name] ?? '')
  }
  return head
}
