import { renameSync, writeFileSync } from 'node:fs'
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { lagOfAll } from '../../../cli/running/streams/kafka.ts'
import type { StageName } from '../../../cli/running/pipeline.ts'
import { systemClock } from '../../../core/clock.ts'
import { loadConfig } from '../../../core/config/index.ts'
import { messageOf } from '../../../core/errors.ts'
import { silentLogger } from '../../../core/log.ts'
import type { Lag } from '../../../core/streams/kafka/index.ts'
import { runnable } from '../../../core/runnable.ts'
import { Distributed, type ConfigOver, type Copy } from '../../support/distributed.ts'
import { Collector, makeSpansTopic } from '../../support/otelcol/index.ts'
import { failed } from '../checks.ts'
import type { Break } from '../hooks.ts'
import { startProxy, type Proxy } from '../proxy.ts'
import type { PlannedStrike } from '../strikes.ts'
import { World } from '../world.ts'
import { Link } from './link.ts'
import type { DistributedBreak, StageSettings } from './settings.ts'

/** Which processes there are, by name. */
export const USUAL_PROCESSES: Readonly<Record<string, readonly StageName[]>> = {
  'collect-1': ['collect'],
  'detect-1': ['detect'],
  'detect-2': ['detect'],
  'rest-1': ['watch', 'respond'],
}

/** A strike in one life of the process of this name. */
export interface DistributedStrike extends PlannedStrike {
  in: string
}

/** How the Collector's Kafka exporter writes. */
export type Encoding = 'otlp_proto' | 'otlp_json'

export interface DistributedOptions {
  processes?: Readonly<Record<string, readonly StageName[]>>
  brokers?: 1 | 3
  partitions?: number
  strikes?: readonly DistributedStrike[]
  /** Done to the cluster before Weir runs. */
  prepare?: (world: DistributedWorld) => Promise<void>
  config?: ConfigOver
  breaks?: readonly Break[]
  broken?: readonly DistributedBreak[]
  respondMs?: number
  /** How long what senders say is under way: a round must last longer than its faults. */
  latencyMs?: number
  /** Kafka is reached through a link that can be cut. */
  cutKafka?: boolean
  /** The store is reached through a link that can be cut. */
  cutStore?: boolean
  /** The store is reached through a proxy that answers wrongly. */
  spoiltStore?: boolean
  /** Apps send to an OpenTelemetry Collector, which writes a topic in this encoding, which Weir reads. */
  through?: Encoding
  /** What differs from the Collector's committed configuration. */
  collectorOver?: readonly string[]
}

const LATENCY_MS = 500
const BATCH_RECORDS = 100
const MOST_STARTS = 60
const START_AGAIN_MS = 500
const WATCH_MS = 50
/** What the committed configurations of the Collector and of Weir agree on. */
export const SPANS_TOPIC = 'otlp_spans'
export const SPANS_GROUP = 'weir'
const SCRIPT = runnable('./stage-under-test.ts', import.meta.url)

interface Running {
  readonly name: string
  readonly stages: readonly StageName[]
  lives: number
  copy: Copy | undefined
  /** Whoever kills it sees to its next life himself. */
  held: boolean
  /** Resolves when the next life runs. */
  starting: Promise<void>
}

/** Kafka, a store, and Weir's processes, each started again whenever it is killed. */
export class DistributedWorld extends World {
  all!: Distributed
  /** The network between senders and Weir, or the Collector before it. */
  front!: Link
  kafkaLink: Link | undefined
  storeLink: Link | undefined
  storeProxy: Proxy | undefined
  #collector: Collector | undefined
  readonly logs: (() => string)[] = []
  readonly #options: DistributedOptions
  readonly #processes = new Map<string, Running>()
  readonly #victimsFile = join(this.directory, 'victims')
  readonly #heldBrokers = new Set<number>()
  readonly #over = new AbortController()
  #watching: Promise<void> = Promise.resolve()
  #turn = 0

  private constructor(options: DistributedOptions) {
    super()
    this.#options = options
  }

  static async open(options: DistributedOptions): Promise<DistributedWorld> {
    const world = new DistributedWorld(options)
    try {
      await world.#servers()
      await options.prepare?.(world)
      const processes = Object.entries(options.processes ?? USUAL_PROCESSES)
      await Promise.all(processes.map(([name, stages]) => world.add(name, stages)))
      return world
    } catch (error) {
      await world.close()
      throw error
    }
  }

