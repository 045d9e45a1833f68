import { spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** A disk of its own, small enough to fill. */
export interface SmallDisk {
  /** Writes until nothing fits any more. */
  fill(): void
  /** Makes room again. */
  relieve(): void
  unmount(): void
}

const mounted = new Set<string>()
process.on('exit', () => {
  for (const directory of mounted) spawnSync('umount', ['-l', directory])
})

function run(command: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' })
  if (status === 0) return
  const said = error?.message ?? stderr.trim()
  throw new Error(`${command} ${args.join(' ')} failed: ${said}. The disk-full rounds mount a tmpfs, so they need root`)
}

export function mountSmallDisk(directory: string, megabytes: number): SmallDisk {
  mkdirSync(directory, { recursive: true })
  run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0700`, 'tmpfs', directory])
  mounted.add(directory)
  const filler = join(directory, 'filler')
  return {
    fill(): void {
      const file = openSync(filler, 'a')
      try {
        for (let size = 1 << 20; size >= 4_096;) {
          try {
            writeSync(file, Buffer.alloc(size, 1))
          } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
            size >>= 1
          }
        }
      } finally {
        closeSync(file)
      }
    },
    relieve: () => rmSync(filler, { force: true }),
    unmount(): void {
      run('umount', ['-l', directory])
      mounted.delete(directory)
    },
  }
}
