import { customRuleSchema, type CustomRule } from './customrule.ts'
import { array, boolean, count, object, oneOf, string, type JsonSchema } from './jsonschema.ts'
import { policyRuleSchema, type PolicyRule } from './policy.ts'

/** `weir.yaml` after expansion and defaults. Every key of the file is optional. */
export interface Config {
  /** Where the embedded store, keys and the run file live. */
  dataDirectory: string
  log: { level: 'debug' | 'info' | 'warn' | 'error' }
  collectors: { otlp: OtlpConfig; otlpKafka: OtlpKafkaConfig }
  stream: StreamConfig
  store: StoreConfig
  detectors: DetectorsConfig
  policy: { rules: PolicyRule[] }
  identity: { user: 'keyEmail' | 'keyAll' | 'plain' }
  prices: PriceTable
  sealing: SealingConfig
  telemetry: TelemetryConfig
}

export interface DetectorsConfig {
  pii: { enabled: boolean }
  secrets: { enabled: boolean }
  /** Where names are looked for: it costs more than all else together. */
  names: { in: 'everything' | 'files' | 'nothing' }
  longTexts: LongTextsConfig
  /** Values that are never found, in any spelling. */
  allow: string[]
  rules: CustomRule[]
}

export interface LongTextsConfig {
  /** Calls with more characters than this are examined by a worker. */
  from: number
  /** Left out: one less than there are cores, four at most. */
  workers?: number
}

export interface ListenConfig {
  /** `host:port`; port 0 takes any free one. */
  listen: string
  tls?: { certificate: string; key: string }
  /** A proxy in front ends TLS. */
  behindProxy: boolean
}

export interface OtlpConfig extends ListenConfig {
  enabled: boolean
  /** OTLP/gRPC, with the tokens, TLS and limits of OTLP/HTTP. */
  grpc: OtlpGrpcConfig
  maxRequestBytes: number
  maxConnections: number
  /** How long a request may wait for its rows to be durable before it is answered 503. */
  deadlineMs: number
  tokens: TokensConfig
}

export interface OtlpGrpcConfig {
  enabled: boolean
  /** Left out: port 4317 beside an OTLP/HTTP on its usual port, otherwise none. */
  listen?: string
}

/** Topics that an OpenTelemetry Collector's Kafka exporter writes. */
export interface OtlpKafkaConfig {
  enabled: boolean
  /** Those of `stream` where left out. */
  brokers?: string
  tracesTopic: string
  /** Empty: none. */
  logsTopic: string
  encoding: 'protobuf' | 'json'
  group: string
  /** Whose data it is: no token comes with a topic. */
  tenant: string
}

export interface TokensConfig {
  /** File of lines `tenant sha256-of-token`; read again when it changes. */
  file?: string
  /** The same lines, from the environment. */
  inline?: string
}

export interface StreamConfig {
  kind: 'inline' | 'kafka'
  maxQueuedBytes: number
  maxQueuedRecords: number
  /** A larger record is refused for good. */
  maxRecordBytes: number
  maxBatchBytes: number
  maxBatchRecords: number
  lingerMs: number
  /** inline: bound of the hand-over queues (signals, findings). */
  maxHandedOver: number
  /** kafka: `host:port` of some brokers, with commas between them. */
  brokers?: string
  tls: { enabled: boolean; ca?: string; certificate?: string; key?: string }
  sasl: { mechanism?: SaslMechanism; user?: string; password?: string }
  /** kafka, for topics that are made: */
  partitions: number
  replicationFactor: number
  retentionHours: number
  sessionTimeoutMs: number
}

export type SaslMechanism = 'plain' | 'scram-sha-256' | 'scram-sha-512'

