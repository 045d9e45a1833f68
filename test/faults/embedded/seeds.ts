import type { Sent, SentAttributes, SpanToSend, TraceRequest } from '../../support/otlp-encode.ts'

/*
 * A planted value in every place of an OTLP trace request where a string can stand. One span plants one place, so that a
 * value found at rest names, by the text around it, where it slipped through.
 */

/** What a span plants: parts of itself, of its resource and of its scope. */
export interface Planted {
  span?: Partial<SpanToSend>
  resource?: SentAttributes
  scope?: Partial<TraceRequest['scope']>
  schemaUrl?: string
}

/** Given a value, where to plant it. */
type Place = (value: string) => Planted

const attribute =
  (key: string, shape: (value: string) => Sent = (value) => value): Place =>
  (value) => ({ span: { attributes: { [key]: shape(value) } } })

const event =
  (name: string, attributes: (value: string) => SentAttributes): Place =>
  (value) => ({ span: { events: [{ name, attributes: attributes(value) }] } })

const resource =
  (key: string): Place =>
  (value) => ({ resource: { [key]: value } })

const json = (value: unknown): string => JSON.stringify(value)

/** A message as the conventions write it, with one thing about it changed. */
const message =
  (change: (value: string) => object): ((value: string) => string) =>
  (value) =>
    json([{ role: 'user', parts: [{ type: 'text', content: 'hello' }], ...change(value) }])

const part = (change: (value: string) => object): ((value: string) => string) =>
  message((value) => ({ parts: [change(value)] }))

const escaped = (value: string): string => value.replace('@', '\\u0040')

const IN_MESSAGES: Readonly<Record<string, (value: string) => string>> = {
  text: part((content) => ({ type: 'text', content })),
  reasoning: part((content) => ({ type: 'reasoning', content })),
  'call arguments': part((to) => ({ type: 'tool_call', id: 'c1', name: 'send', arguments: { to } })),
  'call id': part((id) => ({ type: 'tool_call', id, name: 'send', arguments: '{}' })),
  'call name': part((name) => ({ type: 'tool_call', id: 'c1', name, arguments: '{}' })),
  'tool response': part((response) => ({ type: 'tool_call_response', id: 'c1', response })),
  uri: part((value) => ({
    type: 'uri',
    modality: 'image',
    mime_type: 'image/png',
    uri: `https://cdn.test/?for=${value}`,
  })),
  'mime type': part((mime_type) => ({ type: 'uri', modality: 'image', mime_type, uri: 'https://cdn.test/a' })),
  'part of another type': part((note) => ({ type: 'sticker', note })),
  'name of another type': part((type) => ({ type, note: 'x' })),
  'extra field of a part': part((note) => ({ type: 'text', content: 'hello', note })),
  'name of an extra field': part((key) => ({ type: 'text', content: 'hello', [key]: 'note' })),
  role: message((role) => ({ role })),
  name: message((name) => ({ name })),
  'finish reason': message((finish_reason) => ({ finish_reason })),
  'extra field': message((note) => ({ note })),
  'native content': (content) => json([{ role: 'user', content }]),
  'native tool calls': (to) =>
    json([
      {
        role: 'assistant',
        tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: json({ to }) } }],
      },
    ]),
  'plain text': (value) => value,
  'broken json': (value) => `[{"role":"user","parts":[{"content":"${value}"`,
  'escaped in json': (value) => `[{"role":"user","parts":[{"type":"text","content":"to ${escaped(value)} now"}]}]`,
}

const MESSAGE_KEYS = ['gen_ai.system_instructions', 'gen_ai.input.messages', 'gen_ai.output.messages']

const PLAIN_KEYS = [
  ...[
    'gen_ai.operation.name',
    'gen_ai.provider.name',
    'gen_ai.system',
    'gen_ai.request.model',
    'gen_ai.response.model',
  ],
  ...['gen_ai.response.id', 'openai.response.system_fingerprint', 'gen_ai.prompt.name', 'gen_ai.prompt.version'],
  ...['gen_ai.conversation.id', 'session.id', 'user.id', 'enduser.id', 'gen_ai.agent.id', 'gen_ai.agent.name'],
  ...['gen_ai.data_source.id', 'gen_ai.retrieval.query.text', 'gen_ai.response.finish_reasons', 'error.type'],
  ...['error.message', 'mcp.resource.uri', 'mcp.method.name', 'weir.route', 'gen_ai.prompt', 'gen_ai.completion'],
  ...[
    'gen_ai.prompt.0.content',
    'gen_ai.completion.0.content',
    'gen_ai.request.stop_sequences',
    'user.email',
    'url.full',
  ],
]

const TOOL_KEYS = ['name', 'call.id', 'type', 'call.arguments', 'call.result', 'description'].map(
  (key) => `gen_ai.tool.${key}`,
)

const DOCUMENT_FIELDS = ['id', 'uri', 'content', 'content_hash', 'note']
const TOOL_FIELDS = ['name', 'type', 'description', 'note']

