import { FAILING_MODELS, type ChatRequest } from './answers.ts'

/** What the demo's app does, call by call. The same number of calls is always the same calls. */
export type Step = ChatStep | EmbeddingsStep
export interface ChatStep {
  readonly kind: 'chat' | 'stream' | 'leak' | 'echo' | 'reasoning' | 'tool' | 'refused'
  readonly request: ChatRequest
}
export interface EmbeddingsStep {
  readonly kind: 'embeddings'
  readonly model: string
  readonly input: string
}
export type StepKind = Step['kind']

const MODEL = 'gpt-4o-mini'
const SYSTEM = { role: 'system', content: 'You are the help desk of a small shop. Answer in one sentence.' }
const QUESTIONS = ['opening hours', 'returning a parcel', 'gift wrapping', 'the loyalty programme']
const WEATHER_TOOL = { type: 'function', function: { name: 'get_weather' } } as const

const ask = (content: string, more: Partial<ChatRequest> = {}): ChatRequest => ({
  model: MODEL,
  messages: [SYSTEM, { role: 'user', content }],
  ...more,
})

const KINDS: readonly ((round: number) => Step)[] = [
  (round) => ({ kind: 'chat', request: ask(`Tell me about ${question(round)}.`) }),
  (round) => ({ kind: 'stream', request: ask(`Explain ${question(round)}.`, { stream: true }) }),
  () => ({ kind: 'leak', request: ask('Which card on file do you have for my account?') }),
  (round) => ({ kind: 'echo', request: ask(`Please repeat: my address is customer${round}@example.org.`) }),
  () => ({ kind: 'tool', request: ask('What is the weather at the shop?', { tools: [WEATHER_TOOL] }) }),
  (round) => ({ kind: 'embeddings', model: 'text-embedding-3-small', input: question(round) }),
  (round) => ({
    kind: 'reasoning',
    request: ask(`Compare ${question(round)} and ${question(round + 1)}.`, { model: 'o4-mini' }),
  }),
  (round) => ({
    kind: 'refused',
    request: ask(`Tell me about ${question(round)}.`, { model: FAILING_MODELS.rateLimited }),
  }),
]

/** How many steps there are before they come round again. */
export const ROUND: number = KINDS.length

const question = (round: number): string => QUESTIONS[round % QUESTIONS.length] ?? ''

export function step(index: number): Step {
  return KINDS[index % ROUND]!(Math.floor(index / ROUND))
}
