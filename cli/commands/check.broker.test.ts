import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import kafkajs, { type Admin } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import type { TopicProblem } from '../../core/streams/kafka/index.ts'
import { kafkaAvailable, runTool, startKafka, type KafkaCluster } from '../../test/support/kafka/index.ts'
import { weir } from '../weir.ts'

const MIB = 1024 * 1024

describe.skipIf(!kafkaAvailable().ok)('weir check --topics', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-check-'))
  let kafka: KafkaCluster
  let admin: Admin

  beforeAll(async () => {
    kafka = await startKafka()
    admin = new kafkajs.Kafka({ brokers: kafka.bootstrap, logLevel: kafkajs.logLevel.NOTHING }).admin()
    await admin.connect()
  }, 120_000)
  afterAll(async () => {
    await admin?.disconnect()
    await kafka?.close()
    rmSync(folder, { recursive: true, force: true })
  }, 60_000)

  const run = async (config: object, ...argv: string[]): Promise<{ code: number; stdout: string; stderr: string }> => {
    const file = join(folder, 'weir.yaml')
    // No fixed port: another Weir may run on this machine.
    const own = { sealing: { masterKeys: { m: 'ab'.repeat(32) } }, telemetry: { listen: '127.0.0.1:0' } }
    writeFileSync(file, stringify({ ...own, ...config }))
    const texts = { stdout: '', stderr: '' }
    const [stdout, stderr] = [new PassThrough(), new PassThrough()]
    stdout.on('data', (chunk) => (texts.stdout += String(chunk)))
    stderr.on('data', (chunk) => (texts.stderr += String(chunk)))
    const { signal } = new AbortController()
    const code = await weir([...argv, '--config', file], { stdin: Readable.from([]), stdout, stderr, env: {}, signal })
    await new Promise((resolve) => setImmediate(resolve))
    return { code, ...texts }
  }
  const stream = (): object => ({
    kind: 'kafka',
    brokers: kafka.bootstrap.join(','),
    ...{ partitions: 2, replicationFactor: 1 },
  })
  const check = async (config: object): Promise<TopicProblem[]> =>
    (JSON.parse((await run(config, 'check', '--topics', '--json')).stdout) as { topics: TopicProblem[] }).topics

  test('names each topic that is missing, and the command that makes them', async () => {
    const { code, stderr } = await run({ stream: stream() }, 'check', '--topics')
    expect(code).toBe(1)
    expect(
      stderr.match(/^wrong: weir\.\w+: exists is no, wanted is yes; run `weir run --create-topics`$/gm),
    ).toHaveLength(7)
    expect((await run({ stream: stream() }, 'run', '--create-topics')).code).toBe(0)
    expect((await run({ stream: stream() }, 'check', '--topics')).code).toBe(0)
  })

  test('a limit smaller than what Weir writes is wrong, stops a start, and the command that is named mends it', async () => {
    const larger = { stream: { ...stream(), maxRecordBytes: 24 * MIB } }
    const problems = await check(larger)
    const limits = problems.filter(({ what }) => what === 'max.message.bytes')
    expect(limits).toHaveLength(7)
    expect(limits.every(({ fatal }) => fatal)).toBe(true)
    const [first] = limits
    expect(first).toMatchObject({ wanted: String(24 * MIB + 16 * 1024), found: String(16 * MIB + 16 * 1024) })
    const started = await run(larger, 'run', '--stage', 'collect')
    expect(started.code).toBe(78)
    expect(started.stderr).toMatch(
      /Topic weir\.interactions: max\.message\.bytes is \d+ and must be \d+; run `kafka-configs/,
    )
    for (const { advice } of limits) {
      const [, line = ''] = /^run `kafka-configs\.sh (.*)`$/.exec(advice) ?? []
      await runTool('kafka.admin.ConfigCommand', line.split(' '))
    }
    expect(await check(larger)).toEqual([])
  })

  describe('a topic that a Collector writes', () => {
    const make = (topic: string, bytes: number): Promise<boolean> =>
      admin.createTopics({
        topics: [{ topic, numPartitions: 1, configEntries: [{ name: 'max.message.bytes', value: String(bytes) }] }],
      })
    const reading = (tracesTopic: string, more: object = {}): object => ({
      collectors: { otlpKafka: { enabled: true, brokers: kafka.bootstrap.join(','), tracesTopic }, ...more },
    })

    test('is refused while it takes larger records than Weir, and the command mends it', async () => {
      await make('spans-large', 32 * MIB)
      const { code, stderr } = await run(reading('spans-large'), 'check', '--topics')
      expect(code).toBe(1)
      expect(stderr).toContain('warning: spans-large')
      expect(stderr).toContain(`wrong: spans-large: max.message.bytes is ${32 * MIB}, wanted is at most ${20 * MIB}`)
      const [, line = ''] = /run `kafka-configs\.sh ([^`]*)`/.exec(stderr) ?? []
      await runTool('kafka.admin.ConfigCommand', line.split(' '))
      expect((await run(reading('spans-large'), 'check', '--topics')).code).toBe(0)
    })

    test('may be as large as the configuration says', async () => {
      await make('spans-fit', 24 * MIB)
      expect(await check(reading('spans-fit'))).toHaveLength(1)
      expect(await check(reading('spans-fit', { otlp: { maxRequestBytes: 24 * MIB } }))).toEqual([])
    })

    test('that is not there is named', async () => {
      expect(await check(reading('spans-nowhere'))).toMatchObject([
        { topic: 'spans-nowhere', what: 'exists', fatal: true },
      ])
    })
  })

  test('brokers that do not answer are said to be away', async () => {
    const away = { stream: { ...stream(), brokers: '127.0.0.1:1' } }
    for (const argv of [
      ['check', '--topics'],
      ['run', '--create-topics'],
      ['run', '--stage', 'collect'],
    ]) {
      const { code, stderr } = await run(away, ...argv)
      expect([argv, code]).toEqual([argv, 69])
      expect(stderr).toMatch(/ECONNREFUSED.*stream\.brokers.*WEIR_STREAM_UNREACHABLE/)
    }
  })
})
