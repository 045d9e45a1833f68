import { EAST_ASIA } from './east-asia.ts'
import {
  anyOf,
  anyShape,
  chars,
  complete,
  dated,
  describeIds,
  digits,
  join,
  letters,
  oneOf,
  sumOf,
  two,
  yymmdd,
} from './ids.fixture.ts'

const chinese = complete(
  join(
    oneOf('110105', '440524', '310115'),
    dated((year, month, day) => `${year}${two(month)}${two(day)}`),
    digits(3),
  ),
  (body) => {
    // Weights are the powers of two, mod 11, from the right.
    const weights = Array.from(body, (_, at) => 2 ** (17 - at) % 11)
    return body + '10X98765432'[sumOf(body, weights) % 11]
  },
)
const oldChinese = join(oneOf('110105', '440524'), yymmdd, digits(3))
const CREDIT = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const withCheck = (body: string): string => {
  const sum = Array.from(body).reduce((all, character, at) => all + CREDIT.indexOf(character) * (3 ** at % 31), 0)
  return body + CREDIT[(31 - (sum % 31)) % 31]
}
const office = join(oneOf('91', '12', '92'), oneOf('110000', '440300'))
const credit = complete(join(office, chars(CREDIT, 8), 'M'), withCheck)
/** Digits alone, but perhaps for the checks. */
const creditDigits = complete(join(office, digits(8)), (body) => {
  const rest = (11 - (sumOf(body.slice(8), [3, 7, 9, 10, 5, 8, 4, 2]) % 11)) % 11
  return withCheck(body + (rest === 10 ? 'X' : String(rest)))
})
const hongKong = complete(join(anyOf(letters(1), letters(2)), digits(6)), (body) => {
  const text = body.padStart(8, ' ')
  const sum = Array.from(text).reduce(
    (all, character, at) => all + (character === ' ' ? 36 : Number.parseInt(character, 36)) * (9 - at),
    0,
  )
  return body + '0123456789A'[(11 - (sum % 11)) % 11]
})
const TAIWAN: Record<string, number> = Object.fromEntries(
  Array.from('ABCDEFGHJKLMNPQRSTUVXYWZIO').map((letter, at) => [letter, at + 10]),
)
const taiwanese = complete(join(letters(1), chars('1289', 1), digits(7)), (body) => {
  const code = TAIWAN[body[0]!]!
  const sum = Math.floor(code / 10) + (code % 10) * 9 + sumOf(body.slice(1), [8, 7, 6, 5, 4, 3, 2, 1])
  return body + String((1000 - sum) % 10)
})
const taiwaneseResident = complete(join(letters(1), chars('ABCD', 1), digits(7)), (body) => {
  const code = TAIWAN[body[0]!]!
  const sum =
    Math.floor(code / 10) + (code % 10) * 9 + (TAIWAN[body[1]!]! % 10) * 8 + sumOf(body.slice(2), [7, 6, 5, 4, 3, 2, 1])
  return body + String((1000 - sum) % 10)
})
const myNumber = complete(digits(11), (body) => {
  // From the right: n + 1 up to the sixth digit, n - 5 behind it.
  const sum = Array.from(body)
    .toReversed()
    .reduce((all, digit, at) => all + Number(digit) * (at + 1 <= 6 ? at + 2 : at - 4), 0)
  const rest = sum % 11
  return body + String(rest <= 1 ? 0 : 11 - rest)
})
const resident = (sexes: string, base: number) =>
  complete(
    join(yymmdd, chars(sexes, 1), digits(5)),
    (body) => body + String((base - (sumOf(body, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11)) % 10),
  )
const business = complete(join(oneOf('101', '220', '617'), digits(6)), (body) => {
  const last = Number(body[8]) * 5
  const sum = sumOf(body, [1, 3, 7, 1, 3, 7, 1, 3]) + Math.floor(last / 10) + last
  return body + String((1000 - sum) % 10)
})

describeIds(EAST_ASIA, {
  CN_RESIDENT_ID: {
    valid: ['11010519491231002X', '11010519491231002x', '440524188001010014', '110105 19491231 002X'],
    unknown: ['110105491231002'],
    invalid: ['110105194912310021', '11010519491331002X', '99010519491231002X', '11010519490230002X'],
    made: chinese,
    unproven: oldChinese,
  },
  CN_CREDIT_CODE: {
    valid: ['91110000600037341L', '91110000600037341l'],
    invalid: ['91110000600037342L', '911100006000373410'],
    made: anyOf(credit, creditDigits),
  },
  HK_ID_CARD: {
    valid: ['A123456(3)', 'A1234563', 'AB987654(3)', 'C123456(9)', 'G123456(A)'],
    invalid: ['A123456(4)', 'AB987654(4)', 'A123456(B)'],
    made: hongKong,
  },
  TW_NATIONAL_ID: {
    valid: ['A123456789', 'F131104093', 'A800000014'],
    invalid: ['A123456788', 'A323456789'],
    made: anyOf(taiwanese, taiwaneseResident),
    // Even weights and five: a step of five is not told in every place.
    caught: 0.9,
  },
  JP_MY_NUMBER: {
    valid: ['123456789018', '1234 5678 9018', '1234-5678-9018'],
    invalid: ['123456789012', '1234 5678 9019'],
    made: myNumber,
    caught: 0.95,
  },
  JP_PASSPORT: { unknown: ['TK1234567'], unproven: anyShape(EAST_ASIA, 'JP_PASSPORT') },
  KR_RRN: {
    valid: ['900101-1234568', '9001011234568'],
    unknown: ['900101-1234567', '211020-3123456'],
    invalid: ['901301-1234568', '900230-1234568'],
    made: resident('12', 11),
    caught: 0.95,
  },
  KR_FRN: { unknown: ['900101-5234567'], invalid: ['901301-5234567'], made: resident('56', 13), caught: 0.95 },
  KR_BRN: {
    valid: ['116-82-00276', '1168200276', '220-81-62517'],
    invalid: ['116-82-00277', '001-82-00276'],
    made: business,
    caught: 0.9,
  },
  KR_PASSPORT: { unknown: ['M12345678', 'M123A4567'], unproven: anyShape(EAST_ASIA, 'KR_PASSPORT') },
  CN_PASSPORT: { unknown: ['E12345678', 'EA1234567', 'G12345678'], unproven: anyShape(EAST_ASIA, 'CN_PASSPORT') },
})
