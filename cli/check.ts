import { Tokens } from '../collectors/otlp/tokens.ts'
import { systemClock } from '../core/clock.ts'
import { ConfigError, loadConfig, printConfig, redact, type LoadedConfig } from '../core/config/index.ts'
import { WeirError } from '../core/errors.ts'
import { CONFIG_OPTION, JSON_OPTION, stringOption, type Command, type CommandContext } from './command.ts'
import { print, printJson, printLine } from './output.ts'

export const command: Command = {
  examples: [
    'weir check                          # ./weir.yaml, or the defaults when there is none',
    'weir check --config prod.yaml       # exit code 78 when something is wrong, with line and column',
    'weir check --print                  # the configuration in force, secrets hidden',
  ],
  options: {
    config: CONFIG_OPTION,
    print: { type: 'boolean', description: 'print the configuration in force as YAML, secrets hidden' },
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
  return loaded
}

async function check(context: CommandContext): Promise<number> {
  const { config, path } = await load(context)
  await printLine(context.stderr, `${path ?? 'the default configuration'} is valid`)
  if (context.options['print']) await print(context.stdout, printConfig(config))
  return 0
}

/** One object: what is in force, or what is wrong. */
async function checkAsJson(context: CommandContext): Promise<number> {
  try {
    const { config, path } = await load(context)
    const shown = context.options['print'] ? { config: redact(config) } : {}
    await printJson(context.stdout, { valid: true, file: path ?? null, ...shown })
    return 0
  } catch (error) {
    if (!(error instanceof WeirError)) throw error
    const problems =
      error instanceof ConfigError ? error.problems : [{ path: [], message: error.message, code: error.code }]
    await printJson(context.stdout, { valid: false, problems })
    return error.exitCode
  }
}
