import { spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** A disk of its own, small enough to fill. */
export interface SmallDisk {
  /** Writes until no more than so many bytes are free. */
  fill(leave: number): void
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
    fill(leave): void {
      const file = openSync(filler, 'a')
      const chunk = Buffer.alloc(64 << 10, 1)
      try {
        for (;;) {
          const { bavail, bsize } = statfsSync(directory)
          const room = bavail * bsize - leave
          if (room <= 0) return
          writeSync(file, chunk, 0, Math.min(room, chunk.length))
        }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
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
