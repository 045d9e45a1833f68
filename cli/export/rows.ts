import type { AttributeValue, Interaction, Usage } from '../../schemas/interaction.ts'

/* A stored row as what it was before: an interaction as `schemas/interaction.ts` has it. */

type Count = number | null

export interface InteractionRow {
  id: string
  tenant: string
  kind: Interaction['kind']
  received_us: string
  started_us: string
  time_implausible: boolean
  duration_us: string
  trace_id: string
  span_id: string
  parent_span_id: string
  conversation_id: string
  name: string
  operation: string
  service: string
  service_version: string
  service_instance: string
  environment: string
  actor_user: string
  actor_agent: string
  actor_on_behalf_of: string
  actor_token_id: string
  route: string
  provider: string
  requested_model: string
  model: string
  fingerprint: string
  prompt_name: string
  prompt_version: string
  system: string
  input: string
  output: string
  tools: string
  tool_calls: string
  sources: string
  input_tokens: Count
  output_tokens: Count
  cached_input_tokens: Count
  cache_write_tokens: Count
  reasoning_tokens: Count
  cost: number | null
  price_version: string
  finish_reasons: string[]
  error_type: string
  error_message: string
  evaluations: string
  capture_input: Interaction['capture']['input']
  capture_output: Interaction['capture']['output']
  capture_reason: string
  dialect: string
  collector: string
  schema_url: string
  scope: string
  scope_version: string
  decision: string
  decision_rule: string
  decision_reason: string
  attributes: Record<string, AttributeValue>
}

export const INTERACTION_COLUMNS: string = [
  'id, tenant, kind, toString(toUnixTimestamp64Micro(received_at)) AS received_us',
  'toString(toUnixTimestamp64Micro(started_at)) AS started_us, time_implausible, toString(duration_us) AS duration_us',
  'trace_id, span_id, parent_span_id, conversation_id, name, operation',
  'service, service_version, service_instance, environment',
  'actor_user, actor_agent, actor_on_behalf_of, actor_token_id',
  'route, provider, requested_model, model, fingerprint, prompt_name, prompt_version',
  'system, input, output, tools, tool_calls, sources',
  'input_tokens, output_tokens, cached_input_tokens, cache_write_tokens, reasoning_tokens, cost, price_version',
  'finish_reasons, error_type, error_message, evaluations, capture_input, capture_output, capture_reason',
  'dialect, collector, schema_url, scope, scope_version, decision, decision_rule, decision_reason, attributes',
].join(', ')

/** An object of what is there: the store keeps an empty text for what was left out. */
function filled<T extends object>(values: { readonly [K in keyof T]: T[K] | '' | null | undefined }): T {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== '' && value !== null && value !== undefined),
  ) as T
}

const listed = <T>(json: string): T[] => (json === '' ? [] : (JSON.parse(json) as T[]))

export function interactionOf(row: InteractionRow): Interaction {
  const { error_type: type, error_message: message } = row
  return {
    version: 1,
    ...{ id: row.id, tenant: row.tenant, kind: row.kind, traceId: row.trace_id, spanId: row.span_id },
    ...filled<Pick<Interaction, 'parentSpanId' | 'conversationId'>>({
      parentSpanId: row.parent_span_id,
      conversationId: row.conversation_id,
    }),
    ...{ name: row.name, operation: row.operation, startedAt: Number(row.started_us) },
    durationUs: Number(row.duration_us),
    ...(row.time_implausible && { timeImplausible: true as const }),
    service: {
      name: row.service,
      ...filled({ version: row.service_version, instance: row.service_instance, environment: row.environment }),
    },
    actor: filled({
      ...{ user: row.actor_user, agent: row.actor_agent },
      ...{ onBehalfOf: row.actor_on_behalf_of, tokenId: row.actor_token_id },
    }),
    release: filled({
      ...{ route: row.route, provider: row.provider, requestedModel: row.requested_model, model: row.model },
      ...{ fingerprint: row.fingerprint, promptName: row.prompt_name, promptVersion: row.prompt_version },
    }),
    ...{ system: listed(row.system), input: listed(row.input), output: listed(row.output) },
    ...{ tools: listed(row.tools), toolCalls: listed(row.tool_calls), sources: listed(row.sources) },
    usage: usageOf(row),
    ...filled<Pick<Interaction, 'cost' | 'priceVersion'>>({ cost: row.cost, priceVersion: row.price_version }),
    finishReasons: row.finish_reasons,
    ...((type !== '' || message !== '') && { error: { type, ...filled({ message }) } }),
    evaluations: listed(row.evaluations),
    capture: { input: row.capture_input, output: row.capture_output, ...filled({ reason: row.capture_reason }) },
    arrival: {
      ...{ dialect: row.dialect, collector: row.collector, receivedAt: Number(row.received_us) },
      ...filled({ schemaUrl: row.schema_url, scope: row.scope, scopeVersion: row.scope_version }),
    },
    ...(row.decision !== '' && { decision: decisionOf(row) }),
    attributes: row.attributes,
  }
}

function usageOf(row: InteractionRow): Usage {
  return filled({
    ...{ input: row.input_tokens, output: row.output_tokens, cachedInput: row.cached_input_tokens },
    ...{ cacheWrite: row.cache_write_tokens, reasoning: row.reasoning_tokens },
  })
}

const decisionOf = (row: InteractionRow): NonNullable<Interaction['decision']> => ({
  action: row.decision as NonNullable<Interaction['decision']>['action'],
  ...filled({ rule: row.decision_rule, reason: row.decision_reason }),
})
