import { hash } from 'node:crypto'
import { appendFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../../../core/clock.ts'
import { messageOf } from '../../../core/errors.ts'
import { rowsOf } from '../../../sinks/clickhouse/client.ts'
import { jsonRequest, protobufRequest, type TraceRequest } from '../../support/otlp-encode.ts'
import { failed, type Problem } from '../checks.ts'
import { searchFiles, searchMetrics, searchTables } from '../plaintext.ts'
import { PLACES, type Planted } from './seeds.ts'
import { Load } from '../senders.ts'
import { cardOf, emailOf, POISON, type Expected, type Request } from '../workload.ts'
import { EmbeddedWorld } from './world.ts'

type Say = (text: string) => void

/** Values planted in every place that holds a string must be nowhere afterwards. First the search must find one. */
export async function runPlaintext(seed: string, say: Say): Promise<Problem[]> {
  const problems: Problem[] = []
  for (const [name, run] of [
    ['the search finds what is planted in ordinary places', proveSearch],
    ['values in every string field', searchAll],
  ] as const) {
    const world = await EmbeddedWorld.open({
      strikes: [{ point: 'insert:interactions:after', nth: 4, target: 'self', life: 0 }],
    })
    const found = await run(world, seed, say).catch((error: unknown) => [failed(messageOf(error))])
    await world.close()
    say(`  ${name}: ${found.length + world.problems.length === 0 ? 'ok' : 'PROBLEMS'}`)
    problems.push(...found, ...world.problems)
  }
  return problems
}

async function proveSearch(world: EmbeddedWorld): Promise<Problem[]> {
  const client = world.client()
  const missed: Problem[] = []
  const expect = (where: string, found: readonly Problem[]): void => {
    if (found.length === 0) missed.push(failed(`a value planted in ${where} is not found: the search proves nothing`))
  }
  try {
    const before = [...(await searchTables(client)).problems, ...searchFiles(world.directory)]
    if (before.length > 0) return before
    const value = emailOf(1)
    await client.command(`INSERT INTO ${client.database}.actions (id, detail) VALUES ('x', {value:String})`, { value })
    expect('an ordinary column', (await searchTables(client)).problems)
    await client.command(`TRUNCATE TABLE ${client.database}.actions`)
    const sealed = Buffer.from(cardOf(1)).toString('base64')
    await client.command(
      `INSERT INTO ${client.database}.dead_letters (id, day, sealed) VALUES ('x', today(), {sealed:String})`,
      {
        sealed,
      },
    )
    expect('a sealed column', (await searchTables(client)).problems)
    for (const file of ['data/keys.txt', 'logs/weir-0.log']) {
      const path = join(world.directory, file)
      if (file.startsWith('logs')) appendFileSync(path, `at ${value} level`)
      else writeFileSync(path, `at ${cardOf(1)} level`)
      expect(file, searchFiles(world.directory))
      rmSync(path)
    }
  } finally {
    await client.close()
  }
  return missed
}

async function searchAll(world: EmbeddedWorld, seed: string, say: Say): Promise<Problem[]> {
  const deliveries = plantings(seed)
  await sendNonsense(world.port)
  world.load = new Load({ port: world.port, deliveries, senders: 8, timeoutMs: 3_000, seed })
  const over = new AbortController()
  void systemClock.sleep(240_000, over.signal).then(() => over.abort())
  await world.load.run(over.signal)
  over.abort()
  await world.settled()
  const problems = world.load.refused.map(failed)
  const unacknowledged = [...world.load.sent.values()].filter(({ acknowledged }) => !acknowledged)
  if (unacknowledged.length > 0) problems.push(failed(`${unacknowledged.length} planted spans were not acknowledged`))
  if (world.lives < 2) problems.push(failed('Weir was not killed in the middle of it'))
  problems.push(...(await searchMetrics(world.weir!.telemetry)), ...searchFiles(world.directory))
  await world.terminate()
  problems.push(...searchFiles(world.directory))
  await world.startWeir()
  const client = world.client()
  try {
    const { problems: found, tables, rows } = await searchTables(client)
    problems.push(...found, ...searchFiles(world.directory))
    const [count] = await rowsOf<{ stored: number; findings: number }>(
      client,
      `SELECT toFloat64(count()) AS stored, (SELECT toFloat64(count()) FROM ${client.database}.findings) AS findings
       FROM ${client.database}.interactions`,
    )
    const places = Object.keys(PLACES).length
    say(
      `  ${places} places, ${world.load.sent.size} spans, ${count?.stored} stored, ${count?.findings} findings, ${tables} tables, ${rows} rows dumped`,
    )
    if ((count?.findings ?? 0) < places) problems.push(failed('fewer findings than planted places'))
  } finally {
    await client.close()
  }
  return problems
}

const PER_REQUEST = 30

/** An address, a card number and both in a sentence, each in every place, in both encodings. */
function plantings(seed: string): Request[] {
  const requests: Request[] = []
  let serial = 0
  for (const json of [false, true]) {
    const requestsOf: TraceRequest[] = []
    for (const place of Object.values(PLACES)) {
      const email = emailOf(serial)
      const card = cardOf(serial)
      for (const value of [email, card, `write to ${email} or charge ${card} please`])
        requestsOf.push(requestOf(place(value), `${seed} ${serial++}`))
    }
    while (requestsOf.length > 0) requests.push(delivery(requestsOf.splice(0, PER_REQUEST), json))
  }
  return requests
}

function requestOf(planted: Planted, seed: string): TraceRequest {
  const digest = hash('sha256', `planted ${seed}`, 'hex')
  const { span, resource, scope, schemaUrl = '' } = planted
  const sent = {
    ...{ traceId: digest.slice(0, 32), spanId: digest.slice(32, 48), kind: 3 },
    // Some rows are refused by the store, whose complaint would quote them.
    name: digest.startsWith('00') ? `chat ${POISON}` : 'chat',
    ...{ startMs: systemClock.now(), durationUs: 1_000 },
    ...span,
    attributes: { 'gen_ai.provider.name': 'openai', ...span?.attributes },
  }
  return {
    resource: { 'service.name': 'shop', ...resource },
    scope: { name: 'planted', version: '1', attributes: {}, ...scope },
    schemaUrl,
    spans: [sent],
  }
}

/** Requests of one encoding, put together as one. */
function delivery(requests: readonly TraceRequest[], json: boolean): Request {
  const body = json
    ? Buffer.from(
        JSON.stringify({
          resourceSpans: requests.flatMap(
            (request) => (JSON.parse(jsonRequest(request).toString()) as { resourceSpans: object[] }).resourceSpans,
          ),
        }),
      )
    : Buffer.concat(requests.map(protobufRequest))
  const holds = requests.flatMap(({ spans }) =>
    spans.map(({ traceId, spanId, name }) => ({
      traceId,
      spanId,
      name,
      poison: false,
      signal: NO_SIGNAL,
      findings: [],
    })),
  )
  return { contentType: json ? 'application/json' : 'application/x-protobuf', gzip: false, body, holds }
}

const NO_SIGNAL: Expected['signal'] = {
  ...{ inputChars: 0, outputChars: 0, error: false, leak: false, findings: 0, toolCalls: 0, unscanned: 0 },
  ...{ finishReason: '', key: '', durationUs: 0, inputTokens: 0, outputTokens: 0 },
}

/** Requests that are refused, ignored or not understood must leave no trace of what was in them either. */
async function sendNonsense(port: number): Promise<void> {
  const value = `${emailOf(77)} ${cardOf(77)}`
  const text = { stringValue: value }
  const log = { body: text, eventName: value, attributes: [{ key: 'gen_ai.system', value: text }] }
  const metric = { name: value, unit: value, description: value, gauge: { dataPoints: [{ asInt: '1' }] } }
  const bodies: readonly [path: string, body: string, headers?: Record<string, string>][] = [
    ['/v1/traces', `{"resourceSpans": "${value}"}`],
    ['/v1/traces', `{"resourceSpans": [${value}`],
    ['/v1/traces', JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: value, name: value }] }] }] })],
    ['/v1/traces', value, { 'Content-Type': 'application/x-protobuf' }],
    ['/v1/traces', '{}', { 'Content-Type': encodeURI(value) }],
    ['/v1/traces', '{}', { Authorization: `Bearer ${encodeURI(value)}` }],
    ['/v1/traces', value, { 'Content-Encoding': 'gzip' }],
    [`/v1/${encodeURIComponent(value)}`, '{}'],
    ['/v1/logs', JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [log] }] }] })],
    ['/v1/metrics', JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics: [metric] }] }] })],
  ]
  for (const [path, body, headers] of bodies) {
    await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json', ...headers },
      signal: AbortSignal.timeout(10_000),
    }).then((answer) => answer.arrayBuffer())
  }
}
