import * as traceloop from '@traceloop/node-server-sdk'
import OpenAI from 'openai'
import { openaiOptions, openaiWork, responsesWork, runAll } from './scenarios.mjs'

traceloop.initialize({
  baseUrl: process.env.OTEL_EXPORTER_OTLP_ENDPOINT,
  silenceInitializationMessage: true,
  instrumentModules: { openAI: OpenAI },
})

const client = new OpenAI(openaiOptions)
await runAll({ ...openaiWork(client), ...responsesWork(client) }, () => traceloop.forceFlush())
