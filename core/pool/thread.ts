import { Worker, type WorkerOptions } from 'node:worker_threads'
import type { Clock } from '../seam.ts'
import type { Answer } from './protocol.ts'

/** Why a worker gave no answer. */
export type Lost = 'died' | 'late'

export interface ThreadOptions {
  /** The file that it runs: it calls `serve`. */
  readonly entry: string
  /** Its `workerData`. */
  readonly settings: unknown
  /** One that needs more memory dies, and its process lives on. */
  readonly heapMb?: number
  readonly clock: Clock
}

const HEAP_MB = 2048

/** One worker. It keeps the process alive only while it has a job. */
export class Thread<J, M> {
  /** Undefined when none could be started. */
  readonly #worker: Worker | undefined
  readonly #clock: Clock
  #answered: ((answer: Answer<M> | Lost) => void) | undefined
  #gone = false

  constructor({ entry, settings, heapMb = HEAP_MB, clock }: ThreadOptions) {
    this.#clock = clock
    this.#worker = started(entry, {
      workerData: settings,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
    })
    this.#worker?.unref()
    this.#worker
      ?.on('message', (answer: Answer<M>) => this.#answered?.(answer))
      .on('error', () => this.#over()) // its text may quote content
      .on('messageerror', () => this.#over())
      .on('exit', () => this.#over())
  }

  /** One job at a time. After a loss the worker is good for nothing but `end`. */
  async run(job: J, deadlineMs: number): Promise<Answer<M> | Lost> {
    if (this.#gone || this.#worker === undefined) return 'died'
    const over = new AbortController()
    const answer = new Promise<Answer<M> | Lost>((resolve) => {
      this.#answered = resolve
      void this.#clock.sleep(deadlineMs, over.signal).then(() => resolve('late'))
    })
    this.#worker.ref()
    try {
      this.#worker.postMessage(job)
    } catch {
      this.#over() // it cannot be copied: there is no memory for it
    }
    const given = await answer
    over.abort()
    this.#answered = undefined
    this.#worker.unref()
    return given
  }

  async end(): Promise<void> {
    await this.#worker?.terminate()
  }

  #over(): void {
    this.#gone = true
    this.#answered?.('died')
  }
}

/** The system may have no thread to give. */
function started(entry: string, options: WorkerOptions): Worker | undefined {
  try {
    return new Worker(entry, options)
  } catch {
    return undefined
  }
}
