import { WeirError } from '../../../core/errors.ts'
import type { Dialect, Signs } from '../dialect.ts'
import type { AnyValue, LogRecord, SpanRecord } from '../record.ts'
import { eventNameOf } from './reader.ts'
import { fieldsOf } from './text.ts'

/** Each is a bit of a 32-bit number. */
const MOST_DIALECTS = 32
/** Keys whose bits are remembered. Senders repeat the same few hundred. */
const MOST_KNOWN_KEYS = 4_096
const MOST_KNOWN_SCOPES = 1_024
const LONGEST_KNOWN = 128

export interface Chosen {
  /** Bit n stands for dialect n: those that show a sign of their own. */
  signs: number
  /** Those that show a sign or a hint: all that read the record. */
  all: number
}

/** One look at a record's keys, events and scope tells which dialects it speaks. */
export interface Chooser {
  (record: SpanRecord | LogRecord): Chosen
}

const NOTHING: Chosen = { signs: 0, all: 0 }

export function createChooser(dialects: readonly Dialect[]): Chooser {
  if (dialects.length > MOST_DIALECTS) {
    throw new WeirError('WEIR_BUG', `${dialects.length} dialects, more than ${MOST_DIALECTS}`)
  }
  const lookup = lookupOf(dialects)
  return (record) => {
    const found = bitsOf(lookup, record)
    // A scope alone does not make a record a GenAI call: the same library also traces its database.
    if (found.all === 0 && !isNamedCall(record)) return NOTHING
    const byScope = lookup.scopeBits(record.context.scopeName).signs
    return { signs: found.signs | byScope, all: found.all | byScope }
  }
}

/** A call that failed before its instrumentation wrote an attribute is known by its name. */
const isNamedCall = (record: SpanRecord | LogRecord): boolean =>
  record.kind === 'span' && CALL_NAME.test(record.name) && Object.keys(record.attributes).length === 0
const CALL_NAME = /^(chat|embeddings|generate_content|text_completion) \S/

interface Lookup {
  keyBits: (key: string) => Chosen
  eventBits: (name: string) => Chosen
  scopeBits: (scope: string) => Chosen
}

function bitsOf(lookup: Lookup, record: SpanRecord | LogRecord): Chosen {
  let signs = 0
  let all = 0
  const add = (found: Chosen): void => {
    signs |= found.signs
    all |= found.all
  }
  for (const key in record.attributes) add(lookup.keyBits(key))
  if (record.kind === 'log') {
    add(lookup.eventBits(eventNameOf(record)))
    if (typeof record.body === 'string') add(lookup.eventBits(record.body))
    else if (holdsMessages(record.body)) add(lookup.eventBits(MESSAGES_BODY))
  } else {
    add(lookup.eventBits(record.name))
    for (const event of record.events) add(lookup.eventBits(event.name))
  }
  return { signs, all }
}

/** Stands for the name of a log record whose body is `{input: {messages}, output: {messages}}`, or one of the two. */
export const MESSAGES_BODY = '{input, output}'

function holdsMessages(body: AnyValue): boolean {
  const fields = fieldsOf(body)
  return ['input', 'output'].some((side) => Array.isArray(fieldsOf(fields?.[side])?.['messages']))
}

type Table = Map<string, Chosen>

interface Tables {
  exact: Table
  /** By their part before the first dot or colon, so that a key is compared with few. */
  prefixes: Map<string, [prefix: string, found: Chosen][]>
}

const both = (one: Chosen | undefined, other: Chosen): Chosen =>
  one === undefined ? other : { signs: one.signs | other.signs, all: one.all | other.all }

function lookupOf(dialects: readonly Dialect[]): Lookup {
  const tables: Tables = { exact: new Map(), prefixes: new Map() }
  const events: Table = new Map()
  const scopes: [string, Chosen][] = []
  const add = (table: Table, key: string, found: Chosen): void => void table.set(key, both(table.get(key), found))
  const addSigns = (signs: Signs, found: Chosen): void => {
    for (const key of signs.keys ?? []) add(tables.exact, key, found)
    for (const event of signs.events ?? []) add(events, event, found)
    for (const scope of signs.scopes ?? []) scopes.push([scope, found])
    for (const prefix of signs.prefixes ?? []) {
      const head = headOf(prefix)
      const list = tables.prefixes.get(head)
      if (list === undefined) tables.prefixes.set(head, [[prefix, found]])
      else list.push([prefix, found])
    }
  }
  dialects.forEach(({ signs, hints = {} }, index) => {
    addSigns(signs, { signs: 1 << index, all: 1 << index })
    addSigns(hints, { signs: 0, all: 1 << index })
  })
  return {
    keyBits: remembered((key) => bitsOfKey(tables, key), MOST_KNOWN_KEYS),
    eventBits: (name) => events.get(name) ?? NOTHING,
    scopeBits: remembered(
      (scope) =>
        scopes.reduce((found, [start, bits]) => (scope.startsWith(start) ? both(found, bits) : found), NOTHING),
      MOST_KNOWN_SCOPES,
    ),
  }
}

function bitsOfKey(tables: Tables, key: string): Chosen {
  let found = tables.exact.get(key) ?? NOTHING
  for (const [prefix, bits] of tables.prefixes.get(headOf(key)) ?? [])
    if (startsWith(key, prefix)) found = both(found, bits)
  return found
}

function headOf(key: string): string {
  for (let at = 0; at < key.length; at++) {
    const char = key.charCodeAt(at)
    if (char === DOT || char === COLON) return key.slice(0, at)
  }
  return key
}

const DOT = 0x2e
const COLON = 0x3a

function startsWith(key: string, prefix: string): boolean {
  if (!prefix.endsWith('#')) return key.startsWith(prefix)
  const digit = key.charCodeAt(prefix.length - 1)
  return digit >= 0x30 && digit <= 0x39 && key.startsWith(prefix.slice(0, -1))
}

/** What was found for a short text is kept; when there are too many, all are forgotten. */
function remembered(find: (text: string) => Chosen, most: number): (text: string) => Chosen {
  const known = new Map<string, Chosen>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    const bits = find(text)
    if (text.length <= LONGEST_KNOWN) {
      if (known.size >= most) known.clear()
      known.set(text, bits)
    }
    return bits
  }
}
