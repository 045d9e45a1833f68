import { hash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { WeirError } from '../../core/errors.ts'
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
  /** Another process may import the same file. */
  private readonly processId: number

  constructor(folder: string, tenant: string, processId: number = process.pid) {
    this.folder = folder
    this.tenant = tenant
    this.processId = processId
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
    const path = this.path(identity)
    const unfinished = `${path}.${this.processId}.new`
    const saved: SavedPlace = { position, lines, tailBytes: tail.length, tailHash: hash('sha256', tail, 'hex') }
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 })
      await writeFile(unfinished, JSON.stringify(saved), { mode: 0o600 })
      await rename(unfinished, path)
    } catch (error) {
      throw unsaved(this.folder, error as NodeJS.ErrnoException)
    }
  }

  /** Forgets what is beyond the bound. */
  async tidy(): Promise<void> {
    const names = await readdir(this.folder).catch(() => [])
    if (names.length <= MOST_FILES) return
    const paths = names.map((name) => join(this.folder, name))
    const ages = await Promise.all(paths.map(async (path) => ({ path, at: await changedAt(path) })))
    const oldest = ages.toSorted((a, b) => a.at - b.at).slice(0, names.length - MOST_FILES)
    await Promise.all(oldest.map(({ path }) => rm(path, { force: true })))
  }

  private path(identity: string): string {
    return join(this.folder, `${hash('sha256', `${this.tenant} ${identity}`, 'hex').slice(0, 32)}.json`)
  }
}

/** 0 for a file that is gone: another import tidied too. */
const changedAt = (path: string): Promise<number> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  )

const unsaved = (folder: string, { code, name }: NodeJS.ErrnoException): WeirError =>
  new WeirError(
    'WEIR_CONFIG_INVALID',
    `How far a file was imported cannot be written to ${folder} (${code ?? name}): make room, or give this user the right to it.`,
  )
