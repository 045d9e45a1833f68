import { setTimeout as sleep } from 'node:timers/promises'
import { silentLogger } from '../../core/log.ts'
import { systemClock } from '../../core/clock.ts'
import { runnable } from '../../core/runnable.ts'
import { TOPICS } from '../../core/seam.ts'
import { groupIdOf } from '../../core/streams/kafka/reading/offsets.ts'
import { createKafkaClient, isDrained, readLag, type KafkaClient, type Reader } from '../../core/streams/kafka/index.ts'
import { Distributed, type Copy } from '../../test/support/distributed.ts'
import type { StageName } from '../../cli/running/pipeline.ts'
import { cpuSeconds, processTree } from './processes.ts'
import { ask } from './store.ts'

/*
 * Weir as processes: one that collects, copies of detect, one for watch and respond; a real Kafka; and the embedded
 * engine as the server that they share.
 */

/** Weir's own processes are the first three. */
export const ROLES = ['collect', 'detect', 'watch', 'store', 'broker'] as const
export type Role = (typeof ROLES)[number]
export type CpuByRole = Record<Role, number>

export const ofWeir = ({ collect, detect, watch }: CpuByRole): number => collect + detect + watch

const READERS: readonly Reader[] = [
  { topic: TOPICS.interactions, group: 'detect' },
  { topic: TOPICS.signals, group: 'watch' },
  { topic: TOPICS.findings, group: 'respond' },
]

const LOOK_MS = 50
/** Without a single row more. */
const STUCK_MS = 60_000

export interface StagesOptions {
  copies: number
  partitions: number
  /** For Weir's processes. */
  nodeOptions: readonly string[]
}

/** All of it, running. */
export class Stages {
  readonly copies: number
  readonly otlp: string
  readonly brokers: string
  /** Of the store, for its reader. */
  readonly reader: string
  readonly processes: readonly (Copy & { readonly role: 'collect' | 'detect' | 'watch' })[]
  readonly #all: Distributed
  readonly #client: KafkaClient

  private constructor(all: Distributed, processes: Stages['processes']) {
    this.#all = all
    this.processes = processes
    this.copies = processes.filter(({ role }) => role === 'detect').length
    this.otlp = processes.find(({ role }) => role === 'collect')!.otlp
    this.brokers = all.kafka.bootstrap.join(',')
    this.reader = all.store.url
    this.#client = benchClient(this.brokers)
  }

  static async open({ copies, partitions, nodeOptions }: StagesOptions): Promise<Stages> {
    const all = await Distributed.open({ partitions, config: { log: { level: 'warn' } } })
    try {
      const start = async (role: 'collect' | 'detect' | 'watch', name: string, stages: readonly StageName[]) => {
        const config = await all.configure(name)
        const entry = runnable('../../cli/main.ts', import.meta.url)
        const args = [...nodeOptions, entry, 'run', '--stage', stages.join(','), '--config', config]
        return { ...(await all.start(args)), role }
      }
      const detects = Array.from({ length: copies }, (_, n) => start('detect', `detect-${n}`, ['detect']))
      const processes = await Promise.all([
        start('watch', 'watch', ['watch', 'respond']),
        ...detects,
        start('collect', 'collect', ['collect']),
      ])
      const stages = new Stages(all, processes)
      await stages.#shared()
      return stages
    } catch (error) {
      await all.close()
      throw error
    }
  }

  /** Waits until every copy of detect has its share of the partitions. */
  async #shared(): Promise<void> {
    for (let waited = 0; waited < STUCK_MS; waited += LOOK_MS) {
      const groups = await this.#client.ask('the group of detect', (admin) =>
        admin.describeGroups([groupIdOf(TOPICS.interactions, 'detect')]),
      )
      const [group] = groups.groups
      const shares = new Set(group?.members.map(({ memberAssignment }) => memberAssignment.length))
      if (group?.state === 'Stable' && group.members.length === this.copies && shares.size === 1) return
      await sleep(LOOK_MS)
    }
    throw new Error(`the copies of detect did not share the partitions in ${STUCK_MS} ms`)
  }

  /** The processes of each role. */
  pids(): Record<Role, number[]> {
    const of = (role: Role): number[] => this.processes.filter((one) => one.role === role).map(({ pid }) => pid)
    return {
      ...{ collect: of('collect'), detect: of('detect'), watch: of('watch') },
      ...{ store: [this.#all.store.pid!], broker: [this.#all.kafka.pid()!] },
    }
  }

  /** Processor time so far, children included. */
  cpu(): CpuByRole {
    const pids = this.pids()
    const seconds = (role: Role): number =>
      pids[role].flatMap(processTree).reduce((sum, pid) => sum + cpuSeconds(pid), 0)
    return Object.fromEntries(ROLES.map((role) => [role, seconds(role)])) as CpuByRole
  }

  /** Records that a group has not handled yet, over all topics. */
  async lag(): Promise<number> {
    return (await readLag(this.#client, READERS)).reduce((sum, { lag }) => sum + lag, 0)
  }

  async stored(): Promise<number> {
    return Number(await ask(this.reader, 'SELECT count() FROM weir.interactions'))
  }

  /** Resolves when so many interactions are stored and every stage has handled what it was given. */
  async drained(interactions: number): Promise<void> {
    let most = 0
    let movedAt = systemClock.now()
    while (true) {
      const stored = await this.stored()
      if (stored > interactions) throw new Error(`${interactions} interactions were sent, ${stored} are stored`)
      if (stored === interactions && isDrained(await readLag(this.#client, READERS))) return
      if (stored > most) [most, movedAt] = [stored, systemClock.now()]
      if (systemClock.now() - movedAt > STUCK_MS) {
        throw new Error(`${stored} of ${interactions} interactions are stored, and no more came:\n${this.logs()}`)
      }
      await sleep(LOOK_MS)
    }
  }

  /** What Weir's processes have logged. */
  logs(): string {
    return this.processes.map(({ role, log }) => log().replaceAll(/^(?=.)/gm, `${role}: `)).join('')
  }

  get brokerLog(): string {
    return this.#all.kafka.logFile()
  }

  /** Each ends in its own way first, as an operator ends it. */
  async close(): Promise<void> {
    await Promise.all(this.processes.map((copy) => copy.end('SIGTERM')))
    await this.#client.close()
    await this.#all.close()
  }
}

export function benchClient(brokers: string): KafkaClient {
  return createKafkaClient({
    brokers: brokers.split(','),
    clientId: 'bench',
    clock: systemClock,
    logger: silentLogger,
  })
}
