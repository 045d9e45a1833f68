import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { detector, valuesIn } from '../pii.fixture.ts'
import { isInternational } from './phone-plans.ts'
import { PHONE_NUMBER } from './phones.ts'

const found = (text: string): string[] => valuesIn(text, PHONE_NUMBER)

describe('further numbers', () => {
  it.each([
    ['Ring meg på 918 44 305 eller 22 48 29 10.', ['918 44 305', '22 48 29 10']],
    ['phone: 617-555-0110 or 6175550119', ['617-555-0110', '6175550119']],
    ['Telefon 030 1234567 und 01711234567', ['030 1234567', '01711234567']],
    ['phone 617-555-0110, order 6175550119', ['617-555-0110']],
    ['phone 617-555-0110, 6175550119 pieces and more', ['617-555-0110']],
  ])('%s', (text, phones) => expect(found(text)).toEqual(phones))
})

describe('numbers of twelve digits with the 0 dialled inside a country', () => {
  it.each([
    ['Meine neue Nummer: 015123348290. Bis dann', ['015123348290']],
    ['HP: 081234567088', ['081234567088']],
    ['Telp/WA 081234567088', ['081234567088']],
    ['Nummer: 999123348290', []],
  ])('%s', (text, phones) => expect(found(text)).toEqual(phones))
})

describe('by themselves', () => {
  it.each([
    '+49 30 901820',
    '+49 (0)30 / 901820-12',
    '+1 (415) 555-0132',
    '+14155550132',
    '+44 20 7946 0958',
    '(+44) 7700 900123',
    '+33 6 12 34 56 78',
    '+91 98765 43210',
    '+86 138 1234 5678',
    '+55 11 91234-5678',
    '(415) 555-0132',
    '415-555-0132',
    '1-415-555-0132',
    '415.555.0132',
    '(415) 555-0132 ext. 204',
    '415-555-0132 x204',
    '06 12 34 56 78',
    '01.42.68.53.00',
    '(11) 91234-5678',
    '8 (912) 345-67-89',
    '020 7946 0958',
    '07700 900123',
    '0171 1234567',
    '030/901820-12',
    '0532 123 45 67',
    '090-1234-5678',
    '010-1234-5678',
    '138 1234 5678',
    '0044 20 7946 0958',
    '011 44 20 7946 0958',
    '0412 345 678',
    '070-123 45 67',
  ])('%s', (phone) => {
    expect(found(`Ann: ${phone}, thanks`)).toEqual([phone])
    expect(found(`{"x":"${phone}"}`)).toEqual([phone])
  })
})

describe('beside a word', () => {
  it.each([
    ['call me at 4155550132', '4155550132'],
    ['My number is 07700900123.', '07700900123'],
    ['Tel. 901820 12', '901820 12'],
    ['Handynummer: 01711234567', '01711234567'],
    ['Sie erreichen mich unter der Nummer 0171 1234567', '0171 1234567'],
    ['mon portable 0612345678', '0612345678'],
    ['llámame al 612 345 678', '612 345 678'],
    ['cellulare 333 1234567', '333 1234567'],
    ['meu celular é 91234-5678', '91234-5678'],
    ['mijn nummer is 0612345678', '0612345678'],
    ['{"fields":[{"name":"phone","value":"4155550132"}]}', '4155550132'],
    ['Llámeme al 93 422 67 32', '93 422 67 32'],
    ['what is your phone number?\nuser: 4155550132', '4155550132'],
    ['and your mobile please\nMaria: 07700900123', '07700900123'],
    ['the phone number linked to your account is 244 747 5384', '244 747 5384'],
    ['contact Ann Moss at 4155550132', '4155550132'],
    ['Sie erreichen mich unter 0345626265', '0345626265'],
    ['Numer kontaktowy: 884 748 920', '884 748 920'],
    ['你可以打18069064087找我', '18069064087'],
    ['numer telefonu 512 345 678', '512 345 678'],
    ['cep: 05321234567', '05321234567'],
    ['Telefonen är 0701234567', '0701234567'],
    ['Puhelin 0401234567', '0401234567'],
    ['Телефон: 89123456789', '89123456789'],
    ['手机号13812345678', '13812345678'],
    ['電話 0312345678', '0312345678'],
    ['전화번호는 01012345678', '01012345678'],
    ['{"contactPhone":4155550132}', '4155550132'],
    ['phone_number=4155550132&x=1', '4155550132'],
    ['T: 555 0132', '555 0132'],
    ['40 61 30 10 (mobil)', '40 61 30 10'],
    ['my contact: 9123 4567', '9123 4567'],
    ['Bij "telefoon" heb ik 020 6735465 ingevuld', '020 6735465'],
    ['llámame sin falta al 655 123 456', '655 123 456'],
    ['oddzwonić na numer (22) 655 02 45.', '(22) 655 02 45'],
    ['the number is 9123 4567', '9123 4567'],
    ['Home: 9123 4567', '9123 4567'],
    ['9123 4567 (office)', '9123 4567'],
    ['号码是9123 4567', '9123 4567'],
    ['https://wa.me/491711234567', '491711234567'],
  ])('%s', (text, phone) => expect(found(text)).toEqual([phone]))

  it('in the name of a column', () => {
    expect(found('name,phone,ref\nAnn,612345678,712345678\nBob,"611222333",4155550132')).toEqual([
      '612345678',
      '611222333',
    ])
  })
  it('that names several', () => {
    expect(found('phones: 612 345 678 or 611 222 333')).toEqual(['612 345 678', '611 222 333'])
  })
})

