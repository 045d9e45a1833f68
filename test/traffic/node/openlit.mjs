import openlit from 'openlit'
import OpenAI from 'openai'
import { openaiOptions, openaiWork, responsesWork, runAll } from './scenarios.mjs'

openlit.default.init({
  otlpEndpoint: process.env.OTEL_EXPORTER_OTLP_ENDPOINT,
  disableMetrics: true,
  pricingJson: {}, // otherwise it fetches one
  instrumentations: { openai: OpenAI },
})

const client = new OpenAI(openaiOptions)
await runAll({ ...openaiWork(client), ...responsesWork(client) }, async () => {
  const { trace } = await import('@opentelemetry/api')
  const provider = trace.getTracerProvider()
  await (provider.getDelegate?.() ?? provider).forceFlush?.()
})
