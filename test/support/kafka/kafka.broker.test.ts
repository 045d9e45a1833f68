import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { ConfigResourceTypes, Kafka, logLevel, type KafkaConfig, type Message } from 'kafkajs'
import { compress } from 'snappy'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decompress } from './codecs.ts'
import { kafkaAvailable, startKafka, type KafkaCluster, type KafkaOptions } from './index.ts'

const COMPILED = fileURLToPath(new URL('../../../dist/test/support/kafka/', import.meta.url))
const START_MS = 180_000
const WAIT_MS = 60_000

type Client = Partial<KafkaConfig>

const RETRY = { initialRetryTime: 100, maxRetryTime: 1000, retries: 30 }
const clientOf = (cluster: KafkaCluster, config: Client = {}): Kafka =>
  new Kafka({
    brokers: cluster.bootstrap,
    logLevel: logLevel.NOTHING,
    connectionTimeout: 2000,
    requestTimeout: 5000,
    retry: RETRY,
    ...config,
  })

async function createTopic(cluster: KafkaCluster, topic: string, settings: Record<string, string> = {}): Promise<void> {
  const admin = clientOf(cluster).admin()
  await admin.connect()
  const configEntries = Object.entries(settings).map(([name, value]) => ({ name, value }))
  await admin.createTopics({ topics: [{ topic, numPartitions: 2, configEntries }], waitForLeaders: true })
  await admin.disconnect()
}

async function produce(cluster: KafkaCluster, topic: string, messages: Message[], config?: Client): Promise<void> {
  const producer = clientOf(cluster, config).producer({ allowAutoTopicCreation: false })
  try {
    await producer.connect()
    await producer.send({ topic, acks: -1, messages: messages.map((message) => ({ partition: 0, ...message })) })
  } finally {
    await producer.disconnect()
  }
}

/** The values of a topic, once there are so many. */
async function consume(cluster: KafkaCluster, topic: string, count: number): Promise<string[]> {
  const session = { sessionTimeout: 6000, heartbeatInterval: 500, maxWaitTimeInMs: 200 }
  const consumer = clientOf(cluster).consumer({ groupId: `${topic}-reader`, ...session })
  const values: string[] = []
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  await consumer.run({ eachMessage: async ({ message }) => void values.push(String(message.value)) })
  await until(() => values.length >= count)
  await consumer.disconnect()
  return values
}

