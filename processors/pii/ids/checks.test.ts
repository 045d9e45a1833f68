import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isDate, isDayMonthYear, isLongDate, isYearMonthDay } from './calendar.ts'
import { holdsTravelCheck } from './icao.ts'
import { digits } from './ids.fixture.ts'
import { holdsMod11And10, holdsMod11And2, remainder97 } from './iso7064.ts'
import { holdsVerhoeff } from './verhoeff.ts'

describe('dates', () => {
  it('are those of the calendar', () => {
    for (const year of [1896, 1900, 1999, 2000, 2024, 2100])
      for (let month = 0; month <= 13; month++)
        for (let day = 0; day <= 32; day++) {
          const date = new Date(Date.UTC(year, month - 1, day))
          const same = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
          expect(isDate(year, month, day), `${year}-${month}-${day}`).toBe(same)
        }
  })

  it('are of either century where the year has two digits', () => {
    expect(isYearMonthDay('000229')).toBe(true)
    expect(isYearMonthDay('010229')).toBe(false)
    expect(isYearMonthDay('040229')).toBe(true)
    expect(isDayMonthYear('290200')).toBe(true)
    expect(isDayMonthYear('310499')).toBe(false)
    expect(isLongDate('19000229')).toBe(false)
    expect(isLongDate('17991231')).toBe(false)
  })
})

describe('checks', () => {
  const holding: [string, (text: string) => boolean, string[]][] = [
    ['mod 11,10', holdsMod11And10, ['07945', '86095742719', '33392005961']],
    ['mod 11-2', holdsMod11And2, ['0000000218250097', '000000021694233X', '11010519491231002X']],
    ['mod 97-10', (text) => remainder97(text) === 1, ['79444', '5493001KJTIIGC8Y1R12']],
    ['Verhoeff', holdsVerhoeff, ['2363', '758722', '1428570', '84736430954837284567892']],
    ['travel documents', holdsTravelCheck, ['L898902C36', '7408122', '1204159']],
  ]
  it.each(holding)('%s holds for published examples', (_, holds, examples) => {
    for (const example of examples) expect(holds(example), example).toBe(true)
  })

  it.each([
    ['mod 11,10', holdsMod11And10],
    ['mod 11-2', holdsMod11And2],
    ['mod 97-10', (text: string) => remainder97(text) === 1],
    ['Verhoeff', holdsVerhoeff],
    ['travel documents', holdsTravelCheck],
  ])('%s tells every wrong digit', (_, holds) => {
    fc.assert(
      fc.property(digits(12), fc.nat(11), fc.integer({ min: 1, max: 9 }), (body, at, step) => {
        const whole = Array.from({ length: 100 }, (_unused, check) => body + String(check).padStart(2, '0')).find(
          (text) => holds(text),
        )
        if (whole === undefined) return
        const wrong = whole.slice(0, at) + String((Number(whole[at]) + step) % 10) + whole.slice(at + 1)
        expect(holds(wrong)).toBe(false)
      }),
    )
  })

  it('Verhoeff tells every swap of neighbours', () => {
    fc.assert(
      fc.property(digits(11), fc.nat(9), (body, at) => {
        const whole = body + Array.from('0123456789').find((digit) => holdsVerhoeff(body + digit))!
        if (whole[at] === whole[at + 1]) return
        expect(holdsVerhoeff(whole.slice(0, at) + whole[at + 1] + whole[at] + whole.slice(at + 2))).toBe(false)
      }),
    )
  })
})
