import { AFRICA } from './africa.ts'
import {
  anyShape,
  chars,
  complete,
  dated,
  describeIds,
  digits,
  join,
  oneOf,
  two,
  withLuhn,
  yymmdd,
} from './ids.fixture.ts'
import { holdsVerhoeff } from './verhoeff.ts'

const nin = complete(join(chars('123456789', 1), digits(9)), (body) => {
  const check = Array.from('0123456789').find((digit) => holdsVerhoeff(body + digit))!
  return body + check
})

describeIds(AFRICA, {
  ZA_ID_NUMBER: {
    valid: ['8001015009087', '7503305044089', '800101 5009 087'],
    invalid: ['8001015009088', '8013015009087', '8001015009387', '9125568'],
    made: withLuhn(join(yymmdd, digits(4), oneOf('0', '1'), oneOf('8', '9'))),
  },
  NG_NIN: { unknown: ['12345678901'], invalid: ['11111111111'], made: nin },
  NG_BVN: { unknown: ['22123456789'], invalid: ['12123456789'], unproven: anyShape(AFRICA, 'NG_BVN') },
  EG_NATIONAL_ID: {
    unknown: ['29001011234567', '2 900101 1234567'],
    invalid: ['19001011234567', '29013011234567', '29001019934567'],
    unproven: join(
      '2',
      dated((year, month, day) => two(year) + two(month) + two(day)),
      oneOf('01', '12', '88'),
      digits(5),
    ),
  },
  KE_KRA_PIN: {
    unknown: ['A012345678Z', 'P051234567Q'],
    invalid: ['B012345678Z'],
    unproven: join(oneOf('A', 'P'), digits(9), oneOf('Z', 'Q')),
  },
  ZA_PASSPORT: { unknown: ['A12345678'], unproven: anyShape(AFRICA, 'ZA_PASSPORT') },
})
