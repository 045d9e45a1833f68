import {
  anyOf,
  anyShape,
  chars,
  dated,
  describeIds,
  digits,
  join,
  letters,
  oneOf,
  two,
  withLuhn,
} from './ids.fixture.ts'
import { ITALY } from './italy.ts'

/** The published table of characters in odd places. */
const ODD: Record<string, number> = Object.fromEntries(
  '0:1 1:0 2:5 3:7 4:9 5:13 6:15 7:17 8:19 9:21 A:1 B:0 C:5 D:7 E:9 F:13 G:15 H:17 I:19 J:21 K:2 L:4 M:18 N:20 O:11 P:3 Q:6 R:8 S:12 T:14 U:16 V:10 W:22 X:25 Y:24 Z:23'
    .split(' ')
    .map((entry) => [entry[0]!, Number(entry.slice(2))]),
)
const EVEN = (character: string): number => (/\d/.test(character) ? Number(character) : character.charCodeAt(0) - 65)
const withLetter = (body: string): string =>
  body +
  String.fromCharCode(
    65 +
      (Array.from(body).reduce((sum, character, at) => sum + (at % 2 === 0 ? ODD[character]! : EVEN(character)), 0) %
        26),
  )

const person = join(
  letters(6),
  dated((year, month, day) => two(year) + 'ABCDEHLMPRST'[month - 1] + two(day + (year % 2) * 40)),
  chars('HFLAZ', 1),
  digits(3),
)
/** Where codes collide, the last digits are written as letters. */
const omocodia = person.map(
  (body) => body.slice(0, 13) + 'LMNPQRSTUV'[Number(body[13])] + 'LMNPQRSTUV'[Number(body[14])],
)
const office = join(digits(7), oneOf('001', '015', '100', '120', '888', '999'))

describeIds(ITALY, {
  IT_FISCAL_CODE: {
    valid: ['RSSMRA85T10A562S', 'RSSMRA85M01H501Q', 'MRTMTT25D09F205Z', 'rss mra 85t10 a562s'],
    invalid: ['RSSMRA85T10A562T', 'RSSMRA85T32A562S', 'RSSMRA85N10A562S', 'RSSMRA85T10A563S'],
    made: anyOf(person, omocodia).map(withLetter),
  },
  IT_VAT_CODE: {
    valid: ['00743110157', 'IT00743110157', '07643520567'],
    invalid: ['00743110158', '00000000000', '00743119998'],
    made: anyOf(
      withLuhn(office),
      withLuhn(office).map((number) => `IT${number}`),
    ),
  },
  IT_IDENTITY_CARD: {
    unknown: ['CA12345AA', 'AA1234567', 'AT 0123456'],
    unproven: anyShape(ITALY, 'IT_IDENTITY_CARD'),
  },
  IT_PASSPORT: { unknown: ['AA1234567', 'YB 1234567'], unproven: anyShape(ITALY, 'IT_PASSPORT') },
  IT_DRIVER_LICENSE: { unknown: ['AA1234567B', 'U1H45D67YB'], unproven: anyShape(ITALY, 'IT_DRIVER_LICENSE') },
})
