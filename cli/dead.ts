import { systemClock, systemRandom } from '../core/clock.ts'
import { WeirError } from '../core/errors.ts'
import { createLogger } from '../core/log.ts'
import { loadMasterKeys, open } from '../core/sealing/index.ts'
import { createEmit } from '../core/stages/collect.ts'
import { createTelemetry } from '../core/telemetry/index.ts'
import type { Config } from '../schemas/config.ts'
import type { Interaction } from '../schemas/interaction.ts'
import {
  deadLetters,
  dropDead,
  sealedDead,
  setReplayed,
  type DeadLetterRow,
  type StoreClient,
} from '../sinks/clickhouse/index.ts'
import { CONFIG_OPTION, JSON_OPTION, usage, type Command, type CommandContext } from './command.ts'
import { printJson, printLine, table } from './output.ts'
import { reachStore } from './reach.ts'
import { answeringClient } from './store-access.ts'
import type { OpenStream } from './streams/open-stream.ts'
import { version } from './version.ts'

export const command: Command = {
  examples: [
    'weir dead list                # what could not be stored, and why; never what it holds',
    'weir dead show <id>',
    'weir dead replay <id>         # send it through detect again, once the cause is gone (Kafka)',
    'weir dead drop <id>           # its content is removed; that it was there stays in the ledger',
  ],
  options: { config: CONFIG_OPTION, json: JSON_OPTION },
  positionals: [
    { name: 'action', description: 'list, show, replay or drop', required: true },
    { name: 'id', description: 'the id of a dead letter, as list shows it', required: false },
  ],
  async run(context: CommandContext): Promise<number> {
    const [action, id] = context.args
    if (!['list', 'show', 'replay', 'drop'].includes(action!))
      throw usage(`dead does not know ${JSON.stringify(action)}; it knows list, show, replay and drop.`)
    if (action !== 'list' && id === undefined) throw usage(`<id> is missing: which one? See \`weir dead list\`.`)
    const config = await context.config()
    const client = await answeringClient((await reachStore(config)).writer)
    try {
      const letters = await deadLetters(client, id === undefined ? undefined : [id])
      if (id !== undefined && letters.length === 0) throw usage(`there is no dead letter ${JSON.stringify(id)}.`)
      if (action === 'drop') await dropDead(client, [id!])
      if (action === 'replay') await replay(id!, client, config)
      if (action === 'list' || action === 'show') await show(letters, context)
      else
        await printLine(
          context.stderr,
          action === 'drop' ? 'Dropped.' : 'Sent again; `weir find` and SQL show it soon.',
        )
      return 0
    } finally {
      await client.close()
    }
  },
}

async function show(letters: readonly DeadLetterRow[], { options, stdout, stderr }: CommandContext): Promise<void> {
  if (options['json']) {
    for (const letter of letters) await printJson(stdout, letter)
    return
  }
  const header = ['received', 'id', 'topic', 'reason', 'state', 'tenant', 'epoch', 'partition', 'offset', 'bytes']
  const rows = letters.map((l) => [
    ...[l.received_at, l.id, l.topic, l.reason, l.state, l.tenant],
    ...[l.epoch, l.partition, l.offset, Math.round(l.bytes)],
  ])
  if (rows.length > 0) await printLine(stdout, table(header, rows))
  await printLine(stderr, `${rows.length} dead letters`)
}

/** Opens it only to send it on: detect masks it like any other. */
async function replay(id: string, client: StoreClient, config: Config): Promise<void> {
  if (config.stream.kind !== 'kafka')
    throw usage('a dead letter is sent again by Kafka; with one process, have its sender send it again after `drop`.')
  const letters = await sealedDead(client, [id])
  const letter = letters.find(({ state }) => state === 'kept') ?? letters[0]
  if (letter!.state === 'dropped') throw usage('its content was dropped; there is nothing to send.')
  const stream = await openStream(config)
  try {
    const { tenant, keyId, envelope } = letter!
    const bytes = await open(stream.keys, { keyId, envelope }, { tenant, recordId: id, field: 'dead' })
    const interaction = interactionOf(bytes)
    await setReplayed(client, [id])
    const [refusal] = await createEmit(stream.stream, { add: () => {} })([interaction])
    if (refusal) throw new WeirError('WEIR_TOO_LARGE', refusal.message)
  } finally {
    await stream.close()
  }
}

/** What the stream itself could not read is no interaction, and would die again. */
function interactionOf(bytes: Buffer): Interaction {
  const value = JSON.parse(bytes.toString()) as Partial<Interaction>
  if (typeof value.id === 'string' && Array.isArray(value.input)) return value as Interaction
  throw usage('it is no interaction: the topic held something that Weir did not write or could not read. Drop it.')
}

async function openStream(config: Config): Promise<OpenStream> {
  const { openKafka } = await import('./streams/kafka.ts')
  const logger = createLogger({ level: config.log.level, clock: systemClock })
  const telemetry = createTelemetry(
    { ...config.telemetry, enabled: false },
    { logger, clock: systemClock, version: version() },
  )
  const masterKeys = await loadMasterKeys(config, { random: systemRandom, logger })
  return openKafka(config, { masterKeys, logger, telemetry, client: undefined })
}
