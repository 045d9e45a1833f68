import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createNormaliser } from '../../collectors/dialects/index.ts'
import { decodeRequest } from '../../collectors/dialects/wire/index.ts'
import { systemClock } from '../../core/clock.ts'
import type { Interaction, Message } from '../../schemas/interaction.ts'
import { startEmbeddedStore, type EmbeddedStore } from '../../sinks/clickhouse/embedded/index.ts'
import { createOutcomeSink, createStoreClient, migrate, type StoreClient } from '../../sinks/clickhouse/index.ts'
import { batchOf, interaction, originAt, stored } from '../../test/support/interactions.ts'
import type { RunFile } from '../running/run-file.ts'
import type { ServiceLack } from './services.ts'
import type { Session } from '../session/read.ts'
import { weir } from '../weir.ts'

/* `weir services` and `weir session` on a real store, asked as its reader. */

const folder = mkdtempSync(join(tmpdir(), 'weir-inventory-'))
const config = join(folder, 'weir.yaml')
let store: EmbeddedStore
let client: StoreClient
let offset = 0

beforeAll(async () => {
  writeFileSync(config, 'dataDirectory: .\n')
  store = await startEmbeddedStore({ directory: join(folder, 'store'), port: 0 })
  client = createStoreClient({ url: store.url, ...store.writer, database: 'weir', requestTimeoutMs: 20_000 })
  await migrate(client, { engine: 'MergeTree', fsync: false, retentionDays: 30, originalsRetentionDays: 7 })
  const run: RunFile = {
    pid: process.pid,
    startedAt: '2026-01-01T00:00:00.000Z',
    version: '1.2.3',
    otlp: '',
    telemetry: '',
    store: { url: store.url, database: 'weir', writer: store.writer, reader: { user: 'reader', password: '' } },
  }
  writeFileSync(join(folder, 'run.json'), JSON.stringify(run))
})

