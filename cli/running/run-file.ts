import { open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { WeirError } from '../../core/errors.ts'
import type { Config } from '../../schemas/config.ts'

/** How commands find a running `weir up`: a file in the data directory that only its owner can read. */
export interface RunFile {
  pid: number
  startedAt: string
  version: string
  otlp: string
  otlpGrpc?: string
  telemetry: string
  /** Where `weir import` hands over interactions, and with which token. */
  door?: { url: string; token: string }
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
  const file = await open(`${path}.new`, 'w', 0o600)
  try {
    await file.writeFile(JSON.stringify(content, null, 2) + '\n')
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.new`, path)
}

/** Removes our own file, not that of a Weir that came after us. */
export async function removeRunFile(config: Config, pid: number): Promise<void> {
  const current = await readRunFile(config).catch(() => undefined)
  if (current?.pid === pid) await rm(pathOf(config), { force: true })
}

/** The run file of a Weir that is running now; WEIR_NOT_RUNNING otherwise. */
export async function readRunFile(config: Config): Promise<RunFile> {
  const path = pathOf(config)
  const start = 'Start one with `weir up`, or name its configuration with --config.'
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const { code = cause.name } = cause
    const message =
      code === 'ENOENT' || code === 'ENOTDIR'
        ? `No Weir is running on ${config.dataDirectory}. ${start}`
        : `${path}, which tells how to reach a running Weir, cannot be read (${code}). Ask as the user that Weir runs as.`
    throw new WeirError('WEIR_NOT_RUNNING', message, { cause })
  })
  const content = parseRunFile(text)
  if (content === undefined) {
    const message = `No Weir is known to run on ${config.dataDirectory}: ${path} is broken. ${start}`
    throw new WeirError('WEIR_NOT_RUNNING', message)
  }
  if (!isAlive(content.pid))
    throw new WeirError('WEIR_NOT_RUNNING', `No Weir is running on ${config.dataDirectory}. ${start}`)
  return content
}

/** Undefined when it is not what writeRunFile writes: a disk was full, or somebody else has written. */
function parseRunFile(text: string): RunFile | undefined {
  try {
    const content = JSON.parse(text) as RunFile
    const { pid, store } = content
    const whole = Number.isSafeInteger(pid) && pid > 0 && store.url && store.database && store.writer && store.reader
    return whole ? content : undefined
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
