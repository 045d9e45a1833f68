import { describe, expect, it } from 'vitest'
import { isAmongFigures, isInDump } from './dumps.ts'

describe('lines of bytes', () => {
  it.each([
    '00000b10: 6f63 6b65 6400 6463 6765 7474 6578 7400  ocked.',
    '00002350  58 bf 01 00 00 00 00 00  00 39 02 00 00 00 00 00  |X|',
    '0014000 32b8 0002 0000 0000 0008 0000 0000 0000',
    '    4848:\t05 83 00 00 00       \tadd    $0x83,%eax',
  ])('%s', (line) => {
    expect(isInDump(line, 14)).toBe(true)
    expect(isInDump(`call me\n${line}`, 22)).toBe(true)
  })
  it.each(['12345678 06 12 34 56 78', 'tel 06 12 34 56 78', '4111 1111 1111 1111', '4711: 06 12 34 56 78'])(
    '%s is none',
    (line) => expect(isInDump(line, 10)).toBe(false),
  )
})

describe('lines of figures', () => {
  it.each(['7654321\t1234567\t7654321\t1234567', '12345, 12345.5, 12345, -12345'])('%s', (line) =>
    expect(isAmongFigures(line, 9)).toBe(true),
  )
  it.each(['1234567', '1234567 12 1234567', 'Ann 12345 12345 12345 12345', '1234567\n1234567\n1234567\n1234567'])(
    '%s is none',
    (line) => expect(isAmongFigures(line, 5)).toBe(false),
  )
})
