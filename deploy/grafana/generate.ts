import { writeFileSync } from 'node:fs'

/*
 * The dashboard over Weir's views, for Grafana's official ClickHouse data source. Tables stand without a database: the data
 * source names it, and logs in as weir_reader.
 */

export interface Panel {
  readonly title: string
  readonly kind: 'stat' | 'timeseries' | 'table'
  readonly sql: string
  readonly unit?: string
  /** Of 24 columns. */
  readonly width: number
  readonly height: number
  readonly description: string
}

const OF_TENANT = 'tenant IN (${tenant:sqlstring})'

const STATS: readonly Panel[] = [
  ['Calls', 'sum(calls)', 'short', 'Model, tool and retriever calls in the time chosen.'],
  ['Leaks', 'sum(leaks)', 'short', 'Calls whose answer held a serious finding.'],
  ['Failed', 'sum(errors) / sum(calls)', 'percentunit', 'Share of calls that ended in an error.'],
  [
    'Not looked at',
    'sum(unscanned)',
    'short',
    'Parts that could not be scanned wholly. They are withheld, not passed.',
  ],
].map(([title = '', expression = '', unit = '', description = '']) => ({
  title,
  kind: 'stat',
  unit,
  description,
  width: 6,
  height: 4,
  sql: `SELECT ${expression} AS value
FROM release_health
WHERE $__timeFilter(minute) AND ${OF_TENANT}`,
}))

const ofReleases = (title: string, expression: string, unit: string, description: string): Panel => ({
  title,
  kind: 'timeseries',
  unit,
  description,
  width: 12,
  height: 8,
  sql: `SELECT $__timeInterval(minute) AS time, release, ${expression} AS value
FROM release_health
WHERE $__timeFilter(minute) AND ${OF_TENANT}
GROUP BY time, release
ORDER BY time`,
})

const drift = (title: string, expression: string, unit: string, description: string): Panel => ({
  title,
  kind: 'timeseries',
  unit,
  description,
  width: 8,
  height: 8,
  sql: `SELECT hour AS time, release, sum(${expression} * calls) / sum(calls) AS value
FROM drift_timeline
WHERE $__timeFilter(hour) AND ${OF_TENANT}
GROUP BY time, release
ORDER BY time`,
})

export const PANELS: readonly Panel[] = [
  ...STATS,
  ofReleases(
    'Leaks by release',
    'sum(leaks)',
    'short',
    'A release that starts to leak stands out from the one before it.',
  ),
  ofReleases('Failed by release', 'sum(errors) / sum(calls)', 'percentunit', 'Share of calls that ended in an error.'),
  drift('Length of answers', 'mean_output_chars', 'short', 'Mean characters of an answer, by the hour.'),
  drift('Share of leaking answers', 'leak_share', 'percentunit', 'By the hour.'),
  drift('Time taken', 'median_ms', 'ms', 'Median of each hour, weighted over routes by their calls.'),
  {
    title: 'Latest leaks',
    kind: 'table',
    description:
      'What got out, where exactly, by which release. Values are masked. Put a trace id above to read the call.',
    width: 24,
    height: 10,
    sql: `SELECT received_at, type, severity, provenance, release, service, snippet, range_start, range_end, trace_id
FROM leaks
WHERE $__timeFilter(received_at) AND ${OF_TENANT}
ORDER BY received_at DESC
LIMIT 200`,
  },
  {
    title: 'Use of sources',
    kind: 'table',
    description: 'Which data artefacts answers drew on, since they are kept: first use, last use, by how many users.',
    width: 24,
    height: 8,
    sql: `SELECT source_id, service, release, calls, users, first_seen, last_seen
FROM source_use
WHERE ${OF_TENANT} AND last_seen >= $__fromTime
ORDER BY last_seen DESC
LIMIT 200`,
  },
  {
    title: 'Conversation',
    kind: 'table',
    description: 'Every call of the conversation or trace named above, in order, masked.',
    width: 24,
    height: 12,
    sql: `SELECT started_at, operation, service, actor_user, release, input, output, tool_calls, error_type, findings, leak
FROM conversation
WHERE ${OF_TENANT} AND trace_id IN (
  SELECT trace_id FROM turns
  WHERE ${OF_TENANT} AND (conversation_id = \${conversation:sqlstring} OR trace_id = \${conversation:sqlstring})
) AND (trace_id != '' OR conversation = \${conversation:sqlstring})
ORDER BY started_at
LIMIT 500`,
  },
]

export const TENANTS_SQL = 'SELECT DISTINCT tenant FROM release_health ORDER BY tenant'

const DATASOURCE = { type: 'grafana-clickhouse-datasource', uid: '${datasource}' }

function variables(): unknown[] {
  return [
    { name: 'datasource', label: 'Store', type: 'datasource', query: DATASOURCE.type, hide: 0, refresh: 1 },
    {
      ...{ name: 'tenant', label: 'Tenant', type: 'query', datasource: DATASOURCE, query: TENANTS_SQL },
      ...{ multi: true, includeAll: true, refresh: 2, sort: 1, hide: 0 },
      current: { text: ['All'], value: ['$__all'] },
    },
    { name: 'conversation', label: 'Conversation or trace id', type: 'textbox', query: '', hide: 0 },
  ]
}

/** Left to right, and down when a row of 24 columns is full. */
function laidOut(): unknown[] {
  let [x, y, rowHeight] = [0, 0, 0]
  return PANELS.map((panel, index) => {
    const { title, kind, sql, unit, width: w, height: h, description } = panel
    if (x + w > 24) [x, y, rowHeight] = [0, y + rowHeight, 0]
    const gridPos = { x, y, w, h }
    x += w
    rowHeight = Math.max(rowHeight, h)
    const isSeries = kind === 'timeseries'
    return {
      ...{ id: index + 1, title, type: kind, description, datasource: DATASOURCE, gridPos },
      fieldConfig: { defaults: { ...(unit && { unit }), ...(kind === 'stat' && { decimals: 2 }) }, overrides: [] },
      options: {},
      targets: [
        {
          ...{ refId: 'A', datasource: DATASOURCE, editorType: 'sql', rawSql: sql },
          ...{ queryType: isSeries ? 'timeseries' : 'table', format: isSeries ? 0 : 1 },
        },
      ],
    }
  })
}

export function dashboard(): string {
  const whole = {
    uid: 'weir',
    title: 'Weir',
    description: 'What generative-AI services are asked and what they answer: leaks, drift, sources.',
    tags: ['weir'],
    schemaVersion: 39,
    editable: true,
    time: { from: 'now-24h', to: 'now' },
    refresh: '1m',
    templating: { list: variables() },
    panels: laidOut(),
  }
  return `${JSON.stringify(whole, null, 2)}\n`
}

/** `npm run -s build && node dist/deploy/grafana/generate.js && npm run format`; a test says when it is due. */
function main(): void {
  writeFileSync('deploy/grafana/dashboard.json', dashboard())
}

if (import.meta.url === `file://${process.argv[1]}`) main()