afterAll(async () => {
  await client?.close()
  await store?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function keep(interactions: readonly Interaction[], findings = 0): Promise<void> {
  const outcomes = interactions.map((one) => stored(one, originAt(offset++), findings))
  await createOutcomeSink({ client, clock: systemClock, leftOver: new Set() }).write(batchOf(outcomes))
}

async function ask(...argv: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const texts = { stdout: '', stderr: '' }
  stdout.on('data', (chunk) => (texts.stdout += String(chunk)))
  stderr.on('data', (chunk) => (texts.stderr += String(chunk)))
  const around = { stdin: Readable.from([]), stdout, stderr, env: {}, signal: new AbortController().signal }
  const code = await weir([...argv, '--config', config], around)
  await new Promise((resolve) => setImmediate(resolve))
  return { code, ...texts }
}

interface Inventory {
  services: (Record<string, unknown> & { dialect: string; lacks: ServiceLack[] })[]
  models: Record<string, unknown>[]
}

async function inventory(tenant: string): Promise<Inventory> {
  const { code, stdout } = await ask('services', '--json', '--tenant', tenant)
  expect(code).toBe(0)
  return JSON.parse(stdout) as Inventory
}

const arrivedAs = (dialect: string, scope: string): Interaction['arrival'] => ({
  ...{ dialect, scope, scopeVersion: '1.0', collector: 'otlp', receivedAt: Date.now() * 1000 },
})
const ABSENT = { input: 'absent', output: 'absent' } as const

describe('weir services', () => {
  test('counts what is known by service and instrumentation, and names each cure in its ecosystem', async () => {
    const tenant = 'counts'
    const blind = {
      tenant,
      service: { name: 'shop', environment: 'prod' },
      arrival: arrivedAs('openinference', '@arizeai/openinference-instrumentation-openai'),
      capture: { ...ABSENT, reason: 'no text was sent: unset OPENINFERENCE_HIDE_INPUTS' },
      actor: {},
      release: { provider: 'openai', requestedModel: 'gpt-4o' },
    }
    const seen = { tenant, arrival: arrivedAs('otel-genai-latest', 'opentelemetry.instrumentation.openai_v2') }
    await keep([
      interaction('s1', blind),
      interaction('s2', { ...blind, actor: { user: 'u-2' } }),
      interaction('s3', seen),
      interaction('s4', { ...seen, actor: {}, operation: 'execute_tool' }),
      interaction('s5', { ...seen, actor: {}, error: { type: 'timeout' } }),
    ])
    const { services, models } = await inventory(tenant)
    expect(services).toMatchObject(
      [
        {
          ...{ service: 'shop', environment: '', dialect: 'otel-genai-latest', calls: 3, model_calls: 2, with_text: 2 },
          lacks: [
            {
              lack: 'actor',
              calls: 1,
              cure: "baggage.set_baggage('user.id', user_id) with BaggageSpanProcessor of opentelemetry-processor-baggage",
            },
          ],
        },
        {
          ...{ service: 'shop', environment: 'prod', calls: 2, with_text: 0, release_known: 0, actor_known: 1 },
          lacks: [
            { lack: 'text', calls: 2, cure: 'unset OPENINFERENCE_HIDE_INPUTS' },
            {
              lack: 'release',
              calls: 2,
              cure: 'upgrade the instrumentation to one that sends the model that answered' as string,
            },
            { lack: 'actor', calls: 1, cure: expect.stringContaining('setUser(context.active()') as string },
          ],
        },
      ].toSorted((a, b) => b.calls - a.calls),
    )
    expect(models).toMatchObject(
      [
        { service: 'shop', provider: 'openai', model: 'gpt-4o', served: false, calls: 2, users: ['u-2'] },
        { service: 'shop', provider: 'openai', model: 'gpt-4o-2024-08-06', served: true, calls: 2, users: ['u-1'] },
      ].toSorted((a, b) => (a.model < b.model ? -1 : 1)),
    )
    const { stdout } = await ask('services', '--tenant', tenant)
    expect(stdout).toContain('no text in 2 of 2 calls\n    unset OPENINFERENCE_HIDE_INPUTS')
    expect(stdout).toContain('gpt-4o (asked for)')
  })

  test('text that came as a log record of its own is text of the call', async () => {
    const tenant = 'halves'
    const span = { tenant, traceId: 'trace-h', spanId: 'span-h' }
    await keep([
      interaction('h1', { ...span, arrival: arrivedAs('otel-genai-latest', 'x'), capture: { ...ABSENT, reason: 'y' } }),
      interaction('h2', { ...span, kind: 'log', arrival: arrivedAs('otel-genai-1.36', 'x') }),
    ])
    expect((await inventory(tenant)).services).toMatchObject([{ calls: 1, model_calls: 1, with_text: 1, lacks: [] }])
  })

  test('every lack of every dialect that Weir reads has a line that cures it', async () => {
    const tenant = 'golden'
    const rows = goldenInteractions(tenant)
    expect(new Set(rows.map(({ arrival }) => arrival.dialect)).size).toBeGreaterThan(15)
    await keep(rows)
    const { services } = await inventory(tenant)
    const lacks = services.flatMap(({ dialect, lacks: own }) => own.map((lack) => ({ dialect, ...lack })))
    expect(new Set(lacks.map(({ lack }) => lack))).toEqual(new Set(['text', 'release', 'actor']))
    expect(lacks.filter(({ cure }) => cure.trim() === '' || /was sent:/.test(cure))).toEqual([])
    expect((await ask('services', '--tenant', tenant)).stdout).toContain('no actor in')
  })

  test('nothing sent yet is said with what to do; days must be a number', async () => {
    expect((await ask('services', '--tenant', 'nobody')).stdout).toContain('no service of tenant nobody has sent')
    expect((await ask('services', '--days', '0')).code).toBe(2)
  })
})

/** What the golden cases of the dialects make, as if it had just arrived. */
function goldenInteractions(tenant: string): Interaction[] {
  const root = fileURLToPath(new URL('../../test/golden', import.meta.url))
  const normalise = createNormaliser()
  const context = { tenant, collector: 'otlp', receivedAt: Date.now() * 1000 }
  const made = new Map<string, Interaction>()
  for (const dialect of readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory()))
    for (const file of readdirSync(join(root, dialect.name)).filter((name) => name.endsWith('.golden'))) {
      const [given = ''] = readFileSync(join(root, dialect.name, file), 'utf8').split('\n----------\n')
      const body = given.replaceAll(/^#.*\n/gm, '')
      const signal = body.includes('"resourceLogs"') ? 'logs' : 'traces'
      for (const record of decodeRequest(signal, 'json', Buffer.from(body)).records) {
        const one = normalise(record, context)
        if (!('ignored' in one)) made.set(one.id, one)
      }
    }
  return [...made.values()]
}

const said = (role: string, content: string): Message => ({ role, parts: [{ type: 'text', content }] })

describe('weir session', () => {
  const tenant = 'talk'
  const at = (second: number): number => Date.UTC(2026, 0, 2, 3, 4, second) * 1000
  const first = said('user', 'where is my order?\nit was number 5')
  const answer = said('assistant', 'write to [EMAIL_ADDRESS:7f3a9c21]')
  const chat = { tenant, conversationId: 'conv-1', traceId: 'trace-1', sources: [] }

  beforeAll(async () => {
    await keep(
      [
        interaction('t1', {
          ...chat,
          spanId: 'a',
          startedAt: at(1),
          input: [first],
          output: [answer],
          sources: [{ id: 'handbook', score: 0.5 }],
        }),
      ],
      1,
    )
    await keep([
      interaction('t1 again', {
        ...{
          ...chat,
          spanId: 'a',
          startedAt: at(1),
          input: [],
          output: [],
          usage: { input: 1, output: 2, cachedInput: 1 },
        },
        capture: ABSENT,
      }),
      interaction('t2', {
        ...{
          tenant,
          traceId: 'trace-1',
          spanId: 'b',
          startedAt: at(2),
          operation: 'execute_tool',
          input: [],
          output: [],
        },
        ...{ sources: [], toolCalls: [{ name: 'lookup', arguments: '{"order":5}', result: 'lost\u001b[2J' }] },
      }),
      interaction('t3', {
        ...{ ...chat, traceId: 'trace-2', spanId: 'c', startedAt: at(3) },
        input: [first, answer, said('user', 'thanks')],
        output: [said('assistant', 'welcome')],
      }),
      interaction('else', { tenant, traceId: 'trace-9', spanId: 'z' }),
    ])
  })

  async function session(id: string): Promise<Session> {
    const { code, stdout } = await ask('session', id, '--tenant', tenant, '--json')
    expect(code).toBe(0)
    return JSON.parse(stdout) as Session
  }

  test('a conversation over its traces: each call once, only what is new, tools between, findings at their message', async () => {
    const { conversation, traces, turns } = await session('conv-1')
    expect({ conversation, traces }).toEqual({ conversation: 'conv-1', traces: ['trace-1', 'trace-2'] })
    expect(turns.map(({ operation }) => operation)).toEqual(['chat', 'execute_tool', 'chat'])
    expect(turns[0]).toMatchObject({ id: interaction('t1').id, tokens: { input: 1, output: 2 } })
    expect(turns[0]!.views).toHaveLength(2)
    expect(turns[0]!.messages.map(({ findings }) => findings.length)).toEqual([0, 1])
    expect(turns[2]!.messages.map(({ parts }) => parts[0]!.content)).toEqual(['thanks', 'welcome'])
  })

  test('by trace: that trace; by interaction: its conversation, or its trace', async () => {
    expect((await session('trace-1')).turns).toHaveLength(2)
    expect((await session(interaction('t3').id)).turns).toHaveLength(3)
    expect((await session(interaction('else').id)).turns).toHaveLength(1)
  })

  test('to read: findings in the margin, and nothing that steers the terminal', async () => {
    const { stdout } = await ask('session', 'conv-1', '--tenant', tenant)
    expect(stdout).toContain('conversation conv-1: 3 turns in 2 traces')
    expect(stdout).toContain('    user: where is my order?\n      it was number 5')
    expect(stdout).toContain(
      '!!  assistant: write to [EMAIL_ADDRESS:7f3a9c21]\n!!  ^ EMAIL_ADDRESS serious introduced at 3-9',
    )
    expect(stdout).toContain('tool lookup: {"order":5}')
    expect(stdout).toContain('source handbook (0.5)')
    expect(stdout).toContain('seen 2 times')
    expect(stdout).not.toContain('\u001b')
  })

  test('an id that nothing has, and another tenant', async () => {
    const { code, stderr } = await ask('session', 'conv-1')
    expect(code).toBe(2)
    expect(stderr).toContain('tenant default has no conversation, trace or interaction "conv-1"')
  })
})
