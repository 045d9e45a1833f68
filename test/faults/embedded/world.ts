import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { RunFile } from '../../../cli/running/run-file.ts'
import { systemClock } from '../../../core/clock.ts'
import { createStoreClient, type StoreClient } from '../../../sinks/clickhouse/client.ts'
import { startEmbeddedStore, type EmbeddedStore } from '../../../sinks/clickhouse/embedded/index.ts'
import { failed } from '../checks.ts'
import type { Break, Settings } from '../hooks.ts'
import { startProxy, type Proxy } from '../proxy.ts'
import type { PlannedStrike } from '../strikes.ts'
import { World } from '../world.ts'
import { mountSmallDisk, type SmallDisk } from './disk.ts'
import { storeChildOf, WeirProcess } from './weir-process.ts'

/** Blocks of `weir.yaml` that differ from a round's usual ones. */
export interface ConfigOver {
  collectors?: { otlp: Record<string, unknown> }
  stream?: Record<string, unknown>
  store?: Record<string, unknown>
  detectors?: Record<string, unknown>
}

export interface EmbeddedOptions {
  config?: ConfigOver
  /** What strikes inside Weir. */
  strikes?: readonly PlannedStrike[]
  /** Wrong in every life. */
  breaks?: readonly Break[]
  respondMs?: number
  /** The store is a server behind a proxy, not Weir's own child. */
  server?: boolean
  diskMb?: number
}

const CHECK_TIMEOUT_MS = 60_000
const MOST_LIVES = 12
const REFUSAL_MS = 20_000
const PROVED_MS = 30_000

/** One Weir with its store. */
export class EmbeddedWorld extends World {
  readonly dataDirectory: string = join(this.directory, 'data')
  readonly disk: SmallDisk | undefined
  port = 0
  weir: WeirProcess | undefined
  store: EmbeddedStore | undefined
  proxy: Proxy | undefined
  readonly #options: EmbeddedOptions
  #closing = false
  #held = false
  #restarting: Promise<void> = Promise.resolve()

  private constructor(options: EmbeddedOptions) {
    super()
    this.#options = options
    mkdirSync(join(this.directory, 'logs'))
    if (options.diskMb !== undefined) this.disk = mountSmallDisk(this.dataDirectory, options.diskMb)
  }

  static async open(options: EmbeddedOptions): Promise<EmbeddedWorld> {
    const world = new EmbeddedWorld(options)
    try {
      world.port = await freePort()
      if (options.server) {
        world.store = await startEmbeddedStore({ directory: join(world.directory, 'server') })
        world.proxy = await startProxy(new URL(world.store.url))
      }
      writeFileSync(join(world.directory, 'weir.yaml'), JSON.stringify(world.#config(), null, 2))
      await world.startWeir()
      return world
    } catch (error) {
      await world.close()
      throw error
    }
  }

  #config(): object {
    const { config = {} } = this.#options
    const writer = this.store?.writer
    const server = { kind: 'server', url: this.proxy?.url, user: writer?.user, password: writer?.password }
    return {
      dataDirectory: this.dataDirectory,
      collectors: { otlp: { listen: `127.0.0.1:${this.port}`, deadlineMs: 4_000, ...config.collectors?.otlp } },
      stream: { lingerMs: 10, maxBatchRecords: 300, ...config.stream },
      store: {
        listen: '127.0.0.1:0',
        requestTimeoutMs: 5_000,
        ...(this.store && server),
        ...config.store,
      },
      telemetry: { listen: '127.0.0.1:0' },
      ...(this.store && { sealing: { masterKeys: { test: Buffer.alloc(32, 7).toString('base64') } } }),
      ...(config.detectors && { detectors: config.detectors }),
    }
  }

  /** Starts the next life and sees to its successor. Resolves when it is ready. */
  async startWeir(): Promise<void> {
    const life = this.lives++
    const { strikes = [], breaks = [], respondMs = 0 } = this.#options
    const settings: Settings = {
      configFile: join(this.directory, 'weir.yaml'),
      faultsFile: this.faultsFile,
      handedFile: this.handedFile,
      strikes: strikes.filter((strike) => strike.life === life),
      breaks,
      respondMs,
    }
    const weir = new WeirProcess(this.directory, life, settings)
    this.weir = weir
    let served = false
    void weir.exited.then(({ code, signal }) => {
      const killed = signal === 'SIGKILL'
      if (this.#closing || this.#held || (!killed && !served)) return
      if (!killed) this.problems.push(failed(`Weir ended by itself (${signal ?? code}): ${this.#lastWords(life)}`))
      if (this.lives >= MOST_LIVES) return
      this.#restarting = this.startWeir().catch((error: Error) => {
        if (!this.#closing) this.problems.push(failed(`Weir did not start again: ${error.message}`))
      })
    })
    await weir.ready.catch((error: Error) => {
      throw new Error(`${error.message}: ${this.#lastWords(life)}`)
    })
    served = true
  }

  #lastWords(life: number): string {
    return readFileSync(join(this.directory, 'logs', `weir-${life}.log`), 'utf8').slice(-1_500)
  }

