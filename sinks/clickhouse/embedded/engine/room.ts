import { statfsSync } from 'node:fs'
import { EngineError } from './engine.ts'

/**
 * Inserts, merges and definitions leave this much free. What they write beside their reckoning fits into it, and so does
 * most of what others write meanwhile.
 */
export const KEEP_FREE_BYTES: number = 32 << 20

export function freeBytes(directory: string): number {
  const { bavail, bsize } = statfsSync(directory)
  return bavail * bsize
}

const megabytes = (bytes: number): number => Math.floor(bytes / (1 << 20))

export function notEnoughSpace(directory: string): EngineError {
  return new EngineError(
    243,
    'NOT_ENOUGH_SPACE',
    `Only ${megabytes(freeBytes(directory))} MiB are free where the embedded store keeps its data, and it leaves ` +
      `${megabytes(KEEP_FREE_BYTES)} MiB of them free: not enough for this write. Make room; until then senders are told ` +
      `to come again`,
  )
}

export function needRoom(directory: string): void {
  if (freeBytes(directory) < KEEP_FREE_BYTES) throw notEnoughSpace(directory)
}
