import { systemClock } from '../../core/clock.ts'
import { createLogger } from '../../core/log.ts'
import { CONFIG_OPTION, usage, type Command, type CommandContext } from '../terminal/command.ts'
import { bringUpToDate } from '../running/compose.ts'
import { printLine } from '../terminal/output.ts'
import { answeringClient, openStore } from '../running/store-access.ts'

export const command: Command = {
  examples: ['weir migrate --config weir.yaml   # once, before the first `weir run` of a version'],
  options: { config: CONFIG_OPTION },
  positionals: [],
  async run(context: CommandContext): Promise<number> {
    const config = await context.config()
    if (config.store.kind !== 'server')
      throw usage('`weir migrate` is for store.kind: server; `weir up` brings its own store up to date.')
    const logger = createLogger({ level: config.log.level, clock: systemClock })
    const store = await openStore(config, logger)
    const client = await answeringClient(store.writer)
    try {
      const applied = await bringUpToDate(client, config, logger)
      await printLine(context.stderr, applied === 0 ? 'The schema is up to date.' : `${applied} migrations applied.`)
      return 0
    } finally {
      await client.close()
      await store.close()
    }
  },
}
