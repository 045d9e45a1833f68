import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { metricName } from '../../core/telemetry/series.ts'
import { WeirHome } from '../support/weir.ts'
import { isSource, readTree } from '../tidy/tree.ts'
import { documents, ROOT } from './files.ts'
import { evaluate, metricsOf, parse, seconds, type Labels, type Sample, type Series } from './promql.ts'

interface Rule {
  readonly record?: string
  readonly alert?: string
  readonly expr: string
  readonly for?: string
  readonly labels?: Labels
  readonly annotations?: Labels
}
interface Tried {
  readonly name: string
  readonly input_series: readonly { readonly series: string; readonly values: string }[]
  readonly promql_expr_test: readonly {
    readonly eval_time: string
    readonly expr: string
    readonly exp_samples: readonly { readonly labels: string; readonly value: number }[]
  }[]
}

const [{ groups }] = documents<{ groups: { rules: Rule[] }[] }>('deploy/prometheus/rules.yaml') as [
  { groups: { rules: Rule[] }[] },
]
const [{ tests }] = documents<{ tests: Tried[] }>('deploy/prometheus/rules.test.yaml') as [{ tests: Tried[] }]
const rules = groups.flatMap((group) => group.rules).map((rule) => ({ ...rule, parsed: parse(rule.expr) }))
const STEP = 60

/** `metric{label="value", ...}`, or only one of the two. */
function labelsOf(text: string): Labels {
  const [, name = '', inner = ''] = /^([\w:]*)(?:\{(.*)\})?$/.exec(text) ?? []
  const pairs = [...inner.matchAll(/(\w+)="([^"]*)"/g)].map(([, label, value]) => [label!, value!] as const)
  return { ...(name !== '' && { __name__: name }), ...Object.fromEntries(pairs) }
}

/** promtool's short form: `1x3` is four times 1, `0+2x3` is 0 2 4 6, `_x3` is nothing three times. */
function samplesOf(values: string): Series['samples'] {
  const list = values.split(' ').flatMap((part): (number | undefined)[] => {
    const [, start = '', add = '0', times = '0'] = /^(_|\d+)(?:\+(\d+))?(?:x(\d+))?$/.exec(part) ?? []
    if (start === '') throw new Error(`not understood: ${part}`)
    if (start === '_') return Array.from({ length: Number(times) || 1 }, () => undefined)
    return Array.from({ length: Number(times) + 1 }, (_, index) => Number(start) + index * Number(add))
  })
  return list.flatMap((value, index) => (value === undefined ? [] : [[index * STEP, value] as [number, number]]))
}

/** Evaluates all rules minute by minute, as Prometheus does: in order, each seeing what those before it recorded. */
function run({ input_series }: Tried, until: number): Series[] {
  const series = new Map<string, Series>()
  const note = (labels: Labels, at: number, value: number): void => {
    const key = JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    const one = series.get(key) ?? { labels, samples: [] }
    series.set(key, one)
    one.samples.push([at, value])
  }
  for (const input of input_series)
    series.set(input.series, { labels: labelsOf(input.series), samples: samplesOf(input.values) })
  const since = new Map<string, number>()
  for (let at = 0; at <= until; at += STEP) {
    for (const rule of rules) {
      const result = evaluate(rule.parsed, [...series.values()], at)
      if (rule.record) for (const { labels, value } of result) note({ ...labels, __name__: rule.record }, at, value)
      if (rule.alert) fire(rule, rule.alert, result, at)
    }
  }
  return [...series.values()]

  function fire(rule: Rule, alertname: string, result: readonly Sample[], at: number): void {
    const active = new Set<string>()
    for (const { labels } of result) {
      const { __name__: _, ...own } = { ...labels, ...rule.labels, alertname } as Record<string, string>
      const key = JSON.stringify(own)
      active.add(key)
      if (!since.has(key)) since.set(key, at)
      const firing = at - since.get(key)! >= seconds(rule.for ?? '0s')
      note({ ...own, __name__: 'ALERTS', alertstate: firing ? 'firing' : 'pending' }, at, 1)
    }
    const gone = [...since.keys()].filter((key) => key.includes(`"alertname":"${alertname}"`) && !active.has(key))
    for (const key of gone) since.delete(key)
  }
}