const tool = (attributes: (value: string) => SentAttributes): Place => {
  return (value) => ({ span: { attributes: { 'gen_ai.operation.name': 'execute_tool', ...attributes(value) } } })
}

const OTHERS: Readonly<Record<string, Place>> = {
  'span name': (name) => ({ span: { name } }),
  'span name of a tool': (value) => ({
    span: { name: `execute_tool ${value}`, attributes: { 'gen_ai.operation.name': 'execute_tool' } },
  }),
  'trace state': (traceState) => ({ span: { traceState } }),
  'error status': (text) => ({ span: { status: { code: 2, message: text } } }),
  'status without error': (text) => ({ span: { status: { code: 1, message: text } } }),
  'attribute key': (value) => ({ span: { attributes: { [value]: 'x' } } }),
  'attribute key and value': (value) => ({ span: { attributes: { [`key ${value}`]: value } } }),
  'attribute array': attribute('app.list', (value) => ['a', value]),
  'attribute map value': attribute('app.map', (value) => ({ deep: { deeper: value } })),
  'attribute map key': attribute('app.map', (value) => ({ [value]: { deeper: 1 } })),
  'attribute number': (value) => ({ span: { attributes: { 'app.number': Number(/\d{16}/.exec(value)?.[0] ?? 7) } } }),
  link: (value) => ({ span: { links: [{ traceState: value, attributes: { 'link.note': value, [value]: 'x' } }] } }),
  'event name': (name) => ({ span: { events: [{ name, attributes: {} }] } }),
  'event key': event('app.event', (value) => ({ [value]: 'x' })),
  'event value': event('app.event', (value) => ({ note: value })),
  exception: (value) => ({
    span: {
      status: { code: 2, message: 'failed' },
      events: [
        {
          name: 'exception',
          attributes: {
            'exception.type': `errors/${value}`,
            'exception.message': value,
            'exception.stacktrace': `at ${value}`,
          },
        },
      ],
    },
  }),
  evaluation: event('gen_ai.evaluation.result', (value) => ({
    'gen_ai.evaluation.name': value,
    'gen_ai.evaluation.score.label': value,
    'gen_ai.evaluation.explanation': value,
  })),
  'older user message': event('gen_ai.user.message', (value) => ({ 'gen_ai.system': 'openai', content: value })),
  'older choice': event('gen_ai.choice', (value) => ({ 'gen_ai.system': 'openai', message: json({ content: value }) })),
  'older prompt': event('gen_ai.content.prompt', (value) => ({
    'gen_ai.prompt': json([{ role: 'user', content: value }]),
  })),
  details: event('gen_ai.client.inference.operation.details', (value) => ({
    'gen_ai.input.messages': IN_MESSAGES['text']!(value),
    'gen_ai.prompt.name': value,
  })),
  'resource key': (value) => ({ resource: { [value]: 'x' } }),
  'scope name': (name) => ({ scope: { name } }),
  'scope version': (version) => ({ scope: { version } }),
  'scope key': (value) => ({ scope: { attributes: { [value]: 'x' } } }),
  'scope value': (value) => ({ scope: { attributes: { note: value } } }),
  'schema url': (value) => ({ schemaUrl: `https://schemas.test/${value}` }),
  'tool definition parameters': attribute('gen_ai.tool.definitions', (value) =>
    json([{ type: 'function', name: 'f', parameters: { properties: { to: { default: value } } } }]),
  ),
  'tool definitions that are none': attribute('gen_ai.tool.definitions', (value) => json([value, 7])),
  'documents that are none': attribute('gen_ai.retrieval.documents', (value) => json([value])),
}

const RESOURCE_KEYS = [
  ...[
    'service.name',
    'service.version',
    'service.instance.id',
    'deployment.environment.name',
    'weir.route',
    'host.name',
  ],
  'process.command_line',
]

export const PLACES: Readonly<Record<string, Place>> = {
  ...OTHERS,
  ...Object.fromEntries(PLAIN_KEYS.map((key) => [key, attribute(key)])),
  ...Object.fromEntries(TOOL_KEYS.map((key) => [key, tool((value) => ({ [key]: value }))])),
  ...Object.fromEntries(RESOURCE_KEYS.map((key) => [`resource ${key}`, resource(key)])),
  ...Object.fromEntries(
    DOCUMENT_FIELDS.map((field) => [
      `document ${field}`,
      attribute('gen_ai.retrieval.documents', (value) => json([{ id: 'd', [field]: value }])),
    ]),
  ),
  ...Object.fromEntries(
    TOOL_FIELDS.map((field) => [
      `tool definition ${field}`,
      attribute('gen_ai.tool.definitions', (value) => json([{ name: 'f', [field]: value }])),
    ]),
  ),
  ...Object.fromEntries(
    MESSAGE_KEYS.flatMap((key) =>
      Object.entries(IN_MESSAGES).map(([what, shape]) => [`${key}: ${what}`, attribute(key, shape)]),
    ),
  ),
}
