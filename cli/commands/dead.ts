import { systemClock, systemRandom } from '../../core/clock.ts'
import { WeirError } from '../../core/errors.ts'
import { createLogger } from '../../core/log.ts'
import { loadMasterKeys, open } from '../../core/sealing/index.ts'
import { createEmit } from '../../core/stages/collect.ts'
import type { DeadLetter } from '../../core/streams/kafka/index.ts'
import { createTelemetry } from '../../core/telemetry/index.ts'
import type { Config } from '../../schemas/config.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import {
  deadLetters,
  dropDead,
  keptDead,
  sealedDead,
  setReplayed,
  type DeadLetterRow,
  type SealedDead,
  type StoreClient,
} from '../../sinks/clickhouse/index.ts'
import {
  CONFIG_OPTION,
  JSON_OPTION,
  stringOption,
  usage,
  type Command,
  type CommandContext,
} from '../terminal/command.ts'
import { print, printJson, printLine, table } from '../terminal/output.ts'
import { reachStore } from '../running/reach.ts'
import { answeringClient } from '../running/store-access.ts'
import type { OpenKafka } from '../running/streams/kafka.ts'
import { version } from '../running/version.ts'

export const command: Command = {
  examples: [
    'weir dead list                       # what could not be stored, and why; never what it holds',
    'weir dead show <id>',
    'weir dead replay <id>                # put it back where it came from, once the cause is gone (Kafka)',
    'weir dead replay --reason version    # all that are kept for this reason',
    'weir dead drop <id>                  # its content is removed; that it was there stays in the ledger',
  ],
  options: {
    config: CONFIG_OPTION,
    json: JSON_OPTION,
    reason: { type: 'string', value: 'reason', description: 'replay, drop: all letters kept for this reason' },
  },
  positionals: [
    { name: 'action', description: 'list, show, replay or drop', required: true },
    { name: 'id', description: 'the id of a dead letter, as list shows it', required: false },
  ],
  async run(context: CommandContext): Promise<number> {
    const { action, id, reason } = asked(context)
    const config = await context.config()
    const client = await answeringClient((await reachStore(config)).writer)
    try {
      if (action === 'list') return await show(await deadLetters(client), context)
      if (id !== undefined) {
        const letters = await deadLetters(client, [id])
        if (letters.length === 0) throw usage(`there is no dead letter ${JSON.stringify(id)}.`)
        if (action === 'show') return await show(letters, context)
      }
      const ids = id === undefined ? await keptDead(client, reason!) : [id]
      if (action === 'drop') await drop(ids, client, context)
      else await replay(ids, client, config, context)
      return 0
    } finally {
      await client.close()
    }
  },
}

interface Asked {
  action: 'list' | 'show' | 'replay' | 'drop'
  id: string | undefined
  reason: string | undefined
}

function asked({ args, options }: CommandContext): Asked {
  const [action, id] = args
  const reason = stringOption(options, 'reason')
  if (action !== 'list' && action !== 'show' && action !== 'replay' && action !== 'drop')
    throw usage(`dead does not know ${JSON.stringify(action)}; it knows list, show, replay and drop.`)
  if (reason !== undefined && (action === 'list' || action === 'show'))
    throw usage(`--reason is for replay and drop; \`weir dead list\` shows all.`)
  if (action !== 'list' && id === undefined && reason === undefined)
    throw usage(`<id> is missing: which one? See \`weir dead list\`.`)
  if (id !== undefined && reason !== undefined) throw usage('<id> or --reason, not both.')
  return { action, id, reason }
}

async function show(letters: readonly DeadLetterRow[], { options, stdout, stderr }: CommandContext): Promise<number> {
  if (options['json']) {
    for (const letter of letters) await printJson(stdout, letter)
    return 0
  }
  const header = ['received', 'id', 'topic', 'reason', 'state', 'tenant', 'epoch', 'partition', 'offset', 'bytes']
  const rows = letters.map((l) => [
    ...[l.received_at, l.id, l.topic, l.reason, l.state, l.tenant],
    ...[l.epoch, l.partition, l.offset, Math.round(l.bytes)],
  ])
  if (rows.length > 0) await printLine(stdout, table(header, rows))
  await printLine(stderr, `${rows.length} dead letters`)
  return 0
}

const AT_ONCE = 500

async function drop(ids: readonly string[], client: StoreClient, { stderr }: CommandContext): Promise<void> {
  for (let at = 0; at < ids.length; at += AT_ONCE) await dropDead(client, ids.slice(at, at + AT_ONCE))
  await printLine(stderr, `Dropped: ${ids.length}.`)
}

/** Opens it only to send it on, one after the other: a letter may be large. */
async function replay(
  ids: readonly string[],
  client: StoreClient,
  config: Config,
  { stderr, signal }: CommandContext,
): Promise<void> {
  if (config.stream.kind !== 'kafka')
    throw usage('a dead letter is sent again by Kafka; with one process, have its sender send it again after `drop`.')
  const stream = await openStream(config)
  let sent = 0
  try {
    for (const id of ids) {
      if (signal.aborted) break
      await replayOne(id, client, stream)
      sent++
    }
  } finally {
    await print(stderr, `Sent again: ${sent} of ${ids.length}.\n`)
    await stream.close()
  }
}

async function replayOne(id: string, client: StoreClient, open: OpenKafka): Promise<void> {
  const letters = await sealedDead(client, [id])
  const letter = letters.find(({ state }) => state === 'kept') ?? letters[0]
  if (letter === undefined) throw usage(`there is no dead letter ${JSON.stringify(id)}.`)
  if (letter.state === 'dropped') throw usage('its content was dropped; there is nothing to send.')
  const send = await prepare(letter, open)
  await setReplayed(client, [id])
  await send()
}

/** What the stream could not read goes back as it was; what detect could not handle is an interaction like any other. */
async function prepare({ id, tenant, keyId, envelope }: SealedDead, { stream, keys, replay: putBack }: OpenKafka) {
  const bytes = await open(keys, { keyId, envelope }, { tenant, recordId: id, field: 'dead' })
  const content = JSON.parse(bytes.toString()) as Interaction | DeadLetter
  if ('diedAt' in content) return putBack(content)
  return async (): Promise<void> => {
    const [refusal] = await createEmit(stream, { add: () => {} })([content])
    if (refusal) throw new WeirError('WEIR_TOO_LARGE', refusal.message)
  }
}

async function openStream(config: Config): Promise<OpenKafka> {
  const { openKafka } = await import('../running/streams/kafka.ts')
  const logger = createLogger({ level: config.log.level, clock: systemClock })
  const telemetry = createTelemetry(
    { ...config.telemetry, enabled: false },
    { logger, clock: systemClock, version: version() },
  )
  const masterKeys = await loadMasterKeys(config, { random: systemRandom, logger })
  return openKafka(config, { masterKeys, logger, telemetry, client: undefined })
}
