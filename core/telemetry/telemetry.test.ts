import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, test } from 'vitest'
import { systemClock } from '../clock.ts'
import { WeirError } from '../errors.ts'
import { silentLogger, type LogFields } from '../log.ts'
import { runnable } from '../runnable.ts'
import { createTelemetry, type Telemetry } from './index.ts'
import { tracesUrl } from './traces.ts'

const LISTEN = '127.0.0.1:0'
const running: Telemetry[] = []
const children: ChildProcess[] = []
const servers: Server[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((telemetry) => telemetry.close()))
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const server of servers.splice(0)) server.close()
})

function create(config: { listen?: string; enabled?: boolean; otlpEndpoint?: string } = {}): Telemetry {
  const tools = { logger: silentLogger, clock: systemClock, version: '1.2.3' }
  const telemetry = createTelemetry({ listen: LISTEN, enabled: true, ...config }, tools)
  running.push(telemetry)
  return telemetry
}

const urlOf = (telemetry: Telemetry, path: string): string => `http://127.0.0.1:${telemetry.address()?.port}${path}`
const get = (telemetry: Telemetry, path: string, method = 'GET'): Promise<Response> =>
  fetch(urlOf(telemetry, path), { method, signal: AbortSignal.timeout(10_000) })
const metricsOf = async (telemetry: Telemetry): Promise<string> => (await get(telemetry, '/metrics')).text()

describe('/metrics', () => {
  test('Prometheus text of counters, gauges and distributions, also of those from before the start', async () => {
    const telemetry = create()
    telemetry.meter.add('weir_collect_refused_total', 2, { reason: 'too_large' })
    telemetry.gauge('weir_queue_bytes', () => 42)
    telemetry.gauge('weir_broken_bytes', () => {
      throw new Error('Jane')
    })
    telemetry.record('weir_batch_seconds', 0.02, { stage: 'detect' })
    await telemetry.start()
    telemetry.meter.add('weir_collect_refused_total', 1, { reason: 'too_large' })
    telemetry.meter.add('weir_late_total', 1)
    telemetry.gauge('weir_queue_bytes', () => 43)
    telemetry.record('weir_batch_seconds', 7, { stage: 'detect' })

    const response = await get(telemetry, '/metrics')
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    const lines = (await response.text()).split('\n')
    expect(lines).toEqual(
      expect.arrayContaining([
        '# TYPE weir_collect_refused_total counter',
        'weir_collect_refused_total{reason="too_large"} 3',
        'weir_late_total 1',
        '# TYPE weir_queue_bytes gauge',
        'weir_queue_bytes 43',
        '# TYPE weir_batch_seconds histogram',
        'weir_batch_seconds_count{stage="detect"} 2',
        'weir_batch_seconds_bucket{stage="detect",le="0.025"} 1',
        'weir_batch_seconds_bucket{stage="detect",le="+Inf"} 2',
        'target_info{service_name="weir",service_version="1.2.3"} 1',
      ]),
    )
    expect(lines.some((line) => /^weir_process_resident_bytes \d{7,}$/.test(line))).toBe(true)
    expect(lines.join()).not.toContain('broken_bytes 4')
    expect(lines.join()).not.toContain('Jane')
    // Asking must not count anything twice.
    expect((await metricsOf(telemetry)).split('\n')).toContain('weir_collect_refused_total{reason="too_large"} 3')
  })

  test('every line follows the grammar of the format', async () => {
    const telemetry = create()
    for (let index = 0; index < 200; index++) telemetry.record('weir_a_bytes', index, { tenant: `t${index}` })
    await telemetry.start()
    for (let index = 0; index < 200; index++) telemetry.record('weir_a_bytes', index, { tenant: `u"${index}` })
    const lines = (await metricsOf(telemetry)).split('\n').filter((line) => line !== '' && !line.startsWith('# '))
    const label = String.raw`[a-z_][a-z0-9_]*="[^"\\\n]*"`
    const form = new RegExp(String.raw`^[a-z_][a-z0-9_]*(\{${label}(,${label})*\})? (\d|\+Inf|NaN)[\d.e+-]*$`)
    expect(lines.filter((line) => !form.test(line))).toEqual([])
    expect(new Set(lines.map((line) => line.replace(/ \S+$/, ''))).size).toBe(lines.length)
    expect(lines).toContain('weir_telemetry_label_overflow_total{metric="weir_a_bytes"} 300')
  })
})

