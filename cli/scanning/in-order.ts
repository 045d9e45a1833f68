import type { Batch } from './batches.ts'

export interface InOrderOptions {
  /** Batches in hand at once. */
  readonly atOnce: number
  /** Characters in hand at once; a longer batch is in hand alone. */
  readonly characters: number
}

interface InHand<R> {
  readonly made: Promise<R>
  readonly characters: number
}

/**
 * What becomes of batches, each as soon as it and those before are done, while later ones are read and worked on. When no
 * more can be read, what was read before comes first, then the error.
 */
export async function* inOrder<R>(
  batches: AsyncIterable<Batch>,
  work: (batch: Batch) => Promise<R>,
  { atOnce, characters: most }: InOrderOptions,
): AsyncIterable<R> {
  const inHand: InHand<R>[] = []
  const source = batches[Symbol.asyncIterator]()
  const next = (): Promise<R> => inHand.shift()!.made
  const isFull = (more: number): boolean =>
    inHand.length >= atOnce || (inHand.length > 0 && more + sumOf(inHand) > most)
  let failed: { readonly error: unknown } | undefined
  for (let reading = quiet(source.next()); ;) {
    if (inHand.length > 0 && (await isFirst(inHand[0]!.made, reading))) {
      yield await next()
      continue
    }
    let read: IteratorResult<Batch>
    try {
      read = await reading
    } catch (error) {
      failed = { error }
      break
    }
    if (read.done === true) break
    while (isFull(read.value.characters)) yield await next()
    inHand.push({ made: quiet(work(read.value)), characters: read.value.characters })
    reading = quiet(source.next())
  }
  while (inHand.length > 0) yield await next()
  if (failed) throw failed.error
}

const sumOf = (inHand: readonly InHand<unknown>[]): number =>
  inHand.reduce((sum, { characters }) => sum + characters, 0)

/** Whether `one` is settled no later than `other`. */
const isFirst = (one: Promise<unknown>, other: Promise<unknown>): Promise<boolean> => {
  const settled = (promise: Promise<unknown>, first: boolean): Promise<boolean> =>
    promise.then(
      () => first,
      () => first,
    )
  return Promise.race([settled(one, true), settled(other, false)])
}

/** Whoever waits for it hears of its failure in its turn; until then nobody needs to. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  return promise
}
