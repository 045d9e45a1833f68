import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { weir } from '../weir.ts'

const folder = mkdtempSync(join(tmpdir(), 'weir-decode-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const attribute = (key: string, stringValue: string): object => ({ key, value: { stringValue } })
const messages = (role: string, content: string): string =>
  JSON.stringify([{ role, parts: [{ type: 'text', content }] }])
const CHAT = [
  attribute('gen_ai.operation.name', 'chat'),
  attribute('gen_ai.provider.name', 'openai'),
  attribute('gen_ai.request.model', 'gpt-4o-mini'),
  attribute('gen_ai.input.messages', messages('user', 'When do you open?')),
  attribute('gen_ai.output.messages', messages('assistant', 'At nine.')),
]
const span = (spanId: string, attributes: object[]): object => ({
  traceId: 'a'.repeat(32),
  spanId,
  name: 'chat gpt-4o-mini',
  kind: 3,
  startTimeUnixNano: '1795278883449000000',
  endTimeUnixNano: '1795278884449000000',
  attributes,
})
const request = (...spans: object[]): string => JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] })

/** Protobuf of one span: enough to tell that the bytes are read as such. */
function protobuf(): Buffer {
  const field = (number: number, content: Buffer): Buffer =>
    Buffer.concat([Buffer.from([(number << 3) | 2, content.length]), content])
  const value = (text: string): Buffer => field(1, Buffer.from(text))
  const pair = (key: string, text: string): Buffer =>
    field(9, Buffer.concat([field(1, Buffer.from(key)), field(2, value(text))]))
  const body = [
    field(1, Buffer.alloc(16, 1)),
    field(2, Buffer.alloc(8, 2)),
    field(5, Buffer.from('chat')),
    pair('gen_ai.operation.name', 'chat'),
  ]
  return field(1, field(2, field(2, Buffer.concat(body))))
}

interface Outcome {
  code: number
  stdout: string
  stderr: string
}

async function decode(body: Buffer | string, ...options: string[]): Promise<Outcome> {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const texts = { stdout: '', stderr: '' }
  stdout.on('data', (chunk) => (texts.stdout += String(chunk)))
  stderr.on('data', (chunk) => (texts.stderr += String(chunk)))
  const around = {
    stdin: Readable.from([Buffer.from(body)]),
    stdout,
    stderr,
    env: {},
    signal: new AbortController().signal,
  }
  const code = await weir(['decode', '-', ...options], around)
  await new Promise((resolve) => setImmediate(resolve))
  return { code, ...texts }
}

describe('weir decode', () => {
  test('shows an interaction for people', async () => {
    const { code, stdout, stderr } = await decode(request(span('b'.repeat(16), CHAT)))
    expect({ code, stderr }).toEqual({ code: 0, stderr: '1 spans: 1 interactions\n' })
    expect(stdout).toContain('When do you open?')
    expect(stdout).toContain('At nine.')
    expect(stdout).not.toContain('\u001b')
  })

  test.each([
    ['JSON', request(span('b'.repeat(16), CHAT))],
    ['JSON with a byte order mark', `\ufeff${request(span('b'.repeat(16), CHAT))}`],
    ['JSON with gzip', gzipSync(request(span('b'.repeat(16), CHAT)))],
    ['protobuf', protobuf()],
    ['protobuf with gzip', gzipSync(protobuf())],
  ])('%s to one JSON line per interaction', async (_, body) => {
    const { code, stdout } = await decode(body, '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, operation: 'chat', arrival: { collector: 'decode' } })
  })

  test('says what was ignored and what was refused, and why', async () => {
    const { code, stdout, stderr } = await decode(
      request(span('b'.repeat(16), []), span('nope', CHAT), span('c'.repeat(16), CHAT)),
      '--json',
    )
    expect(code).toBe(0)
    expect(stdout.trim().split('\n')).toHaveLength(1)
    expect(stderr).toContain('3 spans: 1 interactions')
    expect(stderr).toContain('1 ignored: not_genai')
    expect(stderr).toContain('1 refused: ')
  })

  test('reads logs and metrics by what the JSON says', async () => {
    const log = {
      resourceLogs: [
        {
          scopeLogs: [{ logRecords: [{ eventName: 'gen_ai.choice', timeUnixNano: '1', body: { stringValue: 'x' } }] }],
        },
      ],
    }
    expect((await decode(JSON.stringify(log))).stderr).toContain('1 log records: 1 interactions')
    expect((await decode('{"resourceMetrics":[]}')).stderr).toContain('metrics are accepted and counted, not used')
  })

  test.each([
    ['neither', Buffer.from([255, 255, 255, 255])],
    ['cut JSON', '{"resourceSpans":[{'],
    ['cut gzip', gzipSync(protobuf()).subarray(0, 20)],
  ])('what cannot be decoded (%s) ends with code 1', async (_, body) => {
    const { code, stdout, stderr } = await decode(body)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('[WEIR_DECODE]')
    if (!stderr.includes('gzip')) expect(stderr).toContain('not the body of an OTLP request')
  })

  test('what is larger than Weir accepts is refused, also when it is only large inside', async () => {
    const { code, stderr } = await decode(gzipSync(Buffer.alloc(21 * 1024 * 1024, 32)))
    expect(code).toBe(1)
    expect(stderr).toContain('[WEIR_TOO_LARGE]')
    expect((await decode(Buffer.alloc(21 * 1024 * 1024, 32))).stderr).toContain('[WEIR_TOO_LARGE]')
  })

  test('a file: read, or refused when it is not there', async () => {
    const file = join(folder, 'request.json')
    writeFileSync(file, request(span('b'.repeat(16), CHAT)))
    const sink = new PassThrough()
    const around = {
      stdin: Readable.from([]),
      stdout: sink,
      stderr: sink,
      env: {},
      signal: new AbortController().signal,
    }
    expect(await weir(['decode', file], around)).toBe(0)
    expect(await weir(['decode', join(folder, 'no.bin')], around)).toBe(2)
    expect(await weir(['decode', file, '--signal', 'smoke'], around)).toBe(2)
    expect(String(sink.read())).toContain('--signal is traces, logs or metrics')
  })
})
