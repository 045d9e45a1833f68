import { describe, expect, it } from 'vitest'
import { joinPersons, normalName, rangeOf, type NamedRange } from './mentions.ts'
import { tokenise } from './tokens.ts'

/** The range made of a mention of all tokens. */
function whole(text: string, type: 'PERSON' | 'ORGANIZATION' = 'PERSON'): string | undefined {
  const tokens = tokenise(text)
  const mention = { type, first: 0, end: tokens.length, confidence: 1, look: 'usual' as const }
  const range = rangeOf(text, tokens, mention)
  return range === undefined ? undefined : text.slice(range.start, range.end)
}

describe('ranges of mentions', () => {
  it.each([
    ['Mrs. Anna Kowalska', 'Anna Kowalska'],
    ['Frau Dr. Schneider', 'Schneider'],
    ["Anna Kowalska's", 'Anna Kowalska'],
    ['"Anna Kowalska",', 'Anna Kowalska'],
    ['Anna\nKowalska', 'Anna'],
    ['Anna = Kowalska', 'Anna'],
    ['Anna   Kowalska', 'Anna'],
    ['J. R. Smith', 'J. R. Smith'],
    ["O'Brien", "O'Brien"],
    ['Jean-Luc Picard', 'Jean-Luc Picard'],
    ['#AnnaLee #fun', 'AnnaLee'],
    ['Anna 2 Kowalska', 'Anna'],
    ['70 k', undefined],
    ['Mr.', undefined],
    ['Frau', undefined],
    ['...', undefined],
    ['e', undefined],
    ['INFO', undefined],
    ['toString', undefined],
    ['Spanish', undefined],
    ['Sunni Arab', undefined],
    ['HIV', undefined],
    ['Christian Weber', 'Christian Weber'],
    ['Christian', 'Christian'],
    ['def luhn', undefined],
    ['2 kg', undefined],
    ['Versichertennummer', undefined],
    ['Behandlung', undefined],
    ['Germán', 'Germán'],
  ])('%j', (text, expected) => expect(whole(text)).toBe(expected))

  it('a word that a program calls is no name', () => {
    const text = 'Max(3) and Max'
    const tokens = tokenise(text)
    const at = (first: number): boolean =>
      rangeOf(text, tokens, { type: 'PERSON', first, end: first + 1, confidence: 1, look: 'usual' }) !== undefined
    expect([at(0), at(tokens.length - 1)]).toEqual([false, true])
  })

  it('persons cut in two are joined, lists of them are not', () => {
    const joined = (text: string, ...names: string[]): string[] => {
      const ranges = names.map((name): NamedRange => {
        const start = text.indexOf(name)
        return { type: 'PERSON', start, end: start + name.length, confidence: 0.9 }
      })
      return joinPersons(text, ranges).map(({ start, end }) => text.slice(start, end))
    }
    expect(joined('Dr. Heike Sommerfeld', 'Heike', 'Sommerfeld')).toEqual(['Heike Sommerfeld'])
    expect(joined('Femke de Vries', 'Femke', 'Vries')).toEqual(['Femke de Vries'])
    expect(joined('Ana, Rui', 'Ana', 'Rui')).toEqual(['Ana', 'Rui'])
    expect(joined('Ana e Rui', 'Ana', 'Rui')).toEqual(['Ana', 'Rui'])
    expect(joined('Ana\nRui', 'Ana', 'Rui')).toEqual(['Ana', 'Rui'])
  })

  it.each([
    ['José  GARCÍA', 'jose garcia'],
    ['J. R. Smith', 'j r smith'],
    ['Łukasz Øster', 'lukasz oster'],
    ['Jos\\u00e9', 'jose'],
  ])('normal form of %j', (name, normal) => expect(normalName(name)).toBe(normal))
})
