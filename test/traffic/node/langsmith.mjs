import { initializeOTEL } from 'langsmith/experimental/otel/setup'
import { wrapOpenAI } from 'langsmith/wrappers'
import OpenAI from 'openai'
import { openaiOptions, openaiWork, responsesWork, runAll } from './scenarios.mjs'

const url = `${process.env.OTEL_EXPORTER_OTLP_ENDPOINT}/v1/traces`
const { DEFAULT_LANGSMITH_SPAN_PROCESSOR: processor } = initializeOTEL({ exporterConfig: { url } })

const client = wrapOpenAI(new OpenAI(openaiOptions))
await runAll({ ...openaiWork(client), ...responsesWork(client) }, () => processor.shutdown())