export interface StoreConfig {
  kind: 'embedded' | 'server'
  /** embedded: where ClickHouse's HTTP interface listens (loopback only). */
  listen: string
  /** embedded: memory that the engine may use. */
  memoryMb: number
  /** server: */
  url?: string
  user?: string
  password?: string
  reader?: string
  readerPassword?: string
  database: string
  /** Survive power loss too, at the cost of a disk sync per insert. */
  fsync: boolean
  requestTimeoutMs: number
  retentionDays: number
  /** How far back a sender's retry is recognised. */
  duplicateWindowHours: number
}

export interface SealingConfig {
  /** Key id to 32 bytes as base64 or hex; `${file:...}` and `${ENV}` work. Empty: a key file is made in the data directory. */
  masterKeys: Record<string, string>
  /** The key id to wrap new data keys with. */
  activeKey?: string
  originals: 'findings' | 'all' | 'none'
  originalsRetentionDays: number
}

/** What tokens cost. Rows name the version that they were priced with. */
export interface PriceTable {
  version: string
  /** `provider/model` or `model`, also with `*` at the end. */
  models: Record<string, TokenPrices>
}

/** US dollars per million tokens. */
export interface TokenPrices {
  input: number
  output: number
  cachedInput?: number
  cacheWrite?: number
}

export interface TelemetryConfig {
  /** /metrics, /healthz and /readyz; carries no content. */
  listen: string
  enabled: boolean
  /** Where to send Weir's own traces and metrics, if anywhere. */
  otlpEndpoint?: string
}

const MIB = 1024 * 1024
const at = (schema: JsonSchema, value: unknown, description: string): JsonSchema => ({
  ...schema,
  default: value,
  description,
})

/** Relative to the folder of weir.yaml. */
const path: JsonSchema = { ...string, minLength: 1, format: 'path' }
const uri: JsonSchema = { ...string, format: 'uri' }
/** Never printed. `core/config/redact.ts` goes by this mark, and a test that no key named like a secret is without it. */
const secret: JsonSchema = { ...string, writeOnly: true }

const price: JsonSchema = { type: 'number', minimum: 0 }

const tls = object({ certificate: path, key: path }, ['certificate', 'key'], 'PEM files. Read at start.')
const behindProxy = at(boolean, false, 'A proxy in front ends TLS; allows a non-loopback address without `tls`.')

