import type { Clock } from '../seam.ts'

/** Aborts a while after `signal` does: until then a stopping loop may finish what it holds. */
export function deadlineAfter(signal: AbortSignal, ms: number, clock: Clock, finished: AbortSignal): AbortSignal {
  const deadline = new AbortController()
  const start = (): void => void clock.sleep(ms, finished).then(() => deadline.abort())
  if (signal.aborted) start()
  else signal.addEventListener('abort', start, { once: true })
  return deadline.signal
}
