import { hash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Place } from './lines.ts'

/** How far a file was imported. */
export interface SavedPlace {
  readonly position: number
  readonly lines: number
  readonly tailBytes: number
  readonly tailHash: string
}

/** Files whose place is remembered; the one that was longest ago makes way. */
const MOST_FILES = 1_000

/**
 * Where imports of files have come to: one small file each, in the data directory. Written when what stands before the
 * place is durable, so a place is never too far; one that is too early costs work, as ids are recognised.
 */
export class Places {
  private readonly folder: string
  private readonly tenant: string

  constructor(folder: string, tenant: string) {
    this.folder = folder
    this.tenant = tenant
  }

  /** Undefined also when it cannot be read: then the file is read from its beginning. */
  async load(identity: string): Promise<SavedPlace | undefined> {
    try {
      const saved = JSON.parse(await readFile(this.path(identity), 'utf8')) as SavedPlace
      const { position, lines, tailBytes } = saved
      const sound = [position, lines, tailBytes, position - tailBytes].every((n) => Number.isSafeInteger(n) && n >= 0)
      return sound ? saved : undefined
    } catch {
      return undefined
    }
  }

  async save(identity: string, { position, lines, tail }: Place): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 })
    const path = this.path(identity)
    const saved: SavedPlace = { position, lines, tailBytes: tail.length, tailHash: hash('sha256', tail, 'hex') }
    await writeFile(`${path}.new`, JSON.stringify(saved), { mode: 0o600 })
    await rename(`${path}.new`, path)
  }

  /** Forgets what is beyond the bound. */
  async tidy(): Promise<void> {
    const names = await readdir(this.folder).catch(() => [])
    if (names.length <= MOST_FILES) return
    const paths = names.map((name) => join(this.folder, name))
    const ages = await Promise.all(paths.map(async (path) => ({ path, at: (await stat(path)).mtimeMs })))
    const oldest = ages.toSorted((a, b) => a.at - b.at).slice(0, names.length - MOST_FILES)
    await Promise.all(oldest.map(({ path }) => rm(path, { force: true })))
  }

  private path(identity: string): string {
    return join(this.folder, `${hash('sha256', `${this.tenant} ${identity}`, 'hex').slice(0, 32)}.json`)
  }
}
