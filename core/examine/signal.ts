import type { Interaction, Message } from '../../schemas/interaction.ts'
import type { Origin } from '../../schemas/origin.ts'
import type { Signal } from '../../schemas/signal.ts'
import { monitorKey } from '../policy/index.ts'

/** In UTF-16 units: a monitor compares lengths with each other, and counting code points would mean reading every text. */
function contentLength(messages: readonly Message[]): number {
  let length = 0
  for (const message of messages) for (const part of message.parts) length += part.content.length
  return length
}

/** The tool's own call, and the calls that an answer asks for. */
function countToolCalls({ toolCalls, output }: Interaction): number {
  let count = toolCalls.length
  for (const { parts } of output) for (const { type } of parts) if (type === 'tool_call') count++
  return count
}

export interface Counted {
  /** All hits that stand as findings, recorded or not. */
  readonly findings: number
  /** Any of them is a leak. */
  readonly leak: boolean
  readonly unscanned: number
}

/** Lengths are those of the original; every label comes from the masked interaction. */
export function signalOf(original: Interaction, masked: Interaction, origin: Origin, counted: Counted): Signal {
  const { usage } = masked
  return {
    version: 1,
    interactionId: masked.id,
    tenant: masked.tenant,
    key: monitorKey(masked.release),
    startedAt: masked.startedAt,
    origin,
    values: {
      durationUs: masked.durationUs,
      inputChars: contentLength(original.system) + contentLength(original.input),
      outputChars: contentLength(original.output),
      ...(usage.input === undefined ? undefined : { inputTokens: usage.input }),
      ...(usage.output === undefined ? undefined : { outputTokens: usage.output }),
      error: masked.error !== undefined,
      leak: counted.leak,
      findings: counted.findings,
      toolCalls: countToolCalls(masked),
      unscanned: counted.unscanned,
      finishReason: masked.finishReasons[0] ?? '',
    },
  }
}
