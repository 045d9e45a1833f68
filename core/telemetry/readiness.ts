import { WeirError } from '../errors.ts'
import type { Clock } from '../seam.ts'

/** Something that must work before Weir is ready. Resolves to what is wrong, or undefined when nothing is. */
export interface ReadinessCheck {
  readonly name: string
  check(signal: AbortSignal): Promise<string | undefined>
}

export interface NotReady {
  readonly name: string
  readonly reason: string
}

export const CHECK_LIMIT_MS = 2000

/** Asks all checks at once. Whoever asks meanwhile gets the same answer, so that asking often costs nothing. */
export class Readiness {
  readonly #checks: ReadinessCheck[] = []
  readonly #clock: Clock
  readonly #limitMs: number
  #asking: Promise<NotReady[]> | undefined

  constructor(clock: Clock, limitMs: number = CHECK_LIMIT_MS) {
    this.#clock = clock
    this.#limitMs = limitMs
  }

  add(check: ReadinessCheck): void {
    this.#checks.push(check)
  }

  /** What is not ready; empty means ready. */
  ask(): Promise<NotReady[]> {
    this.#asking ??= this.#askAll().finally(() => (this.#asking = undefined))
    return this.#asking
  }

  async #askAll(): Promise<NotReady[]> {
    // Nothing was asked, so nothing is known: that is not "ready".
    if (this.#checks.length === 0) return [{ name: 'weir', reason: 'starting' }]
    const answers = await Promise.all(this.#checks.map((check) => this.#askOne(check)))
    return answers.filter((answer) => answer !== undefined)
  }

  async #askOne(one: ReadinessCheck): Promise<NotReady | undefined> {
    const limit = new AbortController()
    const late = this.#clock.sleep(this.#limitMs, limit.signal).then(() => `no answer within ${this.#limitMs} ms`)
    const asked = Promise.resolve()
      .then(() => one.check(limit.signal))
      .catch((error: unknown) => (error instanceof WeirError ? `${error.code}: ${error.message}` : 'the check failed'))
    const reason = await Promise.race([asked, late])
    limit.abort()
    return reason === undefined ? undefined : { name: one.name, reason }
  }
}
