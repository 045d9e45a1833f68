import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StoreLimits } from '../options.ts'
import { KEEP_FREE_BYTES } from './room.ts'

export const READER_ROLE = 'weir_reader'
export const WRITER_ROLE = 'weir_writer'

/** What the reader may select beside its own database: what Grafana's editor and a curious human ask for. */
export const READABLE_SYSTEM_TABLES: readonly string[] = [
  'one',
  'numbers',
  'tables',
  'columns',
  'databases',
  'functions',
]

const escapeXml = (text: string): string => text.replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`)

const element = (name: string, text: string | number): string => `<${name}>${escapeXml(String(text))}</${name}>`

/** The user has no right of its own, only the two roles: a connection that sets the reader's role has nothing else left. */
function usersXml(database: string): string {
  const selects = [`${database}.*`, ...READABLE_SYSTEM_TABLES.map((table) => `system.${table}`)]
  const grant = (text: string): string => element('query', `GRANT ${text}`)
  return `<clickhouse>
<profiles><default></default></profiles>
<quotas><default></default></quotas>
<roles>
<${READER_ROLE}><grants>${selects.map((name) => grant(`SELECT ON ${name}`)).join('')}</grants></${READER_ROLE}>
<${WRITER_ROLE}><grants>${grant('ALL ON *.*')}</grants></${WRITER_ROLE}>
</roles>
<users><default>
<password></password><networks><ip>::/0</ip></networks><profile>default</profile><quota>default</quota>
<grants>${grant(READER_ROLE)}${grant(WRITER_ROLE)}</grants>
</default></users>
</clickhouse>
`
}

/** Files that a statement may name are looked for in an empty folder, whatever else would have stopped the statement. */
function serverXml(users: string, nothing: string, limits: StoreLimits): string {
  const paths = ['user_files_path', 'user_scripts_path', 'format_schema_path', 'dictionaries_lib_path']
  const caches = {
    mark_cache_size: 32 << 20,
    index_mark_cache_size: 8 << 20,
    primary_index_cache_size: 32 << 20,
    query_condition_cache_size: 8 << 20,
    mmap_cache_size: 0,
    compiled_expression_cache_size: 8 << 20,
  }
  return `<clickhouse>
${element('users_config', users)}
${element('max_server_memory_usage', limits.engineBytes)}
<storage_configuration><disks><default>${element('keep_free_space_bytes', KEEP_FREE_BYTES)}</default></disks></storage_configuration>
${Object.entries(caches)
  .map(([name, bytes]) => element(name, bytes))
  .join('\n')}
${paths.map((name) => element(name, `${nothing}/`)).join('\n')}
</clickhouse>
`
}

/** Writes the engine's configuration and gives the path to hand to every connection. */
export function writeEngineConfig(runDirectory: string, database: string, limits: StoreLimits): string {
  const users = join(runDirectory, 'users.xml')
  const server = join(runDirectory, 'config.xml')
  const nothing = join(runDirectory, 'nothing')
  rmSync(nothing, { recursive: true, force: true })
  mkdirSync(nothing, { recursive: true, mode: 0o700 })
  writeFileSync(users, usersXml(database), { mode: 0o600 })
  writeFileSync(server, serverXml(users, nothing, limits), { mode: 0o600 })
  return server
}
