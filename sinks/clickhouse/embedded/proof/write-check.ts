import { existsSync } from 'node:fs'
import { EngineError } from '../engine/engine.ts'
import { partFault } from './part-files.ts'
import { freeBytes, KEEP_FREE_BYTES } from '../engine/room.ts'
import { setAside } from './tables.ts'
import { TokenLogs } from './token-log.ts'

/** How often merges are looked at where there is little room, or a part could not be read. */
const TICK_MS = 1_000
/** Otherwise they are looked at every so many ticks. The engine keeps what it merged for eight minutes. */
const CALM_TICKS = 30

/** Active parts as the engine knows them: their directories, without a slash at the end. */
export type ActiveParts = (which: 'inserted' | 'merged') => Promise<string[]>

export interface WriteCheckOptions {
  dataDirectory: string
  activeParts: ActiveParts
  /** Ends this process at once: what it has in memory is not what is on the disk. */
  end: (fault: string) => void
}

/**
 * The engine does not look whether its writes succeed, so this does. What is not whole on the disk is set aside, and the
 * process ends before anyone is answered. The next one starts from what is on the disk: the client of an insert comes
 * again, and what a broken merge was made of is still there.
 */
export class WriteCheck {
  readonly #options: WriteCheckOptions
  readonly #tokens: TokenLogs
  #merged = new Set<string>()
  /** Inserted parts at the last look, so that one without a token is known by being new. */
  #inserted = new Set<string>()
  #ending = false
  #suspicious = false

  private constructor(options: WriteCheckOptions) {
    this.#options = options
    this.#tokens = new TokenLogs(options.dataDirectory)
  }

  /** What the engine has just opened was looked at before, see mend.ts. */
  static async start(options: WriteCheckOptions): Promise<WriteCheck> {
    const check = new WriteCheck(options)
    check.#merged = new Set(await options.activeParts('merged'))
    check.#inserted = new Set(await options.activeParts('inserted'))
    return check
  }

  /** A process that is about to end writes nothing more. */
  assertRunning(): void {
    if (this.#ending) throw new EngineError(236, 'ABORTED', 'The store is being started again')
  }

  #end(fault: string, part?: string): never {
    this.#ending = true
    try {
      if (part !== undefined && existsSync(part)) setAside(part)
    } finally {
      this.#options.end(fault)
    }
    throw new EngineError(236, 'ABORTED', 'What was written is not whole on the disk. Try again')
  }

  #assertWhole(part: string): void {
    const fault = partFault(part)
    if (fault !== undefined) this.#end(fault, part)
  }

  /** After a single write. `tokened`: what it inserted must have left a token. */
  async inserted(tokened: boolean): Promise<void> {
    this.#lookAtRoom()
    const { parts, torn } = this.#tokens.added()
    for (const part of parts) this.#assertWhole(part)
    if (parts.length > 0 && !torn) return
    // A repeat, a table that keeps no tokens, or a token that was not written.
    const now = await this.#options.activeParts('inserted')
    for (const part of now) {
      if (this.#inserted.has(part)) continue
      this.#assertWhole(part)
      if (tokened && !this.#tokens.knows(part)) this.#end(`the token of ${part} was not written`, part)
    }
    if (torn) this.#end('a token was not wholly written')
    this.#inserted = new Set(now)
  }

  /** Regularly, and after what may have made parts of others. */
  async merged(): Promise<void> {
    const now = await this.#options.activeParts('merged')
    for (const part of now) {
      if (this.#merged.has(part) || partFault(part) === undefined) continue
      // It may have been dropped while it was looked at.
      if ((await this.#options.activeParts('merged')).includes(part)) this.#assertWhole(part)
    }
    this.#merged = new Set(now)
  }

  /** Merges are looked at soon. */
  suspect(): void {
    this.#suspicious = true
  }

  #lookAtRoom(): void {
    this.#suspicious ||= freeBytes(this.#options.dataDirectory) < KEEP_FREE_BYTES
  }

  /** Looks at merges from now on, each time in its turn among the writes. */
  watch(inTurn: (work: () => Promise<void>) => Promise<void>): NodeJS.Timeout {
    let ticks = 0
    let looking = false
    return setInterval(() => {
      ticks++
      this.#lookAtRoom()
      if (looking || (ticks % CALM_TICKS > 0 && !this.#suspicious)) return
      looking = true
      this.#suspicious = false
      void inTurn(() => this.merged())
        .catch(() => {}) // the next look tells
        .finally(() => {
          looking = false
        })
    }, TICK_MS).unref()
  }
}
