import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { afterAll, describe, expect, test } from 'vitest'
import { weir } from '../weir.ts'

/* What `weir run` and its neighbours say before anything is started. With brokers they are in test/e2e. */

const folder = mkdtempSync(join(tmpdir(), 'weir-run-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const KEY = `sealing: { masterKeys: { m: "${'ab'.repeat(32)}" } }`
const KAFKA = `${KEY}\nstream: { kind: kafka, brokers: "127.0.0.1:1" }`

async function ask(config: string, ...argv: string[]): Promise<{ code: number; stderr: string }> {
  const file = join(folder, 'weir.yaml')
  writeFileSync(file, `dataDirectory: ${folder}\n${config}\n`)
  const stderr = new PassThrough()
  let said = ''
  stderr.on('data', (chunk) => (said += String(chunk)))
  const around = { stdin: Readable.from([]), stdout: new PassThrough(), stderr, env: {} }
  const code = await weir([...argv, '--config', file], { ...around, signal: new AbortController().signal })
  await new Promise((resolve) => setImmediate(resolve))
  return { code, stderr: said }
}

describe('stages as processes', () => {
  test.each([
    ['', ['run', '--stage', 'detect'], 'needs stream.kind: kafka. One process with all stages is `weir up`'],
    [KAFKA, ['run'], '--stage is missing: collect, detect, watch, respond'],
    [KAFKA, ['run', '--stage', 'collect,detekt'], 'there is no stage "detekt"; there are collect, detect'],
    [KAFKA, ['run', '--stage', 'detect'], 'needs store.kind: server, because its copies share one store'],
    ['', ['migrate'], '`weir migrate` is for store.kind: server'],
    ['', ['check', '--topics'], '--topics needs stream.kind: kafka'],
    ['', ['dead', 'bury'], 'dead does not know "bury"; it knows list, show, replay and drop'],
    ['', ['dead', 'show'], '<id> is missing'],
  ])('%s: weir %s', async (config, argv, message) => {
    const { code, stderr } = await ask(config, ...argv)
    expect(stderr).toContain(message)
    expect(code).toBe(2)
  })

  test.each([
    ['run', '--create-topics'],
    ['run', '--stage', 'collect'],
    ['check', '--topics'],
  ])('brokers that nobody answers for: weir %s %s', async (...argv) => {
    const { code, stderr } = await ask(`${KAFKA}\ntelemetry: { enabled: false }`, ...argv)
    expect(stderr).toContain('check stream.brokers, the network, and stream.tls on both sides')
    expect(stderr).toContain('[WEIR_STREAM_UNREACHABLE]')
    expect(code).toBe(69)
  })

  test('what a configuration for Kafka must say', async () => {
    const { code, stderr } = await ask('stream: { kind: kafka, sasl: { user: weir } }', 'check')
    expect(code).toBe(78)
    for (const needed of ['stream.brokers is needed', 'stream.sasl.mechanism must say', 'sealing.masterKeys is needed'])
      expect(stderr).toContain(needed)
  })
})
