import {
  CONFIG_OPTION,
  JSON_OPTION,
  stringOption,
  usage,
  type Command,
  type CommandContext,
} from '../terminal/command.ts'
import { printJson, printLine } from '../terminal/output.ts'
import { reachStore } from '../running/reach.ts'
import { MAX_TURNS, readSession } from '../session/read.ts'
import { renderSession } from '../session/render.ts'
import { answeringClient } from '../running/store-access.ts'

export const command: Command = {
  examples: [
    'weir session conv-42                    # by the conversation that calls name',
    'weir session 4bf92f3577b34da6a3ce929d0e0e4736   # by a trace or an interaction',
    'weir session conv-42 --tenant acme --json',
  ],
  options: {
    config: CONFIG_OPTION,
    json: JSON_OPTION,
    tenant: { type: 'string', value: 'name', description: 'whose data to look in (default: default)' },
  },
  positionals: [{ name: 'id', description: 'of a conversation, a trace or an interaction', required: true }],
  async run(context: CommandContext): Promise<number> {
    const tenant = stringOption(context.options, 'tenant') ?? 'default'
    const id = context.args[0]!
    if (id === '') throw usage('<id> is empty: of a conversation, a trace or an interaction.')
    const { reader } = await reachStore(await context.config())
    const client = await answeringClient(reader)
    try {
      const session = await readSession(client, tenant, id)
      if (session === undefined)
        throw usage(`tenant ${tenant} has no conversation, trace or interaction ${JSON.stringify(id)}. See --tenant.`)
      if (context.options['json']) await printJson(context.stdout, session)
      else await printLine(context.stdout, renderSession(session, context.color.stdout))
      if (session.more) await printLine(context.stderr, `Only the first ${MAX_TURNS} calls are shown.`)
      return 0
    } finally {
      await client.close()
    }
  },
}
