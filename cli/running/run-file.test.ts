import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { loadConfig } from '../../core/config/index.ts'
import type { Config } from '../../schemas/config.ts'
import { readRunFile, removeRunFile, writeRunFile, type RunFile } from './run-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'weir-run-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const path = join(folder, 'run.json')
let config: Config
beforeEach(async () => {
  rmSync(path, { recursive: true, force: true })
  config = { ...(await loadConfig({ env: {}, directory: folder })).config, dataDirectory: folder }
})

const user = { user: 'u', password: 'p' }
const content: RunFile = {
  pid: process.pid,
  startedAt: '2026-01-01T00:00:00.000Z',
  version: '1.2.3',
  otlp: 'http://127.0.0.1:1',
  telemetry: '',
  store: { url: 'http://127.0.0.1:2', database: 'weir', writer: user, reader: user },
}

test('what is written is read, by its owner only, and removed by who wrote it', async () => {
  await writeRunFile(config, content)
  expect(await readRunFile(config)).toEqual(content)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  await removeRunFile(config, content.pid + 1)
  expect(existsSync(path)).toBe(true)
  await removeRunFile(config, content.pid)
  expect(existsSync(path)).toBe(false)
})

test.each([
  ['empty', ''],
  ['cut off', JSON.stringify(content).slice(0, -30)],
  ['null', 'null'],
  ['of no process', JSON.stringify({ ...content, pid: 0 })],
  ['without a store', JSON.stringify({ ...content, store: undefined })],
])('a file that is %s is no running Weir, and no bug', async (_, text) => {
  writeFileSync(path, text)
  await expect(readRunFile(config)).rejects.toMatchObject({
    code: 'WEIR_NOT_RUNNING',
    message: expect.stringMatching(/^No Weir is known to run on .* is broken\..*weir up/) as string,
  })
})

test('no file', async () => {
  const absent = { code: 'WEIR_NOT_RUNNING', message: expect.stringContaining('No Weir is running on') as string }
  await expect(readRunFile(config)).rejects.toMatchObject(absent)
  await expect(readRunFile({ ...config, dataDirectory: join(folder, 'no') })).rejects.toMatchObject(absent)
})

test.skipIf(process.getuid?.() === 0)(
  'a file of somebody else cannot be read, which is not that nothing runs',
  async () => {
    await writeRunFile(config, content)
    chmodSync(path, 0)
    const message = expect.stringMatching(/run\.json.*cannot be read \(EACCES\)/) as string
    await expect(readRunFile(config)).rejects.toMatchObject({ code: 'WEIR_NOT_RUNNING', message })
  },
)

test('a file that cannot be read is not that nothing runs', async () => {
  await expect(readRunFile({ ...config, dataDirectory: dataDirectoryWithFolder() })).rejects.toMatchObject({
    code: 'WEIR_NOT_RUNNING',
    message: expect.stringContaining('cannot be read (EISDIR)') as string,
  })
})

function dataDirectoryWithFolder(): string {
  const directory = mkdtempSync(join(folder, 'data-'))
  mkdirSync(join(directory, 'run.json'))
  return directory
}
