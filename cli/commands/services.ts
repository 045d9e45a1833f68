import { rowsOf, type StoreClient } from '../../sinks/clickhouse/index.ts'
import {
  CONFIG_OPTION,
  JSON_OPTION,
  stringOption,
  usage,
  type Command,
  type CommandContext,
} from '../terminal/command.ts'
import { cureOf, LACKS, type Lack } from './cures.ts'
import { painter, printJson, printLine, table, visible } from '../terminal/output.ts'
import { reachStore } from '../running/reach.ts'
import { answeringClient } from '../running/store-access.ts'

const DEFAULT_DAYS = 7
/** More services or models than this are not listed. */
const MAX_LISTED = 1_000

export const command: Command = {
  examples: [
    'weir services                 # who sends, how well it can be watched, and what would cure each lack',
    'weir services --tenant acme --days 30',
    'weir services --json',
  ],
  options: {
    config: CONFIG_OPTION,
    json: JSON_OPTION,
    tenant: { type: 'string', value: 'name', description: 'only this tenant' },
    days: { type: 'string', value: 'n', description: `how many days to look back (default: ${DEFAULT_DAYS})` },
  },
  positionals: [],
  async run(context: CommandContext): Promise<number> {
    const days = Number(stringOption(context.options, 'days') ?? DEFAULT_DAYS)
    if (!Number.isInteger(days) || days < 1) throw usage('--days takes a whole number from 1.')
    const tenant = stringOption(context.options, 'tenant')
    const { reader } = await reachStore(await context.config())
    const client = await answeringClient(reader)
    try {
      const inventory = await inventoryOf(client, days, tenant)
      if (context.options['json']) await printJson(context.stdout, inventory)
      else await printLine(context.stdout, render(inventory, nobodySent(days, tenant), context.color.stdout))
      const { services, models } = inventory
      await printLine(
        context.stderr,
        `${services.length} services by instrumentation, ${models.length} models, ${days} days`,
      )
      return 0
    } finally {
      await client.close()
    }
  },
}

interface ServiceRow {
  tenant: string
  service: string
  environment: string
  dialect: string
  scope: string
  scope_version: string
  last_seen: string
  calls: number
  model_calls: number
  with_text: number
  release_known: number
  actor_known: number
  unscanned: number
  errors: number
  no_text_reason: string
}

export interface ServiceLack {
  lack: Lack
  /** Of its calls of models. */
  calls: number
  cure: string
}

type Service = Omit<ServiceRow, 'no_text_reason'> & { lacks: ServiceLack[] }

interface Model {
  tenant: string
  service: string
  provider: string
  model: string
  /** False where only the model asked for is known. */
  served: boolean
  calls: number
  last_seen: string
  users: string[]
  agents: string[]
}

interface Inventory {
  services: Service[]
  models: Model[]
}

async function inventoryOf(client: StoreClient, days: number, tenant: string | undefined): Promise<Inventory> {
  const params = { days, tenant: tenant ?? '', most: MAX_LISTED }
  const where = `day > today() - {days:UInt16} AND ({tenant:String} = '' OR tenant = {tenant:String})`
  const [rows, models] = [
    await rowsOf<ServiceRow>(client, servicesSql(client.database, where), params),
    await rowsOf<Model>(client, modelsSql(client.database, where), params),
  ]
  return { services: rows.map(withLacks), models }
}

const sums = (names: readonly string[]): string =>
  names.map((name) => `toFloat64(sum(s.${name})) AS ${name}`).join(', ')

const servicesSql = (database: string, where: string): string => `
  SELECT tenant, service, environment, argMax(newest_dialect, s.last_seen) AS dialect, scope, scope_version,
    toString(max(s.last_seen)) AS last_seen,
    ${sums(['calls', 'model_calls', 'with_text', 'release_known', 'actor_known', 'unscanned', 'errors'])},
    argMaxIf(s.no_text_reason, s.last_seen, s.no_text_reason != '') AS no_text_reason
  FROM ${database}.service_days AS s WHERE ${where}
  GROUP BY tenant, service, environment, scope, scope_version
  ORDER BY tenant, service, calls DESC, dialect, scope LIMIT {most:UInt32}`

