import { WeirError } from '../../core/errors.ts'
import type { Clock, Emit, Refusal } from '../../core/seam.ts'
import type { Interaction } from '../../schemas/interaction.ts'

const FIRST_WAIT_MS = 200
const LONGEST_WAIT_MS = 5_000
/** Without any success for so long, the import ends; what is durable by then is not sent again. */
const GIVE_UP_MS = 120_000

/** What a lot that is being taken when the import is told to stop may still need. */
const STOP_MS = 10_000

/**
 * Hands a lot over until it is taken: a rejection is temporary, as the seam says. Throws the last one when there is no end
 * to them, and `undefined` comes back when the import is told to stop before the lot was taken.
 */
export async function emitUntilTaken(
  emit: Emit<Interaction>,
  lot: readonly Interaction[],
  clock: Clock,
  signal: AbortSignal,
): Promise<readonly Refusal[] | undefined> {
  const since = clock.now()
  for (let waitMs = FIRST_WAIT_MS; !signal.aborted; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    try {
      return await within(emit(lot), clock, signal)
    } catch (error) {
      if (!(error instanceof WeirError) || error.code === 'WEIR_BUG') throw error
      if (clock.now() - since >= GIVE_UP_MS) throw error
      await clock.sleep(waitMs, signal)
    }
  }
  return undefined
}

/** Who wants to stop does not wait for ever. */
async function within<T>(work: Promise<T>, clock: Clock, signal: AbortSignal): Promise<T | undefined> {
  const over = new AbortController()
  const stopped = new Promise<undefined>((resolve) => {
    const patience = (): void => void clock.sleep(STOP_MS, over.signal).then(() => resolve(undefined))
    if (signal.aborted) patience()
    else signal.addEventListener('abort', patience, { once: true, signal: over.signal })
  })
  return Promise.race([work, stopped]).finally(() => over.abort('over'))
}