/** A series that was not written at a time has ended then: Prometheus marks it stale. */
const written = (series: readonly Series[], at: number): Series[] =>
  series.filter(({ labels, samples }) => labels['__name__'] !== 'ALERTS' || samples.some(([when]) => when === at))

describe('rules', () => {
  test.each(tests.map((one) => [one.name, one] as const))('%s', (_, tried) => {
    for (const { eval_time, expr, exp_samples } of tried.promql_expr_test) {
      const at = seconds(eval_time)
      const found = evaluate(parse(expr), written(run(tried, at), at), at)
      const shown = found.map(({ labels, value }) => ({ labels, value: Number(value.toPrecision(6)) }))
      const wanted = exp_samples.map(({ labels, value }) => ({ labels: labelsOf(labels), value }))
      expect([eval_time, shown]).toEqual([eval_time, expect.arrayContaining(wanted)])
      expect([eval_time, shown.length]).toEqual([eval_time, wanted.length])
    }
  })

  test('are each tried: every alert fires in some test', () => {
    const fired = new Set(
      tests.flatMap(({ promql_expr_test }) =>
        promql_expr_test.flatMap(({ exp_samples }) => exp_samples.map(({ labels }) => labelsOf(labels)['alertname'])),
      ),
    )
    expect(rules.filter(({ alert }) => alert !== undefined && !fired.has(alert)).map(({ alert }) => alert)).toEqual([])
  })

  test('say what is wrong and what to do, and whom it concerns', () => {
    for (const { alert, labels, annotations } of rules) {
      if (alert === undefined) continue
      expect(['page', 'ticket']).toContain(labels?.['severity'])
      expect(Object.keys(annotations ?? {})).toEqual(['summary', 'action'])
    }
  })
})

describe('the metrics that rules look at', () => {
  const home = WeirHome.make()
  let printed: string[] = []
  beforeAll(async () => {
    const weir = await home
    const { otlp, telemetry } = await weir.up()
    const request = { method: 'POST', headers: { 'content-type': 'application/json' } }
    const span = {
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      name: 'chat m',
      startTimeUnixNano: String(BigInt(Date.now()) * 1_000_000n),
      endTimeUnixNano: String(BigInt(Date.now()) * 1_000_000n),
      attributes: [{ key: 'gen_ai.operation.name', value: { stringValue: 'chat' } }],
    }
    const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] })
    const { status } = await fetch(`${otlp}/v1/traces`, { ...request, body })
    if (status !== 200) throw new Error(`a span was answered with ${status}`)
    const text = await (await fetch(`${telemetry}/metrics`)).text()
    printed = [...text.matchAll(/^# TYPE (weir_\w+)/gm)].map(([, name]) => name!)
  })
  afterAll(async () => (await home).remove())

  /** Every name that the code counts or shows under. */
  const counted = new Set(
    [...readTree(ROOT)]
      .filter(([path]) => isSource(path) && /^(cli|core|collectors|processors|sinks|control)\//.test(path))
      .flatMap(([, text]) => [
        ...[...text.matchAll(/\bmeter\.add\(\s*'([^']+)'/g)].map(([, name]) => metricName(name!, 'counter')),
        ...[...text.matchAll(/\.gauge\(\s*'([^']+)'/g)].map(([, name]) => metricName(name!, 'other')),
      ]),
  )

  test('are named in the code', () => {
    const recorded = new Set(rules.map(({ record }) => record))
    const looked = new Set(rules.flatMap(({ parsed }) => metricsOf(parsed)))
    const own = [...looked].filter((name) => !recorded.has(name) && name !== 'up')
    expect(own.length).toBeGreaterThan(5)
    expect(own.filter((name) => !counted.has(name))).toEqual([])
  })

  test('are printed so', () => {
    expect(printed).toEqual(expect.arrayContaining(['weir_otlp_records_total', 'weir_detect_records_total']))
    expect(printed.filter((name) => !counted.has(name))).toEqual([])
  })
})
