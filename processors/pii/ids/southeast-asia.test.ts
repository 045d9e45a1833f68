import {
  anyOf,
  anyShape,
  chars,
  complete,
  dated,
  describeIds,
  digits,
  join,
  oneOf,
  sumOf,
  two,
  yymmdd,
} from './ids.fixture.ts'
import { SOUTHEAST_ASIA } from './southeast-asia.ts'

const LETTERS_OF: Record<string, string> = {
  S: 'JZIHGFEDCBA',
  T: 'JZIHGFEDCBA',
  F: 'XWUTRQPNMLK',
  G: 'XWUTRQPNMLK',
  M: 'XWUTRQPNJLK',
}
const nric = complete(join(oneOf('S', 'T', 'F', 'G', 'M'), digits(7)), (body) => {
  const offset = { S: 0, T: 4, F: 0, G: 4, M: 3 }[body[0]!]!
  return body + LETTERS_OF[body[0]!]![(offset + sumOf(body.slice(1), [2, 7, 6, 5, 4, 3, 2])) % 11]
})
const business = complete(digits(8), (body) => body + 'XMKECAWLJDB'[sumOf(body, [10, 4, 9, 3, 8, 2, 7, 1]) % 11])
const company = complete(
  join(oneOf('1974', '2015'), digits(5)),
  (body) => body + 'ZKCMDNERGWH'[sumOf(body, [10, 8, 6, 4, 9, 7, 5, 3, 1]) % 11],
)
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWX0123456789'
const other = complete(join(oneOf('T', 'S', 'R'), digits(2), oneOf('LL', 'FC', 'CC'), digits(4)), (body) => {
  const sum = Array.from(body).reduce(
    (all, character, at) => all + ALPHABET.indexOf(character) * [4, 3, 5, 3, 10, 2, 2, 5, 7][at]!,
    0,
  )
  return body + ALPHABET[(sum + 6) % 11]
})
const thai = complete(
  join(chars('12345678', 1), digits(11)),
  (body) => body + String((11 - (sumOf(body, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 10),
)
const tinDigit = (body: string): number => sumOf(body, [9, 8, 7, 6, 5, 4, 3, 2]) % 11
const tin = complete(join(chars('123456789', 1), digits(7), anyOf(oneOf('', '000', '00012'))), (text) => {
  const check = tinDigit(text)
  return check === 10 ? undefined : text.slice(0, 8) + String(check) + text.slice(8)
})
const indonesian = join(
  oneOf('317406', '110101', '947201'),
  dated((year, month, day) => two(day + (year % 2) * 40) + two(month) + two(year)),
  oneOf('0001', '0123', '9999'),
)
const malaysian = join(yymmdd, oneOf('01', '14', '59', '71', '82'), digits(4))

describeIds(SOUTHEAST_ASIA, {
  SG_NRIC_FIN: {
    valid: ['S1234567D', 'T1234567J', 'F1234567N', 'G1234567X', 'M1234567K', 'M5012345J', 's1234567d'],
    invalid: ['S1234567A', 'T1234567D', 'M1234567X', 'A1234567D'],
    made: nric,
  },
  SG_UEN: {
    valid: ['00192200M', '197401143C', 'S16FC0121D', 'T01FC6132D'],
    invalid: ['00192200X', '197401143M', 'S16FC0121C', 'T08LI0001A'],
    made: anyOf(business, company, other),
    // The founding year is no further checked, and one weight of the others shares no factor with eleven.
    caught: 0.95,
  },
  TH_TNIN: {
    valid: ['1-1017-00230-70-8', '3100600445635', '1101700230708'],
    invalid: ['1-1017-00230-70-7', '0101700230708', '3100600445636'],
    made: thai,
    // Two remainders share each of the digits 0 and 1.
    caught: 0.85,
  },
  PH_TIN: {
    valid: ['239-072-844', '239-072-844-000'],
    unknown: ['239-072-842'],
    made: tin,
    unproven: tin.map((number) => number.slice(0, 8) + String((Number(number[8]) + 1) % 10) + number.slice(9)),
    caught: 0,
  },
  ID_NIK: {
    valid: ['3174061212800001', '3174065212800001', '317406 121280 0001'],
    invalid: ['0074061212800001', '3174063212800001', '3174061213800001', '3174061212800000'],
    made: indonesian,
    caught: 0,
  },
  MY_NRIC: {
    valid: ['770305-02-1234', '890131-06-5224', '770305021234'],
    invalid: ['771305-02-1234', '770305-17-1234', '770305-00-1234', '770230-02-1234'],
    made: malaysian,
    caught: 0,
  },
  VN_CCCD: {
    unknown: ['001099012345', '079 199 012 345'],
    invalid: ['000099012345', '097099012345', '101099012345'],
    unproven: join(oneOf('001', '034', '096'), digits(9)),
  },
  SG_PASSPORT: { unknown: ['K1234567E', 'E1234567X'], unproven: anyShape(SOUTHEAST_ASIA, 'SG_PASSPORT') },
})
