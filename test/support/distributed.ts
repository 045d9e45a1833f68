import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import type { StageName } from '../../cli/running/pipeline.ts'
import { runnable } from '../../core/runnable.ts'
import { createStoreClient, type StoreClient } from '../../sinks/clickhouse/client.ts'
import { startEmbeddedStore, type EmbeddedStore } from '../../sinks/clickhouse/embedded/index.ts'
import { startKafka, type KafkaCluster, type KafkaOptions } from './kafka/index.ts'

/** 32 bytes that keep nothing secret. */
export const MASTER_KEY: string = 'ab'.repeat(32)

const START_MS = 60_000
const STOP_MS = 30_000
const DATABASE = 'weir'
const TELEMETRY = /Health and metrics: (\S+)\n/

/** Every process and folder of every cluster, so that none outlives this one. */
const alive = new Set<ChildProcess>()
const folders = new Set<string>()
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL')
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** How a process ended. */
export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** One process of `weir run`. */
export interface Copy {
  readonly pid: number
  readonly otlp: string
  /** Where its health and metrics are. */
  readonly telemetry: string
  readonly log: () => string
  readonly exited: Promise<Exit>
  /** Resolves when the process is gone. */
  end(signal: NodeJS.Signals): Promise<void>
}

export interface DistributedOptions {
  brokers?: 1 | 3
  partitions?: number
  config?: Record<string, unknown>
  /** What Kafka is started with, beside the number of brokers. */
  kafka?: KafkaOptions
}

/** Blocks of one process's weir.yaml that differ from the others'. */
export type ConfigOver = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** Kafka, a store that several processes share, and `weir run` in as many copies as asked. */
export class Distributed {
  readonly folder: string
  readonly kafka: KafkaCluster
  readonly store: EmbeddedStore
  readonly client: StoreClient
  readonly #options: DistributedOptions
  readonly #copies = new Set<ChildProcess>()
  #made = 0

  private constructor(folder: string, kafka: KafkaCluster, store: EmbeddedStore, options: DistributedOptions) {
    this.folder = folder
    this.kafka = kafka
    this.store = store
    this.#options = options
    this.client = createStoreClient({
      url: store.url,
      ...store.writer,
      database: DATABASE,
      requestTimeoutMs: START_MS,
    })
  }

  /** With the schema and the topics made, as an operator makes them. */
  static async open(options: DistributedOptions = {}): Promise<Distributed> {
    const folder = await mkdtemp(join(tmpdir(), 'weir-distributed-'))
    folders.add(folder)
    const kafka = await startKafka({ ...options.kafka, brokers: options.brokers ?? 1 })
    let all: Distributed | undefined
    try {
      const store = await startEmbeddedStore({ directory: join(folder, 'store'), port: 0 })
      all = new Distributed(folder, kafka, store, options)
      await all.#prepare()
      return all
    } catch (error) {
      await (all ?? kafka).close()
      throw error
    }
  }

  async #prepare(): Promise<void> {
    const config = await this.configure('operator')
    const commands = [['migrate'], ['run', '--create-topics']].map(async (args) => {
      const { code, log } = await this.command([...args, '--config', config])
      if (code !== 0) throw new Error(`weir ${args.join(' ')} ended with ${code}:\n${log}`)
    })
    await Promise.all(commands)
  }

  /** A weir.yaml for a process of its own; everything that matters is the same in all of them. */
  async configure(name: string, over: ConfigOver = {}): Promise<string> {
    const { config = {}, brokers = 1, partitions = 4 } = this.#options
    const listen = '127.0.0.1:0'
    const file = join(this.folder, name, 'weir.yaml')
    const content = {
      ...config,
      stream: {
        kind: 'kafka',
        brokers: this.kafka.bootstrap.join(','),
        ...{ partitions, replicationFactor: brokers, sessionTimeoutMs: 6_000 },
        ...(config['stream'] as object),
        ...over['stream'],
      },
      store: {
        ...{ kind: 'server', url: this.store.url, ...this.store.writer, database: DATABASE },
        ...(config['store'] as object),
        ...over['store'],
      },
      sealing: { masterKeys: { m: MASTER_KEY } },
      collectors: { otlp: { listen, ...over['otlp'] }, ...(over['otlpKafka'] && { otlpKafka: over['otlpKafka'] }) },
      telemetry: { listen },
    }
    await mkdir(join(this.folder, name), { recursive: true })
    await writeFile(file, stringify(content))
    return file
  }

  /** One command line of `weir`: this one, or that of another compiled main file. */
  async command(
    args: readonly string[],
    main: string = runnable('../../cli/main.ts', import.meta.url),
  ): Promise<{ code: number | null; log: string }> {
    const child = spawn(process.execPath, [main, ...args])
    let log = ''
    const note = (chunk: Buffer): void => void (log += chunk.toString())
    child.stdout.on('data', note)
    child.stderr.on('data', note)
    const [code] = (await once(child, 'close')) as [number | null]
    return { code, log }
  }

  /** One more copy of these stages; resolves when it says that it runs. */
  async run(...stages: StageName[]): Promise<Copy> {
    const config = await this.configure(`${stages.join('-')}-${++this.#made}`)
    const main = runnable('../../cli/main.ts', import.meta.url)
    return this.start([main, 'run', '--stage', stages.join(','), '--config', config])
  }

  /** A process of Node's that says where it is as `weir run` does; resolves when it has. */
  async start(args: readonly string[]): Promise<Copy> {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
    this.#copies.add(child)
    alive.add(child)
    let log = ''
    let timer: NodeJS.Timeout | undefined
    const exited = once(child, 'exit').then(([code, signal]): Exit => {
      this.#copies.delete(child)
      alive.delete(child)
      return { code: code as Exit['code'], signal: signal as Exit['signal'] }
    })
    const running = new Promise<void>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`weir run did not start:\n${log}`)), START_MS)
      void exited.then(({ code, signal }) => reject(new Error(`weir run ended with ${signal ?? code}:\n${log}`)))
      child.stderr.on('data', (chunk: Buffer) => {
        log += chunk.toString()
        if (TELEMETRY.test(log)) resolve()
      })
    })
    try {
      await running
    } catch (error) {
      child.kill('SIGKILL')
      throw error
    } finally {
      clearTimeout(timer)
    }
    return {
      pid: child.pid!,
      otlp: /OTLP: (\S+)/.exec(log)?.[1] ?? '',
      telemetry: TELEMETRY.exec(log)?.[1] ?? '',
      log: () => log,
      exited,
      end: (signal) => this.#end(child, signal),
    }
  }

  async #end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
    this.#copies.delete(child)
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
    await gone
    clearTimeout(timer)
  }

  async close(): Promise<void> {
    await Promise.all([...this.#copies].map((child) => this.#end(child, 'SIGKILL')))
    await this.client.close()
    await this.store.close()
    await this.kafka.close()
    await rm(this.folder, { recursive: true, force: true })
    folders.delete(this.folder)
  }
}
