import type { AnyValue } from '../record.ts'
import { listOf } from './text.ts'

const FINISH_REASONS: ReadonlyMap<string, string> = new Map([
  ['stop', 'stop'],
  ['completed', 'stop'],
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['eos', 'stop'],
  ['length', 'length'],
  ['max_tokens', 'length'],
  ['max_output_tokens', 'length'],
  ['model_length', 'length'],
  ['tool_call', 'tool_call'],
  ['tool_calls', 'tool_call'],
  ['toolcalls', 'tool_call'],
  ['tool_use', 'tool_call'],
  ['function_call', 'tool_call'],
  ['content_filter', 'content_filter'],
  ['content_filtered', 'content_filter'],
  ['contentfilter', 'content_filter'],
  ['safety', 'content_filter'],
  ['recitation', 'content_filter'],
  ['blocklist', 'content_filter'],
  ['prohibited_content', 'content_filter'],
  ['error', 'error'],
])

/** One word for each reason; an unknown one stays as it was sent. */
export function finishReason(sent: string): string {
  const known = FINISH_REASONS.get(sent)
  if (known !== undefined) return known
  // As Python prints it: `FinishReason.STOP`; as JavaScript writes it: `endTurn`.
  const word = sent.slice(sent.lastIndexOf('.') + 1).replaceAll(/([a-z])([A-Z])/g, '$1_$2')
  return FINISH_REASONS.get(word.toLowerCase().replaceAll('-', '_')) ?? sent
}

/** A list, a JSON text of a list, or one plain word. Undefined when there is no reason in it. */
export function finishReasons(value: AnyValue | undefined): string[] | undefined {
  const list = listOf(value) ?? (typeof value === 'string' ? [value] : [])
  const reasons: string[] = []
  for (const item of list) if (typeof item === 'string' && item !== '') reasons.push(finishReason(item))
  return reasons.length > 0 && reasons.length === list.length ? reasons : undefined
}
