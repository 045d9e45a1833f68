import { createHmac } from 'node:crypto'
import type { Interaction } from '../../schemas/interaction.ts'
import type { Origin } from '../../schemas/origin.ts'
import type { Detector, Hit, Scan, ScanText } from '../seam.ts'
import { tokenRanges } from '../tokens/index.ts'
import { createExaminer, type Examiner, type ExaminerHash, type ExaminerOptions } from './index.ts'

export const ORIGIN: Origin = { topic: 'weir.interactions', epoch: 1, partition: 0, offset: 7 }

export const keyedHash: ExaminerHash = Object.assign(
  (tenant: string, type: string, normal: string) =>
    createHmac('sha256', `key of ${tenant}`).update(`${type.length}:${type}${normal}`).digest('hex'),
  { keyId: 'k1' },
)

export const noScan = (texts: readonly ScanText[]): Scan => ({ texts, views: [] })

/** Finds what a regular expression finds, whatever the scan says. */
export function patternDetector(name: string, type: string, pattern: RegExp, confidence = 0.9): Detector {
  const normal = (value: string): string => value.toLowerCase()
  return {
    name,
    version: '1',
    types: [{ name: type, normal: (value) => (value.match(pattern)?.[0] === value ? normal(value) : undefined) }],
    inspect: (_interaction, { texts }) => ({
      hits: texts.flatMap(({ text }, index) =>
        [...text.matchAll(pattern)].map(({ index: start, 0: value }): Hit => ({
          type,
          text: index,
          start,
          end: start + value.length,
          confidence,
          normal: normal(value),
        })),
      ),
      unscanned: [],
    }),
  }
}

export const mailDetector: Detector = patternDetector('mail', 'EMAIL_ADDRESS', /[a-z0-9.]+@[a-z0-9]+\.[a-z]{2,}/gi)
export const codeDetector: Detector = patternDetector('code', 'CODE', /\bSEED\d{4}\b/g)

export const examinerOf = (over: Partial<ExaminerOptions> = {}): Examiner =>
  createExaminer({
    detectors: [mailDetector, codeDetector],
    scan: noScan,
    hash: keyedHash,
    identity: 'keyEmail',
    tokenRanges,
    ...over,
  })

/** Every string in a value, keys included. */
export function deepStrings(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'number') return [String(value)]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) => [key, ...deepStrings(item)])
}

const text = (role: string, content: string): Interaction['input'][number] => ({
  role,
  parts: [{ type: 'text', content }],
})

export function chat(input: string, output: string, over: Partial<Interaction> = {}): Interaction {
  return {
    version: 1,
    id: 'a'.repeat(32),
    tenant: 'default',
    kind: 'span',
    traceId: 'b'.repeat(32),
    spanId: 'c'.repeat(16),
    name: 'chat gpt-4o',
    operation: 'chat',
    startedAt: 1_700_000_000_000_000,
    durationUs: 12,
    service: { name: 'shop' },
    actor: { user: 'u-1' },
    release: { route: '/support', provider: 'openai', model: 'gpt-4o-2024-08-06' },
    system: [],
    input: [text('user', input)],
    output: [text('assistant', output)],
    tools: [],
    toolCalls: [],
    sources: [],
    usage: { input: 3, output: 4 },
    finishReasons: ['stop'],
    evaluations: [],
    capture: { input: 'full', output: 'full' },
    arrival: { dialect: 'otel-genai', collector: 'otlp', receivedAt: 1_700_000_001_000_000 },
    attributes: { region: 'eu' },
    ...over,
  }
}
