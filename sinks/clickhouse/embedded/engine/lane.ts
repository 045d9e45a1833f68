import { EngineError } from './engine.ts'

/**
 * Turns for work of which only `width` pieces may run at once. The number that waits is bounded, and so is the wait; what
 * has not begun when it gives up has done nothing.
 */
export class Lane {
  readonly #width: number
  readonly #mostWaiting: number
  readonly #waitMs: number
  readonly #what: string
  #running = 0
  readonly #waiting = new Set<() => void>()
  #idle: (() => void)[] = []

  constructor(what: string, width: number, mostWaiting: number, waitMs: number) {
    this.#what = what
    this.#width = width
    this.#mostWaiting = mostWaiting
    this.#waitMs = waitMs
  }

  get busy(): number {
    return this.#running + this.#waiting.size
  }

  async run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (this.#running >= this.#width) await this.#turn(signal)
    else this.#running++
    try {
      return await work()
    } finally {
      // The turn is handed on without becoming free in between.
      const next = this.#waiting.values().next().value
      if (next) next()
      else {
        this.#running--
        if (this.#running === 0) for (const resolve of this.#idle.splice(0)) resolve()
      }
    }
  }

  #turn(signal: AbortSignal | undefined): Promise<void> {
    const full = (why: string): EngineError =>
      new EngineError(202, 'TOO_MANY_SIMULTANEOUS_QUERIES', `Too many ${this.#what}: ${why}. Try again`)
    if (this.#waiting.size >= this.#mostWaiting) return Promise.reject(full(`${this.#mostWaiting} are waiting already`))
    return new Promise((resolve, reject) => {
      const leave = (error: Error): void => {
        this.#waiting.delete(enter)
        clearTimeout(timer)
        signal?.removeEventListener('abort', gone)
        reject(error)
      }
      const gone = (): void => leave(new EngineError(394, 'QUERY_WAS_CANCELLED', 'The client has left'))
      const timer = setTimeout(() => leave(full(`no turn within ${this.#waitMs} ms`)), this.#waitMs)
      const enter = (): void => {
        this.#waiting.delete(enter)
        clearTimeout(timer)
        signal?.removeEventListener('abort', gone)
        resolve()
      }
      signal?.addEventListener('abort', gone, { once: true })
      this.#waiting.add(enter)
    })
  }

  /** Resolves when nothing runs and nothing waits. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#running === 0) resolve()
      else this.#idle.push(resolve)
    })
  }
}
