/** Where one broker listens and keeps its data. */
export interface Node {
  readonly id: number
  readonly folder: string
  readonly clientPort: number
  readonly internalPort: number
  readonly controllerPort: number
}

export interface Security {
  /** Passwords by user name: the client listener then wants SASL, PLAIN or SCRAM. */
  readonly users?: Readonly<Record<string, string>> | undefined
  /** A PKCS12 key store: the client listener then speaks TLS. */
  readonly keystore?: { readonly file: string; readonly password: string } | undefined
}

export type Properties = Readonly<Record<string, string | number | boolean>>

export const SCRAM_MECHANISMS = ['SCRAM-SHA-256', 'SCRAM-SHA-512'] as const
const MESSAGE_BYTES_MAX = 20 * 1024 * 1024

const at = (port: number): string => `127.0.0.1:${port}`

/**
 * The server.properties of one node. Clients have a listener of their own, so that its protection changes nothing
 * between the nodes. Session times are short: a broker that was killed waits, when it comes back, until its former
 * registration has lapsed.
 */
export function serverProperties(node: Node, all: readonly Node[], security: Security, own: Properties): string {
  const several = all.length > 1
  const voters = all.map(({ id, controllerPort }) => `${id}@${at(controllerPort)}`).join(',')
  const lines: Record<string, string | number | boolean> = {
    'process.roles': 'broker,controller',
    'node.id': node.id,
    listeners: listenersOf(node),
    'advertised.listeners': listenersOf(node),
    'listener.security.protocol.map': `CLIENT:${protocolOf(security)},INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'INTERNAL',
    'controller.quorum.voters': voters,
    'log.dirs': dataFolder(node),
    'auto.create.topics.enable': false,
    'message.max.bytes': MESSAGE_BYTES_MAX,
    'replica.fetch.max.bytes': MESSAGE_BYTES_MAX,
    'group.initial.rebalance.delay.ms': 0,
    'group.min.session.timeout.ms': 1000,
    'log.cleaner.dedupe.buffer.size': 8 * 1024 * 1024,
    'num.network.threads': 2,
    'num.io.threads': 4,
    'background.threads': 2,
    'broker.session.timeout.ms': several ? 6000 : 2000,
    'broker.heartbeat.interval.ms': several ? 500 : 250,
    'replica.lag.time.max.ms': 10_000,
    ...replication(several),
    ...(security.keystore && tls(security.keystore)),
    ...(security.users && sasl(security.users)),
    ...own,
  }
  return Object.entries(lines)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')
}

export const dataFolder = (node: Node): string => `${node.folder}/data`

const listenersOf = ({ clientPort, internalPort, controllerPort }: Node): string =>
  `CLIENT://${at(clientPort)},INTERNAL://${at(internalPort)},CONTROLLER://${at(controllerPort)}`

function protocolOf({ users, keystore }: Security): string {
  if (users) return keystore ? 'SASL_SSL' : 'SASL_PLAINTEXT'
  return keystore ? 'SSL' : 'PLAINTEXT'
}

function replication(several: boolean): Properties {
  const factor = several ? 3 : 1
  const inSync = several ? 2 : 1
  return {
    'default.replication.factor': factor,
    'min.insync.replicas': inSync,
    'offsets.topic.num.partitions': 3,
    'offsets.topic.replication.factor': factor,
    'transaction.state.log.num.partitions': 3,
    'transaction.state.log.replication.factor': factor,
    'transaction.state.log.min.isr': inSync,
    'share.coordinator.state.topic.num.partitions': 1,
    'share.coordinator.state.topic.replication.factor': factor,
    'share.coordinator.state.topic.min.isr': inSync,
  }
}

const tls = (keystore: { file: string; password: string }): Properties => ({
  'ssl.keystore.type': 'PKCS12',
  'ssl.keystore.location': keystore.file,
  'ssl.keystore.password': keystore.password,
  'ssl.key.password': keystore.password,
})

function sasl(users: Readonly<Record<string, string>>): Properties {
  const plain = Object.entries(users).map(([name, password]) => `user_${name}="${password}"`)
  const modules = 'org.apache.kafka.common.security'
  const scram = SCRAM_MECHANISMS.map((mechanism) => [
    `listener.name.client.${mechanism.toLowerCase()}.sasl.jaas.config`,
    `${modules}.scram.ScramLoginModule required;`,
  ])
  return {
    'sasl.enabled.mechanisms': ['PLAIN', ...SCRAM_MECHANISMS].join(','),
    'listener.name.client.plain.sasl.jaas.config': `${modules}.plain.PlainLoginModule required ${plain.join(' ')};`,
    ...Object.fromEntries(scram),
  }
}
