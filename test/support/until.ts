import { systemClock } from '../../core/clock.ts'

const LOOK_MS = 200

/** Resolves when it is so. When it is not in time, the error says what `more` says then. */
export async function until(
  what: string,
  holds: () => Promise<boolean>,
  withinMs: number,
  more: () => string = () => '',
): Promise<void> {
  for (const end = systemClock.now() + withinMs; systemClock.now() < end; await systemClock.sleep(LOOK_MS))
    if (await holds()) return
  throw new Error(`${what}: not so in ${withinMs} ms\n${more()}`.trimEnd())
}
