import { systemClock } from '../../core/clock.ts'
import { createLogger, type Logger } from '../../core/log.ts'
import type { Config } from '../../schemas/config.ts'
import { CONFIG_OPTION, stringOption, usage, type Command, type CommandContext } from '../terminal/command.ts'
import { startStages, type RunningStages } from '../running/compose.ts'
import { printLine } from '../terminal/output.ts'
import { STAGES, type StageName } from '../running/pipeline.ts'
import { untilAborted } from './up.ts'

export const command: Command = {
  examples: [
    'weir run --create-topics            # makes the topics that are missing, and ends',
    'weir run --stage collect',
    'weir run --stage detect             # as many copies as there are partitions, at most',
    'weir run --stage watch,respond',
  ],
  options: {
    config: CONFIG_OPTION,
    stage: { type: 'string', value: 'names', description: `${STAGES.join(', ')}, with commas between several` },
    'create-topics': { type: 'boolean', description: 'make the topics that are missing; without --stage, end then' },
  },
  positionals: [],
  async run(context: CommandContext): Promise<number> {
    const config = await context.config()
    const names = stringOption(context.options, 'stage')
    const creates = context.options['create-topics'] === true
    if (config.stream.kind !== 'kafka')
      throw usage('`weir run` needs stream.kind: kafka. One process with all stages is `weir up`.')
    if (names === undefined && !creates) throw usage(`--stage is missing: ${STAGES.join(', ')}.`)
    const stages = names === undefined ? [] : stagesOf(names)
    if (stages.includes('detect') && config.store.kind !== 'server')
      throw usage('`weir run --stage detect` needs store.kind: server, because its copies share one store.')
    const logger = createLogger({ level: config.log.level, clock: systemClock })
    if (creates) await createTopics(config, logger, context)
    return stages.length === 0 ? 0 : runStages(config, stages, logger, context)
  },
}

function stagesOf(names: string): StageName[] {
  const wanted = names.split(',').map((name) => name.trim())
  const unknown = wanted.find((name) => !STAGES.some((stage) => stage === name))
  if (unknown !== undefined)
    throw usage(`there is no stage ${JSON.stringify(unknown)}; there are ${STAGES.join(', ')}.`)
  return STAGES.filter((stage) => wanted.includes(stage))
}

async function createTopics(config: Config, logger: Logger, { stderr }: CommandContext): Promise<void> {
  const { makeTopics } = await import('../running/streams/kafka.ts')
  const made = await makeTopics(config, logger)
  await printLine(stderr, made.length === 0 ? 'All topics are there.' : `Topics made: ${made.join(', ')}`)
}

async function runStages(
  config: Config,
  stages: readonly StageName[],
  logger: Logger,
  { signal, stderr }: CommandContext,
): Promise<number> {
  const running = await startStages(config, logger, { stages, migrate: false })
  await printLine(stderr, welcome(stages, running))
  await untilAborted(signal)
  await printLine(stderr, 'Stopping: what is in hand is being finished.')
  await running.stop()
  return 0
}

function welcome(stages: readonly StageName[], { otlp, otlpGrpc, telemetry }: RunningStages): string {
  const lines = [`Weir is running: ${stages.join(', ')}. Ctrl-C stops it.`]
  if (otlp !== undefined) lines.push(`OTLP: ${otlp}`)
  if (otlpGrpc !== undefined) lines.push(`OTLP/gRPC: ${otlpGrpc}`)
  if (telemetry !== '') lines.push(`Health and metrics: ${telemetry}`)
  return lines.join('\n')
}
