import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Agent } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '../../core/clock.ts'
import type { Refusal } from '../../core/seam.ts'
import { CONFIG, normalise, protobufTraces, send, span, start, stopAll, wire } from './client.fixture.ts'
import { createOtlpCollector, type OtlpCollector } from './index.ts'

afterEach(stopAll)

const deps = { normalise, meter: { add: () => undefined }, clock: systemClock, logger: { warn: () => undefined } }
const nothing = (): Promise<readonly Refusal[]> => Promise.resolve([])
const body = protobufTraces([span(1)])

/** An emit that waits until it is told to go on. */
function gate(): { emit: () => Promise<readonly Refusal[]>; open: () => void; waiting: () => number } {
  let count = 0
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  const emit = async (): Promise<readonly Refusal[]> => {
    count++
    await opened
    return []
  }
  return { emit, open: () => open(), waiting: () => count }
}

describe('stopping', () => {
  test('what is in flight is answered, what comes later is told to retry, then the port is free', async () => {
    const { emit, open, waiting } = gate()
    const running = await start({ emit })
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const idle = await wire(running.port)
    const first = send(running.port, { body, agent })
    const half = await wire(running.port)
    half.socket.write(
      `POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-protobuf\r\nContent-Length: ${body.length}\r\n\r\n`,
    )
    await expect.poll(waiting).toBe(1)
    const stopped = running.stop()
    await expect(send(running.port, { body })).rejects.toThrow('ECONNREFUSED')
    half.socket.write(body)
    await expect.poll(waiting).toBe(2)
    open()
    const answer = await first
    expect([answer.status, answer.headers.connection]).toEqual([200, 'close'])
    expect(await half.until(/\r\n\r\n/)).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*Connection: close/)
    await stopped
    await idle.closed
    expect(running.warnings).toEqual([])
    agent.destroy()
  })

  test('a request that begins while stopping is told to go elsewhere', async () => {
    const { emit, open, waiting } = gate()
    const running = await start({ emit })
    const first = send(running.port, { body })
    const late = await wire(running.port)
    late.socket.write('POST /v1/traces HTTP/1.1\r\nHost: x\r\n')
    await expect.poll(waiting).toBe(1)
    const stopped = running.stop()
    late.socket.write(`Content-Type: application/x-protobuf\r\nContent-Length: ${body.length}\r\n\r\n`)
    late.socket.write(body)
    expect(await late.until(/\r\n\r\n/)).toMatch(
      /^HTTP\/1\.1 503[^]*Retry-After: 5[^]*Connection: close|Connection: close[^]*Retry-After: 5/,
    )
    open()
    expect((await first).status).toBe(200)
    await stopped
    expect(waiting()).toBe(1)
  })

  test('what is not finished by the deadline is told to retry, and that is said', async () => {
    const { emit, open, waiting } = gate()
    const running = await start({ emit, protection: { drainMs: 200 } })
    const answer = send(running.port, { body })
    await expect.poll(waiting).toBe(1)
    await running.stop()
    expect((await answer).status).toBe(503)
    expect((await answer).headers['retry-after']).toBe('5')
    expect(running.warnings).toEqual([expect.stringMatching(/requests were not finished in time.*"left":1/)])
    open()
    await expect.poll(() => running.collector.heldBytes).toBe(0)
  })
})

test('large bodies that arrive at the same time are not mixed up', async () => {
  const running = await start()
  const names = Array.from({ length: 24 }, (_, n) => `${n}:${String.fromCharCode(97 + n).repeat(100_000 + 20_000 * n)}`)
  const answers = await Promise.all(
    names.map((name, n) => send(running.port, { body: protobufTraces([span(n + 1, { name })]) })),
  )
  expect(answers.every((answer) => answer.status === 200)).toBe(true)
  expect(running.taken.map((one) => one.name).toSorted()).toEqual(names.toSorted())
})