export const configSchema: JsonSchema = {
  $id: 'https://weir.dev/schemas/config/1',
  title: 'weir.yaml',
  description: 'Configuration of Weir. Every key is optional.',
  ...object({
    dataDirectory: at(path, './.weir', 'Where the embedded store, the keys and the run file live.'),
    log: object({ level: at(oneOf(['debug', 'info', 'warn', 'error']), 'info', 'What is logged, to standard error.') }),
    collectors: object({
      otlp: object({
        enabled: at(boolean, true, 'Receive OTLP, over HTTP and gRPC.'),
        listen: at(
          string,
          '127.0.0.1:4318',
          'host:port. Any address but loopback needs tokens, and TLS or behindProxy.',
        ),
        tls,
        behindProxy,
        maxRequestBytes: at({ ...count, minimum: 1024 }, 20 * MIB, 'Limit of a request, also after decompression.'),
        maxConnections: at({ ...count, minimum: 1 }, 1024, 'Connections beyond this are closed at once, and counted.'),
        deadlineMs: at(
          { ...count, minimum: 100 },
          10_000,
          'A request not durable by then is answered 503; its retry is recognised.',
        ),
        tokens: object({
          file: at(path, undefined, 'File of lines `tenant sha256-of-token-in-hex`; read again when it changes.'),
          inline: at(secret, undefined, 'The same lines, e.g. from ${WEIR_TOKENS}.'),
        }),
        grpc: object({
          enabled: at(boolean, true, 'Receive OTLP/gRPC too, with the tokens, TLS and limits of OTLP/HTTP.'),
          listen: at(
            string,
            undefined,
            'host:port; left out: port 4317 on the host of OTLP/HTTP where that has its usual port 4318, otherwise none.',
          ),
        }),
      }),
      otlpKafka: object({
        enabled: at(boolean, false, "Read the topics that an OpenTelemetry Collector's Kafka exporter writes."),
        brokers: at(string, undefined, 'Where they are, if not at stream.brokers. Login and TLS are those of stream.'),
        tracesTopic: at({ ...string, minLength: 1 }, 'otlp_spans', 'Topic of spans.'),
        logsTopic: at(string, '', 'Topic of log records; none where empty.'),
        encoding: at(oneOf(['protobuf', 'json']), 'protobuf', "The exporter's encoding: otlp_proto or otlp_json."),
        group: at({ ...string, minLength: 1 }, 'weir', 'Consumer group; its copies share the partitions.'),
        tenant: at({ ...string, minLength: 1 }, 'default', 'Whose data it is: no token comes with a topic.'),
      }),
    }),
    stream: object({
      kind: at(
        oneOf(['inline', 'kafka']),
        'inline',
        "How stages hand over: inside this process, or by Kafka's topics.",
      ),
      maxQueuedBytes: at({ ...count, minimum: MIB }, 128 * MIB, 'Beyond this, collectors answer 503 with Retry-After.'),
      maxQueuedRecords: at({ ...count, minimum: 1 }, 50_000, 'The same, in records.'),
      maxRecordBytes: at(
        { ...count, minimum: 1024, maximum: 64 * MIB },
        16 * MIB,
        'A larger record is refused for good, and its sender told.',
      ),
      maxBatchBytes: at({ ...count, minimum: 1024 }, 24 * MIB, 'A batch is cut at this size ...'),
      maxBatchRecords: at({ ...count, minimum: 1 }, 10_000, '... or at this many records ...'),
      lingerMs: at(count, 20, '... or when this long has passed since its first record.'),
      maxHandedOver: at(
        { ...count, minimum: 1 },
        20_000,
        'inline: signals and findings waiting for the next stage; beyond it they are read again from the store.',
      ),
      brokers: at(string, undefined, 'kafka: some of the brokers, e.g. kafka-1:9092,kafka-2:9092'),
      tls: object({
        enabled: at(boolean, false, 'kafka: speak TLS with the brokers.'),
        ca: at(path, undefined, "kafka: PEM file of the authority; the system's where left out."),
        certificate: at(path, undefined, 'kafka: PEM file of our own certificate ...'),
        key: at(path, undefined, '... and of its key, where brokers ask for one.'),
      }),
      sasl: object({
        mechanism: at(
          oneOf(['plain', 'scram-sha-256', 'scram-sha-512']),
          undefined,
          'kafka: how we log in, if at all.',
        ),
        user: at(string, undefined, 'kafka: as whom.'),
        password: at(secret, undefined, 'kafka: with which password.'),
      }),
      partitions: at(
        { ...count, minimum: 1, maximum: 10_000 },
        12,
        'kafka: of topics that are made; at least as many as copies of a stage are to run.',
      ),
      replicationFactor: at(
        { ...count, minimum: 1, maximum: 16 },
        3,
        'kafka: how many brokers hold each record of topics that are made; 1 where there is one broker.',
      ),
      retentionHours: at(
        { ...count, minimum: 1 },
        72,
        'kafka: how long topics that are made keep a record; no stage may be away for longer.',
      ),
      sessionTimeoutMs: at(
        { ...count, minimum: 1_000 },
        15_000,
        'kafka: a copy that is silent for so long loses its partitions to the others.',
      ),
    }),
    store: object({
      kind: at(
        oneOf(['embedded', 'server']),
        'embedded',
        "ClickHouse's engine in a child process, or a ClickHouse server.",
      ),
      listen: at(string, '127.0.0.1:8123', "embedded: where ClickHouse's HTTP interface listens. Loopback only."),
      memoryMb: at({ ...count, minimum: 256 }, 900, 'embedded: memory the engine may use.'),
      url: at(uri, undefined, 'server: e.g. https://clickhouse:8443'),
      user: at(string, undefined, 'server: a user that may write.'),
      password: at(secret, undefined, 'server: its password.'),
      reader: at(string, undefined, 'server: a user that may only read.'),
      readerPassword: at(secret, undefined, 'server: its password.'),
      database: at({ ...string, pattern: '^[A-Za-z_][A-Za-z0-9_]*$' }, 'weir', 'Database that holds the tables.'),
      fsync: at(boolean, false, 'Survive power loss too, at the cost of a disk sync per insert.'),
      requestTimeoutMs: at(
        { ...count, minimum: 100 },
        30_000,
        'After this an insert has an unknown outcome and is repeated under its token.',
      ),
      retentionDays: at({ ...count, minimum: 1, maximum: 36_500 }, 30, 'Days that interactions and findings are kept.'),
      duplicateWindowHours: at({ ...count, minimum: 24 }, 24, "How far back a sender's retry is recognised."),
    }),
    detectors: object({
      pii: object({ enabled: at(boolean, true, 'Find personal data.') }),
      secrets: object({ enabled: at(boolean, true, 'Find keys, tokens and passwords.') }),
      names: object({
        in: at(
          oneOf(['everything', 'files', 'nothing']),
          'files',
          'Where names of people, places and organisations are looked for: in calls and files, in what `weir scan` and `weir explain` read, or nowhere. It costs more than all other detection.',
        ),
      }),
      longTexts: object({
        from: at(
          { ...count, minimum: 1024 },
          128 * 1024,
          'Characters of a call above which a worker examines it; a quarter of that where names are read in calls.',
        ),
        workers: at(
          { ...count, minimum: 1, maximum: 64 },
          undefined,
          'How many of them; one less than cores where left out, four at most.',
        ),
      }),
      allow: at(array(string), [], 'Values that are never found: own addresses, test cards. In any spelling.'),
      rules: at(array(customRuleSchema), [], 'Detectors of your own: patterns and lists of words.'),
    }),
    policy: object({
      rules: at(
        array(policyRuleSchema),
        [],
        'What is done with hits; of rules that match, the first to say a thing decides it.',
      ),
    }),
    identity: object({
      user: at(
        oneOf(['keyEmail', 'keyAll', 'plain']),
        'keyEmail',
        'How user ids are stored: as keyed token when they are an e-mail address, always, or as given.',
      ),
    }),
    prices: object({
      version: at(string, '', 'Of this table, e.g. the day it was written; stands on every row priced with it.'),
      models: {
        type: 'object',
        additionalProperties: object(
          { input: price, output: price, cachedInput: price, cacheWrite: price },
          ['input', 'output'],
          'US dollars per million tokens; cached and cache-write tokens cost what input does where left out.',
        ),
        description: 'By `provider/model` or `model`, also with * at the end. What is not in it costs: unknown.',
      },
    }),
    sealing: object({
      masterKeys: {
        type: 'object',
        additionalProperties: secret,
        propertyNames: { pattern: '^[A-Za-z0-9_-]{1,32}$' },
        description: 'Key id to 32 bytes in base64 or hex. Empty: a key file is made in the data directory.',
      },
      activeKey: at(
        string,
        undefined,
        'The key id that new data keys are wrapped with. Needed when there are several.',
      ),
      originals: at(oneOf(['findings', 'all', 'none']), 'findings', 'Which interactions keep a sealed original.'),
      originalsRetentionDays: at({ ...count, minimum: 1, maximum: 36_500 }, 7, 'Days that sealed originals are kept.'),
    }),
    telemetry: object({
      enabled: at(boolean, true, "Weir's own metrics and health."),
      listen: at(string, '127.0.0.1:9464', '/metrics, /healthz and /readyz; no content.'),
      otlpEndpoint: at(uri, undefined, "Where to send Weir's own traces, if anywhere."),
    }),
  }),
}
