import type { Readable } from 'node:stream'
import { messageOf, WeirError } from '../../core/errors.ts'
import type { Clock, Collector, Emit } from '../../core/seam.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import type { Normalise } from '../dialects/intake.ts'
import { interactionCheck } from './check.ts'
import { emitUntilTaken } from './emitting.ts'
import { readLines, START, withDocuments, type Line, type Place } from './lines.ts'
import { createPace, type Pace } from './pace.ts'
import type { Places } from './places.ts'
import { createReader, type Format, type Taken } from './read.ts'
import { openSource, type Source } from './source.ts'

export interface FileOptions {
  /** Paths, or `-` for standard input. */
  readonly files: readonly string[]
  readonly stdin: Readable
  /** Whose data it is: whoever runs the import says so, the data never. */
  readonly tenant: string
  readonly format?: Format | undefined
  /** Interactions a second, at most. */
  readonly perSecond?: number | undefined
  /** A longer line is refused. */
  readonly maxLineBytes: number
  readonly normalise: Normalise
  readonly clock: Clock
  /** Where saved places are read from; none: every file from its beginning. */
  readonly places?: Places | undefined
  /** Whether places are written as lots become durable. */
  readonly savePlaces: boolean
  readonly onRefused: (refused: RefusedLine) => void
  readonly onProgress: (counts: FileCounts, share: number | undefined) => void
}

/** What was refused for good, and why; never what it holds. */
export interface RefusedLine {
  readonly file: string
  /** Of the whole file where it is 0. */
  readonly line: number
  readonly reason: string
}

export interface FileCounts {
  file: string
  /** The line it went on after; 0 where it began at the beginning. */
  resumedAfter: number
  lines: number
  /** Durable, or found there already. */
  interactions: number
  refused: number
  ignored: Record<string, number>
  /** Its end was reached. */
  finished: boolean
}

export interface FileCollector extends Collector {
  /** Of the files so far, in their order. */
  readonly counts: readonly FileCounts[]
}

/** A lot is handed over at so many interactions or so many bytes of lines. */
const LOT_INTERACTIONS = 1_000
const LOT_BYTES = 4 * 1024 * 1024

interface Lot {
  readonly interactions: Interaction[]
  /** Of each interaction. */
  readonly lines: number[]
  bytes: number
  /** After its last line. */
  after: Place
}

const emptyLot = (after: Place): Lot => ({ interactions: [], lines: [], bytes: 0, after })

/** Reads files to their end, once. A place is saved when all before it is durable. */
export function createFileCollector(options: FileOptions): FileCollector {
  const counts: FileCounts[] = []
  return {
    counts,
    async run(emit: Emit<Interaction>, signal: AbortSignal): Promise<void> {
      const read = createReader({ ...options, check: await interactionCheck() })
      const pace = createPace(options.perSecond, options.clock)
      for (const file of options.files) {
        if (signal.aborted) break
        const own = noCounts(file)
        counts.push(own)
        await new FileImport(options, own, { emit, read, pace, signal }).run()
      }
      if (options.savePlaces) await options.places?.tidy()
    },
  }
}

const noCounts = (file: string): FileCounts => ({
  file,
  resumedAfter: 0,
  lines: 0,
  interactions: 0,
  refused: 0,
  ignored: {},
  finished: false,
})

interface Tools {
  readonly emit: Emit<Interaction>
  readonly read: (line: Buffer) => Taken
  readonly pace: Pace
  readonly signal: AbortSignal
}

class FileImport {
  private readonly options: FileOptions
  private readonly counts: FileCounts
  private readonly tools: Tools
  private readonly most: number
  private source: Source | undefined
  /** The lot before, while the next one is read. */
  private underway: Promise<void> = Promise.resolve()

  constructor(options: FileOptions, counts: FileCounts, tools: Tools) {
    this.options = options
    this.counts = counts
    this.tools = tools
    this.most = Math.max(1, Math.min(LOT_INTERACTIONS, Math.floor(options.perSecond ?? LOT_INTERACTIONS)))
  }

  async run(): Promise<void> {
    const { options, counts, tools } = this
    const { places } = options
    const source = await openSource(counts.file, options.stdin, async (identity) => places?.load(identity))
    this.source = source
    counts.resumedAfter = source.from.lines
    try {
      counts.finished = await this.all(source)
    } catch (error) {
      if (tools.signal.aborted) return
      if (!(error instanceof WeirError) || error.code !== 'WEIR_DECODE') throw error
      this.refuse(0, messageOf(error))
    } finally {
      await this.underway.catch(() => {}) // it is thrown by whoever waits for it next, or told by `all`
      await source.close()
    }
  }

  /** Whether the end was reached. */
  private async all(source: Source): Promise<boolean> {
    const { options, tools } = this
    const lines = readLines(source.chunks, source.from, options.maxLineBytes)
    const whole = options.format !== 'ndjson' && source.from.position === START.position
    let lot = emptyLot(source.from)
    try {
      for await (const line of whole ? withDocuments(lines, options.maxLineBytes) : lines) {
        if (tools.signal.aborted) break
        this.take(line, lot)
        options.onProgress(this.counts, source.share())
        if (lot.interactions.length < this.most && lot.bytes < LOT_BYTES) continue
        await this.handOver(lot)
        lot = emptyLot(lot.after)
      }
    } finally {
      // What was read of a file that breaks off counts too.
      if (!tools.signal.aborted) await this.handOver(lot)
      await this.underway
    }
    return !tools.signal.aborted
  }

  private take(line: Line, lot: Lot): void {
    const { counts, options, tools } = this
    const { number, bytes, ended } = line
    counts.lines++
    const tooLong = `is longer than ${options.maxLineBytes} bytes, which is the most that is taken (stream.maxRecordBytes)`
    const taken = bytes === undefined ? undefined : tools.read(bytes)
    for (const reason of taken?.refused ?? [tooLong]) this.refuse(number, reason)
    for (const [reason, count] of taken?.ignored ?? []) counts.ignored[reason] = (counts.ignored[reason] ?? 0) + count
    for (const interaction of taken?.interactions ?? []) {
      lot.interactions.push(interaction)
      lot.lines.push(number)
    }
    lot.bytes += bytes?.length ?? 0
    // A line that breaks off may be written to its end by next time.
    if (ended || taken?.refused.length === 0) lot.after = line.after
  }

  private refuse(line: number, reason: string): void {
    this.counts.refused++
    this.options.onRefused({ file: this.counts.file, line, reason })
  }

  /** One lot is taken while the next is read, and no more. */
  private async handOver(lot: Lot): Promise<void> {
    await this.underway
    this.underway = this.emitLot(lot)
    this.underway.catch(() => {}) // thrown where it is waited for
  }

  private async emitLot({ interactions, lines, after }: Lot): Promise<void> {
    const { options, counts, tools } = this
    for (let at = 0; at < interactions.length; at += this.most) {
      const piece = interactions.slice(at, at + this.most)
      await tools.pace(piece.length, tools.signal)
      const refusals = await emitUntilTaken(tools.emit, piece, options.clock, tools.signal)
      if (refusals === undefined) return
      for (const { index, message } of refusals) this.refuse(lines[at + index] ?? 0, message)
      counts.interactions += piece.length - refusals.length
      options.onProgress(counts, this.source?.share())
    }
    const identity = this.source?.identity
    if (options.savePlaces && identity !== undefined) await options.places?.save(identity, after)
  }
}
