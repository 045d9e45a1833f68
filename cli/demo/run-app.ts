import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { WeirError } from '../../core/errors.ts'
import { runnable } from '../../core/runnable.ts'
import type { AppReport } from './report.ts'

export interface RunAppOptions {
  /** Where OTLP goes, e.g. `http://127.0.0.1:4318`. */
  readonly otlpEndpoint: string
  /** The provider's base URL. */
  readonly providerUrl: string
  readonly serviceName: string
  readonly calls: number
  readonly pauseMs?: number
  /** More variables of the app's environment, e.g. OTEL_EXPORTER_OTLP_HEADERS. */
  readonly env?: Readonly<Record<string, string>>
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

const TIMEOUT_MS = 60_000
const OUTPUT_BYTES_MAX = 64 * 1024 * 1024

/** Runs the demo's app as a process of its own and resolves with what it says it did. */
export async function runApp(options: RunAppOptions): Promise<AppReport> {
  const timeout = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS)
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout
  const child = spawn(process.execPath, [runnable('./app.ts', import.meta.url)], {
    env: environmentOf(options),
    stdio: ['ignore', 'pipe', 'pipe'],
    killSignal: 'SIGKILL',
    signal,
  })
  const output = Promise.all([collect(child.stdout), collect(child.stderr)])
  const [code] = (await once(child, 'close').catch((cause: unknown) => {
    const why = timeout.aborted ? 'did not end in time' : 'was stopped'
    throw new WeirError('WEIR_DEADLINE', `the demo's app ${why}`, { cause })
  })) as [number | null]
  const [stdout, stderr] = await output
  if (code !== 0) throw new WeirError('WEIR_BUG', `the demo's app ended with code ${code}: ${stderr.slice(0, 2000)}`)
  return JSON.parse(stdout) as AppReport
}

/** Only what the app needs: variables that tell another app where to send its telemetry must not reach this one. */
function environmentOf(options: RunAppOptions): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    OTEL_EXPORTER_OTLP_ENDPOINT: options.otlpEndpoint,
    OTEL_SERVICE_NAME: options.serviceName,
    OPENAI_BASE_URL: options.providerUrl,
    DEMO_CALLS: String(options.calls),
    DEMO_PAUSE_MS: String(options.pauseMs ?? 0),
    ...options.env,
  }
}

async function collect(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of stream) {
    bytes += chunk.length
    if (bytes <= OUTPUT_BYTES_MAX) chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}
