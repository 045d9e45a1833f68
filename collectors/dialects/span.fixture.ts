import type { Interaction } from '../../schemas/interaction.ts'
import { createNormaliser, type NormaliseContext } from './index.ts'
import type { Attributes, SpanEvent, SpanRecord } from './record.ts'

export const CONTEXT: NormaliseContext = { tenant: 'default', collector: 'test', receivedAt: 1_790_000_100_000_000 }

export function spanOf(attributes: Attributes, more: Partial<SpanRecord> = {}): SpanRecord {
  return {
    kind: 'span',
    context: { resource: {}, scopeName: '', scopeVersion: '', scopeAttributes: {}, schemaUrl: '' },
    traceId: '5b8efff798038103d269b633813fc60c',
    spanId: 'eee19b7ec3c1b174',
    parentSpanId: '',
    name: 'chat',
    spanKind: 0,
    startUs: 1_790_000_000_000_000,
    endUs: 1_790_000_000_500_000,
    statusCode: 0,
    statusMessage: '',
    attributes,
    events: [],
    raw: 'raw',
    ...more,
  }
}

export const eventOf = (name: string, attributes: Attributes = {}): SpanEvent => ({ name, timeUs: 1, attributes })

/** What Weir makes of a span with these attributes; fails when it is ignored. */
export function normalised(attributes: Attributes, more: Partial<SpanRecord> = {}): Interaction {
  const result = createNormaliser()(spanOf({ 'gen_ai.operation.name': 'chat', ...attributes }, more), CONTEXT)
  if ('ignored' in result) throw new Error(`ignored: ${result.ignored}`)
  return result
}
