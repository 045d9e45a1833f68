import { createRequire } from 'node:module'

/** What is used here of kafkajs's own queue of one connection's requests. */
export interface RequestQueue {
  readonly pending: readonly unknown[]
  scheduleCheckPendingRequests: (this: RequestQueue) => void
}

/** Not part of what kafkajs exports. */
export function requestQueueClass(): { prototype: RequestQueue } {
  return createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as { prototype: RequestQueue }
}

let isMended = false

/**
 * After every answer kafkajs sets a timer to look for requests that wait, whether or not one does. Its time has long passed
 * then, which to Node means a millisecond, and it sets itself again: every connection that was used once wakes its process a
 * thousand times a second for ever. Where nothing waits there is nothing to look for: whatever is to wait sets the timer.
 */
export function mendRequestQueue(): void {
  if (isMended) return
  isMended = true
  const { prototype } = requestQueueClass()
  const schedule = prototype.scheduleCheckPendingRequests
  prototype.scheduleCheckPendingRequests = function (this: RequestQueue): void {
    if (this.pending.length > 0) schedule.call(this)
  }
}
