import type { Message, Part } from '../../schemas/interaction.ts'
import type { Dialect, Draft } from './dialect.ts'

/**
 * Strands Agents, also as Bedrock AgentCore runs them: message events with Bedrock's own parts, or the details event in three
 * pieces when the newest conventions are opted in.
 */
export const strands: Dialect = {
  name: 'strands',
  versions: 'Strands Agents Python 1.62, JS 1.19, Bedrock AgentCore',
  signs: {
    keys: ['event_loop.cycle_id', 'agent_loop.cycle_id', 'gen_ai.event.start_time'],
    scopes: ['strands.', 'strands-agents'],
  },
  isAccent: true,
  remedy: 'upgrade strands-agents to 1.0 or later, which sends messages as events of its spans',
  read(reader, draft) {
    // In JavaScript the loop around a call has no operation of its own.
    if (reader.peek('agent_loop.cycle_id') !== undefined) draft.operation ??= 'execute_event_loop_cycle'
    if (draft.operation === 'execute_tool') readToolMessages(draft)
    // It names itself or the application as the provider; which one answers is not told.
    if (draft.provider === 'strands-agents' || draft.provider === reader.record.context.scopeName)
      draft.provider = undefined
  },
}

/** What a tool was given and answered stands in the same events as a chat. */
function readToolMessages(draft: Draft): void {
  const [call] = draft.toolCalls
  if (call === undefined) return
  const given = call.arguments === undefined ? onlyPart(draft.input) : undefined
  const result = call.result === undefined ? onlyPart(draft.output) : undefined
  if (given !== undefined) {
    call.arguments = given.content
    draft.input = []
  }
  if (result !== undefined) {
    call.result = result.content
    draft.output = []
  }
}

function onlyPart(messages: readonly Message[]): Part | undefined {
  const [only, ...others] = messages.flatMap((message) => message.parts)
  return others.length === 0 ? only : undefined
}
