import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ScanText } from '../../core/seam.ts'
import { scan } from './index.ts'

const place = { direction: 'input', message: 0, part: 0, field: 'content' } as const
const textOf = (text: string): ScanText => ({ place, text })
const found = (text: string): string[] =>
  scan([textOf(text)]).candidates.map(({ class: kind, start, end }) => `${kind}:${text.slice(start, end)}`)

describe('numbers', () => {
  it.each([
    ['411111111111', 'digits:411111111111'],
    ['card 4111 1111 1111 1111, please', 'digits:4111 1111 1111 1111'],
    ['4-1-1-1-1-1-1-1-1-1-1-1', 'digits:4-1-1-1-1-1-1-1-1-1-1-1'],
    [' 4111 1111 1111 1111 ', 'digits:4111 1111 1111 1111'],
    ['４１１１　１１１１　１１１１　１１１１', 'digits:４１１１　１１１１　１１１１　１１１１'],
    ['41\u200b11 1111\u2060 1111 1111', 'digits:41\u200b11 1111\u2060 1111 1111'],
    ['a 4111.1111.1111.1111.', 'digits:4111.1111.1111.1111'],
    ['4111  1111  1111  1111', 'digits:4111  1111  1111  1111'],
    ['4111\t1111 \t1111 1111', 'digits:4111\t1111 \t1111 1111'],
    ['x'.repeat(11) + '123456789012', 'digits:123456789012'],
  ])('finds the run in %j', (text, run) => expect(found(text)).toEqual([run]))

  it.each([
    '41111111111',
    '4111   1111   1111   1111',
    '4111\t1111\t1111\t1111\t1111',
    '4111.1111 1111.1111',
    '1.2.3.4.5.6.7.8.9.10',
    '2024-01-15T10:15:30',
    '4111\n1111\n1111\n1111',
    ' '.repeat(99),
  ])('finds nothing in %j', (text) => expect(found(text)).toEqual([]))

  it('finds exactly what a plain regular expression finds', () => {
    const alphabet = fc.constantFrom(
      ...Array.from('0123456789'),
      '7',
      '8',
      ' ',
      '-',
      'x',
      '.',
      '１',
      '\u200b',
      '\u00a0',
    )
    const digit = '[0-9\uff10-\uff19]'
    const plain = new RegExp(`${digit}(?:\u200b*(?:[ \\-\u00a0]\u200b*)?${digit}){11,}`, 'g')
    fc.assert(
      fc.property(fc.string({ unit: alphabet, maxLength: 200 }), (text) => {
        const runs = found(text).filter((run) => !/[.]| {2}/.test(run))
        expect(runs).toEqual([...text.matchAll(plain)].map(([run]) => `digits:${run}`))
      }),
      { numRuns: 2000 },
    )
  })

  it('finds four widely spaced groups wherever they begin', () => {
    for (const gap of ['  ', '\t', ' \t', '.'])
      for (let before = 0; before < 30; before++) {
        const number = ['4111', '1111', '1111', '1111'].join(gap)
        expect(found(`${'x'.repeat(before)}${number} and`)).toEqual([`digits:${number}`])
      }
  })
})

describe('at signs', () => {
  it.each([
    ['ann@x.org', ['at:@']],
    ['ann＠x.org', ['at:＠']],
    ['ann%40x.org', ['at:%40']],
    [String.raw`ann\u0040x.org`, [String.raw`at:\u0040`]],
    [String.raw`ann\x40x.org`, [String.raw`at:\x40`]],
    ['ann&#64;x.org', ['at:&#64;']],
    ['ann&#x40;x.org', ['at:&#x40;']],
    ['@ann says @ bob@', []],
    ['40 of 2040 %4 0040', []],
    ['a@b', []],
  ])('in %j', (text, expected) => expect(found(text)).toEqual(expected))
})

describe('growth', () => {
  const cost = (text: string): number => {
    const texts = [textOf(text)]
    scan(texts)
    let best = Number.POSITIVE_INFINITY
    for (let round = 0; round < 4; round++) {
      const before = process.cpuUsage()
      for (let times = 0; times < 2; times++) scan(texts)
      const { user, system } = process.cpuUsage(before)
      best = Math.min(best, user + system)
    }
    return best
  }
  it.each([
    '1',
    '1 ',
    ' ',
    '-',
    'a@',
    '@',
    'a@b.c ',
    '%40',
    String.raw`\u0040`,
    '40',
    '12345678901 ',
    '1\u200b',
    '１-',
    '.',
    '\t',
    '4111.',
    '4111\t',
    '4111  ',
    '4111\t1111.',
    '&#64;',
  ])('is linear in repetitions of %j', (unit) => {
    const small = cost(unit.repeat(50_000 / unit.length))
    const large = cost(unit.repeat(400_000 / unit.length))
    // Eight times the text; quadratic would be sixty-four times the cost.
    expect(large).toBeLessThan(24 * Math.max(small, 1000))
  })
})