async function until(done: () => boolean): Promise<void> {
  for (const end = Date.now() + WAIT_MS; !done();) {
    if (Date.now() > end) throw new Error('waited too long')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const runs = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Vitest takes seconds to compare large buffers. */
const hex = (bytes: Buffer | string | null | undefined): string | null =>
  bytes === null || bytes === undefined ? null : Buffer.from(bytes).toString('hex')

/** A cluster for the tests of one block. */
function clusterFor(options: KafkaOptions): () => KafkaCluster {
  let cluster: KafkaCluster | undefined
  beforeAll(async () => void (cluster = await startKafka(options)), START_MS)
  afterAll(async () => await cluster?.close())
  return () => cluster!
}

const { ok } = kafkaAvailable()

describe.skipIf(!ok)('one broker', () => {
  const cluster = clusterFor({ properties: { 'log.segment.bytes': 1024 * 1024 } })

  test('keeps what it acknowledged through kill -9', { timeout: WAIT_MS }, async () => {
    await createTopic(cluster(), 'kept')
    await produce(cluster(), 'kept', [{ value: 'one' }, { value: 'two' }])
    const before = cluster().pid()
    await cluster().kill()
    expect(cluster().pid()).toBeUndefined()
    expect(runs(before!)).toBe(false)
    await cluster().restart()
    await produce(cluster(), 'kept', [{ value: 'three' }])
    expect(await consume(cluster(), 'kept', 3)).toEqual(['one', 'two', 'three'])
  })

  test('comes back from an orderly end', { timeout: WAIT_MS }, async () => {
    await createTopic(cluster(), 'stopped')
    await produce(cluster(), 'stopped', [{ value: 'one' }])
    await cluster().stop()
    await cluster().restart()
    expect(await consume(cluster(), 'stopped', 1)).toEqual(['one'])
  })

  test('frozen it answers nobody, thawed it goes on', { timeout: WAIT_MS }, async () => {
    await createTopic(cluster(), 'frozen')
    cluster().freeze()
    const impatient = { connectionTimeout: 500, requestTimeout: 500, retry: { retries: 0 } }
    await expect(produce(cluster(), 'frozen', [{ value: 'lost' }], impatient)).rejects.toThrow()
    cluster().thaw()
    await produce(cluster(), 'frozen', [{ value: 'kept' }])
    expect(await consume(cluster(), 'frozen', 1)).toContain('kept')
  })

  test('makes no topic unasked', { timeout: WAIT_MS }, async () => {
    const retry = { initialRetryTime: 50, retries: 2 }
    await expect(produce(cluster(), 'unasked', [{ value: 'x' }], { retry })).rejects.toThrow(/topic-partition/)
    expect(await cluster().topics()).not.toContain('unasked')
  })

  test.each(['uncompressed', 'gzip', 'snappy', 'lz4', 'zstd'])(
    'dumps records as they were sent: %s',
    { timeout: WAIT_MS },
    async (codec) => {
      const topic = `dumped-${codec}`
      const big = 'text that repeats, '.repeat(4000)
      const sent: Message[] = [
        { key: 'a', value: 'plain words', headers: { kind: 'x', none: Buffer.alloc(0) }, timestamp: '1700000000000' },
        { key: null, value: Buffer.from([0, 255, 254]), timestamp: '1700000000999' },
        { key: Buffer.alloc(0), value: null, timestamp: '1600000000000' },
        ...Array.from({ length: 8 }, (_, index) => ({ key: `big ${index}`, value: big })),
      ]
      await createTopic(cluster(), topic, { 'compression.type': codec })
      await produce(cluster(), topic, sent)
      await produce(cluster(), topic, [{ value: 'elsewhere', partition: 1 }])

      const dumped = await cluster().dump(topic, 0)
      expect(dumped.map(({ offset }) => offset)).toEqual(sent.map((_, index) => index))
      expect(dumped.map(({ key, value }) => [hex(key), hex(value)])).toEqual(
        sent.map(({ key, value }) => [hex(key), hex(value)]),
      )
      expect(dumped[0]!.headers.map(([name, value]) => [name, String(value)])).toEqual([
        ['kind', 'x'],
        ['none', ''],
      ])
      expect(dumped.slice(0, 3).map(({ timestamp }) => timestamp)).toEqual([1.7e12, 1_700_000_000_999, 1.6e12])
      expect((await cluster().dump(topic)).at(-1)).toMatchObject({ partition: 1, offset: 0 })
    },
  )

  test('dumps all segments, and what clients wrote into commits', { timeout: WAIT_MS }, async () => {
    await createTopic(cluster(), 'long')
    const values = Array.from({ length: 30 }, (_, index) => `${index} `.padEnd(100_000, 'x'))
    for (const value of values) await produce(cluster(), 'long', [{ value }])
    expect((await cluster().dump('long')).map(({ value }) => String(value))).toEqual(values)
    const segments = await readdir(join(cluster().logFolders[0]!, 'long-0'))
    expect(segments.filter((name) => name.endsWith('.log')).length).toBeGreaterThan(2)

    expect(await cluster().topics()).toContain('__consumer_offsets')
    const commits = await cluster().dump('__consumer_offsets')
    expect(commits.some(({ key }) => key?.includes('kept-reader'))).toBe(true)
  })
})

test('snappy is read without its frame too, as Go writes it', async () => {
  expect(String(await decompress(2, Buffer.from(await compress('bare'))))).toBe('bare')
  await expect(decompress(7, Buffer.alloc(1))).rejects.toThrow('unknown codec 7')
})

describe.skipIf(!ok)('three brokers', () => {
  const cluster = clusterFor({ brokers: 3 })

  test('lose one and nothing that was acknowledged', { timeout: 2 * WAIT_MS }, async () => {
    await createTopic(cluster(), 'shared')
    await produce(cluster(), 'shared', [{ value: 'before' }])
    const admin = clientOf(cluster()).admin()
    await admin.connect()
    const { topics } = await admin.fetchTopicMetadata({ topics: ['shared'] })
    await admin.disconnect()
    const { leader, replicas } = topics[0]!.partitions.find(({ partitionId }) => partitionId === 0)!
    expect(replicas.toSorted((a, b) => a - b)).toEqual([1, 2, 3])

    await cluster().kill(leader)
    await produce(cluster(), 'shared', [{ value: 'during' }])
    await cluster().restart(leader)
    await produce(cluster(), 'shared', [{ value: 'after' }])
    expect(await consume(cluster(), 'shared', 3)).toEqual(['before', 'during', 'after'])
    expect((await cluster().dump('shared')).map(({ value }) => String(value))).toEqual(['before', 'during', 'after'])
  })

  test('acknowledge nothing while two are away', { timeout: WAIT_MS }, async () => {
    await createTopic(cluster(), 'alone')
    cluster().freeze(2)
    await cluster().kill(3)
    await expect(produce(cluster(), 'alone', [{ value: 'x' }], { retry: { retries: 1 } })).rejects.toThrow()
    cluster().thaw(2)
    await cluster().restart(3)
    await produce(cluster(), 'alone', [{ value: 'y' }])
  })

  test('want two copies in sync, and take large records', { timeout: WAIT_MS }, async () => {
    await createTopic(cluster(), 'defaults')
    const admin = clientOf(cluster()).admin()
    await admin.connect()
    const configNames = ['min.insync.replicas', 'max.message.bytes']
    const asked = [{ type: ConfigResourceTypes.TOPIC, name: 'defaults', configNames }]
    const { resources } = await admin.describeConfigs({ resources: asked, includeSynonyms: false })
    await admin.disconnect()
    const entries = resources[0]!.configEntries.map(({ configName, configValue }) => [configName, configValue])
    expect(Object.fromEntries(entries)).toEqual({ 'min.insync.replicas': '2', 'max.message.bytes': '20971520' })
  })

  test('are numbered from 1', () => {
    expect(() => cluster().freeze(4)).toThrow('there is no broker 4')
  })
})

describe.skipIf(!ok)('a protected listener', () => {
  const cluster = clusterFor({ users: { weir: 'right' }, tls: true })
  const attempt = async (config: Client): Promise<void> => {
    const admin = clientOf(cluster(), { retry: { retries: 0 }, ...config }).admin()
    try {
      await admin.connect()
      await admin.listTopics()
    } finally {
      await admin.disconnect()
    }
  }
  const trusted = (): Client => ({ ssl: { ca: cluster().certificate!.pem } })

  test.each(['plain', 'scram-sha-256', 'scram-sha-512'] as const)(
    'knows the password: %s',
    { timeout: WAIT_MS },
    async (mechanism) => {
      // @ts-expect-error -- kafkajs has one type per mechanism, not one for any of them
      const login = (password: string): Client => ({ sasl: { mechanism, username: 'weir', password } })
      await attempt({ ...trusted(), ...login('right') })
      await expect(attempt({ ...trusted(), ...login('wrong') })).rejects.toThrow(/authentication|credentials/i)
    },
  )

  test('wants a login, TLS and a client that trusts it', { timeout: WAIT_MS }, async () => {
    const sasl = { mechanism: 'plain', username: 'weir', password: 'right' } as const
    await expect(attempt(trusted())).rejects.toThrow()
    await expect(attempt({ sasl })).rejects.toThrow()
    await expect(attempt({ ssl: true, sasl })).rejects.toThrow(/self.signed/)
  })
})

describe.skipIf(!ok)('what is left behind', () => {
  let folder = ''
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'weir-kafka-test-'))))
  afterAll(async () => await rm(folder, { recursive: true, force: true }))

  test('nothing by close(), which is safe twice', { timeout: WAIT_MS }, async () => {
    const cluster = await startKafka()
    const pid = cluster.pid()!
    await Promise.all([cluster.close(), cluster.close()])
    await cluster.close()
    expect(runs(pid)).toBe(false)
    expect(existsSync(cluster.folder)).toBe(false)
  })

  test('the data, in a folder of one’s own', { timeout: 2 * WAIT_MS }, async () => {
    const directory = join(folder, 'own')
    const first = await startKafka({ directory })
    await createTopic(first, 'own')
    await produce(first, 'own', [{ value: 'kept' }])
    await first.close()
    const second = await startKafka({ directory })
    expect(await consume(second, 'own', 1)).toEqual(['kept'])
    await second.close()
    await expect(startKafka({ directory, brokers: 3 })).rejects.toThrow('holds the data of 1 broker')
  })

  test('nothing but the reason by a start that failed', { timeout: WAIT_MS }, async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const directory = join(folder, 'failed')
    await expect(startKafka({ directory, port })).rejects.toThrow(/Address already in use/)
    server.close()
    await expect(startKafka({ properties: { 'num.io.threads': 'many' } })).rejects.toThrow(/num\.io\.threads/)
    await expect(startKafka({ users: { 'a b': '"' } })).rejects.toThrow('users and passwords')
  })

  test('no process and no data when the parent was killed -9', { timeout: WAIT_MS }, async () => {
    const parent = spawn(process.execPath, [join(COMPILED, 'main.js'), '--json', '--brokers', '3'])
    const [line] = (await once(createInterface(parent.stdout), 'line')) as [string]
    const { pids, directory } = JSON.parse(line) as { pids: number[]; directory: string }
    expect(pids.map(runs)).toEqual([true, true, true])
    expect(await readFile(`/proc/${pids[0]}/cmdline`, 'utf8').catch(() => 'java')).toContain('java')
    process.kill(pids[1]!, 'SIGSTOP')
    parent.kill('SIGKILL')
    await until(() => !pids.some(runs) && !existsSync(directory))
  })

  test.each([['--brokers', '2'], ['--port', 'x'], ['--unknown']])('nothing by wrong arguments: %s %s', (...args) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(COMPILED, 'main.js'), ...args])
    expect([status, stdout.length]).toEqual([1, 0])
    expect(String(stderr)).toContain(args[0])
  })

  test('nothing by Ctrl-C', { timeout: WAIT_MS }, async () => {
    const parent = spawn(process.execPath, [join(COMPILED, 'main.js')])
    let words = ''
    parent.stdout.on('data', (chunk: Buffer) => (words += chunk.toString()))
    await until(() => words.includes('Ctrl-C'))
    expect(words).toMatch(/brokers: 127\.0\.0\.1:\d+/)
    const directory = /^Data: (\S+)/m.exec(words)![1]!
    expect(existsSync(directory)).toBe(true)
    parent.kill('SIGINT')
    expect(await once(parent, 'exit')).toEqual([0, null])
    expect(existsSync(directory)).toBe(false)
  })
})

describe('without Java', () => {
  const look = (env: NodeJS.ProcessEnv): { stdout: string; stderr: string } => {
    const script = `import { kafkaAvailable } from ${JSON.stringify(join(COMPILED, 'java.js'))}
      console.log(JSON.stringify(kafkaAvailable()))`
    const args = ['--input-type=module', '-e', script]
    return spawnSync(process.execPath, args, { encoding: 'utf8', env: { PATH: '', ...env } })
  }

  test('a suite skips and says so', () => {
    const { stdout, stderr } = look({})
    expect(JSON.parse(stdout)).toEqual({ ok: false, why: expect.stringContaining('Java 17') })
    expect(stderr).toContain('skipped: tests against a real Kafka, because Java 17')
  })
  test.each(['CI', 'WEIR_REQUIRE_SERVERS'])('a suite fails where %s is set', (name) => {
    const { stdout, stderr } = look({ [name]: '1' })
    expect(stdout).toBe('')
    expect(stderr).toContain('no Kafka for the tests: Java 17')
  })
})
