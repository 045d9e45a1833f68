import { createRequire } from 'node:module'

/*
 * Loading the OpenTelemetry SDK without the environment. Every part of it reads OTEL_* variables by itself, some when it is
 * loaded, most when it is constructed, and some merge them over what they are told. Those variables belong to the apps that
 * Weir watches, and on a shared machine they are set for everyone. So the SDK is loaded and constructed in synchronous
 * steps during which they are not there. `require` and not `import()`, because only it is synchronous.
 *
 * The parts are used directly and never registered as the process's own (as NodeSDK would): a library that looks for a
 * global tracer finds none, no instrumentation is loaded, and Weir cannot observe its own export.
 */

const require = createRequire(import.meta.url)

type SdkNode = typeof import('@opentelemetry/sdk-node')
export type Sdk = Pick<SdkNode, 'metrics' | 'resources'>
export type Tracing = SdkNode['tracing']
export type PrometheusModule = typeof import('@opentelemetry/exporter-prometheus')
export type OtlpTraceModule = typeof import('@opentelemetry/exporter-trace-otlp-http')

/** Runs `work`, which must be synchronous, so that nobody else ever sees the environment without these variables. */
export function withoutOtelEnvironment<T>(work: () => T): T {
  const hidden = Object.entries(process.env).filter(([name]) => name.toUpperCase().startsWith('OTEL_'))
  for (const [name] of hidden) delete process.env[name]
  try {
    return work()
  } finally {
    for (const [name, value] of hidden) process.env[name] = value
  }
}

/**
 * One of the parts that sdk-node puts together. Loading all of it brings gRPC and every exporter along: twice the time and
 * 10 MB more than the parts that are used.
 */
const partOfSdk = (name: 'sdk-metrics' | 'resources' | 'sdk-trace-base'): unknown =>
  createRequire(require.resolve('@opentelemetry/sdk-node'))(`@opentelemetry/${name}`)

export const loadSdk = (): Sdk => ({
  metrics: partOfSdk('sdk-metrics') as Sdk['metrics'],
  resources: partOfSdk('resources') as Sdk['resources'],
})
export const loadTracing = (): Tracing => partOfSdk('sdk-trace-base') as Tracing
export const loadPrometheus = (): PrometheusModule => require('@opentelemetry/exporter-prometheus') as PrometheusModule
export const loadOtlpTrace = (): OtlpTraceModule =>
  require('@opentelemetry/exporter-trace-otlp-http') as OtlpTraceModule
