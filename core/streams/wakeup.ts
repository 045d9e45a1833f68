/** Lets one loop wait until somebody has news. A wake while nobody waits is remembered. */
export interface Wakeup {
  wait(): Promise<void>
  wake(): void
}

export function createWakeup(): Wakeup {
  let pending = false
  let waiter: (() => void) | undefined
  return {
    wait: () =>
      new Promise((resolve) => {
        if (pending) {
          pending = false
          resolve()
        } else waiter = resolve
      }),
    wake: () => {
      if (waiter) {
        const resolve = waiter
        waiter = undefined
        resolve()
      } else pending = true
    },
  }
}