  /** Resolves when the store refuses an insert for want of room. */
  async refusing(): Promise<void> {
    const log = join(this.directory, 'logs', `weir-${this.lives - 1}.log`)
    for (let waited = 0; !readFileSync(log, 'utf8').includes('NOT_ENOUGH_SPACE'); waited += 20) {
      if (waited > REFUSAL_MS) throw new Error('the disk is full and the store refuses nothing')
      await systemClock.sleep(20)
    }
  }

  async terminate(): Promise<void> {
    this.#held = true
    await this.#restarting
    const exit = await this.weir?.stop()
    if (exit && (exit.code !== 0 || !exit.inTime))
      this.problems.push(failed(`SIGTERM ended Weir with ${exit.signal ?? exit.code}, in time: ${exit.inTime}`))
    this.#held = false
  }

  /** Kills Weir without a successor. */
  async killAndHold(): Promise<void> {
    this.#held = true
    this.weir?.kill('SIGKILL')
    await this.weir?.exited
    this.#held = false
  }

  storePid(): number {
    const pid = this.store ? this.store.pid : storeChildOf(this.dataDirectory)
    if (pid === undefined) throw new Error('there is no store to strike at')
    return pid
  }

  async settled(): Promise<void> {
    for (let before: WeirProcess | undefined; before !== this.weir;) {
      before = this.weir
      await this.#restarting
      await this.weir?.ready
    }
  }

  /** Resolves when the store has looked at all that it merged, which may end it, and answers. */
  async proved(): Promise<void> {
    for (let waited = 0; ; waited += 250) {
      const client = this.client()
      const refused = await client.command(`CREATE DATABASE IF NOT EXISTS ${client.database}`).then(
        () => undefined,
        (error: Error) => error,
      )
      await client.close()
      if (!refused) return
      if (waited > PROVED_MS) throw refused
      await systemClock.sleep(250)
    }
  }

  client(): StoreClient {
    const own = this.store
      ? { url: this.store.url, database: this.store.database, ...this.store.writer }
      : this.#embedded()
    return createStoreClient({ ...own, requestTimeoutMs: CHECK_TIMEOUT_MS })
  }

  #embedded(): { url: string; database: string; user: string; password: string } {
    const { store } = JSON.parse(readFileSync(join(this.dataDirectory, 'run.json'), 'utf8')) as RunFile
    return { url: store.url, database: store.database, ...store.writer }
  }

  async close(): Promise<void> {
    if (this.#closing) return
    this.#closing = true
    const child = this.store ? undefined : storeChildOf(this.dataDirectory)
    if (this.weir?.running) this.weir.kill('SIGKILL')
    await this.weir?.exited
    await this.proxy?.close()
    await this.store?.close()
    if (child !== undefined) await endOf(child)
    this.disk?.unmount()
    this.removeDirectory()
  }
}

/** The store's child goes by itself when its parent is gone; one that was frozen is ended. */
async function endOf(pid: number): Promise<void> {
  for (let waited = 0; waited < 5_000; waited += 50) {
    try {
      process.kill(pid, waited < 2_500 ? 0 : 'SIGKILL')
    } catch {
      return
    }
    await systemClock.sleep(50)
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