describe('other things', () => {
  it.each([
    'order 4155550132',
    'phone: 000-000-0000',
    'phone (000) 000-0000',
    'tel. 00 00 00 00 00',
    'c 0 0.554688 0.445312 1 1 1 h 10',
    'CA\t+4916-12307\tAmerica/Vancouver',
    'US\t+550737-1313435\tAmerica/Metlakatla',
    'BR\t-0308-06001\tAmerica/Manaus',
    '04545  1275 /usr/bin/cc',
    '00002350  58 bf 01 00 00 00 00 00  00 39 02 00 00 00 00 00  |X|',
    '    4848:\t05 83 00 00 00       \tadd    $0x83,%eax',
    '.243-.05-.225-.313-.13-.05-.169',
    'call -2147483648',
    'order 415-555-0132',
    'tracking 1Z4155550132',
    'claim number 2013803234',
    'P.O. number 9663644598',
    'Zoom meeting 941 657 5534',
    'proposal no. 603-5152',
    'Phone:\nOrder: 9663644598',
    'ts=1712345678',
    '2024-01-15 10:15:30.123',
    '2024-01-15',
    '15.01.2024 12:30',
    'v2.13.4567',
    'ISBN 978-3-16-148410-0',
    'ISBN 0-306-40615-2',
    '192.168.100.200',
    '40.712776, -74.005974',
    '1 234 567 €',
    '$1,234,567.00',
    '4111 1111 1111 1111',
    'SSN 456-78-9012',
    '550e8400-4111-4111-8111-411111111111',
    '12 345 678 inhabitants',
    'DE89 3704 0044 0532 0130 00',
    'function call 12345678 failed',
    'phone model 12345',
    'call id 4155550132',
    '943 476 59',
    '2019-2024',
    '0.123456789',
    'ORD-415-555-0132',
    'file 0863-298-221.pdf',
    '#4155550132',
    '415-555-0132-77',
    '1234 5678',
    '612 345 678',
    '+12 345 678',
    '12.000.000 km',
    '0x41555501',
    'NHS number 943 476 5919',
    'Copyright (c) 2014-2017 TJ',
    'Copyright (C) 1998--2001 Walter',
    'Copyright (C) 2003 2004 Badral',
    'PhoneNumber: 1.6.0 / 17.10.2018',
    'Boston, MA 02110-1301 USA',
    '〒100-0001',
    'Sipariş numaram 774120093',
    'هاتفي 123 والهوية 784-1987-1234567-2',
    'and reach home 1984 3057 times',
    'they work book that took 1201 3451',
    'direct is mind 3013 3683 machines',
    'the number to from 1559 4938',
    'no 4691 1255 no facade',
    '2336 4960 work',
    'two numbers are in it 3770 3696',
    'user id: 123456789',
    '{"phone":null,"id":4155550132}',
  ])('%s', (text) => expect(found(text)).toEqual([]))

  it('of random digits are seldom taken for one', () => {
    const digits = (length: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^\\d{${length}}$`))
    const thing = fc.oneof(
      fc.uuid(),
      digits(10).map((number) => `invoice ${number}`),
      digits(13).map((number) => `id=${number}`),
      fc.tuple(digits(3), digits(3), digits(4)).map((parts) => `Rechnung ${parts.join('-')}`),
      fc.tuple(digits(2), digits(2), digits(3)).map((parts) => `1.${parts.join('.')}`),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    )
    const samples = fc.sample(thing, { numRuns: 2000, seed: 3 })
    expect(samples.filter((text) => found(`the ${text} done`).length > 0)).toEqual([])
  })
})

describe('plans', () => {
  it.each(['4930901820', '14155550132', '442079460958', '390612345678', '8613812345678'])('%s is one', (digits) =>
    expect(isInternational(digits)).toBe(true),
  )
  it.each(['11155550132', '999123456789', '49', '33012', '14159110132'])('%s is none', (digits) =>
    expect(isInternational(digits)).toBe(false),
  )
})

it('has one normal form for spellings of one number', () => {
  const type = detector.types.find(({ name }) => name === PHONE_NUMBER)!
  const normal = (value: string): string | undefined => type.normal(value)
  expect(['+1 (415) 555-0132', '415-555-0132', '1-415-555-0132', '(415) 555-0132 x9'].map(normal)).toEqual(
    Array<string>(4).fill('+14155550132'),
  )
  expect(['+44 20 7946 0958', '0044 20 7946 0958', '+44 (0)20 7946 0958'].map(normal)).toEqual(
    Array<string>(3).fill('+442079460958'),
  )
  expect(normal('ann')).toBeUndefined()
  expect(normal('12')).toBeUndefined()
})
