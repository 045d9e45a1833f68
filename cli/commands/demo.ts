import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../core/clock.ts'
import { loadConfig } from '../../core/config/index.ts'
import { WeirError } from '../../core/errors.ts'
import { computeLedger } from '../../core/ledger.ts'
import { createLogger } from '../../core/log.ts'
import type { Config } from '../../schemas/config.ts'
import { createStoreClient, rowsOf, type StoreClient } from '../../sinks/clickhouse/index.ts'
import type { Command, CommandContext } from '../terminal/command.ts'
import { startWeir, type RunningWeir } from '../running/compose.ts'
import { startProvider, type Provider } from '../demo/provider.ts'
import type { AppReport } from '../demo/report.ts'
import { runApp } from '../demo/run-app.ts'
import { counted, painter, printLine, table } from '../terminal/output.ts'
import { untilAborted } from './up.ts'

const CALLS = 24

export const command: Command = {
  examples: ['weir demo', 'weir demo --stay   # leaves it running, to ask it your own SQL'],
  options: { stay: { type: 'boolean', description: 'keep running until Ctrl-C' } },
  positionals: [],
  async run(context: CommandContext): Promise<number> {
    const directory = await mkdtemp(join(tmpdir(), 'weir-demo-'))
    try {
      return await demonstrate(await demoConfig(directory), context)
    } catch (error) {
      context.signal.throwIfAborted() // whatever fails then fails because it was stopped
      throw error
    } finally {
      await rm(directory, { recursive: true, force: true })
    }
  },
}

/** Any free ports, so that a demo runs beside whatever runs already. */
async function demoConfig(directory: string): Promise<Config> {
  const { config } = await loadConfig({ env: {}, directory })
  config.dataDirectory = join(directory, 'data')
  config.collectors.otlp.listen = '127.0.0.1:0'
  config.store.listen = '127.0.0.1:0'
  config.telemetry.listen = '127.0.0.1:0'
  config.log.level = 'error'
  return config
}

async function demonstrate(config: Config, context: CommandContext): Promise<number> {
  const started = performance.now()
  const running = await startWeir(config, createLogger({ level: config.log.level, clock: systemClock }))
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const provider = await startProvider()
  const client = createStoreClient(running.store.reader)
  try {
    context.signal.throwIfAborted()
    const show = new Show(context)
    await show.step(
      `Weir is up after ${seconds} s, in one process, with ClickHouse's engine (${running.store.version}) inside.`,
    )
    await show.text(`OTLP ${running.otlp}   SQL ${running.store.reader.url}   health ${running.telemetry}/readyz`)
    const report = await watchApp(running, provider, context, show)
    await showCalls(client, show)
    const leaked = await showLeak(client, provider, show)
    const balanced = await showLedger(client, config, show)
    await showNext(running, show, context.options['stay'] === true)
    if (context.options['stay']) await untilAborted(context.signal)
    return report.exportErrors.length === 0 && leaked && balanced ? 0 : 1
  } finally {
    await client.close()
    await provider.close()
    await running.stop()
  }
}

