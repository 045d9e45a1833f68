import { BALKANS } from './balkans.ts'
import {
  anyOf,
  chars,
  complete,
  dated,
  ddmmyy,
  describeIds,
  digits,
  join,
  oneOf,
  sumOf,
  two,
  withLuhn,
  yymmdd,
} from './ids.fixture.ts'

const cnp = complete(join(oneOf('1', '2'), yymmdd, oneOf('01', '12', '40', '46', '52'), digits(3)), (body) => {
  const rest = sumOf(body, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11
  return body + (rest === 10 ? '1' : String(rest))
})
const egn = complete(
  join(
    anyOf(
      yymmdd,
      dated((year, month, day) => two(year) + two(month + 40) + two(day), '2000-01-01', '2024-12-31'),
    ),
    digits(3),
  ),
  (body) => body + String((sumOf(body, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10),
)
const afm = complete(
  join(chars('123456789', 1), digits(7)),
  (body) => body + String((sumOf(body, [256, 128, 64, 32, 16, 8, 4, 2]) % 11) % 10),
)
/** Mod 11,10 in the words of the tax office: the last product's distance from eleven. */
const oib = complete(join(chars('123456789', 1), digits(9)), (body) => {
  const last = Array.from(body).reduce((rest, digit) => (((rest + Number(digit)) % 10 || 10) * 2) % 11, 10)
  return body + String((11 - last) % 10)
})
const emso = complete(
  join(
    dated((year, month, day) => two(day) + two(month) + String(year).slice(1)),
    oneOf('50', '71'),
    digits(3),
  ),
  (body) => {
    const check = 11 - (sumOf(body, [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)
    return body + String(check > 9 ? 0 : check)
  },
)

describeIds(BALKANS, {
  RO_CNP: {
    valid: ['1630615123457', '1 630615 123457'],
    invalid: ['1630615123458', '1631315123457', '1630615993457', '0630615123457'],
    made: cnp,
    caught: 0.95,
  },
  BG_EGN: {
    valid: ['7523169263', '8032056031', '7552010005', '8001010008'],
    invalid: ['7523169262', '8019010008'],
    made: egn,
    caught: 0.95,
  },
  GR_AFM: {
    valid: ['023456780', '094259216', 'EL 094259216', 'GR094259216'],
    invalid: ['123456781', '000000000'],
    made: anyOf(
      afm,
      oneOf('EL', 'GR').chain((prefix) => afm.map((number) => prefix + number)),
    ),
    caught: 0.95,
  },
  GR_AMKA: {
    valid: ['01013099997', '010130 99997'],
    invalid: ['01013099999', '32013099997'],
    made: withLuhn(join(ddmmyy, digits(4))),
  },
  GR_ID_CARD: {
    unknown: ['AB 123456', 'XK-123456'],
    invalid: ['QR123456'],
    unproven: join(chars('ABEZHIKMNOPTYX', 2), digits(6)),
  },
  HR_OIB: {
    valid: ['33392005961', 'HR33392005961'],
    invalid: ['33392005962'],
    made: anyOf(
      oib,
      oib.map((number) => `HR${number}`),
    ),
  },
  SI_EMSO: {
    valid: ['0101006500006', '0710003730015'],
    invalid: ['0101006500007', '3201006500006'],
    made: emso,
    caught: 0.95,
  },
})
