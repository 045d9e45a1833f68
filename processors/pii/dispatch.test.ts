import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createScan, createVocabulary, MARK_SIZE, NUMBER } from '../scan/index.ts'
import { Dispatch } from './dispatch.ts'
import { Token } from './finder.ts'
import { createFinders } from './index.ts'

/* What a finder says it does not want, it must not find: who is not asked misses nothing. */

const vocabulary = createVocabulary()
const finders = createFinders(vocabulary)
const dispatch = new Dispatch(finders)
const numberFinders = finders.filter(({ kinds }) => kinds.includes(NUMBER))
const scan = createScan(vocabulary)
const place = { direction: 'input', message: 0, part: 0, field: 'content' } as const

/** What finders find in a text that were not to be asked. */
function missedIn(text: string): string[] {
  const missed: string[] = []
  const token = new Token()
  for (const view of scan([{ place, text }]).views) {
    for (let mark = 0; mark < view.marks.length; mark += MARK_SIZE) {
      if (view.marks[mark] !== NUMBER) continue
      token.read(view.content, view.marks[mark + 1]!, view.marks[mark + 2]!)
      const wanting = dispatch.wanting(view.content, token)
      for (const [index, finder] of numberFinders.entries())
        if ((wanting & (1 << index)) === 0) finder.find(view, mark, ({ type }) => void missed.push(type), token)
    }
  }
  return missed
}

const WORDS =
  'phone|tel|born|dob|age|aged|zip|plz|ip|mac|iban|card|passport|tax id|ssn|am|Hauptstraße|Hauptstraße No:|nr.|is|years old|生|$|€|№'.split(
    '|',
  )
const VALUES = [
  ...[
    '4111 1111 1111 1111',
    '4111-1111-1111-1111',
    '378282246310005',
    'DE89 3704 0044 0532 0130 00',
    'GB 29 NWBK 6016 1331 9268 19',
  ],
  ...[
    '+49 30 1234567',
    '(415) 555-0132',
    '06 12 34 56 78',
    '8.8.8.8',
    '2a00:1450:4001:81b::200e',
    '00:1b:44:11:3a:b7',
    '001b.4411.3ab7',
  ],
  ...[
    '12.03.1985',
    '1985-03-12',
    '12 March 1985',
    '19850312',
    '12th March 1985',
    '1985年3月12日',
    '42',
    '42-jährig',
    '42y',
    '42 years old',
  ],
  ...[
    'SW1A 1AA',
    '1234 AB',
    '12345-6789',
    '12345',
    '123 45',
    '12',
    '221B',
    '12/3',
    '219-09-9999',
    'ABCPK 1234 F',
    '987-65-4321',
  ],
  'P<GBRSMITH<<ANN<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10',
]
const SEPARATORS = [
  ' ',
  '',
  ': ',
  ', ',
  '.',
  '-',
  '/',
  ':',
  '\n',
  '\t',
  ' (',
  ')',
  '_',
  '@',
  '%',
  '=',
  '"',
  '<',
  '+',
  '号',
  'ü',
  '•',
]

describe('finders that are not asked', () => {
  it.each(VALUES)('have nothing to say of %j', (value) => {
    for (const [at, before] of SEPARATORS.entries())
      for (const [next, behind] of SEPARATORS.entries()) {
        const word = WORDS[(at * 7 + next) % WORDS.length]!
        expect(missedIn(`${word}${before}${value}${behind}x`)).toEqual([])
      }
  })

  it('nor of anything else', () => {
    const part = fc.oneof(
      fc.constantFrom(...WORDS),
      fc.constantFrom(...VALUES),
      fc.constantFrom(...SEPARATORS),
      fc.stringMatching(/^[0-9A-Za-z]{1,12}$/),
      fc.stringMatching(/^\d{1,20}$/),
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        expect(missedIn(parts.join(''))).toEqual([])
      }),
      { numRuns: 1500 },
    )
  })
})
