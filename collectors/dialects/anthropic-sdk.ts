import type { Dialect } from './dialect.ts'

/** The spans that Anthropic's SDK writes by itself: everything but the text. */
export const anthropicSdk: Dialect = {
  name: 'anthropic-sdk',
  versions: '@anthropic-ai/sdk 1.11',
  signs: { keys: ['anthropic.message.stop_reason'], scopes: ['com.anthropic.sdk.'] },
  isAccent: true,
  fields: { finishReasons: ['anthropic.message.stop_reason'] },
  remedy: 'this SDK never sends text; add an instrumentation that does, or send calls through the gateway',
}