describe('health', () => {
  test('/metrics shows whether it is ready, as asked just then', async () => {
    const telemetry = create()
    await telemetry.start()
    const ready = async (): Promise<string | undefined> => /^weir_ready (\d)$/m.exec(await metricsOf(telemetry))?.[1]
    expect(await ready()).toBe('0')
    let store: string | undefined
    telemetry.addCheck({ name: 'store', check: () => Promise.resolve(store) })
    expect(await ready()).toBe('1')
    store = 'does not answer'
    expect(await ready()).toBe('0')
    store = undefined
    expect(await ready()).toBe('1')
  })

  test('/readyz asks the checks and names what is not ready', async () => {
    const telemetry = create()
    await telemetry.start()
    expect((await get(telemetry, '/readyz')).status).toBe(503)
    expect(await (await get(telemetry, '/readyz')).json()).toEqual({
      ready: false,
      notReady: [{ name: 'weir', reason: 'starting' }],
    })

    let store: string | undefined = 'does not answer'
    telemetry.addCheck({ name: 'store', check: () => Promise.resolve(store) })
    telemetry.addCheck({ name: 'collector', check: () => Promise.resolve(undefined) })
    const not = await get(telemetry, '/readyz')
    expect([not.status, await not.json()]).toEqual([
      503,
      { ready: false, notReady: [{ name: 'store', reason: 'does not answer' }] },
    ])
    store = undefined
    const ready = await get(telemetry, '/readyz')
    expect([ready.status, await ready.json()]).toEqual([200, { ready: true, notReady: [] }])
  })

  test('a check that throws, quotes content, or never answers is not ready; healthz answers meanwhile', async () => {
    const telemetry = create()
    telemetry.addCheck({
      name: 'throws',
      check: () => {
        throw new Error('Jane')
      },
    })
    telemetry.addCheck({
      name: 'rejects',
      check: () => Promise.reject(new WeirError('WEIR_STORE_UNREACHABLE', 'gone')),
    })
    let aborted = false
    telemetry.addCheck({
      name: 'hangs',
      check: (signal) => new Promise(() => signal.addEventListener('abort', () => (aborted = true))),
    })
    await telemetry.start()
    const asking = get(telemetry, '/readyz')
    const health = await get(telemetry, '/healthz')
    expect([health.status, await health.json()]).toEqual([200, { healthy: true }])
    const response = await asking
    expect([response.status, await response.json()]).toEqual([
      503,
      {
        ready: false,
        notReady: [
          { name: 'throws', reason: 'the check failed' },
          { name: 'rejects', reason: 'WEIR_STORE_UNREACHABLE: gone' },
          { name: 'hangs', reason: 'no answer within 2000 ms' },
        ],
      },
    ])
    expect(aborted).toBe(true)
  })

  test('many who ask at once cost one question', async () => {
    const telemetry = create()
    let asked = 0
    telemetry.addCheck({
      name: 'slow',
      check: async () => {
        asked += 1
        await systemClock.sleep(500)
        return undefined
      },
    })
    await telemetry.start()
    await Promise.all(Array.from({ length: 20 }, () => get(telemetry, '/readyz')))
    expect(asked).toBeLessThan(5)
  })
})

describe('the listener', () => {
  test('GET and HEAD only, known paths only', async () => {
    const telemetry = create()
    await telemetry.start()
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      const response = await get(telemetry, '/metrics', method)
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
    }
    const head = await get(telemetry, '/healthz', 'HEAD')
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '17', ''])
    for (const path of ['/', '/metrics/', '/..%2fmetrics', '//metrics', '/METRICS']) {
      expect((await get(telemetry, path)).status).toBe(404)
    }
    expect((await get(telemetry, '/healthz?x=1')).status).toBe(200)
  })

  test('answers others while one sender stands still or sends rubbish', async () => {
    const telemetry = create()
    await telemetry.start()
    const port = telemetry.address()?.port ?? 0
    const sockets = Array.from({ length: 20 }, (_, index) => {
      const socket = connect(port, '127.0.0.1')
      socket.on('error', () => {})
      socket.write(index % 2 === 0 ? 'GET /metrics HTTP/1.1\r\nhost: x\r\n' : '\u0000\u0001rubbish\r\n\r\n')
      return socket
    })
    expect((await get(telemetry, '/healthz')).status).toBe(200)
    for (const socket of sockets) socket.destroy()
  })

  test('a taken port is said with the option; closing works before start, twice, after a failed start', async () => {
    const first = create()
    await first.close()
    await expect(first.start()).rejects.toMatchObject({ code: 'WEIR_BUG' })

    const holder = create()
    await holder.start()
    const listen = `127.0.0.1:${holder.address()?.port}`
    const failed = create({ listen })
    await expect(failed.start()).rejects.toMatchObject({
      code: 'WEIR_LISTEN_FAILED',
      message: expect.stringContaining(`telemetry.listen ${listen}`),
    })
    await Promise.all([failed.close(), failed.close(), holder.close(), holder.close()])
    expect(holder.address()).toBeUndefined()

    const closing = create()
    const starting = closing.start()
    await Promise.all([closing.close(), starting])
    expect(closing.address()).toBeUndefined()
  })

  test('warns when other machines can read it', async () => {
    const warned: LogFields[] = []
    const logger = { ...silentLogger, warn: (_message: string, fields: LogFields = {}) => void warned.push(fields) }
    const tools = { logger, clock: systemClock, version: '1' }
    const telemetry = createTelemetry({ listen: '0.0.0.0:0', enabled: true }, tools)
    running.push(telemetry)
    await telemetry.start()
    expect(warned).toEqual([{ listen: '0.0.0.0:0' }])
  })
})

