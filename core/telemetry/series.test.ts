import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Counters, METRICS_MAX, OVERFLOW_METRIC, POINTS_PER_METRIC_MAX, REFUSED_METRIC } from './series.ts'

const counters = (): Counters => new Counters(() => {})
const shown = (all: Counters, name: string): unknown =>
  [...all.points(name)].map(({ labels, value }) => [labels, value])
const sum = (all: Counters, name: string): number =>
  [...all.points(name)].reduce((total, { value }) => total + value, 0)

test('counts by labels, whatever their order', () => {
  const all = counters()
  all.add('weir_x_total', 1)
  all.add('weir_x_total', 2, { a: '1', b: '2' })
  all.add('weir_x_total', 3, { b: '2', a: '1' })
  expect(shown(all, 'weir_x_total')).toEqual([
    [{}, 1],
    [{ a: '1', b: '2' }, 5],
  ])
})

test('words with dots are the same metric as the name that is exposed', () => {
  const all = counters()
  for (const name of ['otlp.received_bytes', 'weir_otlp_received_bytes_total', 'weir.otlp.received.bytes'])
    all.add(name, 1)
  expect([...all.names()]).toEqual(['weir_otlp_received_bytes_total'])
  expect(sum(all, 'weir_otlp_received_bytes_total')).toBe(3)
})

test('labels are bounded: what is beyond goes to "other" and is counted, nothing is lost', () => {
  const all = counters()
  for (let index = 0; index < 1000; index++) all.add('weir_x_total', 1, { tenant: `t${index}`, stage: 's' })
  expect([...all.points('weir_x_total')]).toHaveLength(POINTS_PER_METRIC_MAX + 1)
  expect(sum(all, 'weir_x_total')).toBe(1000)
  expect(shown(all, OVERFLOW_METRIC)).toEqual([[{ metric: 'weir_x_total' }, 1000 - POINTS_PER_METRIC_MAX]])
})

test('a label value that is not of a closed set never shows', () => {
  const all = counters()
  for (const value of ['Jane Roe', 'a@b.c', '', 'x'.repeat(65), 'a"b', 'a\nb', undefined as unknown as string]) {
    all.add('weir_x_total', 1, { reason: value, stage: 'detect' })
  }
  expect(shown(all, 'weir_x_total')).toEqual([[{ reason: 'other', stage: 'detect' }, 7]])
})

test('metrics are bounded, and what is refused is counted', () => {
  const all = counters()
  for (let index = 0; index < METRICS_MAX + 10; index++) all.add(`weir_m${index}_total`, 1)
  for (const name of ['weir x', 'weir_X_total', 'x-y', '1x', 'weir__x_total', '']) all.add(name, 1)
  for (const value of [-1, Number.NaN, Infinity]) all.add('weir_m0_total', value)
  for (const label of ['Upper', 'a-b', 'le le', '']) all.add('weir_m0_total', 1, { [label]: 'x' })
  expect(shown(all, REFUSED_METRIC)).toEqual([
    [{ reason: 'metrics' }, 10],
    [{ reason: 'name' }, 6],
    [{ reason: 'value' }, 3],
    [{ reason: 'label' }, 4],
  ])
  expect([...all.names()].length).toBeLessThanOrEqual(METRICS_MAX + 2)
})

test('whatever is counted: it never throws, and good values are all there', () => {
  const all = counters()
  let expected = 0
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1000 }), fc.string(), fc.string(), (value, name, label) => {
      all.add(`${name} `, value, { [name]: label })
      all.add('weir_good_total', value, { reason: label })
      expected += value
      expect(sum(all, 'weir_good_total')).toBe(expected)
    }),
    { numRuns: 2000 },
  )
})
