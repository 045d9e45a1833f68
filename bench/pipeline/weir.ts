import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RunFile } from '../../cli/running/run-file.ts'
import { systemClock } from '../../core/clock.ts'
import { runnable } from '../../core/runnable.ts'

/** `weir up` as its own process, as a user would start it. */
export interface Weir {
  pid: number
  otlp: string
  /** Of the store, for its reader. */
  reader: string
  /** From the start of the process until /readyz said 200. */
  readyMs: number
  /** Where its health and metrics are. */
  telemetry: string
  /** The end of what it has said on standard error. */
  log(): string
  stop(): Promise<void>
}

const READY_DEADLINE_MS = 60_000
const SAID_MOST = 64_000

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** A configuration in which only the places differ from the default. */
export async function writeConfig(directory: string): Promise<{ file: string; telemetryPort: number }> {
  await mkdir(directory, { recursive: true })
  const telemetryPort = await freePort()
  const file = join(directory, 'weir.yaml')
  const lines = [
    'dataDirectory: ./data',
    'log: { level: warn }',
    'collectors: { otlp: { listen: "127.0.0.1:0" } }',
    'store: { listen: "127.0.0.1:0" }',
    `telemetry: { listen: "127.0.0.1:${telemetryPort}" }`,
  ]
  await writeFile(file, `${lines.join('\n')}\n`)
  return { file, telemetryPort }
}

export async function startWeir(directory: string, nodeOptions: readonly string[]): Promise<Weir> {
  const { file, telemetryPort } = await writeConfig(directory)
  const entry = runnable('../../cli/main.ts', import.meta.url)
  const started = systemClock.now()
  const child = spawn(process.execPath, [...nodeOptions, entry, 'up', '--config', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const kill = (): boolean => child.kill('SIGKILL')
  process.once('exit', kill)
  child.once('exit', () => process.off('exit', kill))
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-SAID_MOST)))
  try {
    await ready(child, telemetryPort, started + READY_DEADLINE_MS)
  } catch (error) {
    kill()
    throw new Error(`weir up did not get ready:\n${said}`, { cause: error })
  }
  const readyMs = systemClock.now() - started
  const run = await runFile(join(directory, 'data', 'run.json'))
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null) throw new Error(`weir up ended by itself:\n${said}`)
    child.kill('SIGTERM')
    const [code] = (await once(child, 'exit')) as [number | null]
    if (code !== 0) throw new Error(`weir up ended with ${code}:\n${said}`)
  }
  const telemetry = `http://127.0.0.1:${telemetryPort}`
  return { pid: child.pid!, otlp: run.otlp, reader: run.store.url, readyMs, telemetry, log: () => said, stop }
}

async function ready(child: ChildProcess, port: number, deadline: number): Promise<void> {
  while (systemClock.now() < deadline) {
    if (child.exitCode !== null) throw new Error('it ended')
    const status = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      (response) => response.status,
      () => 0,
    )
    if (status === 200) return
    await sleep(10)
  }
  throw new Error(`/readyz did not answer 200 in ${READY_DEADLINE_MS} ms`)
}

/** Written when all listens, which may be a moment after the last check has passed. */
async function runFile(path: string): Promise<RunFile> {
  for (let tries = 0; ; tries++) {
    try {
      return JSON.parse(await readFile(path, 'utf8')) as RunFile
    } catch (error) {
      if (tries === 200) throw error
      await sleep(10)
    }
  }
}
