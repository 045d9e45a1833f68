import { wordsOf, type Answer, type Ask } from './provider-answers.ts'
import type { Event, Shape } from './provider-shapes.ts'

interface GeminiAsk {
  readonly contents?: readonly unknown[]
  readonly tools?: readonly unknown[]
}

/** Gemini's generateContent and streamGenerateContent: the model stands in the path. */
export const gemini: Shape = {
  api: 'gemini',
  askOf(path, body): Ask {
    const { contents = [], tools = [] } = body as GeminiAsk
    const model = /\/models\/([^:]+):/.exec(path)?.[1] ?? ''
    return { model, stream: path.includes(':stream'), messages: contents, tools }
  },
  failure: ({ status }) => ({
    error: {
      code: status,
      message: status === 429 ? 'You are asking too often.' : 'Something broke.',
      status: status === 429 ? 'RESOURCE_EXHAUSTED' : 'INTERNAL',
    },
  }),
  whole: (_ask, answer) => ({
    candidates: [{ ...candidateOf(partsOf(answer)), finishReason: 'STOP' }],
    usageMetadata: usageOf(answer),
    ...headOf(answer),
  }),
  *events(_ask, answer) {
    const chunk = (parts: unknown[], text?: string): Event => ({
      data: JSON.stringify({ candidates: [candidateOf(parts)], ...headOf(answer) }),
      ...(text !== undefined && { text }),
    })
    if (answer.toolCall !== undefined) yield chunk(partsOf(answer))
    for (const word of wordsOf(answer.text)) yield chunk([{ text: word }], word)
    const candidates = [{ ...candidateOf([{ text: '' }]), finishReason: 'STOP' }]
    yield { data: JSON.stringify({ candidates, usageMetadata: usageOf(answer), ...headOf(answer) }) }
  },
}

const headOf = ({ model, id }: Answer): object => ({ modelVersion: model, responseId: id })
const candidateOf = (parts: readonly unknown[]): object => ({ content: { role: 'model', parts }, index: 0 })

function partsOf({ text, toolCall }: Answer): unknown[] {
  if (toolCall === undefined) return [{ text }]
  return [{ functionCall: { id: toolCall.id, name: toolCall.name, args: JSON.parse(toolCall.arguments) as unknown } }]
}

/** The tokens of an answer leave the thoughts out. */
const usageOf = ({ usage }: Answer): object => ({
  promptTokenCount: usage.input,
  cachedContentTokenCount: usage.cached,
  candidatesTokenCount: usage.output - usage.reasoning,
  thoughtsTokenCount: usage.reasoning,
  totalTokenCount: usage.input + usage.output,
})
