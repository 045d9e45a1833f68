import { describe, expect, it } from 'vitest'
import { createScan, createVocabulary } from '../../scan/index.ts'
import { Token, type Sighting } from '../finder.ts'
import { MRZ, mrzFinder } from './mrz.ts'

const scan = createScan(createVocabulary())
const place = { direction: 'input', message: 0, part: 0, field: 'content' } as const

function found(text: string): string[] {
  const sightings: Sighting[] = []
  for (const view of scan([{ place, text }]).views) {
    for (let mark = 0; mark < view.marks.length; mark += 3) {
      if (mrzFinder.kinds.includes(view.marks[mark]!))
        mrzFinder.find(view, mark, (sighting) => sightings.push(sighting), new Token())
    }
    return sightings.map(({ type, start, end }) => `${type}:${view.content.slice(start, end)}`)
  }
  return []
}

/** The specimens of the definition, ICAO Doc 9303. */
const PASSPORT = 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10'
const CARD = 'I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<'
const OLDER_CARD = 'I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6'
const GERMAN = 'P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<\nC01X00T478D<<6408125F2702283<<<<<<<<<<<<<<<4'

describe('machine-readable zones', () => {
  it.each([PASSPORT, CARD, OLDER_CARD, GERMAN])('%j', (zone) => {
    expect(found(zone)).toEqual([`${MRZ}:${zone}`])
    expect(found(`Scan:\n${zone}\nThank you.`)).toEqual([`${MRZ}:${zone}`])
    const indented = zone.replaceAll('\n', '\r\n    ')
    expect(found(`  ${indented}\r\n`)).toEqual([`${MRZ}:${indented}`])
  })

  it.each([
    PASSPORT.replace('7408122', '7408123'),
    PASSPORT.replace('1204159', '1204158'),
    PASSPORT.replace('L898902C36', 'L898902C37'),
    CARD.replace('7408122', '7408123'),
    CARD.replace('D231458907', 'D231458908'),
    PASSPORT.slice(45),
    PASSPORT.replace('P<UTO', 'x<UTO'),
    PASSPORT.replace('\n', ' and '),
    'if (a<b) return\n1234567890'.padEnd(44, '<'),
    '<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\n<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<',
  ])('%j is none', (text) => expect(found(text)).toEqual([]))

  it('has a normal form', () => {
    const [type] = mrzFinder.types
    expect(type!.normal(PASSPORT.toLowerCase())).toBe(PASSPORT)
    expect(type!.normal(CARD.replaceAll('\n', ' '))).toBe(CARD)
    expect(type!.normal('P<UTO')).toBeUndefined()
  })
})
