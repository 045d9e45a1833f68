/** A GenAI chat span as OTLP/JSON, as an exporter sends it. */
export interface ChatSpan {
  traceId: string
  spanId: string
  input?: string
  output?: string
  attributes?: Record<string, string | number>
}

export function otlpRequest(spans: readonly ChatSpan[], service = 'shop'): string {
  const at = BigInt(Date.now()) * 1_000_000n
  return JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: [attribute('service.name', service)] },
        scopeSpans: [{ scope: { name: 'test' }, spans: spans.map((span) => spanOf(span, at)) }],
      },
    ],
  })
}

function spanOf(span: ChatSpan, at: bigint): object {
  const message = (role: string, content: string): string =>
    JSON.stringify([{ role, parts: [{ type: 'text', content }] }])
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    name: 'chat gpt-4o',
    kind: 3,
    startTimeUnixNano: String(at),
    endTimeUnixNano: String(at + 1_000_000n),
    attributes: [
      attribute('gen_ai.operation.name', 'chat'),
      attribute('gen_ai.provider.name', 'openai'),
      attribute('gen_ai.request.model', 'gpt-4o'),
      attribute('gen_ai.response.model', 'gpt-4o-2024-08-06'),
      ...(span.input === undefined ? [] : [attribute('gen_ai.input.messages', message('user', span.input))]),
      ...(span.output === undefined ? [] : [attribute('gen_ai.output.messages', message('assistant', span.output))]),
      ...Object.entries(span.attributes ?? {}).map(([key, value]) => attribute(key, value)),
    ],
    status: {},
  }
}

function attribute(key: string, value: string | number): object {
  return { key, value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value } }
}

export async function sendOtlp(otlp: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${otlp}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })
}
