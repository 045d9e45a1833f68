import { randomFillSync } from 'node:crypto'
import type { Request } from './traffic.ts'

/** Ids that were never used before, at a fraction of what asking the system for so many random bytes costs. */
export class FreshIds {
  readonly #pool: Buffer = randomFillSync(Buffer.alloc(1 << 20))
  #at = 0
  #count = 0

  /** Gives every span of the request new ids. */
  stamp({ body, traceIds, spanIds }: Request): void {
    for (let n = 0; n < traceIds.length; n++) {
      this.#copy(body, traceIds[n]!, 16)
      this.#copy(body, spanIds[n]!, 8)
      // The pool is used many times over; the count makes each id another, its spread keeps them from being neighbours.
      const count = Math.imul(++this.#count, 0x9e3779b1) >>> 0
      body.writeUInt32BE(count, traceIds[n]! + 4)
      body.writeUInt32BE(count, spanIds[n]! + 4)
    }
  }

  #copy(to: Buffer, at: number, length: number): void {
    if (this.#at + length > this.#pool.length) this.#at = this.#count % 64
    this.#pool.copy(to, at, this.#at, this.#at + length)
    this.#at += length
  }
}