describe('starting', () => {
  const make = (config: object = {}): OtlpCollector => createOtlpCollector({ ...CONFIG, ...config }, deps)

  test('close is safe before start and twice, and what was closed does not start', async () => {
    const collector = make()
    await collector.close()
    await collector.close()
    await expect(collector.ready).rejects.toMatchObject({ code: 'WEIR_STOPPING' })
    await collector.run(nothing, new AbortController().signal)
  })

  test('close ends a run', async () => {
    const collector = make()
    const ended = collector.run(nothing, new AbortController().signal)
    await collector.ready
    await Promise.all([collector.close(), collector.close()])
    await ended
  })

  test('a port in use is named, with what to do; close is safe after it', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as { port: number }
    const collector = make({ listen: `127.0.0.1:${port}` })
    const ended = collector.run(nothing, new AbortController().signal)
    await expect(ended).rejects.toMatchObject({
      code: 'WEIR_LISTEN_FAILED',
      message: expect.stringMatching(/EADDRINUSE.*change collectors\.otlp\.listen/),
    })
    await expect(collector.ready).rejects.toMatchObject({ code: 'WEIR_LISTEN_FAILED' })
    await collector.close()
    other.close()
  })

  test('an address open to other machines is refused at creation', () => {
    expect(() => make({ listen: '0.0.0.0:0' })).toThrow(expect.objectContaining({ code: 'WEIR_LISTEN_UNSAFE' }))
  })

  test('IPv6 loopback works', async () => {
    const collector = make({ listen: '[::1]:0' })
    void collector.run(nothing, new AbortController().signal)
    await collector.ready
    expect(collector.address()).toMatchObject({ host: '::1', port: expect.any(Number) })
    await collector.close()
  })
})

describe('tokens and certificates', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'weir-otlp-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const line = (tenant: string, token: string): string =>
    `${tenant} ${createHash('sha256').update(token).digest('hex')}\n`
  const bearer = (token: string): { headers: Record<string, string>; body: Buffer } => ({
    headers: { Authorization: `Bearer ${token}` },
    body,
  })

  test('the token decides the tenant; a missing, wrong or revoked one is 401, on loopback too and on a kept connection', async () => {
    const file = join(folder, 'tokens')
    writeFileSync(file, line('acme', 'a') + line('globex', 'g'))
    const running = await start({ config: { tokens: { file } } })
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const status = async (token: string): Promise<number> =>
      (await send(running.port, { ...bearer(token), agent })).status
    expect([await status('a'), await status('g'), await status('x')]).toEqual([200, 200, 401])
    expect((await send(running.port, { body, agent })).status).toBe(401)
    expect(running.taken.map((one) => one.tenant)).toEqual(['acme', 'globex'])
    writeFileSync(file, line('globex', 'g'))
    await expect.poll(() => status('a'), { timeout: 5_000 }).toBe(401)
    expect(await status('g')).toBe(200)
    agent.destroy()
  })

  test('a tenant named in the data is not believed', async () => {
    const running = await start()
    const named = span(1)
    ;(named['attributes'] as object[]).push({ key: 'tenant', value: { stringValue: 'globex' } })
    await send(running.port, { body: protobufTraces([named]), headers: { 'X-Scope-OrgID': 'globex' } })
    expect(running.taken.map((one) => one.tenant)).toEqual(['default'])
  })

  test('TLS by certificate files; plain HTTP on that port gets nowhere', async () => {
    const tls = selfSigned(folder)
    const running = await start({ config: { tls, tokens: { inline: line('acme', 'a') } } })
    const options = {
      port: running.port,
      path: '/v1/traces',
      method: 'POST',
      ca: readFileSync(tls.certificate),
      servername: 'localhost',
    }
    const headers = { Authorization: 'Bearer a', 'Content-Type': 'application/x-protobuf' }
    const status = await new Promise((resolve, reject) => {
      const request = httpsRequest({ ...options, host: '127.0.0.1', headers, agent: false }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode))
      })
      request.on('error', reject).end(body)
    })
    expect(status).toBe(200)
    expect(running.taken.map((one) => one.tenant)).toEqual(['acme'])
    await expect(send(running.port, { body })).rejects.toThrow(/socket hang up|ECONNRESET/)
  })

  test.each([
    ['missing', undefined, 'WEIR_CONFIG_UNREADABLE'],
    ['broken', 'no certificate', 'WEIR_CONFIG_INVALID'],
  ])('a %s certificate is refused at creation', (_, content, code) => {
    const file = join(folder, `cert-${code}`)
    if (content !== undefined) writeFileSync(file, content)
    const config = { ...CONFIG, tls: { certificate: file, key: file } }
    expect(() => createOtlpCollector(config, deps)).toThrow(expect.objectContaining({ code }))
  })
})

function selfSigned(folder: string): { certificate: string; key: string } {
  const files = { certificate: join(folder, 'cert.pem'), key: join(folder, 'key.pem') }
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']
  const out = ['-keyout', files.key, '-out', files.certificate]
  execFileSync('openssl', ['req', '-x509', '-nodes', '-days', '2', ...curve, ...subject, ...out], { stdio: 'pipe' })
  return files
}
