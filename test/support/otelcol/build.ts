import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { messageOf } from '../../../core/errors.ts'
import type { Availability } from '../kafka/index.ts'

/** The repository, from the source and from its compiled copy under dist/. */
export const ROOT: string = fileURLToPath(new URL('../../..', import.meta.url)).replace(/dist\/$/, '')
const SOURCE = join(ROOT, 'test', 'support', 'otelcol', 'source')
const ASK_MS = 30_000
/** Some hundred packages are compiled the first time; Go keeps them, and links within seconds from then on. */
const BUILD_MS = 900_000

let known: Promise<Availability> | undefined

/**
 * Whether a Collector can be started here: Go, and the modules that its source names, which Go fetches once. Without them
 * a suite skips, and says so; where real servers are required (in CI, or with WEIR_REQUIRE_SERVERS=1) this throws instead.
 */
export function collectorAvailable(): Promise<Availability> {
  known ??= look()
  return known
}

async function look(): Promise<Availability> {
  try {
    await collectorBinary()
    return { ok: true }
  } catch (error) {
    const why = messageOf(error)
    if (isSet('CI') || isSet('WEIR_REQUIRE_SERVERS'))
      throw new Error(`no OpenTelemetry Collector for the tests: ${why}`, { cause: error })
    process.stderr.write(`\nskipped: tests with an OpenTelemetry Collector, because ${why}\n\n`)
    return { ok: false, why }
  }
}

const isSet = (name: string): boolean => !['', '0', 'false'].includes(process.env[name] ?? '')

/** The program, built unless one of this very source is there. */
export async function collectorBinary(): Promise<string> {
  const cache = join(ROOT, 'node_modules', '.cache')
  const folder = join(cache, `weir-otelcol-${await printOfSource()}`)
  const binary = join(folder, 'otelcol')
  if (existsSync(binary)) return binary
  await mkdir(cache, { recursive: true })
  // Built aside and renamed when whole: test files start at the same time, and any may be stopped on the way.
  const aside = await mkdtemp(join(cache, 'otelcol-'))
  try {
    await build(join(aside, 'otelcol'))
    await rename(aside, folder)
  } catch (error) {
    if (!existsSync(binary)) throw error
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
  return binary
}

async function printOfSource(): Promise<string> {
  const print = createHash('sha256').update(`${process.platform} ${process.arch}`)
  for (const name of (await readdir(SOURCE)).toSorted()) print.update(name).update(await readFile(join(SOURCE, name)))
  return print.digest('hex').slice(0, 12)
}

async function build(binary: string): Promise<void> {
  const env = { ...process.env, GOFLAGS: '', GOWORK: 'off', GOTOOLCHAIN: 'local', CGO_ENABLED: '0' }
  const proxies = await go(['env', 'GOPROXY'], env, ASK_MS)
  process.stderr.write('building the OpenTelemetry Collector for the tests; the first time this takes some minutes\n')
  const options = ['-mod=readonly', '-trimpath', '-buildvcs=false', '-ldflags', '-s -w', '-o', binary]
  await go(['build', ...options, '.'], { ...env, GOPROXY: withoutDirect(proxies.trim()) }, BUILD_MS)
}

/** A module that the proxy lacks is then told at once, and not sought all over the network. */
const withoutDirect = (proxies: string): string => proxies.replace(/[,|]direct$/, '')

function go(args: readonly string[], env: NodeJS.ProcessEnv, timeout: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('go', args, { cwd: SOURCE, env, timeout, stdio: ['ignore', 'pipe', 'pipe'] })
    const end = (): void => void child.kill('SIGKILL')
    process.once('exit', end)
    let said = ''
    let complained = ''
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (complained = (complained + chunk.toString()).slice(-2_000)))
    child.once('error', () => reject(new Error('Go 1.25 or newer is needed to build it: install it (go is not there)')))
    child.once('close', (code, signal) => {
      process.off('exit', end)
      if (code === 0) resolve(said)
      else reject(new Error(`go ${args[0]} ended with ${signal ?? code}: ${lastWords(complained)}`))
    })
  })
}

const lastWords = (complained: string): string => complained.trim().split('\n').at(-1) ?? ''
