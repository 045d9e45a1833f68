import { EngineError } from '../engine/engine.ts'
import type { StoreLimits } from '../options.ts'

/** Which engine settings a request may carry, and what they may be. All others are refused by name. */

export type Role = 'reader' | 'writer'

interface Rule {
  accepts: RegExp
  what: string
  /** The largest value a reader may ask for; asking for more (or for 0, which means no limit) gives this. */
  most?: (limits: StoreLimits) => number
}

const COUNT: Rule = { accepts: /^\d{1,19}$/, what: 'a whole number' }
const NUMBER: Rule = { accepts: /^\d{1,12}(?:\.\d{1,9})?$/, what: 'a number' }
const FLAG: Rule = { accepts: /^(?:0|1|true|false)$/, what: '0 or 1' }
const WORD: Rule = { accepts: /^[A-Za-z0-9_]{0,64}$/, what: 'a word' }
const TEXT: Rule = { accepts: /^[^\0]{0,1024}$/s, what: 'a text of at most 1024 characters' }
const ZONE: Rule = { accepts: /^[A-Za-z0-9_+\-/]{0,64}$/, what: 'a time zone' }

const READER_RULES: Readonly<Record<string, Rule>> = {
  max_execution_time: { ...NUMBER, most: (limits) => limits.readerSeconds },
  max_memory_usage: { ...COUNT, most: (limits) => limits.readerBytes },
  max_result_rows: { ...COUNT, most: (limits) => limits.readerResultRows },
  max_result_bytes: { ...COUNT, most: (limits) => limits.readerResultBytes },
  max_threads: { ...COUNT, most: (limits) => limits.threads },
  max_block_size: { ...COUNT, most: () => 65_409 },
  max_rows_to_read: COUNT,
  max_bytes_to_read: COUNT,
  result_overflow_mode: WORD,
  read_overflow_mode: WORD,
  timeout_overflow_mode: WORD,
  group_by_overflow_mode: WORD,
  join_use_nulls: FLAG,
  final: FLAG,
  optimize_use_projections: FLAG,
  use_skip_indexes: FLAG,
  session_timezone: ZONE,
  date_time_output_format: WORD,
  output_format_decimal_trailing_zeros: FLAG,
  output_format_write_statistics: FLAG,
}

const FORMATTING = /^output_format_(?:json|csv|tsv|pretty|native|binary|parquet|arrow)_[a-z0-9_]+$/

const WRITER_RULES: Readonly<Record<string, Rule>> = {
  insert_deduplication_token: TEXT,
  insert_deduplicate: FLAG,
  deduplicate_insert: WORD,
  deduplicate_blocks_in_dependent_materialized_views: FLAG,
  // An asynchronous insert is answered before it is durable, and one writer gains nothing by it.
  async_insert: { accepts: /^(?:0|false)$/, what: '0: inserts are answered when they are durable' },
  wait_for_async_insert: FLAG,
  mutations_sync: COUNT,
  alter_sync: COUNT,
  lightweight_deletes_sync: COUNT,
  lightweight_mutation_projection_mode: WORD,
  materialize_skip_indexes_on_insert: FLAG,
  exclude_materialize_skip_indexes_on_insert: TEXT,
  max_partitions_per_insert_block: COUNT,
  throw_on_max_partitions_per_insert_block: FLAG,
  max_insert_block_size: COUNT,
  min_insert_block_size_rows: COUNT,
  min_insert_block_size_bytes: COUNT,
  max_insert_threads: COUNT,
  optimize_on_insert: FLAG,
  optimize_throw_if_noop: FLAG,
  date_time_input_format: WORD,
  select_sequential_consistency: FLAG,
  max_bytes_before_external_group_by: COUNT,
  max_bytes_before_external_sort: COUNT,
  max_table_size_to_drop: COUNT,
  max_partition_size_to_drop: COUNT,
  max_query_size: COUNT,
}

const WRITER_FAMILIES = /^(?:input_format_[a-z0-9_]+|allow_(?:experimental|suspicious)_[a-z0-9_]+)$/

function ruleOf(name: string, role: Role): Rule | undefined {
  if (Object.hasOwn(READER_RULES, name)) return READER_RULES[name]
  if (FORMATTING.test(name)) return WORD
  if (role !== 'writer') return undefined
  if (Object.hasOwn(WRITER_RULES, name)) return WRITER_RULES[name]
  return WRITER_FAMILIES.test(name) ? TEXT : undefined
}

function bounded(value: string, most: number): string {
  const asked = Number(value)
  return asked === 0 || asked > most ? String(most) : value
}

/** The settings of one request as the engine shall have them. Throws what ClickHouse would say of a setting that is refused. */
export function allowSettings(
  asked: ReadonlyMap<string, string>,
  role: Role,
  limits: StoreLimits,
): Map<string, string> {
  const allowed = new Map<string, string>()
  for (const [name, value] of asked) {
    // Drivers say that they only read; the reader cannot do anything else.
    if (name === 'readonly' && /^[012]$/.test(value)) continue
    const rule = ruleOf(name, role)
    if (!rule) {
      if (!/^[a-z0-9_]{1,128}$/.test(name))
        throw new EngineError(115, 'UNKNOWN_SETTING', 'Unknown URL parameter or setting')
      throw new EngineError(
        452,
        'SETTING_CONSTRAINT_VIOLATION',
        `Setting ${name} is not allowed for the ${role} of the embedded store. Leave it out, or use a ClickHouse server`,
      )
    }
    if (!rule.accepts.test(value)) throw new EngineError(36, 'BAD_ARGUMENTS', `Setting ${name} must be ${rule.what}`)
    allowed.set(name, role === 'reader' && rule.most ? bounded(value, rule.most(limits)) : value)
  }
  return allowed
}

/** What holds for every statement of a role, whatever the request says. */
export function roleSettings(role: Role, limits: StoreLimits): Map<string, string> {
  const common = {
    implicit_select: '0',
    allow_introspection_functions: '0',
    max_threads: String(limits.threads),
    // Formatting ahead of a slow client takes memory, and the pipe is the bound.
    output_format_parallel_formatting: '0',
    // Text comes twice as long as a literal when it is looked at, see gate.ts.
    max_query_size: String(limits.sqlBytes * 4 + 65_536),
  }
  if (role === 'writer') {
    return new Map(
      Object.entries({
        ...common,
        // Readers pause while something is written: a heavy question must not keep senders waiting.
        priority: '1',
        // Splitting a body among parsers costs more than it saves at the size of our inserts.
        input_format_parallel_parsing: '0',
        max_execution_time: String(limits.writerSeconds),
        max_memory_usage: String(limits.writerBytes),
      }),
    )
  }
  return new Map(
    Object.entries({
      ...common,
      priority: '2',
      readonly: '1',
      max_execution_time: String(limits.readerSeconds),
      max_memory_usage: String(limits.readerBytes),
      max_result_bytes: String(limits.readerResultBytes),
      max_result_rows: String(limits.readerResultRows),
      max_ast_elements: '50000',
      max_expanded_ast_elements: '500000',
    }),
  )
}