/** Numbered steps, data on standard output. */
class Show {
  readonly #context: CommandContext
  #step = 0
  constructor(context: CommandContext) {
    this.#context = context
  }
  step(text: string): Promise<void> {
    const paint = painter(this.#context.color.stdout)
    return printLine(this.#context.stdout, `\n${paint('bold', `${++this.#step}. ${text}`)}`)
  }
  text(text: string): Promise<void> {
    return printLine(this.#context.stdout, text.replace(/^/gm, '   '))
  }
  async sql(client: StoreClient, sql: string): Promise<void> {
    await this.text(`SQL> ${sql}`)
    const rows = await rowsOf<Record<string, string | number>>(client, sql)
    const header = Object.keys(rows[0] ?? {})
    await this.text(
      rows.length === 0
        ? '(no rows)'
        : table(
            header,
            rows.map((row) => header.map((name) => row[name])),
          ),
    )
  }
}

async function watchApp(
  running: RunningWeir,
  provider: Provider,
  context: CommandContext,
  show: Show,
): Promise<AppReport> {
  const report = await runApp({
    otlpEndpoint: running.otlp,
    providerUrl: provider.url,
    serviceName: 'demo-shop',
    calls: CALLS,
    signal: context.signal,
  })
  await show.step(
    `An app with the stock OpenTelemetry SDK made ${provider.count} calls to a model and sent ${report.spans.length} spans.`,
  )
  if (report.exportErrors.length > 0)
    throw new WeirError('WEIR_CHECK_FAILED', `The app could not send its spans: ${report.exportErrors[0]}`)
  await show.text(
    `All were answered 200, and 200 means durable: OTEL_EXPORTER_OTLP_ENDPOINT=${running.otlp} was all it needed.`,
  )
  return report
}

async function showCalls(client: StoreClient, show: Show): Promise<void> {
  await show.step('They are rows in ClickHouse, whatever became of them.')
  await show.sql(
    client,
    `SELECT operation, release, count() AS calls, countIf(signal_error) AS failed, sum(signal_findings) AS findings FROM interactions GROUP BY ALL ORDER BY calls DESC, release`,
  )
}

/** True when a leak was found and its value stands nowhere in the stored row. */
async function showLeak(client: StoreClient, provider: Provider, show: Show): Promise<boolean> {
  await show.step('A model said what it should not have: found, and masked before it was written.')
  const [leak] = await rowsOf<{ interaction_id: string; output: string }>(
    client,
    `SELECT l.interaction_id AS interaction_id, i.output AS output FROM leaks AS l
     INNER JOIN interactions AS i ON i.id = l.interaction_id WHERE l.type = 'CREDIT_CARD' LIMIT 1`,
  )
  const said = provider.seen.find(({ answer }) => /\d{4} \d{4} \d{4} \d{4}/.test(answer))
  if (!leak || !said) return false
  const stored = (JSON.parse(leak.output) as { parts: { content: string }[] }[])[0]!.parts[0]!.content
  await show.text(`the model said:  ${said.answer}\nstored is:       ${stored}`)
  await show.sql(
    client,
    `SELECT type, severity, provenance, range_start AS from, range_end AS to, token_start, token_end, snippet FROM leaks WHERE interaction_id = '${leak.interaction_id}' ORDER BY range_start`,
  )
  return !stored.includes('4111')
}

async function showLedger(client: StoreClient, config: Config, show: Show): Promise<boolean> {
  const scope = { database: config.store.database, days: 2, originalsDays: 2 }
  const { balanced, totals } = await computeLedger(client, scope)
  await show.step('Nothing vanished: the ledger is computed from the rows, not counted on the way.')
  const sums = `${totals.stored} stored, ${totals.duplicate} duplicate, ${totals.dead} dead, ${counted(totals.findings, 'finding')}`
  await show.text(`ledger ${balanced ? 'balanced' : 'NOT BALANCED'}: ${sums}`)
  return balanced
}

async function showNext(running: RunningWeir, show: Show, stay: boolean): Promise<void> {
  await show.step(
    stay ? 'It stays until Ctrl-C. Ask it something:' : 'Next, with your own app: npm start. Then ask it something:',
  )
  const questions = [
    'SELECT type, snippet, service FROM leaks ORDER BY received_at DESC LIMIT 5',
    'SELECT * FROM release_health ORDER BY minute DESC LIMIT 5',
    'SELECT started_at, operation, output FROM conversation ORDER BY started_at LIMIT 5',
  ]
  const ask = stay
    ? (sql: string): string => `curl ${running.store.reader.url} -d "${sql} FORMAT Vertical"`
    : (sql: string): string => `npx weir query "${sql}"`
  for (const sql of questions) await show.text(ask(sql))
}
