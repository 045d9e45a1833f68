import { randomBytes, randomFillSync } from 'node:crypto'
import type { Clock, RandomBytes } from './seam.ts'

/** Longest wait a Node timer knows; a longer one would fire at once. */
const TIMER_LIMIT_MS = 2 ** 31 - 1

/** One timer. Resolves early, and never rejects, when the signal aborts: the caller looks at its signal anyway. */
function timer(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(handle)
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const handle = setTimeout(end, ms)
    signal?.addEventListener('abort', end, { once: true })
  })
}

async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  for (let left = ms; left > 0 && !signal?.aborted; left -= TIMER_LIMIT_MS) {
    await timer(Math.min(left, TIMER_LIMIT_MS), signal)
  }
}

/** The real clock. Handed in at the composition root; nothing below it calls Date.now() by itself. */
export const systemClock: Clock = { now: () => Date.now(), sleep }

const POOL_BYTES = 4096
const POOLED_BYTES = 32
const pool = Buffer.alloc(POOL_BYTES)
let poolAt = POOL_BYTES

/** The operating system's randomness, for keys, nonces and ids. A few bytes cost as much as a page, so they share one. */
export const systemRandom: RandomBytes = (size) => {
  if (size > POOLED_BYTES) return randomBytes(size)
  if (poolAt + size > POOL_BYTES) {
    randomFillSync(pool)
    poolAt = 0
  }
  const bytes = Buffer.from(pool.subarray(poolAt, poolAt + size))
  pool.fill(0, poolAt, poolAt + size) // what was given out may be a key
  poolAt += size
  return bytes
}
