import type { LogRecord, SpanRecord } from '../record.ts'

export type Signal = 'traces' | 'logs' | 'metrics'
export type Encoding = 'protobuf' | 'json'

/** What a request may hold. The bytes are bounded before it gets here; these bound what the bytes can turn into. */
export const LIMITS = {
  /** Spans or log records in one request; more is refused whole, with the advice to send smaller batches. */
  records: 50_000,
  /** Values of any kind in one request. 20 MiB of doubles are fewer. */
  values: 2_000_000,
  /** Attributes of one record, event, resource or scope, and entries of one map. Indexed conventions reach thousands. */
  entries: 16_384,
  /** Elements of one array. */
  elements: 65_536,
  /** Events of one span. */
  events: 4_096,
  /** How deep values may nest. */
  depth: 32,
} as const

/** One record that cannot be taken. The others of its request can. */
export interface RefusedRecord {
  /** Position among all records of the request. */
  index: number
  message: string
}

export interface Decoded {
  records: (SpanRecord | LogRecord)[]
  refused: RefusedRecord[]
  /** Spans, log records or data points in the request. */
  total: number
  /** Texts with invalid UTF-8, which was replaced by U+FFFD. */
  invalidUtf8: number
}

/** Ends the reading of one record; never leaves this folder. */
export class RecordRefused extends Error {}
