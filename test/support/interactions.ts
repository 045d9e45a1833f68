import { hash } from 'node:crypto'
import type { Finding } from '../../schemas/finding.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import type { Origin } from '../../schemas/origin.ts'
import type { Signal } from '../../schemas/signal.ts'
import type { DeadOutcome, Outcome, StoredOutcome } from '../../core/stages/outcome.ts'
import { TOPICS, type Batch } from '../../core/seam.ts'

/** A plain chat call, distinct for every seed. */
export function interaction(seed: string, over: Partial<Interaction> = {}): Interaction {
  const digest = hash('sha256', seed, 'hex')
  return {
    version: 1,
    id: digest.slice(0, 32),
    tenant: 'default',
    kind: 'span',
    traceId: digest.slice(32, 64),
    spanId: digest.slice(16, 32),
    name: 'chat gpt-4o',
    operation: 'chat',
    startedAt: Date.now() * 1000,
    durationUs: 1_234,
    service: { name: 'shop' },
    actor: { user: 'u-1' },
    release: { provider: 'openai', requestedModel: 'gpt-4o', model: 'gpt-4o-2024-08-06' },
    system: [],
    input: [{ role: 'user', parts: [{ type: 'text', content: `question ${seed}` }] }],
    output: [{ role: 'assistant', parts: [{ type: 'text', content: `answer ${seed}` }] }],
    tools: [],
    toolCalls: [],
    sources: [{ id: 'handbook' }],
    usage: { input: 12, output: 34 },
    finishReasons: ['stop'],
    evaluations: [],
    capture: { input: 'full', output: 'full' },
    arrival: { dialect: 'otel-genai', collector: 'otlp', receivedAt: Date.now() * 1000 },
    attributes: { region: 'eu' },
    ...over,
  }
}

export function originAt(offset: number, epoch = 1): Origin {
  return { topic: TOPICS.interactions, epoch, partition: 0, offset }
}

export function finding(of: Interaction, origin: Origin, index = 0): Finding {
  return {
    version: 1,
    id: hash('sha256', `${of.id} ${index}`, 'hex').slice(0, 32),
    tenant: of.tenant,
    kind: 'hit',
    interactionId: of.id,
    traceId: of.traceId,
    spanId: of.spanId,
    release: 'openai/gpt-4o-2024-08-06',
    route: '',
    service: of.service.name,
    detector: 'pii',
    detectorVersion: '1',
    type: 'EMAIL_ADDRESS',
    confidence: 0.95,
    severity: 'serious',
    provenance: 'introduced',
    place: { direction: 'output', message: 0, part: 0, field: 'content' },
    range: { start: 3, end: 9 },
    tokens: { start: 1, end: 3, tokenizer: 'o200k_base', estimate: false },
    valueHash: hash('sha256', `value ${index}`, 'hex'),
    hashKey: 'k1',
    snippet: 'is [EMAIL_ADDRESS:7f3a9c21] now',
    receivedAt: of.arrival.receivedAt,
    origin,
  }
}

export function signal(of: Interaction, origin: Origin, findings: number): Signal {
  const values = { durationUs: of.durationUs, inputChars: 9, outputChars: 7, inputTokens: 12, outputTokens: 34 }
  const labels = { error: false, leak: findings > 0, findings, toolCalls: 0, unscanned: 0, finishReason: 'stop' }
  return {
    version: 1,
    interactionId: of.id,
    tenant: of.tenant,
    key: 'openai/gpt-4o-2024-08-06',
    startedAt: of.startedAt,
    origin,
    values: { ...values, ...labels },
  }
}

const SEALED = { keyId: 'data-key-1', envelope: Buffer.from('sealed bytes') }

export function stored(of: Interaction, origin: Origin, findings = 0): StoredOutcome {
  return {
    kind: 'stored',
    origin,
    interaction: of,
    release: 'openai/gpt-4o-2024-08-06',
    findings: Array.from({ length: findings }, (_, index) => finding(of, origin, index)),
    signal: signal(of, origin, findings),
    unscanned: [],
    ...(findings > 0 && { original: SEALED }),
    bury: (reason): DeadOutcome => ({
      kind: 'dead',
      origin,
      id: of.id,
      tenant: of.tenant,
      receivedAt: of.arrival.receivedAt,
      reason,
      sealed: SEALED,
    }),
  }
}

export function batchOf(outcomes: readonly Outcome[]): Batch<Outcome> {
  const first = outcomes[0]!.origin
  const last = outcomes.at(-1)!.origin
  const { epoch, partition } = first
  const token = `${TOPICS.interactions}:${epoch}:${partition}:${first.offset}-${last.offset}:test`
  return {
    topic: TOPICS.interactions,
    epoch,
    partition,
    first: first.offset,
    last: last.offset,
    token,
    records: outcomes,
  }
}
