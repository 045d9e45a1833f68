import { createLogger } from '../../core/log.ts'
import { systemClock } from '../../core/clock.ts'
import type { Config } from '../../schemas/config.ts'
import { CONFIG_OPTION, type Command, type CommandContext } from '../terminal/command.ts'
import { startWeir, type RunningWeir } from '../running/compose.ts'
import { printLine } from '../terminal/output.ts'

export const command: Command = {
  examples: ['weir up', 'weir up --config weir.yaml'],
  options: { config: CONFIG_OPTION },
  positionals: [],
  async run(context: CommandContext): Promise<number> {
    const config = await context.config()
    const logger = createLogger({ level: config.log.level, clock: systemClock })
    const running = await startWeir(config, logger)
    await printLine(context.stderr, welcome(running, config))
    await untilAborted(context.signal)
    await printLine(context.stderr, 'Stopping: what was received is being made durable.')
    await running.stop()
    return 0
  },
}

function welcome(running: RunningWeir, config: Config): string {
  const tokens = config.collectors.otlp.tokens
  const needsToken = tokens.file !== undefined || tokens.inline !== undefined
  return [
    '',
    `Weir is running. Data: ${config.dataDirectory}`,
    '',
    ...(running.otlp === '' ? [] : sendLines(running, needsToken)),
    'Look at what came, in another terminal:',
    '  npx weir status',
    '  npx weir services                # who sends, and the line that cures what is missing',
    '  npx weir query "SELECT received_at, service, release, signal_findings FROM interactions ORDER BY received_at DESC LIMIT 10"',
    '  npx weir query "SELECT * FROM leaks LIMIT 10"',
    '',
    `ClickHouse’s HTTP interface (read-only without a password): ${running.store.reader.url}`,
    `Health and metrics: ${running.telemetry}`,
    '',
    'Ctrl-C stops it.',
  ].join('\n')
}

const sendLines = ({ otlp, otlpGrpc }: RunningWeir, needsToken: boolean): string[] => [
  'Send it your app’s telemetry:',
  `  export OTEL_EXPORTER_OTLP_ENDPOINT=${otlp}`,
  '  export OTEL_SERVICE_NAME=my-app',
  ...(needsToken ? ['  export OTEL_EXPORTER_OTLP_HEADERS="authorization=Bearer <your token>"'] : []),
  'Most instrumentations leave prompts and answers out until they are told: docs/instrument.md has the line for yours.',
  ...(otlpGrpc === undefined ? [] : [`An exporter that speaks gRPC (much of Python): ${otlpGrpc}`]),
  '',
]

export function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
