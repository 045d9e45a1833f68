import { WeirError } from '../../../core/errors.ts'
import type { Dialect, Signs } from '../dialect.ts'
import type { AnyValue, LogRecord, SpanRecord } from '../record.ts'
import { eventNameOf } from './reader.ts'
import { fieldsOf } from './text.ts'

/** Signs and hints are bits of a 32-bit number. */
const MOST_BITS = 32
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
  const hinted = dialects.flatMap((dialect, index) => (dialect.hints === undefined ? [] : [{ ...dialect, index }]))
  const bits = dialects.length + hinted.length
  if (bits > MOST_BITS) throw new WeirError('WEIR_BUG', `${bits} signs and hints, more than ${MOST_BITS}`)
  const lookup = lookupOf([...dialects.map(({ signs }) => signs), ...hinted.map(({ hints = {} }) => hints)])
  const own = dialects.length === MOST_BITS ? ~0 : (1 << dialects.length) - 1
  return (record) => {
    const found = bitsOf(lookup, record)
    // A scope alone does not make a record a GenAI call: the same library also traces its database.
    if (found === 0 && !isNamedCall(record)) return NOTHING
    const signs = (found & own) | lookup.scopeBits(record.context.scopeName)
    let all = signs
    for (let hint = 0; hint < hinted.length; hint++) {
      if ((found & (1 << (dialects.length + hint))) !== 0) all |= 1 << (hinted[hint] as { index: number }).index
    }
    return { signs, all }
  }
}

/** A call that failed before its instrumentation wrote an attribute is known by its name. */
const isNamedCall = (record: SpanRecord | LogRecord): boolean =>
  record.kind === 'span' && CALL_NAME.test(record.name) && Object.keys(record.attributes).length === 0
const CALL_NAME = /^(chat|embeddings|generate_content|text_completion) \S/

interface Lookup {
  keyBits: (key: string) => number
  eventBits: ReadonlyMap<string, number>
  scopeBits: (scope: string) => number
}

function bitsOf(lookup: Lookup, record: SpanRecord | LogRecord): number {
  let bits = 0
  for (const key in record.attributes) bits |= lookup.keyBits(key)
  if (record.kind === 'log') {
    const named = typeof record.body === 'string' ? record.body : holdsMessages(record.body) ? MESSAGES_BODY : ''
    return bits | (lookup.eventBits.get(named) ?? 0) | (lookup.eventBits.get(eventNameOf(record)) ?? 0)
  }
  bits |= lookup.eventBits.get(record.name) ?? 0
  for (const event of record.events) bits |= lookup.eventBits.get(event.name) ?? 0
  return bits
}

/** Stands for the name of a log record whose body is `{input: {messages}, output: {messages}}`, or one of the two. */
export const MESSAGES_BODY = '{input, output}'

function holdsMessages(body: AnyValue): boolean {
  const fields = fieldsOf(body)
  return ['input', 'output'].some((side) => Array.isArray(fieldsOf(fields?.[side])?.['messages']))
}

interface Table {
  exact: ReadonlyMap<string, number>
  /** By their part before the first dot or colon, so that a key is compared with few. */
  prefixes: ReadonlyMap<string, [prefix: string, bits: number][]>
}

function lookupOf(signs: readonly Signs[]): Lookup {
  const exact = new Map<string, number>()
  const eventBits = new Map<string, number>()
  const prefixes = new Map<string, [string, number][]>()
  const scopes: [string, number][] = []
  const add = (map: Map<string, number>, key: string, bit: number): void => {
    map.set(key, (map.get(key) ?? 0) | bit)
  }
  signs.forEach((sign, index) => {
    const bit = 1 << index
    for (const key of sign.keys ?? []) add(exact, key, bit)
    for (const event of sign.events ?? []) add(eventBits, event, bit)
    for (const scope of sign.scopes ?? []) scopes.push([scope, bit])
    for (const prefix of sign.prefixes ?? []) {
      const head = headOf(prefix)
      const list = prefixes.get(head)
      if (list === undefined) prefixes.set(head, [[prefix, bit]])
      else list.push([prefix, bit])
    }
  })
  const table = { exact, prefixes }
  return {
    keyBits: remembered((key) => bitsOfKey(table, key), MOST_KNOWN_KEYS),
    eventBits,
    scopeBits: remembered(
      (scope) => scopes.reduce((bits, [start, bit]) => (scope.startsWith(start) ? bits | bit : bits), 0),
      MOST_KNOWN_SCOPES,
    ),
  }
}

function bitsOfKey(table: Table, key: string): number {
  let bits = table.exact.get(key) ?? 0
  for (const [prefix, bit] of table.prefixes.get(headOf(key)) ?? []) if (startsWith(key, prefix)) bits |= bit
  return bits
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
function remembered(find: (text: string) => number, most: number): (text: string) => number {
  const known = new Map<string, number>()
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
