import type { Dialect } from './dialect.ts'

/** Vercel's AI SDK from 7 on (`@ai-sdk/otel`): OpenTelemetry's attributes, under a scope that is called `gen_ai`. */
export const aiSdk7: Dialect = {
  name: 'ai-sdk-7',
  versions: 'Vercel AI SDK 7 with @ai-sdk/otel 1.0',
  signs: { scopes: ['gen_ai'] },
  isAccent: true,
  remedy: 'leave recordInputs and recordOutputs of the telemetry settings unset, or set them to true',
}
