import { linkSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { WeirError } from '../../../../core/errors.ts'
import { isRunning, markOf, parseMark } from './processes.ts'

/** One process per data directory, by a file that names the process. The file of a dead process counts for nothing. */

const read = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function tryLink(own: string, lock: string): boolean {
  try {
    linkSync(own, lock)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Moves a dead process's file aside. If it was replaced between the look and the move, it is put back. */
function clearStale(lock: string, seen: string, aside: string): void {
  try {
    renameSync(lock, aside)
  } catch {
    return
  }
  if (read(aside) !== seen) tryLink(aside, lock)
  rmSync(aside, { force: true })
}

/** Takes the directory for this process and gives the function that gives it back. */
export function takeDirectory(directory: string, nonce: string): () => void {
  const lock = join(directory, 'owner.json')
  const own = join(directory, `owner-${process.pid}-${nonce}.json`)
  const text = JSON.stringify({ ...markOf(process.pid), nonce })
  writeFileSync(own, text, { mode: 0o600 })
  try {
    for (let attempt = 0; attempt < 10; attempt++) {
      if (tryLink(own, lock)) {
        return () => {
          if (read(lock) === text) rmSync(lock, { force: true })
        }
      }
      const seen = read(lock)
      if (seen === undefined) continue
      const owner = parseMark(seen)
      if (owner && isRunning(owner)) {
        throw new WeirError(
          'WEIR_STORE_BUSY',
          `the data directory ${directory} is in use by the running process ${owner.pid}. Stop that one first, or give this one a directory of its own`,
        )
      }
      clearStale(lock, seen, `${own}.stale`)
    }
    throw new WeirError(
      'WEIR_STORE_BUSY',
      `the data directory ${directory} is being taken by other processes; try again`,
    )
  } finally {
    unlinkSync(own)
  }
}
