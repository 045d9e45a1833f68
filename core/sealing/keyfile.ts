import { link, mkdir, open, unlink, type FileHandle } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { SealingConfig } from '../../schemas/config.ts'
import { WeirError } from '../errors.ts'
import type { Logger } from '../log.ts'
import type { RandomBytes } from '../seam.ts'
import { decodeKey, idOfKey, MasterKeys, masterKeysOf } from './masterkeys.ts'

const FILE_NAME = 'master.key'
const FILE_BYTES_MAX = 1024

const isCode = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException | undefined)?.code === code

async function readKey(path: string, file: FileHandle): Promise<Buffer> {
  // Asked of the open file, not of the path: what is checked is what is read.
  const { mode, size } = await file.stat()
  if ((mode & 0o077) !== 0) {
    const octal = (mode & 0o777).toString(8).padStart(3, '0')
    throw new WeirError(
      'WEIR_MASTER_KEY',
      `${path} has mode ${octal}, so others can read it. If nobody has, run: chmod 600 ${path}`,
    )
  }
  const key = size > FILE_BYTES_MAX ? undefined : decodeKey(await file.readFile('utf8'))
  if (key !== undefined) return key
  throw new WeirError('WEIR_MASTER_KEY', `${path} does not hold 32 bytes in base64 or hex. Restore it from a backup.`)
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  let file: FileHandle | undefined
  try {
    file = await open(path, 'r')
    return await readKey(path, file)
  } catch (error) {
    if (error instanceof WeirError) throw error
    if (isCode(error, 'ENOENT')) return undefined
    throw new WeirError('WEIR_MASTER_KEY', `${path} cannot be read: ${String((error as Error).message)}`, {
      cause: error,
    })
  } finally {
    await file?.close()
  }
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

/**
 * The key must be on disk, whole, before anything is sealed with it: written under another name, synced, then given its
 * name by a link, which fails when another process was first. True when this key is now the one.
 */
async function writeKey(path: string, key: Buffer, random: RandomBytes): Promise<boolean> {
  const draft = `${path}.${random(8).toString('hex')}`
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(`${key.toString('base64')}\n`)
    await file.sync()
    await link(draft, path)
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  } finally {
    await file.close()
    await unlink(draft)
    await syncDirectory(dirname(path))
  }
}

async function makeKey(path: string, random: RandomBytes, logger: Logger): Promise<Buffer> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const key = random(32)
    if (await writeKey(path, key, random)) {
      logger.warn('a master key was made in the data directory: keep a backup, or set sealing.masterKeys', {
        file: path,
      })
      return key
    }
  } catch (error) {
    throw new WeirError('WEIR_MASTER_KEY', `${path} cannot be written: ${String((error as Error).message)}`, {
      cause: error,
    })
  }
  const other = await readIfThere(path)
  if (other !== undefined) return other
  throw new WeirError('WEIR_MASTER_KEY', `${path} was removed while it was being made; start again`)
}

/** The master keys of the configuration, or of the key file in the data directory, which is made when there is none. */
export async function loadMasterKeys(
  config: { dataDirectory: string; sealing: Pick<SealingConfig, 'masterKeys' | 'activeKey'> },
  tools: { random: RandomBytes; logger: Logger },
): Promise<MasterKeys> {
  const configured = masterKeysOf(config.sealing)
  if (configured !== undefined) return configured
  const path = resolve(join(config.dataDirectory, FILE_NAME))
  const key = (await readIfThere(path)) ?? (await makeKey(path, tools.random, tools.logger))
  const id = idOfKey(key)
  return new MasterKeys(new Map([[id, key]]), id)
}