interface Received {
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

async function receiver(status = 200): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ url: request.url ?? '', headers: request.headers, body })
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}')
    })
  })
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received }
}

describe('traces', () => {
  test('a span for a batch, with sizes and codes, without messages', async () => {
    const { url, received } = await receiver()
    const telemetry = create({ otlpEndpoint: `${url}/base` })
    await telemetry.start()
    const fields = { stage: 'detect', topic: 'weir.interactions', count: 7 }
    expect(await telemetry.span('weir.batch', fields, () => Promise.resolve('done'))).toBe('done')
    const failing = telemetry.span('weir.batch', fields, () => Promise.reject(new Error('Jane')))
    await expect(failing).rejects.toThrow('Jane')
    await telemetry.close()

    expect(received.map((one) => one.url)).toEqual(['/base/v1/traces'])
    const { resourceSpans } = JSON.parse(received[0]?.body ?? '') as {
      resourceSpans: { resource: { attributes: unknown[] }; scopeSpans: { spans: Record<string, unknown>[] }[] }[]
    }
    expect(resourceSpans[0]?.resource.attributes).toContainEqual({
      key: 'service.name',
      value: { stringValue: 'weir' },
    })
    const spans = resourceSpans[0]?.scopeSpans[0]?.spans ?? []
    expect(spans.map(({ name, status }) => [name, status])).toEqual([
      ['weir.batch', { code: 0 }],
      ['weir.batch', { code: 2 }],
    ])
    expect(spans[0]?.['attributes']).toContainEqual({ key: 'weir.count', value: { intValue: 7 } })
    expect(spans[1]?.['attributes']).toContainEqual({ key: 'error.type', value: { stringValue: 'foreign' } })
    expect(received[0]?.body).not.toContain('Jane')
  })

  test('an endpoint that refuses or does not answer costs nothing but a count', async () => {
    const { url } = await receiver(400)
    for (const otlpEndpoint of [url, 'http://127.0.0.1:1']) {
      const telemetry = create({ otlpEndpoint })
      await telemetry.start()
      await telemetry.span('weir.batch', { stage: 'watch' }, () => Promise.resolve())
      await telemetry.close()
    }
  })

  test('where traces go', () => {
    expect(tracesUrl('http://a:4318')).toBe('http://a:4318/v1/traces')
    expect(tracesUrl('http://a:4318/x/')).toBe('http://a:4318/x/v1/traces')
    expect(tracesUrl('http://a/v1/traces')).toBe('http://a/v1/traces')
  })
})

describe('switched off', () => {
  test('everything can be called and nothing happens', async () => {
    const telemetry = create({ enabled: false })
    telemetry.meter.add('weir_x_total', 1)
    telemetry.gauge('weir_x', () => 1)
    telemetry.record('weir_x_seconds', 1)
    telemetry.addCheck({ name: 'x', check: () => Promise.resolve(undefined) })
    await telemetry.start()
    expect(await telemetry.span('x', { stage: 'x' }, () => Promise.resolve(1))).toBe(1)
    expect(telemetry.address()).toBeUndefined()
    await telemetry.close()
  })
})

