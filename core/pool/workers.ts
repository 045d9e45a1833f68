import { WeirError } from '../errors.ts'
import type { Meter } from '../meter.ts'
import type { Answer } from './protocol.ts'
import { Thread, type Lost, type ThreadOptions } from './thread.ts'

export interface WorkersOptions extends ThreadOptions {
  /** Workers at once. */
  readonly size: number
  /** Jobs that may wait for one. */
  readonly maxWaiting: number
  /** How long a worker without a job is kept. */
  readonly idleMs: number
  readonly meter: Meter
}

interface Waiting<J, M> {
  readonly job: J
  readonly deadlineMs: number
  tries: number
  /** Where it waits. */
  readonly line: Waiting<J, M>[]
  readonly resolve: (answer: Answer<M> | Lost) => void
  readonly reject: (error: WeirError) => void
}

/** A worker may die of something else than its job. */
const TRIES = 2

/**
 * A few workers, started when there is work and ended when there has been none for a while. One that dies or takes too
 * long is replaced, and its job is given to another once more.
 */
export class Workers<J, M> {
  readonly #options: WorkersOptions
  readonly #threads = new Set<Thread<J, M>>()
  /** Those without a job, each with what ends its rest. */
  readonly #resting = new Map<Thread<J, M>, AbortController>()
  readonly #ending = new Set<Promise<void>>()
  readonly #lines: { readonly short: Waiting<J, M>[]; readonly long: Waiting<J, M>[] } = { short: [], long: [] }
  #shortWasLast = false
  #closed = false

  constructor(options: WorkersOptions) {
    this.#options = options
  }

  get size(): number {
    return this.#options.size
  }
  get running(): number {
    return this.#threads.size
  }
  get waiting(): number {
    return this.#lines.short.length + this.#lines.long.length
  }

  /** Rejects for now, when too many wait (WEIR_QUEUE_FULL) or the pool was closed (WEIR_STOPPING). */
  run(job: J, deadlineMs: number, length: 'short' | 'long' = 'long'): Promise<Answer<M> | Lost> {
    if (this.#closed) return Promise.reject(stopping())
    if (this.waiting >= this.#options.maxWaiting) return Promise.reject(full())
    return new Promise((resolve, reject) => {
      const line = this.#lines[length]
      line.push({ job, deadlineMs, tries: 0, line, resolve, reject })
      this.#next()
    })
  }

  /** Ends every worker; what is in hand or waits is rejected. Safe before start, and twice. */
  async close(): Promise<void> {
    this.#closed = true
    for (const line of Object.values(this.#lines)) for (const { reject } of line.splice(0)) reject(stopping())
    for (const rest of this.#resting.values()) rest.abort()
    for (const thread of this.#threads) this.#end(thread)
    await Promise.all(this.#ending)
  }

  #next(): void {
    while (this.waiting > 0) {
      const thread = this.#awake() ?? this.#start()
      if (thread === undefined) return
      void this.#work(thread, this.#first()!)
    }
  }

  /** Short jobs go ahead, and where both kinds wait they take turns: a flood of short ones does not hold up the long. */
  #first(): Waiting<J, M> | undefined {
    const { short, long } = this.#lines
    this.#shortWasLast = short.length > 0 && (long.length === 0 || !this.#shortWasLast)
    return (this.#shortWasLast ? short : long).shift()
  }

  async #work(thread: Thread<J, M>, waiting: Waiting<J, M>): Promise<void> {
    const { meter } = this.#options
    const answer = await thread.run(waiting.job, waiting.deadlineMs)
    const lost = typeof answer === 'string'
    if (this.#closed) return waiting.reject(stopping())
    if (lost) {
      this.#end(thread)
      meter.add('weir_pool_workers_lost_total', 1, { how: answer })
    } else this.#rest(thread)
    if (lost && ++waiting.tries < TRIES) waiting.line.unshift(waiting)
    else {
      meter.add('weir_pool_jobs_total', 1, { outcome: lost ? answer : answer.kind })
      waiting.resolve(answer)
    }
    this.#next()
  }

  #start(): Thread<J, M> | undefined {
    if (this.#threads.size >= this.size) return undefined
    const thread = new Thread<J, M>(this.#options)
    this.#threads.add(thread)
    return thread
  }

  /** The one that rested last, so that those that are not needed come to their end. */
  #awake(): Thread<J, M> | undefined {
    const last = [...this.#resting].at(-1)
    if (last === undefined) return undefined
    const [thread, rest] = last
    this.#resting.delete(thread)
    rest.abort()
    return thread
  }

  #rest(thread: Thread<J, M>): void {
    const { clock, idleMs } = this.#options
    const rest = new AbortController()
    this.#resting.set(thread, rest)
    void clock.sleep(idleMs, rest.signal).then(() => {
      if (!rest.signal.aborted) this.#end(thread)
    })
  }

  #end(thread: Thread<J, M>): void {
    this.#resting.delete(thread)
    if (!this.#threads.delete(thread)) return
    const ending = thread.end().finally(() => this.#ending.delete(ending))
    this.#ending.add(ending)
  }
}

const full = (): WeirError =>
  new WeirError('WEIR_QUEUE_FULL', 'Too many long texts wait to be examined; send this again in a moment.')

const stopping = (): WeirError =>
  new WeirError('WEIR_STOPPING', 'Weir stopped before this was examined; send it again to the next one.')
