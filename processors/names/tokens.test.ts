import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tokenise } from './tokens.ts'

const cut = (text: string): string[] => tokenise(text).map(({ start, end }) => text.slice(start, end))

describe('tokens', () => {
  it.each([
    ["Anna's cat", ['Anna', "'", 's', 'cat']],
    ["don't", ['don', "'", 't']],
    ["O'Brien and D’Angelo", ["O'Brien", 'and', 'D’Angelo']],
    ["l'Oréal", ['l', "'", 'Oréal']],
    ['J. R. Smith', ['J.', 'R.', 'Smith']],
    ['the U.S. office.', ['the', 'U.S.', 'office', '.']],
    ['Jean-Luc', ['Jean', '-', 'Luc']],
    ['user_name _Anna_', ['user_name', '_', 'Anna', '_']],
    ['mail ann@x.org now', ['mail', 'ann@x.org', 'now']],
    ['see https://x.test/a?b=c.', ['see', 'https://x.test/a?b=c', '.']],
    ['@anna_k #Berlin # 5', ['@anna_k', '#Berlin', '#', '5']],
    ['"a\\nAnna"', ['"', 'a', '\\n', 'Anna', '"']],
    ['C:\\new\\table', ['C', ':', '\\', 'new', '\\', 'table']],
    ['Jos\\u00e9 Sil\\u0076a', ['Jos\\u00e9', 'Sil', '\\', 'u0076a']],
    ['a\n\nb', ['a', '\n', '\n', 'b']],
    ['Zo\u00ade 😀 Łódź', ['Zo\u00ade', '😀', 'Łódź']],
    ['𝐀nna', ['𝐀', 'nna']],
    ['', []],
    [' \t\r\n', ['\n']],
  ])('%j', (text, words) => expect(cut(text)).toEqual(words))

  it('covers everything that is not white space, in order and without overlap', () => {
    const mess = fc.string({ unit: 'binary', maxLength: 200 })
    fc.assert(
      fc.property(mess, (text) => {
        let at = 0
        let left = ''
        for (const { start, end } of tokenise(text)) {
          expect(start).toBeGreaterThanOrEqual(at)
          expect(end).toBeGreaterThan(start)
          left += text.slice(at, start)
          at = end
        }
        left += text.slice(at)
        expect(at).toBeLessThanOrEqual(text.length)
        expect(left).not.toMatch(/[A-Za-z0-9!-/]/)
      }),
      { numRuns: 300 },
    )
  })

  it('never cuts a surrogate pair', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), (text) => {
        for (const { start, end } of tokenise(text)) {
          for (const at of [start, end]) {
            const before = text.charCodeAt(at - 1)
            const inPair =
              before >= 0xd800 && before < 0xdc00 && text.charCodeAt(at) >= 0xdc00 && text.charCodeAt(at) < 0xe000
            expect(inPair).toBe(false)
          }
        }
      }),
      { numRuns: 300 },
    )
  })
})
