import { describe, expect, it } from 'vitest'
import type { NamedRange } from './mentions.ts'
import { tabledNames } from './tables.ts'

const range = (text: string, value: string): NamedRange => {
  const start = text.indexOf(value)
  return { type: 'PERSON', start, end: start + value.length, confidence: 0.5 }
}
const tabled = (text: string, ...found: string[]): string[] =>
  tabledNames(
    text,
    found.map((value) => range(text, value)),
  ).map(({ type, start, end }) => `${type[0]} ${text.slice(start, end)}`)

describe('columns that are said to hold names', () => {
  it.each([
    ['id,first_name,surname\n1,Oyin,Quaye\n2,Bo,Ó Sé', ['P Oyin', 'P Quaye', 'P Bo', 'P Ó Sé']],
    ['Nachname;Ort;PLZ\nGrützmacher;Celle;29221', ['P Grützmacher', 'L Celle']],
    ['full name\tcompany\r\nAnn Poe\tGridbox Ltd.\r\n', ['P Ann Poe', 'O Gridbox Ltd.']],
    ['| Last name | City |\n|---|---|\n| Vance | El Paso |', ['P Vance', 'L El Paso']],
    ['"last name","full_name"\n"Poe","Poe, Ann"\n', ['P Poe', 'P Poe, Ann']],
    ['See below:\n\nsurname,age\nPoe,31\n\nThanks', ['P Poe']],
  ])('%j', (text, names) => expect(tabled(text)).toEqual(names))
})

describe('columns that may hold names', () => {
  const text = 'name,price\nWren Aldous,2\nBao Tran,3\nOlive Oil,4'
  it('do when half of their cells were found to be', () =>
    expect(tabled(text, 'Wren Aldous', 'Bao Tran')).toEqual(['P Wren Aldous', 'P Bao Tran', 'P Olive Oil']))
  it('do not otherwise', () => expect(tabled(text, 'Olive Oil')).toEqual([]))
})

describe('no tables of names', () => {
  it.each([
    'surname,age',
    'Dear surname, first name,\nAnn, Poe, both are missing',
    'first_name,last_name\nnull,n/a\n12,x1',
    'import { name, city } from "a"\nimport { Name, City } from "b"',
    'surname, city, and then a sentence that says what is wanted of you\nAnn, Poe, x',
    '',
  ])('%j', (text) => expect(tabled(text)).toEqual([]))

  it('time grows with the text, not with its square', () => {
    const rows = (count: number): string => `name,city\n${'Wren Aldous,Oslo\n'.repeat(count)}`
    const timed = (text: string, found: NamedRange[]): number => {
      const begin = process.cpuUsage().user
      tabledNames(text, found)
      return process.cpuUsage().user - begin
    }
    const foundIn = (count: number): NamedRange[] =>
      Array.from({ length: count }, (_, row) => {
        const start = 10 + row * 17
        return { type: 'PERSON', start, end: start + 11, confidence: 0.9 }
      })
    timed(rows(500), foundIn(500))
    const few = timed(rows(5_000), foundIn(5_000)) + 2_000
    expect(timed(rows(20_000), foundIn(20_000))).toBeLessThan(few * 12)
  })
})
