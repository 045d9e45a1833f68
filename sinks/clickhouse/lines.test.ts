import fc from 'fast-check'
import { expect, it } from 'vitest'
import { encodeLines } from './lines.ts'

it('keeps every line whole, whatever its characters and however many', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 40_000 }), { maxLength: 12 }), (texts) => {
      const lines = texts.map((text) => JSON.stringify(text))
      const { bytes, ends } = encodeLines(lines, (line) => line)
      expect(ends).toHaveLength(lines.length)
      lines.forEach((line, n) => {
        expect(bytes.subarray(n === 0 ? 0 : ends[n - 1], ends[n]).toString()).toBe(`${line}\n`)
      })
    }),
    { numRuns: 50 },
  )
})
