import { plaintextWarnings } from '../../collectors/otlp-kafka/index.ts'
import { Tokens } from '../../collectors/otlp/tokens.ts'
import { systemClock } from '../../core/clock.ts'
import {
  ConfigError,
  loadConfig,
  printConfig,
  redact,
  type LoadedConfig,
  type Problem,
} from '../../core/config/index.ts'
import { WeirError } from '../../core/errors.ts'
import { createLogger } from '../../core/log.ts'
import type { TopicProblem } from '../../core/streams/kafka/index.ts'
import type { Config } from '../../schemas/config.ts'
import {
  CONFIG_OPTION,
  JSON_OPTION,
  stringOption,
  usage,
  type Command,
  type CommandContext,
} from '../terminal/command.ts'
import { createDetection } from '../detectors.ts'
import { print, printJson, printLine } from '../terminal/output.ts'

export const command: Command = {
  examples: [
    'weir check                          # ./weir.yaml, or the defaults when there is none',
    'weir check --config prod.yaml       # exit code 78 when something is wrong, with line and column',
    'weir check --print                  # the configuration in force, secrets hidden',
    'weir check --topics                 # compare the topics in the cluster with what is needed',
  ],
  options: {
    config: CONFIG_OPTION,
    print: { type: 'boolean', description: 'print the configuration in force as YAML, secrets hidden' },
    topics: { type: 'boolean', description: "ask the brokers too: Weir's topics, and those of a Collector" },
    json: JSON_OPTION,
  },
  positionals: [],
  run: (context) => (context.options['json'] ? checkAsJson(context) : check(context)),
}

async function load({ options, env }: CommandContext): Promise<LoadedConfig> {
  const loaded = await loadConfig({ path: stringOption(options, 'config'), env })
  // Read as `weir up` reads them, so that what is called valid starts.
  const silent = { clock: systemClock, meter: { add: () => {} }, logger: { warn: () => {} } }
  void new Tokens(loaded.config.collectors.otlp.tokens, silent)
  void createDetection(loaded.config)
  return loaded
}

async function check(context: CommandContext): Promise<number> {
  const { config, path } = await load(context)
  await printLine(context.stderr, `${path ?? 'the default configuration'} is valid`)
  if (context.options['print']) await print(context.stdout, printConfig(config))
  for (const warning of plaintextWarnings(config.collectors.otlpKafka))
    await printLine(context.stderr, `warning: ${warning}`)
  const problems = await topicProblems(context, config)
  for (const { topic, what, wanted, found, fatal, advice } of problems)
    await printLine(
      context.stderr,
      `${fatal ? 'wrong' : 'unsafe'}: ${topic}: ${what} is ${found}, wanted is ${wanted}; ${advice}`,
    )
  return problems.length === 0 ? 0 : 1
}

/** Of the cluster's topics, where that was asked for. */
async function topicProblems({ options }: CommandContext, config: Config): Promise<TopicProblem[]> {
  if (!options['topics']) return []
  if (config.stream.kind !== 'kafka' && !config.collectors.otlpKafka.enabled)
    throw usage('--topics needs stream.kind: kafka, or collectors.otlpKafka.enabled.')
  const { checkTopics } = await import('../running/streams/kafka.ts')
  return checkTopics(config, createLogger({ level: config.log.level, clock: systemClock }))
}

const shownProblem = ({ path, message, code, line, column }: Problem): Problem => ({
  path,
  message,
  code,
  line,
  column,
})

/** One object: what is in force, or what is wrong. */
async function checkAsJson(context: CommandContext): Promise<number> {
  try {
    const { config, path } = await load(context)
    const shown = context.options['print'] ? { config: redact(config) } : {}
    const problems = await topicProblems(context, config)
    const topics = context.options['topics'] ? { topics: problems } : {}
    const warnings = plaintextWarnings(config.collectors.otlpKafka)
    await printJson(context.stdout, { valid: true, file: path ?? null, warnings, ...shown, ...topics })
    return problems.length === 0 ? 0 : 1
  } catch (error) {
    if (!(error instanceof WeirError)) throw error
    const problems =
      error instanceof ConfigError
        ? error.problems.map(shownProblem)
        : [{ path: [], message: error.message, code: error.code }]
    await printJson(context.stdout, { valid: false, problems })
    return error.exitCode
  }
}
