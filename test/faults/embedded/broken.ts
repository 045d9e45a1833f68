import { rowsOf, type StoreClient } from '../../../sinks/clickhouse/client.ts'
import { anyOf, SMALL, type BrokenBuild, type CaughtBy } from '../broken.ts'
import type { EmbeddedRound } from './round.ts'

type EmbeddedBuild = BrokenBuild<EmbeddedRound>

const KILLED: EmbeddedRound['strikes'] = [{ point: 'insert:interactions:before', nth: 3, target: 'self', life: 0 }]
const ANSWER_LOST: EmbeddedRound['strikes'] = [{ point: 'insert:ledger:after', nth: 3, target: 'self', life: 0 }]

/** Which row a tampering took: the ledger must name the batch that it belonged to. */
interface Taken {
  origin: number
  epoch: number
  batch: number
}

async function takeRow(client: StoreClient, table: string, taken: Taken): Promise<void> {
  const { database } = client
  const [row] = await rowsOf<{ id: string; epoch: number; offset: number; batch: number }>(
    client,
    `SELECT id, origin_epoch AS epoch, toFloat64(origin_offset) AS offset, toFloat64(origin_batch) AS batch
     FROM ${database}.${table} ORDER BY cityHash64(id) LIMIT 1`,
  )
  Object.assign(taken, { origin: row!.offset, epoch: row!.epoch, batch: row!.batch })
  await client.command(`ALTER TABLE ${database}.${table} DELETE WHERE id = {id:String} SETTINGS mutations_sync = 1`, {
    id: row!.id,
  })
}

/** The ledger says what is missing, and in which batch. */
const namedByLedger =
  (kind: string, taken: Taken): CaughtBy =>
  (problem) => {
    const named = new RegExp(`^ledger: ${kind} in \\S+ epoch (\\d+), offsets (\\d+)-(\\d+): `).exec(problem.text)
    if (problem.kind !== 'unbalanced' || !named) return false
    const [epoch, first, last] = named.slice(1).map(Number) as [number, number, number]
    return epoch === taken.epoch && first === taken.batch && first <= taken.origin && taken.origin <= last
  }

const tampered = (name: string, tamper: EmbeddedRound['tamper'], caughtBy: CaughtBy): EmbeddedBuild => ({
  name,
  ...SMALL,
  quiet: true,
  ...(tamper && { tamper }),
  caughtBy,
})

function deletedByHand(what: string, table: string): EmbeddedBuild {
  const taken: Taken = { origin: 0, epoch: 0, batch: 0 }
  return tampered(`${what}_deleted_by_hand`, (client) => takeRow(client, table, taken), namedByLedger(table, taken))
}

async function doubleRow(client: StoreClient): Promise<void> {
  const { database } = client
  await client.command(
    `INSERT INTO ${database}.interactions SELECT * FROM ${database}.interactions ORDER BY cityHash64(id) LIMIT 1`,
  )
}

/** Log records are stored as ever, and joined with nothing. */
async function joinNothing(client: StoreClient): Promise<void> {
  const { database } = client
  const [view] = await rowsOf<{ select: string }>(
    client,
    `SELECT as_select AS select FROM system.tables WHERE database = {database:String} AND name = 'log_days'`,
    { database },
  )
  await client.command(
    `CREATE OR REPLACE VIEW ${database}.log_days AS SELECT * FROM (${view!.select}) WHERE lone != ''`,
  )
}

export const EMBEDDED_BROKEN_BUILDS: readonly EmbeddedBuild[] = [
  {
    name: 'answer_before_insert',
    ...SMALL,
    breaks: ['answer_before_insert'],
    strikes: KILLED,
    caughtBy: anyOf('lost'),
  },
  { name: 'id_window_off', ...SMALL, breaks: ['id_window_off'], strikes: ANSWER_LOST, caughtBy: anyOf('doubled') },
  {
    name: 'token_reused_after_restart',
    ...SMALL,
    breaks: ['token_reused_after_restart'],
    strikes: [{ point: 'insert:ledger:after', nth: 3, target: 'self', life: 0 }],
    caughtBy: anyOf('lost'),
  },
  {
    name: 'epoch_reused_after_restart',
    ...SMALL,
    breaks: ['epoch_reused_after_restart'],
    strikes: ANSWER_LOST,
    caughtBy: anyOf('unbalanced'),
  },
  deletedByHand('row', 'interactions'),
  deletedByHand('finding', 'findings'),
  {
    ...tampered('split_calls_not_joined', joinNothing, ({ kind, text }) => kind === 'lost' && text.startsWith('call ')),
    plan: { interactions: 300, split: true },
  },
  tampered('row_doubled_by_hand', doubleRow, ({ kind, text }) => kind === 'unbalanced' && text.includes('doubled')),
  {
    name: 'hand_over_dropped',
    ...SMALL,
    quiet: true,
    breaks: ['hand_over_dropped'],
    caughtBy: anyOf('not_handed'),
  },
  { name: 'wrong_signal', ...SMALL, quiet: true, breaks: ['wrong_signal'], caughtBy: anyOf('wrong') },
  {
    name: 'masking_off',
    ...SMALL,
    quiet: true,
    config: { detectors: { pii: { enabled: false } } },
    caughtBy: anyOf('plaintext'),
  },
]
