import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { WeirError } from '../core/errors.ts'
import type { Config } from '../schemas/config.ts'

/** How commands find a running `weir up`: a file in the data directory that only its owner can read. */
export interface RunFile {
  pid: number
  startedAt: string
  version: string
  otlp: string
  telemetry: string
  store: {
    url: string
    database: string
    writer: { user: string; password: string }
    reader: { user: string; password: string }
  }
}

const pathOf = (config: Config): string => join(config.dataDirectory, 'run.json')

/** Appears whole or not at all. */
export async function writeRunFile(config: Config, content: RunFile): Promise<void> {
  const path = pathOf(config)
  await writeFile(`${path}.new`, JSON.stringify(content, null, 2) + '\n', { mode: 0o600 })
  await rename(`${path}.new`, path)
}

/** Removes our own file, not that of a Weir that came after us. */
export async function removeRunFile(config: Config, pid: number): Promise<void> {
  const current = await readRunFile(config).catch(() => undefined)
  if (current?.pid === pid) await rm(pathOf(config), { force: true })
}

/** The run file of a Weir that is running now; WEIR_NOT_RUNNING otherwise. */
export async function readRunFile(config: Config): Promise<RunFile> {
  const absent = `No Weir is running on ${config.dataDirectory}. Start one with \`weir up\`, or name its configuration with --config.`
  let text: string
  try {
    text = await readFile(pathOf(config), 'utf8')
  } catch {
    throw new WeirError('WEIR_NOT_RUNNING', absent)
  }
  const content = JSON.parse(text) as RunFile
  if (!isAlive(content.pid)) throw new WeirError('WEIR_NOT_RUNNING', absent)
  return content
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
