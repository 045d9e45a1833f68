import type { Interaction, Message } from '../../schemas/interaction.ts'

const messages = (direction: string): Message[] =>
  [0, 1].map((message) => ({
    role: `${direction}.${message}.role`,
    name: `${direction}.${message}.name`,
    finishReason: `${direction}.${message}.finishReason`,
    parts: [0, 1, 2].map((part) => {
      const at = `${direction}.${message}.${part}`
      return {
        type: 'text' as const,
        content: `${at}.content`,
        id: `${at}.id`,
        name: `${at}.name`,
        modality: `${at}.modality`,
        mimeType: `${at}.mimeType`,
      }
    }),
  }))

/** An interaction with every field set, each string to a text of its own. */
export function fullInteraction(over: Partial<Interaction> = {}): Interaction {
  return {
    version: 1,
    id: 'a'.repeat(32),
    tenant: 'default',
    kind: 'span',
    traceId: 'b'.repeat(32),
    spanId: 'c'.repeat(16),
    parentSpanId: 'd'.repeat(16),
    conversationId: 'conversationId',
    name: 'the name',
    operation: 'operation',
    startedAt: 1_700_000_000_000_000,
    durationUs: 5,
    service: {
      name: 'service.name',
      version: 'service.version',
      instance: 'service.instance',
      environment: 'service.env',
    },
    actor: { user: 'actor.user', agent: 'actor.agent', onBehalfOf: 'actor.onBehalfOf', tokenId: 'actor.tokenId' },
    release: {
      route: 'release.route',
      provider: 'release.provider',
      requestedModel: 'release.requestedModel',
      model: 'release.model',
      fingerprint: 'release.fingerprint',
      promptName: 'release.promptName',
      promptVersion: 'release.promptVersion',
    },
    system: messages('system'),
    input: messages('input'),
    output: messages('output'),
    tools: [
      { name: 'tools.name', type: 'tools.type', description: 'tools.description', parameters: 'tools.parameters' },
    ],
    toolCalls: [
      { name: 'first.name', id: 'first.id', type: 'first.type', arguments: 'first.arguments', result: 'first.result' },
      {
        name: 'second.name',
        id: 'second.id',
        type: 'second.type',
        arguments: 'second.arguments',
        result: 'second.result',
      },
    ],
    sources: [
      { id: 'sources.id', uri: 'sources.uri', score: 0.5, contentHash: 'sources.hash', content: 'sources.content' },
    ],
    usage: { input: 1, output: 2 },
    ...{ cost: 0.1, priceVersion: 'price version' },
    finishReasons: ['stop', 'length'],
    error: { type: 'error.type', message: 'error.message' },
    evaluations: [
      { name: 'evaluations.name', score: 1, label: 'evaluations.label', explanation: 'evaluations.explanation' },
    ],
    capture: { input: 'full', output: 'full', reason: 'capture.reason' },
    arrival: {
      dialect: 'otel-genai',
      collector: 'otlp',
      receivedAt: 1_700_000_001_000_000,
      schemaUrl: 'arrival.schemaUrl',
      scope: 'arrival.scope',
      scopeVersion: 'arrival.scopeVersion',
    },
    decision: { action: 'allow', rule: 'decision.rule', reason: 'decision.reason' },
    attributes: { 'user.mail': 'attribute text', count: 3, flag: true },
    ...over,
  }
}
