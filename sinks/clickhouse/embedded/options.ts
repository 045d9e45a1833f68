/** What the embedded store may use. Every number is a bound: what exceeds it is refused or waits, never grows. */
export interface StoreLimits {
  /** Memory of the engine for everything it does, in bytes. */
  engineBytes: number
  /** Threads of one query. */
  threads: number
  /** Queries running at once, of readers and of the writer; further ones wait. */
  readerQueries: number
  writerQueries: number
  /** Queries and inserts waiting; further ones are refused. */
  waiting: number
  /** Longest wait for a turn. */
  waitMs: number
  /** One request body, after decompression. */
  bodyBytes: number
  /** All the writer's request bodies held at once, after decompression. */
  heldBytes: number
  /** How long an answer waits for a client that reads nothing. */
  stallMs: number
  /** One SQL text, without inserted data. */
  sqlBytes: number
  /** A query of the reader. */
  readerSeconds: number
  readerBytes: number
  readerResultBytes: number
  readerResultRows: number
  /** A query, insert or migration of the writer. */
  writerSeconds: number
  writerBytes: number
}

export const DEFAULT_LIMITS: StoreLimits = {
  engineBytes: 1_000_000_000,
  threads: 2,
  readerQueries: 4,
  writerQueries: 4,
  waiting: 256,
  waitMs: 30_000,
  bodyBytes: 64 << 20,
  heldBytes: 192 << 20,
  stallMs: 30_000,
  sqlBytes: 256 << 10,
  readerSeconds: 30,
  readerBytes: 500_000_000,
  readerResultBytes: 256 << 20,
  readerResultRows: 10_000_000,
  writerSeconds: 300,
  writerBytes: 900_000_000,
}

/** What the parent hands to the child. It travels over the IPC channel: arguments and environment can be read by others. */
export interface ChildSettings {
  /** The engine's own data directory. */
  dataDirectory: string
  /** Configuration and pipes of this run; emptied at every start. */
  runDirectory: string
  host: string
  port: number
  /** Host names a browser or proxy may use without a password, beside addresses and localhost. */
  hostNames: readonly string[]
  database: string
  writer: { user: string; password: string }
  reader: { user: string }
  limits: StoreLimits
}

export type ToChild = { type: 'start'; settings: ChildSettings } | { type: 'stop'; deadlineMs: number }

export type ToParent =
  | { type: 'ready'; port: number; engineVersion: string }
  | { type: 'failed'; reason: 'listen' | 'engine'; message: string }