describe('the environment of the apps', () => {
  const module = (path: string): string => JSON.stringify(`file://${runnable(path, import.meta.url)}`)

  /** Runs a telemetry in a process of its own and returns what it printed. */
  async function inChild(config: object, env: Record<string, string>): Promise<{ out: string; err: string }> {
    const script = `
      import { createRequire } from 'node:module'
      const { createTelemetry } = await import(${module('./index.js')})
      const { systemClock } = await import(${module('../clock.js')})
      const { silentLogger } = await import(${module('../log.js')})
      const tools = { logger: silentLogger, clock: systemClock, version: '1' }
      const telemetry = createTelemetry(${JSON.stringify(config)}, tools)
      telemetry.meter.add('weir_x_total', 1)
      await telemetry.start()
      for (let i = 0; i < 5; i++) await telemetry.span('weir.batch', { stage: 'detect', count: i }, async () => {})
      const at = telemetry.address()
      const metrics = at && await (await fetch('http://127.0.0.1:' + at.port + '/metrics')).text()
      await telemetry.close()
      const loaded = Object.keys(createRequire(import.meta.url).cache).filter((file) => file.includes('opentelemetry'))
      const otel = Object.keys(process.env).filter((name) => name.startsWith('OTEL_')).length
      const api = globalThis[Symbol.for('opentelemetry.js.api.1')]
      console.log(JSON.stringify({ metrics, loaded: loaded.length, otel, globals: Object.keys(api ?? {}) }))`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 25_000,
    })
    children.push(child)
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
    return { out, err }
  }

  test('changes nothing: not what is exposed, where it goes, nor what is printed', async () => {
    const own = await receiver()
    const apps = await receiver()
    const hostile = {
      ...{ OTEL_SDK_DISABLED: 'true', OTEL_TRACES_EXPORTER: 'console', OTEL_METRICS_EXPORTER: 'console' },
      ...{ OTEL_LOGS_EXPORTER: 'console', OTEL_LOG_LEVEL: 'ALL', OTEL_SERVICE_NAME: 'seed-service' },
      ...{ OTEL_RESOURCE_ATTRIBUTES: 'seed.key=seed-value,service.name=seed', OTEL_NODE_RESOURCE_DETECTORS: 'all' },
      ...{ OTEL_EXPORTER_OTLP_ENDPOINT: apps.url, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${apps.url}/v1/traces` },
      ...{ OTEL_EXPORTER_OTLP_HEADERS: 'x-seed=seed', OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'x-seed2=seed' },
      ...{
        OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
        OTEL_EXPORTER_OTLP_TIMEOUT: '1',
        OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      },
      ...{ OTEL_TRACES_SAMPLER: 'always_off', OTEL_BSP_MAX_QUEUE_SIZE: '1', OTEL_BSP_SCHEDULE_DELAY: '999999' },
      ...{
        OTEL_ATTRIBUTE_COUNT_LIMIT: '0',
        OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: '0',
        OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: '1',
      },
      ...{ OTEL_EXPORTER_PROMETHEUS_PORT: '1', OTEL_EXPORTER_PROMETHEUS_HOST: '0.0.0.0', OTEL_PROPAGATORS: 'seed' },
      ...{ OTEL_NODE_EXPERIMENTAL_SDK_METRICS: 'true', OTEL_EXPORTER_OTLP_CERTIFICATE: '/nowhere/seed.pem' },
    }
    const config = { listen: LISTEN, enabled: true, otlpEndpoint: own.url }
    const calm = await inChild(config, {})
    const harassed = await inChild(config, hostile)

    expect([calm.err, harassed.err]).toEqual(['', ''])
    const results = [calm, harassed].map(({ out }) => JSON.parse(out) as { metrics: string; globals: string[] })
    const comparable = results.map(({ metrics }) => metrics.replace(/(resident_bytes) \d+/, '$1'))
    expect(comparable[1]).toBe(comparable[0])
    expect(comparable[0]).toContain('weir_x_total 1')
    expect(results[1]).toMatchObject({ otel: Object.keys(hostile).length })
    expect(results.flatMap(({ globals }) => globals.filter((name) => name !== 'version'))).toEqual([])

    expect(apps.received).toEqual([])
    expect(own.received).toHaveLength(2)
    const masked = own.received.map(({ body, headers }) => {
      const stable = body.replaceAll(/"(traceId|spanId|startTimeUnixNano|endTimeUnixNano)":"[^"]*"/g, '"$1"')
      return [stable, Object.keys(headers).toSorted(), headers['content-encoding']]
    })
    expect(masked[1]).toEqual(masked[0])
    expect(JSON.stringify(own.received)).not.toContain('seed')
  })

  test('switched off, nothing is loaded', async () => {
    const { out } = await inChild({ listen: LISTEN, enabled: false }, {})
    expect(JSON.parse(out)).toEqual({ loaded: 0, otel: 0, globals: [] })
  })
})
