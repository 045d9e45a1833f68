import { describe, expect, test } from 'vitest'
import { configOf, documents, read } from './files.ts'

type Block = Readonly<Record<string, unknown>>
interface Exporter {
  readonly endpoint?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly retry_on_failure: { readonly enabled: boolean; readonly max_elapsed_time: number }
  readonly sending_queue: {
    readonly enabled: boolean
    readonly storage: string
    readonly block_on_overflow: boolean
    readonly batch: { readonly sizer: string; readonly max_size: number }
  }
  readonly traces?: { readonly topic: string; readonly encoding: string }
  readonly producer?: {
    readonly required_acks: string
    readonly max_message_bytes: number
    readonly allow_auto_topic_creation: boolean
  }
}
interface Collector {
  readonly extensions: Readonly<Record<string, Block>>
  readonly receivers: {
    readonly otlp: {
      readonly protocols: {
        readonly grpc: { readonly endpoint: string; readonly max_recv_msg_size_mib: number }
        readonly http: { readonly endpoint: string; readonly max_request_body_size: number }
      }
    }
  }
  readonly processors: Block
  readonly exporters: Readonly<Record<string, Exporter>>
  readonly service: {
    readonly extensions: readonly string[]
    readonly telemetry: { readonly logs: { readonly sampling: { readonly enabled: boolean } } }
    readonly pipelines: Readonly<
      Record<string, Readonly<Record<'receivers' | 'processors' | 'exporters', readonly string[]>>>
    >
  }
}

const FILES = ['deploy/otelcol/weir.yaml', 'deploy/otelcol/kafka.yaml']
const [direct, throughKafka] = FILES.map((file) => documents<Collector>(file)[0]) as [Collector, Collector]
const MIB = 1024 * 1024

interface Compose {
  readonly services: Readonly<
    Record<
      string,
      { environment?: Readonly<Record<string, string>>; ports?: string[]; volumes?: string[]; command?: string[] }
    >
  >
}
const [{ services }] = documents<Compose>('deploy/compose/compose.yaml') as [Compose]

describe.each([
  ['deploy/otelcol/weir.yaml', direct],
  ['deploy/otelcol/kafka.yaml', throughKafka],
])('%s', (_, collector) => {
  const exporters = Object.values(collector.exporters)

  test('uses all that it defines, and nothing else', () => {
    const pipelines = Object.values(collector.service.pipelines)
    for (const kind of ['receivers', 'processors', 'exporters'] as const) {
      const used = new Set(pipelines.flatMap((pipeline) => pipeline[kind]))
      expect(used).toEqual(new Set(Object.keys(collector[kind])))
    }
    expect(new Set(collector.service.extensions)).toEqual(new Set(Object.keys(collector.extensions)))
  })

  test('loses nothing: a queue on disk, endless retries, no batch processor, every failure in the log', () => {
    for (const { sending_queue, retry_on_failure } of exporters) {
      expect(sending_queue).toMatchObject({ enabled: true, block_on_overflow: false, batch: { sizer: 'bytes' } })
      expect(collector.extensions[sending_queue.storage]).toMatchObject({ fsync: true })
      expect(retry_on_failure).toMatchObject({ enabled: true, max_elapsed_time: 0 })
    }
    expect(Object.keys(collector.processors)).toEqual(['memory_limiter'])
    expect(collector.service.telemetry.logs.sampling.enabled).toBe(false)
  })

  test('takes no request that it could not pass on whole', () => {
    const { grpc, http } = collector.receivers.otlp.protocols
    const accepted = Math.max(grpc.max_recv_msg_size_mib * MIB, http.max_request_body_size)
    for (const { sending_queue } of exporters) expect(sending_queue.batch.max_size).toBeGreaterThanOrEqual(accepted)
  })
})

describe('the Collector before Weir', () => {
  const env = services['otelcol']?.environment ?? {}
  const { endpoint = '', headers, sending_queue } = direct.exporters['otlp_http']!

  test('has every variable that it names from compose', () => {
    const named = [...read('deploy/otelcol/weir.yaml').matchAll(/\$\{env:(\w+)\}/g)].map(([, name]) => name!)
    expect(new Set(named)).toEqual(new Set(Object.keys(env)))
    expect(headers).toEqual({ authorization: 'Bearer ${env:WEIR_TOKEN}' })
  })

  test('sends to the stage that collects, no more at once than that takes', async () => {
    const weir = await configOf(read('deploy/compose/weir.yaml'), {
      WEIR_TOKENS: `default ${'ab'.repeat(32)}`,
      WEIR_MASTER_KEY: Buffer.alloc(32, 1).toString('base64'),
      WEIR_BROKERS: 'kafka:9092',
      WEIR_STORE_URL: 'http://clickhouse:8123',
    })
    const { listen, maxRequestBytes } = weir.collectors.otlp
    expect(endpoint).toBe('${env:WEIR_ENDPOINT}')
    expect(env['WEIR_ENDPOINT']).toBe(`http://collect:${listen.split(':')[1]}`)
    expect(services['collect']?.command).toContain('collect')
    expect(sending_queue.batch.max_size).toBeLessThanOrEqual(maxRequestBytes)
  })

  test('keeps its queue on a volume, and listens on the ports that compose publishes', () => {
    const volumes = services['otelcol']?.volumes ?? []
    expect(volumes.some((volume) => volume.endsWith(`:${env['OTELCOL_QUEUE_DIR']}`))).toBe(true)
    expect(volumes.some((volume) => volume.startsWith('../otelcol/weir.yaml:'))).toBe(true)
    const { grpc, http } = direct.receivers.otlp.protocols
    const listening = [grpc, http].map(({ endpoint: at }) => at.split(':')[1])
    expect(services['otelcol']?.ports?.map((port) => port.split(':').at(-1))).toEqual(listening)
  })
})

test('the Collector writes to Kafka what Weir reads there unless told otherwise', async () => {
  const { tracesTopic, encoding } = (await configOf('', {})).collectors.otlpKafka
  expect(throughKafka.exporters['kafka']!.traces).toEqual({
    topic: tracesTopic,
    encoding: encoding === 'protobuf' ? 'otlp_proto' : 'otlp_json',
  })
})

test('the Collector that writes to Kafka waits for all replicas, and no message outgrows its topic', () => {
  const { producer, sending_queue } = throughKafka.exporters['kafka']!
  expect(producer).toMatchObject({ required_acks: 'all', allow_auto_topic_creation: false })
  expect(producer!.max_message_bytes).toBeGreaterThanOrEqual(sending_queue.batch.max_size)
  expect(producer!.max_message_bytes).toBeLessThanOrEqual(20 * MIB)
  expect(read('deploy/otelcol/kafka.yaml')).toContain('UNMASKED')
})
