import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemRandom } from '../clock.ts'
import { silentLogger, type LogFields, type Logger } from '../log.ts'
import { createValueHasher, loadMasterKeys, type MasterKeys } from './index.ts'

let root: string
let directory: string
let warnings: [string, LogFields | undefined][]
let logger: Logger

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'weir-key-'))
  directory = join(root, 'deep', 'data')
  warnings = []
  logger = { ...silentLogger, warn: (message, fields) => void warnings.push([message, fields]) }
})
afterEach(() => rm(root, { recursive: true }))

const load = (masterKeys: Record<string, string> = {}): Promise<MasterKeys> =>
  loadMasterKeys({ dataDirectory: directory, sealing: { masterKeys } }, { random: systemRandom, logger })
const fingerprint = (keys: MasterKeys): string => createValueHasher(keys)('t', 'type', 'value')
const failure = expect.objectContaining({ code: 'WEIR_MASTER_KEY' }) as Error

describe('the key file of the embedded mode', () => {
  test('is made once, for its owner alone, with a warning; then read', async () => {
    const made = await load()
    const path = join(directory, 'master.key')
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect((await stat(directory)).mode & 0o077).toBe(0)
    expect(await readdir(directory)).toEqual(['master.key'])
    expect(warnings).toEqual([[expect.stringContaining('backup'), { file: path }]])

    const read = await load()
    expect(warnings).toHaveLength(1)
    expect(read.activeId).toBe(made.activeId)
    expect(read.activeId).toMatch(/^file-[0-9a-f]{12}$/)
    expect(fingerprint(read)).toBe(fingerprint(made))
  })

  test('can be moved into the configuration as it is', async () => {
    const made = await load()
    const text = await readFile(join(directory, 'master.key'), 'utf8')
    const configured = await load({ [made.activeId]: text })
    expect(fingerprint(configured)).toBe(fingerprint(made))
  })

  test('is not made when the configuration has keys', async () => {
    await load({ a: 'ab'.repeat(32) })
    await expect(stat(directory)).rejects.toThrow('ENOENT')
    expect(warnings).toEqual([])
  })

  test.each([0o640, 0o604, 0o620, 0o666, 0o601])('mode %o is refused, and the remedy said', async (mode) => {
    await load()
    const path = join(directory, 'master.key')
    await chmod(path, mode)
    await expect(load()).rejects.toThrow(failure)
    await expect(load()).rejects.toThrow(`chmod 600 ${path}`)
    await chmod(path, 0o400)
    await load()
  })

  test.each(['', 'short', 'x'.repeat(5000), 'z'.repeat(64)])('content %j is refused and kept', async (content) => {
    await load()
    const path = join(directory, 'master.key')
    await writeFile(path, content)
    await expect(load()).rejects.toThrow(failure)
    expect(await readFile(path, 'utf8')).toBe(content)
  })

  test('a replaced file is another key with another id', async () => {
    const first = await load()
    await rm(join(directory, 'master.key'))
    expect((await load()).activeId).not.toBe(first.activeId)
  })

  test('starting many at once makes one key', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => load()))
    expect(new Set(all.map(fingerprint)).size).toBe(1)
    expect(warnings).toHaveLength(1)
    expect(await readdir(directory)).toEqual(['master.key'])
  })

  test('a directory that cannot be made is said', async () => {
    directory = join(root, 'file', 'data')
    await writeFile(join(root, 'file'), '')
    await expect(load()).rejects.toThrow(failure)
  })
})
