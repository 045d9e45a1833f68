import type { Interaction, Message } from '../../schemas/interaction.ts'
import type { Meter } from '../meter.ts'
import { TOPICS, type Emit, type Refusal, type Stream } from '../seam.ts'

/** The collect stage's end: interactions go into the stream and are acknowledged when it says that they are durable. */
export function createEmit(stream: Stream, meter: Meter): Emit<Interaction> {
  return async (interactions): Promise<readonly Refusal[]> => {
    if (interactions.length === 0) return []
    const refusals = await stream.publish(
      TOPICS.interactions,
      interactions.map((value) => ({
        id: value.id,
        tenant: value.tenant,
        key: `${value.tenant}/${value.traceId}`,
        value,
        bytes: weigh(value),
      })),
    )
    for (const { reason } of refusals) meter.add('weir_collect_refused_total', 1, { reason })
    return refusals
  }
}

/** What an interaction without any text takes in memory, roughly. */
const BASE_BYTES = 1_000

/** Roughly the bytes that an interaction holds in memory: what the stream's bounds count. */
export function weigh(interaction: Interaction): number {
  let bytes = BASE_BYTES + weighMessages(interaction.system)
  bytes += weighMessages(interaction.input) + weighMessages(interaction.output)
  for (const key in interaction.attributes) {
    const value = interaction.attributes[key]
    bytes += key.length + (typeof value === 'string' ? value.length : 8)
  }
  for (const tool of interaction.tools) bytes += 100 + (tool.description?.length ?? 0) + (tool.parameters?.length ?? 0)
  for (const call of interaction.toolCalls) bytes += 100 + (call.arguments?.length ?? 0) + (call.result?.length ?? 0)
  for (const source of interaction.sources) bytes += 100 + (source.content?.length ?? 0) + (source.uri?.length ?? 0)
  for (const evaluation of interaction.evaluations) bytes += 100 + (evaluation.explanation?.length ?? 0)
  return bytes + (interaction.error?.message?.length ?? 0)
}

function weighMessages(messages: readonly Message[]): number {
  let bytes = 0
  for (const message of messages) for (const part of message.parts) bytes += 100 + part.content.length
  return bytes
}