  async #servers(): Promise<void> {
    const { brokers = 1, partitions = 4, cutKafka, cutStore, spoiltStore, latencyMs = LATENCY_MS } = this.#options
    const port = randomInt(20_000, 32_000)
    this.kafkaLink = cutKafka ? await Link.open({ to: () => port }) : undefined
    const reached = { stream: { brokers: `127.0.0.1:${this.kafkaLink?.port}` } }
    this.all = await Distributed.open({
      ...{ brokers, partitions, config: { stream: { maxBatchRecords: BATCH_RECORDS, lingerMs: 10 } } },
      ...(this.kafkaLink && {
        config: { stream: { maxBatchRecords: BATCH_RECORDS, lingerMs: 10, ...reached.stream } },
        kafka: {
          port,
          properties: {
            'advertised.listeners': `CLIENT://127.0.0.1:${this.kafkaLink.port}`,
            'inter.broker.listener.name': 'CLIENT',
          },
        },
      }),
    })
    const { store } = this.all
    if (cutStore) this.storeLink = await Link.open({ to: () => store.port })
    if (spoiltStore) this.storeProxy = await startProxy(new URL(store.url))
    await this.#startCollector()
    this.front = await Link.open({ to: () => this.#collector?.port ?? this.#collectPort(), latencyMs })
    this.#watching = this.#keepVictims()
  }

  async #startCollector(): Promise<void> {
    const { through, collectorOver = [] } = this.#options
    if (!through) return
    const { bootstrap } = this.all.kafka
    await makeSpansTopic(bootstrap, SPANS_TOPIC)
    this.#collector = await Collector.start({
      config: 'kafka.yaml',
      env: { KAFKA_BOOTSTRAP: bootstrap.join(',') },
      directory: join(this.directory, 'queue'),
      over: [
        `exporters::kafka::traces: ${JSON.stringify({ topic: SPANS_TOPIC, encoding: through })}`,
        ...collectorOver,
      ],
    })
  }

  get port(): number {
    return this.front.port
  }

  get hasCollector(): boolean {
    return this.#collector !== undefined
  }

  get collector(): Collector {
    if (!this.#collector) throw new Error('no Collector stands before this Weir')
    return this.#collector
  }

  /** That of a collect stage that runs, in turn. */
  #collectPort(): number | undefined {
    const ports = [...this.#processes.values()].flatMap(({ copy }) => (copy?.otlp ? [new URL(copy.otlp).port] : []))
    return ports.length === 0 ? undefined : Number(ports[this.#turn++ % ports.length])
  }

  /** Starts one more process of Weir's. */
  async add(name: string, stages: readonly StageName[]): Promise<void> {
    const running: Running = { name, stages, lives: 0, copy: undefined, held: false, starting: Promise.resolve() }
    this.#processes.set(name, running)
    await this.#start(running)
  }

  #start(running: Running): Promise<void> {
    running.held = false
    running.starting = this.#startAgain(running)
    return running.starting
  }

  /** What it needs may be away at the same moment: then it is started again, as a supervisor does. */
  async #startAgain(running: Running): Promise<void> {
    let reason = ''
    for (let tries = 0; tries < MOST_STARTS && !this.#over.signal.aborted && !running.held; tries++) {
      try {
        return await this.#startOnce(running)
      } catch (error) {
        reason = messageOf(error)
      }
      await systemClock.sleep(START_AGAIN_MS, this.#over.signal)
    }
    if (!this.#over.signal.aborted && !running.held)
      this.problems.push(failed(`${running.name} does not start: ${reason.slice(-1_500)}`))
  }

  async #startOnce(running: Running): Promise<void> {
    const { name, stages } = running
    const life = running.lives
    const { breaks = [], broken = [], respondMs = 0, strikes = [] } = this.#options
    const settings: StageSettings = {
      configFile: await this.#configure(name),
      ...{ faultsFile: this.faultsFile, handedFile: this.handedFile, breaks, respondMs },
      ...{ stages: [...stages], broken, victimsFile: this.#victimsFile },
      strikes: strikes.filter((strike) => strike.in === name && strike.life === life),
      brokerPorts: [this.kafkaLink?.port, ...this.all.kafka.bootstrap.map((at) => new URL(`tcp://${at}`).port)].map(
        Number,
      ),
    }
    const settingsFile = join(this.directory, `${name}-${life}.json`)
    writeFileSync(settingsFile, JSON.stringify(settings))
    const copy = await this.all.start([SCRIPT, settingsFile])
    running.lives++
    this.lives++
    this.logs.push(copy.log)
    running.copy = copy
    void copy.exited.then(({ code, signal }) => {
      if (running.copy === copy) running.copy = undefined
      if (running.held || this.#over.signal.aborted) return
      if (signal !== 'SIGKILL')
        this.problems.push(failed(`${name} ended by itself (${signal ?? code}): ${copy.log().slice(-1_500)}`))
      void this.#start(running)
    })
  }

  #configure(name: string): Promise<string> {
    const { config = {}, through } = this.#options
    const store = this.storeLink ? `http://127.0.0.1:${this.storeLink.port}` : this.storeProxy?.url
    const encoding = through === 'otlp_json' ? 'json' : 'protobuf'
    const otlpKafka = { enabled: true, tracesTopic: SPANS_TOPIC, group: SPANS_GROUP, encoding }
    return this.all.configure(name, {
      ...config,
      store: { ...(store && { url: store }), ...config['store'] },
      ...(through && { otlpKafka }),
    })
  }

  /** Keeps the process ids that strikes are at, and starts brokers that were killed again. */
  async #keepVictims(): Promise<void> {
    const { kafka, store } = this.all
    let restarting: Promise<void> = Promise.resolve()
    const away = new Set<number>()
    while (!this.#over.signal.aborted) {
      writeFileSync(`${this.#victimsFile}.new`, JSON.stringify({ store: store.pid, broker: kafka.pid(1) }))
      renameSync(`${this.#victimsFile}.new`, this.#victimsFile)
      for (let id = 1; id <= kafka.bootstrap.length; id++) {
        if (kafka.pid(id) !== undefined || this.#heldBrokers.has(id) || away.has(id)) continue
        away.add(id)
        restarting = restarting
          .then(() => (this.#over.signal.aborted ? undefined : kafka.restart(id)))
          .catch((error: unknown) => void this.problems.push(failed(`broker ${id}: ${messageOf(error)}`)))
          .finally(() => away.delete(id))
      }
      await systemClock.sleep(WATCH_MS, this.#over.signal)
    }
    await restarting
  }

  /** The process of this name, which must run. */
  copy(name: string): Copy {
    const copy = this.#processes.get(name)?.copy
    if (!copy) throw new Error(`${name} does not run`)
    return copy
  }

  names(): string[] {
    return [...this.#processes.keys()]
  }

  async settled(): Promise<void> {
    for (;;) {
      const before = [...this.#processes.values()].map(({ starting }) => starting)
      await Promise.all(before)
      const now = [...this.#processes.values()]
      if (now.every(({ starting }, at) => starting === before[at]) && now.length === before.length) return
    }
  }

  /** Ends a process as an operator would; it stays away until `start`. */
  async stop(name: string): Promise<void> {
    const running = this.#processes.get(name)!
    await running.starting
    running.held = true
    const copy = running.copy
    if (!copy) return
    await copy.end('SIGTERM')
    const { code, signal } = await copy.exited
    if (code !== 0)
      this.problems.push(failed(`SIGTERM ended ${name} with ${signal ?? code}: ${copy.log().slice(-1_500)}`))
  }

  /** Ends a process for good. */
  async remove(name: string, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const running = this.#processes.get(name)!
    await running.starting
    if (signal === 'SIGTERM') await this.stop(name)
    running.held = true
    await running.copy?.end('SIGKILL')
    this.#processes.delete(name)
  }

  start(name: string): Promise<void> {
    return this.#start(this.#processes.get(name)!)
  }

  /** This broker stays away when it is killed. */
  holdBroker(id: number): void {
    this.#heldBrokers.add(id)
  }
  releaseBroker(id: number): void {
    this.#heldBrokers.delete(id)
  }

  storePid(): number {
    const { pid } = this.all.store
    if (pid === undefined) throw new Error('there is no store to strike at')
    return pid
  }

  /** How far every group is, as the brokers say it. */
  async lags(): Promise<Lag[]> {
    const path = await this.all.configure('operator')
    const { config } = await loadConfig({ path, env: {} })
    return lagOfAll(config, silentLogger)
  }

  async terminate(): Promise<void> {
    await Promise.all(this.names().map((name) => this.stop(name)))
  }

  async close(): Promise<void> {
    this.#over.abort()
    for (const running of this.#processes.values()) running.held = true
    await this.#watching
    await Promise.all([...this.#processes.values()].map(({ starting }) => starting))
    for (const link of [this.front, this.kafkaLink, this.storeLink]) await link?.close()
    await this.storeProxy?.close()
    await this.#collector?.kill()
    await this.all?.close()
    this.removeDirectory()
  }
}
