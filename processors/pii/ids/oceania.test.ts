import { anyOf, anyShape, chars, complete, describeIds, digits, join, numberUpTo, sumOf } from './ids.fixture.ts'
import { OCEANIA } from './oceania.ts'

const tfn = complete(join(chars('123456789', 1), digits(7)), (body) => {
  const check = Array.from('0123456789').find((digit) => sumOf(body + digit, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0)
  return check && body + check
})
/** Two check digits stand in front, so that the sum, less ten, is a multiple of 89. */
const abn = complete(digits(9), (body) => {
  const sum = sumOf(body, [3, 5, 7, 9, 11, 13, 15, 17, 19])
  return String(10 + ((89 * 20 - sum) % 89)).padStart(2, '0') + body
})
const acn = complete(
  join(chars('123456789', 1), digits(7)),
  (body) => body + String((10 - (sumOf(body, [8, 7, 6, 5, 4, 3, 2, 1]) % 10)) % 10),
)
const medicare = complete(
  join(chars('23456', 1), digits(7), chars('123456789', 1), anyOf(join(''), chars('123456789', 1))),
  (body) => body.slice(0, 8) + String(sumOf(body, [1, 3, 7, 9, 1, 3, 7, 9]) % 10) + body.slice(8),
)
const ird = complete(
  numberUpTo(14_999_999, 8).filter((body) => Number(body) > 1_000_000),
  (body) => {
    const first = (11 - (sumOf(body, [3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11
    const second = (11 - (sumOf(body, [7, 4, 3, 2, 5, 2, 7, 6]) % 11)) % 11
    const check = first < 10 ? first : second
    return check < 10 ? (body + String(check)).replace(/^0/, '') : undefined
  },
)
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
const count = (character: string): number =>
  /\d/.test(character) ? Number(character) : ALPHABET.indexOf(character) + 1
const weighed = (body: string): number =>
  Array.from(body).reduce((sum, character, at) => sum + count(character) * (7 - at), 0)
const oldNhi = complete(join(chars(ALPHABET, 3), digits(3)), (body) => {
  const rest = weighed(body) % 11
  return rest === 0 ? undefined : body + String((11 - rest) % 10)
})
const newNhi = complete(
  join(chars(ALPHABET, 3), digits(2), chars(ALPHABET, 1)),
  (body) => body + ALPHABET[24 - (weighed(body) % 24) - 1],
)

describeIds(OCEANIA, {
  AU_TFN: {
    valid: ['123 456 782', '876543210', '459599230'],
    unknown: ['81854402', '81 854 402'],
    invalid: ['123456789', '000000000'],
    made: tfn,
    unproven: join(chars('123', 1), digits(7)).filter((number) => new Set(number).size > 1),
  },
  AU_ABN: {
    valid: ['51 824 753 556', '51824753556', '83-914-571-673'],
    invalid: ['51 824 753 557', '01824753556'],
    made: abn,
  },
  AU_ACN: {
    valid: ['004 085 616', '004085616', '010 499 966', '000 250 000'],
    invalid: ['004085617', '000000000'],
    made: acn,
    // Weights that are even or five let some changes through.
    caught: 0.85,
  },
  AU_MEDICARE: {
    valid: ['2123 45670 1', '2123456701', '2123 45670 1/1', '21234567011'],
    invalid: ['2123 45680 1', '1123 45670 1', '2123 45670 0'],
    made: medicare,
    open: [9, 10],
  },
  AU_PASSPORT: { unknown: ['N1234567', 'PA1234567'], unproven: anyShape(OCEANIA, 'AU_PASSPORT') },
  NZ_IRD: {
    valid: ['49-091-850', '136-410-132', '049091850', '35901981'],
    invalid: ['49-091-851', '136-410-133', '9125568'],
    made: anyOf(
      ird,
      ird.map((number) => number.padStart(9, '0')),
    ),
    caught: 0.95,
  },
  NZ_NHI: {
    valid: ['ZAC5361', 'ZSC21TN', 'ZVB97XQ', 'ZBN77VL', 'ZAD96LT', 'ZZZ0016', 'zac5361'],
    invalid: ['ZAC3561', 'ZAD96LM', 'ZZZ00AA', 'ZZZ0044', 'ZIC5361', 'ZAC5362'],
    made: anyOf(oldNhi, newNhi),
    // The newer check counts in twenty-fours, which shares factors with its weights; ten is written as 0.
    caught: 0.85,
  },
})
