import type { Api } from './provider-shapes.ts'

/** A call as a test wants it: what is asked, and what the provider says to it. */
export interface Scenario {
  readonly prompt: string
  readonly system?: string
  readonly answer?: string
  readonly tool?: {
    readonly name: string
    readonly description: string
    readonly arguments: Record<string, unknown>
    readonly result: string
  }
  readonly status?: number
  readonly silent?: boolean
  /** Streamed with pauses, so that a client can break off in time. */
  readonly slow?: boolean
}

/** The part of a request that the provider looks at. */
export interface Ask {
  readonly model: string
  readonly stream?: boolean
  readonly stream_options?: { readonly include_usage?: boolean }
  readonly messages?: readonly unknown[]
  readonly input?: unknown
  readonly instructions?: unknown
  readonly tools?: readonly unknown[]
}

/** Inclusive totals. */
export interface AnswerUsage {
  readonly input: number
  readonly output: number
  readonly cached: number
  readonly reasoning: number
}

export interface Answer {
  readonly id: string
  /** The model that answers: a dated version of the one that was asked for. */
  readonly model: string
  readonly status: number
  readonly silent: boolean
  readonly slow: boolean
  readonly text: string
  readonly toolCall: { readonly id: string; readonly name: string; readonly arguments: string } | undefined
  readonly usage: AnswerUsage
  readonly finish: 'stop' | 'tool_calls'
  readonly inputs: number
}

/**
 * The scenario whose prompt the request holds, and what is said to it. `number` makes the answer's tokens its own, and with
 * the provider's name its id.
 */
export function answerOf(
  api: Api,
  ask: Ask,
  scenarios: Readonly<Record<string, Scenario>>,
  { provider, number }: { provider: string; number: number },
): [scenario: string, answer: Answer] {
  const asked = JSON.stringify(ask.messages ?? ask.input ?? '')
  const [name, scenario] = Object.entries(scenarios).find(([, { prompt }]) => asked.includes(prompt)) ?? ['', undefined]
  const { tool } = scenario ?? {}
  const calls = tool !== undefined && (ask.tools?.length ?? 0) > 0 && !asked.includes(tool.result)
  const toolCall = calls
    ? { id: `call_${number}`, name: tool.name, arguments: JSON.stringify(tool.arguments) }
    : undefined
  return [
    name,
    {
      id: `${PREFIX[api]}-${provider}-${number}`,
      model: `${ask.model}-2026-01-15`,
      status: scenario?.status ?? 200,
      silent: scenario?.silent ?? false,
      slow: scenario?.slow ?? false,
      text: calls ? '' : (scenario?.answer ?? 'The tide decides.'),
      toolCall,
      usage: usageOf(api, number),
      finish: calls ? 'tool_calls' : 'stop',
      inputs: Array.isArray(ask.input) ? ask.input.length : 1,
    },
  ]
}

const PREFIX: Readonly<Record<Api, string>> = {
  chat: 'chatcmpl-weir',
  responses: 'resp_weir',
  embeddings: 'emb_weir',
  messages: 'msg_weir',
  gemini: 'gemini_weir',
}

/** Numbers that no other call has and that stand nowhere else, so that a number found is this one. */
function usageOf(api: Api, number: number): AnswerUsage {
  const input = 10_007 + 16 * number
  if (api === 'embeddings') return { input, output: 0, cached: 0, reasoning: 0 }
  const reasoning = api === 'messages' ? 0 : 50_003 + 16 * number
  return { input, output: 70_001 + 16 * number, cached: 5_009 + number, reasoning }
}

/** A text as a stream hands it out. */
export const wordsOf = (text: string): string[] => text.match(/\S+\s*/g) ?? []
