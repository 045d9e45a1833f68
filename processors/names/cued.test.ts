import { describe, expect, it } from 'vitest'
import { withCued } from './cued.ts'
import type { NamedRange } from './mentions.ts'

const range = (text: string, value: string, type: NamedRange['type'] = 'PERSON'): NamedRange => {
  const start = text.indexOf(value)
  return { type, start, end: start + value.length, confidence: 0.5 }
}
const cued = (text: string, ...found: NamedRange[]): string[] =>
  withCued(text, found).map(({ type, start, end }) => `${type} ${text.slice(start, end)}`)

describe('keys', () => {
  it.each([
    ['{"first_name":"Siobhán","last_name":"ní dhomhnaill"}', ['Siobhán', 'ní dhomhnaill']],
    ["{'patientName': 'DIALLO, Fatoumata'}", ['DIALLO, Fatoumata']],
    ['Vorname: Anneke\nNachname: Okafor-Lind', ['Anneke', 'Okafor-Lind']],
    ['<surname>Ó Sé</surname>', ['Ó Sé']],
    ['full_name=Xiomara Ruiz&plan=gold', ['Xiomara Ruiz']],
    ["Mother's name: Lucía Fernández", ['Lucía Fernández']],
  ])('%s', (text, names) => expect(cued(text)).toEqual(names.map((name) => `PERSON ${name}`)))

  it.each([
    ['{"city":"Rosario","employer":"Frigorífico Andino"}', ['LOCATION Rosario', 'ORGANIZATION Frigorífico Andino']],
    ['"ville": "Saint-Malo"', ['LOCATION Saint-Malo']],
  ])('%s', (text, names) => expect(cued(text)).toEqual(names))

  it('a field of a place is no person', () => {
    const text = '{"ciudad":"Rosario"}'
    expect(cued(text, range(text, 'Rosario'))).toEqual(['LOCATION Rosario'])
  })

  it.each([
    '{"first_name":"","last_name":null}',
    '{"city":"string","country":"DE","company":"none"}',
    'City: Select one',
    'capacity: "Full", velocity="High"',
    '{"first_name": "string", "last_name": "None"}',
    'First name: required\nLast name: see above',
    '{"full_name": "full_name"}',
    'file_name: Report, host_name: Atlas, name: Premium',
    'first name Anneke',
    'last_name: Anneke goes on and on without any end of the value',
  ])('nobody in %s', (text) => expect(cued(text)).toEqual([]))

  it('what a key says wins over what was found there', () => {
    const text = '{"last_name":"Paris Hill"}'
    expect(cued(text, range(text, 'Paris', 'LOCATION'))).toEqual(['PERSON Paris Hill'])
  })
})

describe('titles', () => {
  it.each([
    ['Dear Ms Okonkwo,', 'Okonkwo'],
    ["Mrs. O'Shaughnessy called", "O'Shaughnessy"],
    ['Frau Özgül-Weber kommt', 'Özgül-Weber'],
    ['Mevrouw Van den Broeck belt', 'Van den Broeck'],
    ['Mr DeLuca pays', 'DeLuca'],
    ['Frau Dr. Schneider,', 'Schneider'],
    ['vraag het mevrouw De Wit-Haagsma', 'De Wit-Haagsma'],
    ['Szanowny Panie Nowicki', 'Nowicki'],
    ['la señora Goicoechea', 'Goicoechea'],
  ])('%s', (text, name) => expect(cued(text)).toEqual([`PERSON ${name}`]))

  it.each(['Mr President, sir', 'Miss World', 'an MS Word file', 'Ms. and Mr.', 'Frau Doktor kommt', 'the miss rate'])(
    'nobody in %s',
    (text) => expect(cued(text)).toEqual([]),
  )

  it('leaves alone what was found there', () => {
    const text = 'Ms Okonkwo Adeyemi'
    expect(cued(text, range(text, 'Okonkwo Adeyemi'))).toEqual(['PERSON Okonkwo Adeyemi'])
  })
})

describe('registers', () => {
  it.each([
    ['Patient: NGUYEN, Thi Mai\nWard: 3', 'NGUYEN', 'NGUYEN, Thi Mai'],
    ['Next of kin: HUSSEIN, Abdi (son)', 'Abdi', 'HUSSEIN, Abdi'],
    ['NGUYEN, please call', 'NGUYEN', 'NGUYEN'],
    ['see NASA, Abdi', 'Abdi', 'Abdi'],
  ])('%s', (text, found, whole) => expect(cued(text, range(text, found))).toEqual([`PERSON ${whole}`]))

  it('two halves are one', () => {
    const text = 'Patient: NGUYEN, Thi Mai'
    expect(cued(text, range(text, 'NGUYEN'), range(text, 'Thi Mai'))).toEqual(['PERSON NGUYEN, Thi Mai'])
  })
})

it('time grows with the text, not with its square', () => {
  const cpu = (text: string, found: readonly NamedRange[]): number => {
    const start = process.cpuUsage()
    withCued(text, found)
    const { user, system } = process.cpuUsage(start)
    return user + system
  }
  const units = [
    'first_name: Ann\n',
    'Ms Ann ',
    'first name: ',
    'first_name="',
    'NGUYEN, ',
    'Ms de la ',
    'a b, ',
    "Mrs O'",
  ]
  for (const unit of units) {
    const make = (size: number): [string, NamedRange[]] => {
      const text = unit.repeat(size / unit.length)
      const found = Array.from({ length: Math.floor(text.length / unit.length) }, (_, index): NamedRange => {
        const start = index * unit.length
        return { type: 'PERSON', start, end: start + 1, confidence: 0.5 }
      })
      return [text, found]
    }
    cpu(...make(20_000))
    const small = Math.min(cpu(...make(40_000)), cpu(...make(40_000)))
    const large = Math.min(cpu(...make(200_000)), cpu(...make(200_000)))
    expect(large / Math.max(small, 3_000), JSON.stringify(unit)).toBeLessThan(20)
  }
})
