import { array, boolean, count, number, object, oneOf, string, type JsonSchema } from './jsonschema.ts'

/**
 * One call: to a model, a tool, a retriever, an embedder. Immutable, and the same whatever convention it arrived in.
 * Times are whole microseconds since 1970 (exact in a double until the year 2255).
 */
export interface Interaction {
  version: 1
  /** Hash of tenant, trace, span, record kind and the decoded record before normalising: equal for a sender's retry. 32 hex digits. */
  id: string
  tenant: string
  /** What kind of record it came as. */
  kind: 'span' | 'log'
  traceId: string
  spanId: string
  parentSpanId?: string
  conversationId?: string
  /** The span's own name, as sent. */
  name: string
  operation: string
  startedAt: number
  durationUs: number
  /** The sender's clock cannot be right: before 2015 or more than a day ahead of receipt. */
  timeImplausible?: true
  service: Service
  actor: Actor
  release: Release
  system: Message[]
  input: Message[]
  output: Message[]
  tools: ToolOffered[]
  toolCalls: ToolCall[]
  sources: SourceUse[]
  usage: Usage
  /** In US dollars; absent when no price is known. */
  cost?: number
  /** Of the price table that `cost` was computed with. */
  priceVersion?: string
  finishReasons: string[]
  error?: CallError
  evaluations: Evaluation[]
  capture: Capture
  arrival: Arrival
  decision?: Decision
  /** Original attributes that no field took. Structured values are JSON text. */
  attributes: Record<string, AttributeValue>
}

export type AttributeValue = string | number | boolean

export interface Service {
  name: string
  version?: string
  instance?: string
  environment?: string
}

/** Both the human and the machine identity. Stored as given or as keyed token, by configuration. */
export interface Actor {
  user?: string
  agent?: string
  onBehalfOf?: string
  tokenId?: string
}

/** What actually answered. */
export interface Release {
  route?: string
  provider?: string
  requestedModel?: string
  model?: string
  fingerprint?: string
  promptName?: string
  promptVersion?: string
}

export interface Message {
  role: string
  name?: string
  finishReason?: string
  parts: Part[]
}

/** `content` is the part's text whatever its type: prose, reasoning, a tool call's arguments, a tool's response, a uri. */
export interface Part {
  type: 'text' | 'reasoning' | 'tool_call' | 'tool_response' | 'media' | 'other'
  content: string
  /** Tool call id. */
  id?: string
  /** Tool name, or the producer's own type of an `other` part. */
  name?: string
  modality?: string
  mimeType?: string
}

export interface ToolOffered {
  name: string
  type?: string
  description?: string
  /** JSON text of the parameter schema. */
  parameters?: string
}

/** `arguments` and `result` only where the interaction is the tool's own call; a model's request for it stands in `output`. */
export interface ToolCall {
  name: string
  id?: string
  type?: string
  arguments?: string
  result?: string
}

export interface SourceUse {
  id?: string
  uri?: string
  score?: number
  contentHash?: string
  content?: string
}

/** Inclusive totals: input holds cached and cache-write tokens, output holds reasoning tokens. Absent = not told. */
export interface Usage {
  input?: number
  output?: number
  cachedInput?: number
  cacheWrite?: number
  reasoning?: number
}

export interface CallError {
  type: string
  message?: string
}

export interface Evaluation {
  name: string
  score?: number
  label?: string
  explanation?: string
}

export type CaptureState = 'full' | 'masked' | 'absent' | 'withheld'

export interface Capture {
  input: CaptureState
  output: CaptureState
  /** Why text is absent or withheld, with the line that would bring it where Weir knows it. */
  reason?: string
}

export interface Arrival {
  dialect: string
  collector: string
  receivedAt: number
  schemaUrl?: string
  scope?: string
  scopeVersion?: string
  /** It was exported by a Weir and imported here: the marks in its texts are a Weir's own. Not stored. */
  imported?: true
}

/** What was done inline, by the gateway. */
export interface Decision {
  action: 'allow' | 'mask' | 'block' | 'hold'
  rule?: string
  reason?: string
}

const message = object(
  {
    role: string,
    name: string,
    finishReason: string,
    parts: array(
      object(
        {
          type: oneOf(['text', 'reasoning', 'tool_call', 'tool_response', 'media', 'other']),
          content: string,
          id: string,
          name: string,
          modality: string,
          mimeType: string,
        },
        ['type', 'content'],
      ),
    ),
  },
  ['role', 'parts'],
)
const captureState = oneOf(['full', 'masked', 'absent', 'withheld'])

export const interactionSchema: JsonSchema = {
  $id: 'https://weir.dev/schemas/interaction/1',
  title: 'Interaction',
  description: 'One call to a model, a tool, a retriever or an embedder.',
  ...object(
    {
      version: { const: 1 },
      id: { type: 'string', pattern: '^[0-9a-f]{32}$' },
      tenant: { type: 'string', minLength: 1 },
      kind: oneOf(['span', 'log']),
      traceId: { type: 'string', pattern: '^([0-9a-f]{32})?$' },
      spanId: { type: 'string', pattern: '^([0-9a-f]{16})?$' },
      parentSpanId: { type: 'string', pattern: '^[0-9a-f]{16}$' },
      conversationId: string,
      name: string,
      operation: { type: 'string', minLength: 1 },
      startedAt: { type: 'integer' },
      durationUs: count,
      timeImplausible: { const: true },
      service: object({ name: string, version: string, instance: string, environment: string }, ['name']),
      actor: object({ user: string, agent: string, onBehalfOf: string, tokenId: string }),
      release: object({
        route: string,
        provider: string,
        requestedModel: string,
        model: string,
        fingerprint: string,
        promptName: string,
        promptVersion: string,
      }),
      system: array(message),
      input: array(message),
      output: array(message),
      tools: array(object({ name: string, type: string, description: string, parameters: string }, ['name'])),
      toolCalls: array(object({ name: string, id: string, type: string, arguments: string, result: string }, ['name'])),
      sources: array(object({ id: string, uri: string, score: number, contentHash: string, content: string })),
      usage: object({ input: count, output: count, cachedInput: count, cacheWrite: count, reasoning: count }),
      cost: { type: 'number', minimum: 0 },
      priceVersion: string,
      finishReasons: array(string),
      error: object({ type: string, message: string }, ['type']),
      evaluations: array(object({ name: string, score: number, label: string, explanation: string }, ['name'])),
      capture: object({ input: captureState, output: captureState, reason: string }, ['input', 'output']),
      arrival: object(
        {
          dialect: string,
          collector: string,
          receivedAt: { type: 'integer' },
          schemaUrl: string,
          scope: string,
          scopeVersion: string,
          imported: { const: true },
        },
        ['dialect', 'collector', 'receivedAt'],
      ),
      decision: object({ action: oneOf(['allow', 'mask', 'block', 'hold']), rule: string, reason: string }, ['action']),
      attributes: { type: 'object', additionalProperties: { anyOf: [string, number, boolean] } },
    },
    [
      'version',
      'id',
      'tenant',
      'kind',
      'traceId',
      'spanId',
      'name',
      'operation',
      'startedAt',
      'durationUs',
      'service',
      'actor',
      'release',
      'system',
      'input',
      'output',
      'tools',
      'toolCalls',
      'sources',
      'usage',
      'finishReasons',
      'evaluations',
      'capture',
      'arrival',
      'attributes',
    ],
  ),
}
