import type { Finding, Place } from '../schemas/finding.ts'
import type { Interaction } from '../schemas/interaction.ts'
import type { Origin } from '../schemas/origin.ts'
import type { Signal } from '../schemas/signal.ts'

/*
 * The seam: every contract between the rooms of the house. Everything that starts also stops: `close()` is safe before
 * start, twice, and after a failed start. Sinks start first, collectors stop first.
 */

/** Why one record was refused for good. The sender must be told, and must not send it again. */
export interface Refusal {
  /** Index in the batch that was given. */
  index: number
  reason: RefusalReason
  message: string
}
export type RefusalReason = 'too_large' | 'invalid'

/**
 * Takes a batch. Resolves when it is durable, with what was refused for good and why. A temporary failure rejects the
 * whole batch (WEIR_QUEUE_FULL, WEIR_STOPPING, WEIR_DEADLINE): the sender's retry is recognised.
 */
export type Emit<T> = (batch: readonly T[]) => Promise<readonly Refusal[]>

/** Brings interactions in. Runs until the signal aborts, then stops taking, drains what it took, and resolves. */
export interface Collector {
  run(emit: Emit<Interaction>, signal: AbortSignal): Promise<void>
}

/** A text of an interaction and where it stands. */
export interface ScanText {
  readonly place: Place
  readonly text: string
}

/** What one pass over an interaction's texts found, shared by all detectors. */
export interface Scan {
  readonly texts: readonly ScanText[]
  /** A text without anything to look at has none. */
  readonly views: readonly View[]
}

/** A reading of a text: as it stands, without what disguises it, or what was wrapped up in it. */
export interface View {
  /** Index into `texts`. */
  readonly text: number
  readonly content: string
  /**
   * Where a detector may want to look, as triples of kind, start and end in `content`, in the order of their ends. Kinds
   * are words of the vocabulary, or those that the scan names.
   */
  readonly marks: Int32Array
  /** The range of the text that a range of `content` stands for. */
  original(start: number, end: number): { start: number; end: number }
}

/** What a detector says. Offsets are half-open, in UTF-16 units of the text; they become code points in the finding. */
export interface Hit {
  readonly type: string
  /** Index into the scan's `texts`. */
  readonly text: number
  readonly start: number
  readonly end: number
  readonly confidence: number
  /** What made it one, for people who ask: a check that holds, a word beside it. Never the value. */
  readonly why?: string
  /** The value in the type's normal form: what is hashed, so that spellings of one value are equal. Never stored. */
  readonly normal: string
}

/** A text that was not wholly looked at. Never a pass: its part is withheld. */
export interface Unscanned {
  readonly text: number
  readonly reason: string
}

export interface Inspection {
  readonly hits: readonly Hit[]
  readonly unscanned: readonly Unscanned[]
}

/** A type of value that a detector knows, and how a value a person types is brought to its normal form. */
export interface HitType {
  readonly name: string
  /** What makes a value one of this type, where a hit does not say more. */
  readonly why?: string
  /** The normal form, or undefined when the value cannot be of this type. */
  normal(value: string): string | undefined
}

/** One interaction in, hits out. Pure and synchronous: the same input gives the same hits, on any machine. */
export interface Detector {
  readonly name: string
  readonly version: string
  readonly types: readonly HitType[]
  /** Its hits are guesses: where they overlap with another detector's, they give way. */
  readonly guesses?: boolean
  inspect(interaction: Interaction, scan: Scan): Inspection
}

export type MonitorState = Uint8Array

/** Many interactions of one key, in order. State can be saved and restored. */
export interface Monitor {
  observe(signals: readonly Signal[]): Finding[]
  save(): MonitorState
  restore(state: MonitorState): void
}

/** Takes batches out exactly as cut. Resolves when durable; throws Retryable or Permanent, never anything else. */
export interface Sink<T> {
  write(batch: Batch<T>): Promise<void>
}

export type ParamValue = string | number | boolean | readonly (string | number)[]
export type Params = Readonly<Record<string, ParamValue>>

/** The only way to read what is stored. Rows are plain objects, 64-bit numbers come as decimal strings. */
export interface Store {
  query<R>(sql: string, params?: Params, signal?: AbortSignal): AsyncIterable<R>
}

export const TOPICS = {
  interactions: 'weir.interactions',
  signals: 'weir.signals',
  findings: 'weir.findings',
  commands: 'weir.commands',
  control: 'weir.control',
  keys: 'weir.keys',
  dead: 'weir.dead',
} as const
export type Topic = (typeof TOPICS)[keyof typeof TOPICS]

export interface Partition {
  readonly topic: Topic
  readonly partition: number
}

/** The last record handled. */
export interface Position {
  readonly epoch: number
  readonly offset: number
}

/** A record on its way into a stream. */
export interface Outgoing<T = unknown> {
  readonly id: string
  readonly tenant: string
  readonly key: string
  readonly value: T
  /** Roughly what it holds in memory; bounds count it. */
  readonly bytes: number
  /** The record it was made from; streams that are read again from stored rows use it as the position. */
  readonly cause?: Origin
}

/** A record on its way out of a stream. */
export interface Incoming<T = unknown> {
  readonly id: string
  readonly tenant: string
  readonly value: T
  readonly origin: Origin
}

/** One contiguous range of one partition, cut by the stream and never cut again otherwise. */
export interface Batch<T> {
  readonly topic: Topic
  readonly epoch: number
  readonly partition: number
  readonly first: number
  readonly last: number
  /** `topic:epoch:partition:first-last:hash(record ids)`. */
  readonly token: string
  readonly records: readonly T[]
  /** Offsets of the range that brought no record, so that ranges tile the partition. Absent when there are none. */
  readonly skipped?: readonly Skipped[]
}

/** `dead`: the stream could not read it and laid it in `weir.dead`. `empty`: there is nothing, as after compaction. */
export interface Skipped {
  readonly first: number
  readonly last: number
  readonly reason: 'dead' | 'empty'
}

/** The hand-over between stages. The stream cuts batches (bytes, records, linger); handle's promise is the commit. */
export interface Stream {
  publish(topic: Topic, records: readonly Outgoing[]): Promise<readonly Refusal[]>
  subscribe(topic: Topic, group: string, consumer: Consumer, signal: AbortSignal): Promise<void>
}

export interface Consumer {
  /** Load state; returns the position to resume after, or undefined for the committed one. */
  assigned?(partition: Partition): Promise<Position | undefined>
  revoked?(partition: Partition): Promise<void>
  handle(batch: Batch<Incoming>): Promise<void>
}

/** Something that can be rolled back. */
export interface Target {
  resolve(change: Change): Promise<ReleaseCandidate>
  prove(candidate: ReleaseCandidate): Promise<Proof>
  apply(candidate: ReleaseCandidate, key: string): Promise<void>
  observe(): Promise<TargetState>
}
export interface Change {
  readonly tenant: string
  readonly route: string
  readonly release: string
  readonly reason: string
}
export interface ReleaseCandidate {
  readonly release: string
  readonly description: string
}
export interface Proof {
  readonly exists: boolean
  readonly evidence: string
}
export interface TargetState {
  readonly release: string
  readonly observedAt: number
}

/** Milliseconds since 1970, and a wait that ends early when the signal aborts. */
export interface Clock {
  now(): number
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

export type RandomBytes = (size: number) => Buffer