const modelsSql = (database: string, where: string): string => `
  SELECT tenant, service, provider, used_model AS model, toBool(served) AS served, toFloat64(sum(m.calls)) AS calls,
    toString(max(m.last_seen)) AS last_seen, arraySort(groupUniqArrayArray(100)(m.users)) AS users,
    arraySort(groupUniqArrayArray(100)(m.agents)) AS agents
  FROM ${database}.model_days AS m WHERE ${where}
  GROUP BY tenant, service, provider, used_model, served
  ORDER BY tenant, service, calls DESC, model LIMIT {most:UInt32}`

const KNOWN: Readonly<Record<Lack, 'with_text' | 'release_known' | 'actor_known'>> = {
  text: 'with_text',
  release: 'release_known',
  actor: 'actor_known',
}

function withLacks({ no_text_reason: noTextReason, ...row }: ServiceRow): Service {
  const lacks = LACKS.map((lack) => ({ lack, calls: row.model_calls - row[KNOWN[lack]] }))
    .filter(({ calls }) => calls > 0)
    .map(({ lack, calls }) => ({ lack, calls, cure: cureOf(lack, { ...row, noTextReason }) }))
  return { ...row, lacks }
}

/** Of a tenant that is named, the name may be wrong; of all, nobody has been told where to send. */
function nobodySent(days: number, tenant: string | undefined): string {
  const when = `in the last ${days === 1 ? 'day' : `${days} days`}`
  return tenant === undefined
    ? `no service has sent a call ${when}: set OTEL_EXPORTER_OTLP_ENDPOINT in one`
    : `no service of tenant ${visible(tenant)} has sent a call ${when}: leave --tenant out to see all`
}

function render({ services, models }: Inventory, nobody: string, color: boolean): string {
  if (services.length === 0) return nobody
  const paint = painter(color)
  const header = ['tenant', 'service', 'last seen', 'dialect', 'instrumentation', 'calls']
  const listed = table(
    [...header, 'text', 'release', 'actor', 'unscanned', 'errors'],
    services.map((s) => [
      ...[s.tenant, named(s), s.last_seen.slice(0, 19), s.dialect, `${s.scope} ${s.scope_version}`.trim(), s.calls],
      ...[s.with_text, s.release_known, s.actor_known].map((part) => share(part, s.model_calls)),
      ...[s.unscanned, s.errors].map((part) => share(part, s.calls)),
    ]),
  )
  const cures = services.flatMap((service) =>
    service.lacks.map(
      ({ lack, calls, cure }) =>
        `${paint('yellow', `${visible(`${service.tenant} ${named(service)} (${service.dialect})`)}: no ${lack} in ${calls} of ${service.model_calls} calls`)}\n    ${visible(cure)}`,
    ),
  )
  const used = table(
    ['tenant', 'service', 'provider', 'model', 'calls', 'last seen', 'users', 'agents'],
    models.map((m) => [
      ...[m.tenant, m.service, m.provider, m.served ? m.model : `${m.model} (asked for)`, m.calls],
      ...[m.last_seen.slice(0, 19), some(m.users), some(m.agents)],
    ]),
  )
  return [listed, ...(cures.length > 0 ? ['', ...cures] : []), '', used].join('\n')
}

const named = ({ service, environment }: Service): string =>
  environment === '' ? service : `${service} ${environment}`

const share = (part: number, whole: number): string => (whole === 0 ? '' : `${Math.floor((part / whole) * 100)} %`)

const SHOWN_NAMES = 3

function some(names: readonly string[]): string {
  const more = names.length > SHOWN_NAMES ? ` and ${names.length - SHOWN_NAMES} more` : ''
  return names.slice(0, SHOWN_NAMES).join(', ') + more
}
