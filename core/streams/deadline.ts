import type { Clock } from '../seam.ts'

/** Aborts a while after `signal` does: until then a stopping loop may finish what it holds. */
export function deadlineAfter(signal: AbortSignal, ms: number, clock: Clock, finished: AbortSignal): AbortSignal {
  const deadline = new AbortController()
  const start = (): void => void clock.sleep(ms, finished).then(() => deadline.abort())
  if (signal.aborted) start()
  else signal.addEventListener('abort', start, { once: true })
  return deadline.signal
}

/** What the work comes to, or `late`: then nobody waits for its end. */
export async function within<T>(work: Promise<T>, ms: number, clock: Clock): Promise<T | 'late'> {
  const over = new AbortController()
  try {
    return await Promise.race([work, clock.sleep(ms, over.signal).then((): 'late' => 'late')])
  } finally {
    over.abort()
  }
}
