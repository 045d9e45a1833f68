import { describe, expect, it } from 'vitest'
import { hitsIn } from '../pii.fixture.ts'

const found = (text: string): string[] =>
  hitsIn(text).map(({ type, start, end }) => `${type} ${text.slice(start, end)}`)

describe('letters that look like digits', () => {
  it.each([
    ['SSN 4O2-1O-8837', ['US_SSN 4O2-1O-8837']],
    ['NHS no: 943 476 S9I9', ['UK_NHS 943 476 S9I9']],
    ['NHS no: 943 476 S9I9 12 patients', ['UK_NHS 943 476 S9I9']],
    ['PESEL: 44O51401359', ['PL_PESEL 44O51401359']],
    ['PESEL: 440S140I359.', ['PL_PESEL 440S140I359']],
    ['IBAN DE89 37O4 0044 0532 0l30 00', ['IBAN_CODE DE89 37O4 0044 0532 0l30 00']],
    ['GB29 NWBK 6O16 1331 9268 19', ['IBAN_CODE GB29 NWBK 6O16 1331 9268 19']],
    ['pay with 4l11 1111 1111 1111 please', ['CREDIT_CARD 4l11 1111 1111 1111']],
    ['card number: 411111111l111111', ['CREDIT_CARD 411111111l111111']],
  ])('%s', (text, values) => expect(found(text)).toEqual(values))

  it.each([
    'PESEL: 44O51401358',
    'order 44O51401359',
    'SSN 4O2-1O-88',
    'it is 4l11111111111111',
    'SSN 4OO-OO-OOOI',
    'IBAN DE89 37O4 0044 0532 0l30 01',
    'ticket 4O2-1O-8837',
  ])('say nothing of %s', (text) => expect(found(text)).toEqual([]))
})
