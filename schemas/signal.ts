import { boolean, count, number, object, string, type JsonSchema } from './jsonschema.ts'
import { originSchema, type Origin } from './origin.ts'

/** What one interaction contributes to the monitors of one key. Numbers and labels only, never content. */
export interface Signal {
  version: 1
  interactionId: string
  tenant: string
  /** The monitor key: what is compared with its own past, e.g. a served release on a route. */
  key: string
  startedAt: number
  origin: Origin
  values: SignalValues
}

export interface SignalValues {
  durationUs: number
  inputChars: number
  outputChars: number
  inputTokens?: number
  outputTokens?: number
  /** The call failed. */
  error: boolean
  /** The answer holds a value of a serious finding that stood neither in the input nor in a source. */
  leak: boolean
  findings: number
  toolCalls: number
  /** Parts that were not wholly looked at. */
  unscanned: number
  finishReason: string
}

export const signalSchema: JsonSchema = {
  $id: 'https://weir.dev/schemas/signal/1',
  title: 'Signal',
  description: 'The numbers and labels that one interaction contributes to the monitors of one key.',
  ...object(
    {
      version: { const: 1 },
      interactionId: string,
      tenant: string,
      key: string,
      startedAt: number,
      origin: originSchema,
      values: object(
        {
          durationUs: count,
          inputChars: count,
          outputChars: count,
          inputTokens: count,
          outputTokens: count,
          error: boolean,
          leak: boolean,
          findings: count,
          toolCalls: count,
          unscanned: count,
          finishReason: string,
        },
        [
          'durationUs',
          'inputChars',
          'outputChars',
          'error',
          'leak',
          'findings',
          'toolCalls',
          'unscanned',
          'finishReason',
        ],
      ),
    },
    ['version', 'interactionId', 'tenant', 'key', 'startedAt', 'origin', 'values'],
  ),
}
