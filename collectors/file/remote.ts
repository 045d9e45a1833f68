import { WeirError } from '../../core/errors.ts'
import type { Emit, Refusal } from '../../core/seam.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import { MAX_BODY_BYTES, type DoorKey } from './door.ts'

/** Longer than the other side takes to answer. */
const ANSWER_MS = 120_000

/** Hands over through the door of a running Weir, which is looked for each time: it may have been started anew. */
export function createRemoteEmit(find: () => Promise<DoorKey>): Emit<Interaction> {
  return async (batch) => {
    const refusals: Refusal[] = []
    const kept: number[] = []
    let body = ''
    const send = async (): Promise<void> => {
      if (kept.length === 0) return
      for (const { index, ...why } of await post(await find(), body)) refusals.push({ ...why, index: kept[index]! })
      kept.length = 0
      body = ''
    }
    for (const [index, interaction] of batch.entries()) {
      const line = `${JSON.stringify(interaction)}\n`
      if (3 * line.length > MAX_BODY_BYTES && Buffer.byteLength(line) > MAX_BODY_BYTES) {
        refusals.push({ index, reason: 'too_large', message: 'is larger than an import can hand over' })
        continue
      }
      // a character is at most three bytes
      if (3 * (body.length + line.length) > MAX_BODY_BYTES) await send()
      kept.push(index)
      body += line
    }
    await send()
    return refusals
  }
}

async function post({ url, token }: DoorKey, body: string): Promise<readonly Refusal[]> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body,
    signal: AbortSignal.timeout(ANSWER_MS),
  }).catch((cause: unknown) => {
    throw new WeirError('WEIR_NOT_RUNNING', 'The running Weir did not answer.', { cause })
  })
  const answer = (await response.json().catch(() => ({}))) as { refusals?: readonly Refusal[]; message?: string }
  if (response.status === 200 && answer.refusals !== undefined) return answer.refusals
  const message = `The running Weir did not take a lot: ${answer.message ?? response.status}`
  throw new WeirError(response.status === 400 ? 'WEIR_BUG' : 'WEIR_QUEUE_FULL', message)
}
