import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ID_LENGTH_MAX, MARK_LENGTH_MAX, readMark, writeMark, type Mark } from './mark.ts'

const offset = fc.nat()
const id = fc.string({ minLength: 1, maxLength: ID_LENGTH_MAX })
const marks: fc.Arbitrary<Mark> = fc
  .record(
    {
      epoch: offset,
      seen: fc.record({ offset, id }),
      pending: fc.record({ first: offset, length: offset, id }).map(({ first, length, id: last }) => {
        return { first, last: first + length, id: last }
      }),
      from: offset,
    },
    { requiredKeys: ['epoch'] },
  )
  .map((mark) => mark as Mark)

describe('the mark beside a committed offset', () => {
  test('reads as it was written', () => {
    fc.assert(
      fc.property(marks, (mark) => {
        expect(readMark(writeMark(mark))).toEqual(mark)
      }),
    )
  })

  test('is short enough with ids as long as they may be', () => {
    const id = 'x'.repeat(ID_LENGTH_MAX)
    const most = Number.MAX_SAFE_INTEGER
    const mark = writeMark({
      epoch: most,
      seen: { offset: most, id },
      pending: { first: most, last: most, id },
      from: most,
    })
    expect(mark.length).toBeLessThan(MARK_LENGTH_MAX)
  })

  test.each([
    null,
    undefined,
    '',
    'set by hand',
    '[]',
    'null',
    '{}',
    '{"v":1}',
    '{"v":"1","e":1}',
    '{"v":1,"e":-1}',
    '{"v":1,"e":1.5}',
    '{"v":1,"e":1,"s":[1]}',
    '{"v":1,"e":1,"s":[1,""]}',
    '{"v":1,"e":1,"p":[5,4,"a"]}',
    '{"v":1,"e":1,"p":[1,2]}',
    '{"v":1,"e":1,"f":"3"}',
    `{"v":1,"e":1,"s":[1,"${'x'.repeat(MARK_LENGTH_MAX)}"]}`,
  ])('that is not ours is no mark: %#', (text) => {
    expect(readMark(text)).toBeUndefined()
  })

  test('from a later version stops the reading', () => {
    expect(() => readMark('{"v":2,"e":1}')).toThrow(expect.objectContaining({ code: 'WEIR_SCHEMA_VERSION' }) as Error)
  })
})
