import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { messageOf } from '../../../core/errors.ts'
import { archiveFlags } from './archive.ts'
import { Broker } from './broker.ts'
import { makeCertificate } from './certificate.ts'
import { javaCommand } from './java.ts'
import { makeNodes, prepareNodes } from './nodes.ts'
import { dataFolder, serverProperties, type Node, type Properties } from './properties.ts'
import { recordsIn, topicsIn, type DumpedRecord } from './segments.ts'

export { kafkaAvailable, type Availability } from './java.ts'
export type { DumpedRecord } from './segments.ts'

export interface KafkaOptions {
  /** Each is broker and controller; three keep each topic three times and want two copies in sync. */
  brokers?: 1 | 3
  /** Where the data stays after close(); by default a temporary folder that goes with it. */
  directory?: string
  /** The first broker's port for clients, and the next ones follow; free ones by default. */
  port?: number
  /** Lines of server.properties that replace ours, such as `log.retention.ms`. */
  properties?: Properties
  /** Passwords by user: clients must log in, with PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512. */
  users?: Readonly<Record<string, string>>
  /** These users may do everything, and others only what ACLs allow them; needs `users`. */
  superUsers?: readonly string[]
  /** Clients must speak TLS and trust the cluster's `certificate`. */
  tls?: boolean
}

const START_TRIES = 3
const TOOL_MS = 60_000

/** Runs one of Kafka's own programs as its scripts do, such as `kafka.admin.ConfigCommand`; resolves with what it printed. */
export async function runTool(program: string, args: readonly string[]): Promise<string> {
  const [java, ...flags] = javaCommand(program, await archiveFlags())
  const { stdout } = await promisify(execFile)(java, [...flags, ...args], { timeout: TOOL_MS })
  return stdout
}

/** Resolves when all brokers serve. The first start on a machine takes longer: it fetches the jars. */
export async function startKafka(options: KafkaOptions = {}): Promise<KafkaCluster> {
  refuseOddNames(options.users ?? {})
  const jvm = await archiveFlags()
  for (let tries = 1; ; tries++) {
    try {
      return await startOnce(options, jvm)
    } catch (error) {
      // Somebody else may take a port between our look at it and the broker's; others are free.
      const portTaken = options.port === undefined && messageOf(error).includes('Address already in use')
      if (!portTaken || tries === START_TRIES) throw error
    }
  }
}

async function startOnce(options: KafkaOptions, jvm: readonly string[]): Promise<KafkaCluster> {
  const { directory } = options
  const folder = directory === undefined ? await mkdtemp(join(tmpdir(), 'weir-kafka-')) : resolve(directory)
  const temporary = directory === undefined ? folder : undefined
  let cluster: KafkaCluster | undefined
  try {
    await mkdir(folder, { recursive: true })
    const certificate = options.tls ? await makeCertificate(folder) : undefined
    const nodes = await makeNodes(folder, options.brokers ?? 1, options.port)
    const security = { users: options.users, keystore: certificate?.keystore }
    const own = { ...authorizer(options.superUsers), ...options.properties }
    const properties = (node: Node): string => serverProperties(node, nodes, security, own)
    await prepareNodes(nodes, properties, options.users ?? {}, jvm)
    const brokers = nodes.map((node) => new Broker(node.folder, jvm, temporary))
    cluster = new KafkaCluster({ folder, temporary, nodes, brokers, certificate })
    await Promise.all(brokers.map((broker) => broker.start()))
    return cluster
  } catch (error) {
    await cluster?.close()
    if (temporary !== undefined) await rm(temporary, { recursive: true, force: true })
    throw error
  }
}

/** Between the nodes nobody logs in. */
function authorizer(superUsers: readonly string[] | undefined): Properties {
  if (!superUsers) return {}
  return {
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': ['ANONYMOUS', ...superUsers].map((user) => `User:${user}`).join(';'),
  }
}

/** They stand unquoted in Kafka's own files. */
function refuseOddNames(users: Readonly<Record<string, string>>): void {
  for (const word of Object.entries(users).flat()) {
    if (!/^[\w.-]+$/.test(word)) throw new Error('users and passwords are of letters, digits, ".", "_" and "-" here')
  }
}

interface ClusterParts {
  folder: string
  temporary: string | undefined
  nodes: readonly Node[]
  brokers: readonly Broker[]
  certificate: { pem: string; file: string } | undefined
}

/** Brokers are numbered as Kafka numbers them: from 1. All of them end with this process, however it ends. */
export class KafkaCluster {
  /** The addresses for clients, in the order of the brokers. */
  readonly bootstrap: string[]
  readonly folder: string
  /** Each broker's folder of logs, in the order of the brokers: one folder per partition, with its segments. */
  readonly logFolders: string[]
  /** What clients must trust where the cluster speaks TLS. */
  readonly certificate: { readonly pem: string; readonly file: string } | undefined
  readonly #temporary: string | undefined
  readonly #brokers: readonly Broker[]

  constructor(parts: ClusterParts) {
    this.bootstrap = parts.nodes.map(({ clientPort }) => `127.0.0.1:${clientPort}`)
    this.folder = parts.folder
    this.logFolders = parts.nodes.map(dataFolder)
    this.certificate = parts.certificate
    this.#temporary = parts.temporary
    this.#brokers = parts.brokers
  }

  /** SIGKILL; resolves when the process is gone. */
  async kill(broker = 1): Promise<void> {
    await this.#broker(broker).kill()
  }

  /** SIGTERM: its leaderships move first. */
  async stop(broker = 1): Promise<void> {
    await this.#broker(broker).stop()
  }

  freeze(broker = 1): void {
    this.#broker(broker).freeze()
  }

  thaw(broker = 1): void {
    this.#broker(broker).thaw()
  }

  /** Starts it over the same ports and data, and kills it first where it runs; resolves when it serves. */
  async restart(broker = 1): Promise<void> {
    await this.#broker(broker).kill()
    await this.#broker(broker).start()
  }

  /** Nothing where it does not run. */
  pid(broker = 1): number | undefined {
    return this.#broker(broker).pid
  }

  logFile(broker = 1): string {
    return this.#broker(broker).logFile
  }

  /** The topics that any broker has on disk, Kafka's own ones too. */
  async topics(): Promise<string[]> {
    const topics = await Promise.all(this.logFolders.map(topicsIn))
    return [...new Set(topics.flat())].toSorted()
  }

  /** Every record that any broker has on disk, decompressed, by partition and offset; brokers need not run. */
  async dump(topic: string, partition?: number): Promise<DumpedRecord[]> {
    const found = new Map<string, DumpedRecord>()
    for (const folder of this.logFolders) {
      for (const record of await recordsIn(folder, topic, partition)) {
        found.set(`${record.partition}:${record.offset}`, record)
      }
    }
    return [...found.values()].toSorted((a, b) => a.partition - b.partition || a.offset - b.offset)
  }

  /** Safe twice. Data in a folder that the caller named stays, and the brokers end in order for its sake. */
  async close(): Promise<void> {
    await Promise.all(this.#brokers.map((broker) => (this.#temporary ? broker.kill() : broker.stop())))
    if (this.#temporary) await rm(this.#temporary, { recursive: true, force: true })
  }

  #broker(id: number): Broker {
    const broker = this.#brokers[id - 1]
    if (!broker) throw new Error(`there is no broker ${id}: they are numbered 1 to ${this.#brokers.length}`)
    return broker
  }
}
