import protobuf from 'protobufjs'
import { OTLP_PROTO } from '../../collectors/dialects/wire/otlp.fixture.ts'
import type { Captured } from './recorder.ts'

/*
 * What an exporter sent, read without any of Weir's code: by protobufjs or JSON.parse, and flattened to the texts and numbers
 * that stand in it, wherever that is.
 */

export interface SentRecord {
  readonly kind: 'span' | 'log'
  readonly traceId: string
  readonly spanId: string
  readonly startMs: number
  readonly scope: string
  readonly name: string
  /** Every text in it, one after the other. */
  readonly text: string
  readonly numbers: ReadonlySet<number>
  readonly failed: boolean
  /** What it says it is about: `chat`, `invoke_agent`. Empty when it does not. */
  readonly operation: string
  readonly service: string
}

const root = protobuf.parse(OTLP_PROTO, { keepCase: false }).root
const TYPES = {
  traces: root.lookupType('otlp.ExportTraceServiceRequest'),
  logs: root.lookupType('otlp.ExportLogsServiceRequest'),
}

export type Node = { readonly [key: string]: unknown }
const list = (value: unknown): Node[] => (Array.isArray(value) ? (value as Node[]) : [])

/** An export as OTLP/JSON says it, ids as hex: also what a golden case begins with. */
export function readExport({ signal, encoding, body }: Captured): Node {
  if (encoding === 'json') return JSON.parse(body.toString('utf8')) as Node
  const type = TYPES[signal]
  return hexed(type.toObject(type.decode(body), { longs: String })) as Node
}

function hexed(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return Buffer.from(value as Uint8Array).toString('hex')
  if (Array.isArray(value)) return value.map(hexed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hexed(inner)]))
}

export function recordsIn(captured: readonly Captured[]): SentRecord[] {
  return captured.flatMap((one) => {
    const request = readExport(one)
    return list(request['resourceSpans'] ?? request['resourceLogs']).flatMap((resource) => {
      const service = attributeOf(resource['resource'] as Node | undefined, 'service.name')
      return list(resource['scopeSpans'] ?? resource['scopeLogs']).flatMap((scope) => {
        const from = { service, scope: textIn(scope['scope'] as Node | undefined, 'name') }
        return list(scope['spans'] ?? scope['logRecords']).map((record) => flatten(one.signal, from, record))
      })
    })
  })
}

function textIn(node: Node | undefined, key: string): string {
  const value = node?.[key]
  return typeof value === 'string' ? value : ''
}

function attributeOf(node: Node | undefined, key: string): string {
  const found = list(node?.['attributes']).find((attribute) => attribute['key'] === key)
  return textIn(found?.['value'] as Node | undefined, 'stringValue')
}

function flatten(signal: 'traces' | 'logs', from: { service: string; scope: string }, record: Node): SentRecord {
  const texts: string[] = []
  const numbers = new Set<number>()
  const gather = (value: unknown): void => {
    if (typeof value === 'string') {
      texts.push(value)
      for (const digits of value.match(/\d{4,9}/g) ?? []) numbers.add(Number(digits))
    } else if (typeof value === 'number') numbers.add(value)
    else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value))
      Object.values(value).forEach(gather)
  }
  const { traceId: _trace, spanId: _span, parentSpanId: _parent, ...rest } = record
  gather(rest)
  const status = (record['status'] as Node | undefined)?.['code']
  return {
    kind: signal === 'traces' ? 'span' : 'log',
    traceId: textIn(record, 'traceId'),
    spanId: textIn(record, 'spanId'),
    startMs: Number(record['startTimeUnixNano'] ?? record['timeUnixNano'] ?? record['observedTimeUnixNano'] ?? 0) / 1e6,
    ...from,
    operation: attributeOf(record, 'gen_ai.operation.name'),
    name: textIn(record, 'name') || textIn(record, 'eventName'),
    text: texts.join('\n'),
    numbers,
    failed: status === 2 || status === 'STATUS_CODE_ERROR' || /^(exception|error\.type|ERROR)$/m.test(texts.join('\n')),
  }
}
