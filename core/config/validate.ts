import type { Config } from '../../schemas/config.ts'
import type { ErrorCode } from '../errors.ts'
import { decodeKey } from '../sealing/masterkeys.ts'
import { checkListen, grpcListen, isLoopback, LISTEN_FORM, readListen } from './listen.ts'

/** What no single key can tell: rules between keys, and the content of addresses and keys. */
export interface CrossProblem {
  readonly path: readonly string[]
  readonly message: string
  readonly code: ErrorCode
}

type Report = (path: string, message: string, code?: ErrorCode) => void

const hasText = (value: string | undefined): boolean => value !== undefined && value.trim() !== ''

export const hasTokens = (config: Config): boolean =>
  hasText(config.collectors.otlp.tokens.file) || hasText(config.collectors.otlp.tokens.inline)

function validateListeners(config: Config, report: Report): void {
  const { otlp } = config.collectors
  const listeners: [path: string, listen: string][] = []
  if (otlp.enabled) listeners.push(['collectors.otlp.listen', otlp.listen])
  const grpc = otlp.enabled ? grpcListen(otlp) : undefined
  if (grpc !== undefined) listeners.push(['collectors.otlp.grpc.listen', grpc])
  if (config.store.kind === 'embedded') listeners.push(['store.listen', config.store.listen])
  if (config.telemetry.enabled) listeners.push(['telemetry.listen', config.telemetry.listen])
  const ports = new Map<number, string>()
  for (const [path, listen] of listeners) {
    const address = readListen(listen)
    if (address === undefined) {
      report(path, `must be ${LISTEN_FORM}`)
      continue
    }
    const taken = address.port === 0 ? undefined : ports.get(address.port)
    if (taken !== undefined) report(path, `has the port of ${taken}; each listener needs its own`)
    ports.set(address.port, path)
    if (path === 'store.listen' && !isLoopback(address.host)) {
      report(path, 'must be a loopback address, e.g. 127.0.0.1:8123', 'WEIR_LISTEN_UNSAFE')
    }
    if (path.startsWith('collectors.otlp.')) {
      for (const message of checkListen({ ...otlp, listen }, hasTokens(config)))
        report(path, `is unsafe: ${message}`, 'WEIR_LISTEN_UNSAFE')
    }
  }
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

function validateStore(config: Config, report: Report): void {
  const { store, sealing } = config
  if (store.kind === 'embedded') {
    // Whoever sets an address and forgets the kind would otherwise store everything somewhere else.
    if (store.url !== undefined) report('store.url', 'is only used with store.kind: server')
    return
  }
  if (store.url === undefined) report('store.url', 'is needed with store.kind: server, e.g. https://clickhouse:8443')
  else if (!isWebAddress(store.url)) report('store.url', 'must be an http:// or https:// address')
  if (Object.keys(sealing.masterKeys).length === 0) {
    report(
      'sealing.masterKeys',
      'is needed with store.kind: server, because what is sealed outlives this machine; ' +
        'make a key with: openssl rand -base64 32',
      'WEIR_MASTER_KEY',
    )
  }
}

function validateOtlpKafka({ collectors, stream }: Config, report: Report): void {
  const { enabled, brokers, tracesTopic, logsTopic } = collectors.otlpKafka
  if (!enabled) return
  if (brokersOf(brokers ?? stream.brokers).length === 0)
    report('collectors.otlpKafka.brokers', 'is needed, because stream.brokers is not set either')
  for (const [key, topic] of Object.entries({ tracesTopic, logsTopic }))
    if (topic.startsWith('weir.')) report(`collectors.otlpKafka.${key}`, "is one of Weir's own topics")
  if (tracesTopic === logsTopic) report('collectors.otlpKafka.logsTopic', 'must not be the topic of spans')
}

function validateStream({ stream, sealing }: Config, report: Report): void {
  if (stream.maxRecordBytes > stream.maxQueuedBytes) {
    report('stream.maxRecordBytes', 'must not be more than stream.maxQueuedBytes: such a record could never be taken')
  }
  if (stream.kind === 'inline') {
    if (hasText(stream.brokers)) report('stream.brokers', 'is only used with stream.kind: kafka')
    return
  }
  const brokers = brokersOf(stream.brokers)
  if (brokers.length === 0)
    report('stream.brokers', 'is needed with stream.kind: kafka, e.g. kafka-1:9092,kafka-2:9092')
  for (const broker of brokers)
    if (readListen(broker) === undefined) report('stream.brokers', 'must be host:port, with commas between several')
  const { mechanism, user, password } = stream.sasl
  if (mechanism !== undefined && (!hasText(user) || !hasText(password)))
    report('stream.sasl', 'needs user and password with a mechanism')
  if (mechanism === undefined && (hasText(user) || hasText(password)))
    report('stream.sasl.mechanism', 'must say how user and password are used: plain, scram-sha-256 or scram-sha-512')
  const { certificate, key } = stream.tls
  if ((certificate === undefined) !== (key === undefined)) report('stream.tls', 'needs certificate and key together')
  if (Object.keys(sealing.masterKeys).length === 0) {
    report(
      'sealing.masterKeys',
      'is needed with stream.kind: kafka, because every process opens what others sealed; ' +
        'make a key with: openssl rand -base64 32',
      'WEIR_MASTER_KEY',
    )
  }
}

/** The brokers of a list with commas. */
export const brokersOf = (text = ''): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')

function validateSealing(config: Config, report: Report): void {
  const { masterKeys, activeKey } = config.sealing
  const ids = Object.keys(masterKeys)
  for (const id of ids) {
    if (decodeKey(masterKeys[id] ?? '') !== undefined) continue
    report(`sealing.masterKeys.${id}`, 'must be 32 bytes in base64 or hex, e.g. from: openssl rand -base64 32')
  }
  if (activeKey === undefined) {
    if (ids.length > 1) report('sealing.activeKey', `must say which key wraps new data keys: ${ids.join(', ')}`)
  } else if (!ids.includes(activeKey)) {
    report('sealing.activeKey', `must be one of sealing.masterKeys (${ids.join(', ') || 'which has none'})`)
  }
}

function validateTelemetry({ telemetry, collectors }: Config, report: Report): void {
  const { otlpEndpoint } = telemetry
  if (otlpEndpoint === undefined) return
  if (!isWebAddress(otlpEndpoint)) {
    report('telemetry.otlpEndpoint', 'must be an http:// or https:// address')
    return
  }
  const { hostname, port, protocol } = new URL(otlpEndpoint)
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  const own = readListen(collectors.otlp.listen)
  const samePort = Number(port || (protocol === 'https:' ? 443 : 80)) === own?.port
  if (collectors.otlp.enabled && samePort && (isLoopback(host) || host === own?.host)) {
    report('telemetry.otlpEndpoint', "is Weir's own collector; Weir does not watch itself")
  }
}

function validatePrices({ prices }: Config, report: Report): void {
  if (Object.keys(prices.models).length > 0 && !hasText(prices.version))
    report('prices.version', 'is needed with prices.models: rows say which version they were priced with')
}

/** All rules between keys, in one place. */
export function validate(config: Config): CrossProblem[] {
  const problems: CrossProblem[] = []
  const report: Report = (path, message, code = 'WEIR_CONFIG_INVALID') => {
    problems.push({ path: path.split('.'), message, code })
  }
  validateListeners(config, report)
  validateStore(config, report)
  validateSealing(config, report)
  validateStream(config, report)
  validateOtlpKafka(config, report)
  validateTelemetry(config, report)
  validatePrices(config, report)
  return problems
}
