import { hash } from 'node:crypto'
import type { Interaction, Message, Part } from '../../schemas/interaction.ts'

/*
 * Interactions as one OTLP/JSON request, in the newest GenAI conventions: what any Collector reads. Only what these have a
 * name for; Weir's own words (capture, decision, dialect) stay behind.
 */

type Value =
  | { stringValue: string }
  | { intValue: string }
  | { doubleValue: number }
  | { boolValue: boolean }
  | { arrayValue: { values: Value[] } }
type Attribute = { key: string; value: Value }

const SPAN_KINDS = ['', 'internal', 'server', 'client', 'producer', 'consumer']
const CLIENT = 3
const STATUS_ERROR = 2

export function requestOf(interactions: readonly Interaction[]): object {
  const groups = new Map<string, Interaction[]>()
  for (const interaction of interactions) {
    const { service, arrival } = interaction
    const key = JSON.stringify([service, arrival.scope, arrival.scopeVersion, arrival.schemaUrl])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [interaction])
    else group.push(interaction)
  }
  return { resourceSpans: [...groups.values()].map(resourceOf) }
}

function resourceOf(group: readonly Interaction[]): object {
  const { service, arrival } = group[0]!
  const { scope: name = 'weir', scopeVersion: version, schemaUrl } = arrival
  const resource = {
    'service.name': service.name,
    'service.version': service.version,
    'service.instance.id': service.instance,
    'deployment.environment.name': service.environment,
  }
  return {
    resource: { attributes: attributesOf(resource) },
    scopeSpans: [
      { scope: { name, ...(version && { version }) }, ...(schemaUrl && { schemaUrl }), spans: group.map(spanOf) },
    ],
  }
}

function spanOf(interaction: Interaction): object {
  const { id, parentSpanId, startedAt, durationUs, error, attributes, evaluations } = interaction
  const { 'span.kind': kind = '', 'span.status_message': _message, ...others } = attributes
  const own = attributesOf(conventional(interaction))
  const taken = new Set(own.map(({ key }) => key))
  return {
    // A log record may have come without a trace; OTLP has no span without one.
    traceId: interaction.traceId || id,
    spanId: interaction.spanId || hash('sha256', id, 'hex').slice(0, 16),
    ...(parentSpanId !== undefined && { parentSpanId }),
    name: interaction.name,
    kind: Math.max(SPAN_KINDS.indexOf(String(kind)), 0) || CLIENT,
    startTimeUnixNano: nanoseconds(startedAt),
    endTimeUnixNano: nanoseconds(startedAt + durationUs),
    attributes: [...own, ...attributesOf(others).filter(({ key }) => !taken.has(key))],
    events: evaluations.map((evaluation) => ({
      name: 'gen_ai.evaluation.result',
      timeUnixNano: nanoseconds(startedAt + durationUs),
      attributes: attributesOf({
        'gen_ai.evaluation.name': evaluation.name,
        'gen_ai.evaluation.score.value': evaluation.score,
        'gen_ai.evaluation.score.label': evaluation.label,
        'gen_ai.evaluation.explanation': evaluation.explanation,
      }),
    })),
    status: error === undefined ? {} : { code: STATUS_ERROR, ...(error.message && { message: error.message }) },
  }
}

const nanoseconds = (us: number): string => `${us}000`

function conventional(interaction: Interaction): Record<string, string | number | readonly unknown[] | undefined> {
  const { release, actor, usage, error, toolCalls } = interaction
  const own = interaction.operation === 'execute_tool' ? toolCalls[0] : undefined
  return {
    'gen_ai.operation.name': interaction.operation,
    'gen_ai.provider.name': release.provider,
    'gen_ai.request.model': release.requestedModel,
    'gen_ai.response.model': release.model,
    'gen_ai.response.finish_reasons': interaction.finishReasons,
    'openai.response.system_fingerprint': release.fingerprint,
    'gen_ai.prompt.name': release.promptName,
    'gen_ai.prompt.version': release.promptVersion,
    'weir.route': release.route,
    'gen_ai.conversation.id': interaction.conversationId,
    'user.id': actor.user,
    'gen_ai.agent.id': actor.agent,
    'weir.on_behalf_of': actor.onBehalfOf,
    'gen_ai.usage.input_tokens': usage.input,
    'gen_ai.usage.output_tokens': usage.output,
    'gen_ai.usage.cache_read.input_tokens': usage.cachedInput,
    'gen_ai.usage.cache_write.input_tokens': usage.cacheWrite,
    'gen_ai.usage.reasoning.output_tokens': usage.reasoning,
    'gen_ai.system_instructions': json(interaction.system.flatMap(({ parts }) => parts.map(partOf))),
    'gen_ai.input.messages': json(interaction.input.map(messageOf)),
    'gen_ai.output.messages': json(interaction.output.map(messageOf)),
    'gen_ai.tool.definitions': json(
      interaction.tools.map(({ parameters, ...tool }) => ({
        ...tool,
        ...(parameters && { parameters: parsed(parameters) }),
      })),
    ),
    'gen_ai.retrieval.documents': json(
      interaction.sources.map(({ contentHash, ...source }) => ({
        ...source,
        ...(contentHash && { content_hash: contentHash }),
      })),
    ),
    'gen_ai.tool.name': own?.name,
    'gen_ai.tool.call.id': own?.id,
    'gen_ai.tool.type': own?.type,
    'gen_ai.tool.call.arguments': own?.arguments,
    'gen_ai.tool.call.result': own?.result,
    'error.type': error?.type,
  }
}

const json = (list: readonly unknown[]): string | undefined => (list.length === 0 ? undefined : JSON.stringify(list))

/** What was JSON once is so again; masked, it may not be. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const messageOf = ({ role, name, finishReason, parts }: Message): object => ({
  role,
  ...(name !== undefined && { name }),
  ...(finishReason !== undefined && { finish_reason: finishReason }),
  parts: parts.map(partOf),
})

function partOf({ type, content, id, name, modality, mimeType }: Part): object {
  const named = { ...(id !== undefined && { id }), ...(name !== undefined && { name }) }
  if (type === 'tool_call') return { type, ...named, arguments: content }
  if (type === 'tool_response') return { type: 'tool_call_response', ...named, response: content }
  if (type === 'media')
    return { type: 'uri', ...(modality && { modality }), ...(mimeType && { mime_type: mimeType }), uri: content }
  if (type === 'other') return { type: name ?? 'other', content }
  return { type, content }
}

function attributesOf(values: Record<string, unknown>): Attribute[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const isEmpty = value === undefined || (Array.isArray(value) && value.length === 0)
    return isEmpty ? [] : [{ key, value: valueOf(value) }]
  })
}

function valueOf(value: unknown): Value {
  if (Array.isArray(value)) return { arrayValue: { values: value.map(valueOf) } }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'number')
    return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value }
  return { stringValue: String(value) }
}
