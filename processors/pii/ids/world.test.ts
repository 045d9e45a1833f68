import {
  anyOf,
  anyShape,
  chars,
  complete,
  describeIds,
  digits,
  join,
  letters,
  LETTERS,
  luhnDigit,
  modulo,
  oneOf,
  valueOf,
  withLuhn,
} from './ids.fixture.ts'
import { WORLD } from './world.ts'

const expand = (text: string): string => Array.from(text, (character) => String(valueOf(character))).join('')

const VIN_TABLE: Record<string, number> = {
  ...{ A: 1, B: 2, C: 3, D: 4, E: 5, F: 6, G: 7, H: 8, J: 1, K: 2, L: 3, M: 4, N: 5, P: 7, R: 9 },
  ...{ S: 2, T: 3, U: 4, V: 5, W: 6, X: 7, Y: 8, Z: 9 },
}
const vinLetters = 'ABCDEFGHJKLMNPRSTUVWXYZ'
const vin = complete(
  join(
    oneOf('1', '2', '4', '5', 'L', 'W'),
    chars(vinLetters, 1),
    oneOf('H', 'M'),
    chars(vinLetters + '0123456789', 5),
    '0',
    chars(vinLetters, 2),
    digits(6),
  ),
  (body) => {
    const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
    const rest = weights.reduce((sum, weight, at) => sum + weight * (VIN_TABLE[body[at]!] ?? Number(body[at])), 0) % 11
    return `${body.slice(0, 8)}${rest === 10 ? 'X' : rest}${body.slice(9)}`
  },
)

const lei = complete(join(digits(4), '00', chars(`0123456789${LETTERS}`, 11), letters(1)), (body) => {
  const check = 98 - modulo(expand(`${body}00`), 97)
  return body + String(check).padStart(2, '0')
})

const isin = complete(
  join(oneOf('US', 'DE', 'XS', 'JP'), digits(4), chars(`0123456789${LETTERS}`, 5)),
  (body) => body + luhnDigit(expand(body)),
)

const cusip = complete(join(digits(3), chars(`0123456789${LETTERS}`, 5)), (body) => {
  const parts = Array.from(body, (character, at) => String(valueOf(character) * (at % 2 === 0 ? 1 : 2))).join('')
  return body + String((10 - (Array.from(parts).reduce((sum, digit) => sum + Number(digit), 0) % 10)) % 10)
})

describeIds(WORLD, {
  BIC_CODE: {
    unknown: ['DEUTDEFF', 'DEUTDEFF500', 'BNPAFRPPXXX', 'BNPAFRPP PAA', 'chasus33', 'NEDSZAJJXXX'],
    invalid: ['DEUTXXFF', 'DEUTQQFF', 'CUSTOMER', 'document'],
    unproven: join(
      letters(4),
      oneOf('DE', 'FR', 'US', 'XK', 'AE'),
      chars(`0123456789${LETTERS}`, 2),
      anyOf(oneOf(''), chars('0123456789XYZ', 3)),
    ),
  },
  VIN: {
    valid: ['1M8GDM9AXKP042788', '5GZCZ43D13S812715', '1HGCM82633A004352', 'JH4KA7561PC008269'],
    unknown: ['WVWZZZ1JZ3W386752', 'SFA2B3C45D6E70000'],
    invalid: ['1M8GDM9A1KP042788', '1HGCM82633A004353', 'IM8GDM9AXKP042788', '11111111111111111', '5GZCZ43D13S81271X'],
    made: vin,
  },
  IMEI: {
    valid: ['490154203237518', '49-015420-323751-8', '35-209900-176148-1', '356938035643809'],
    invalid: ['490154203237519', '352099001761482', '000000000000000'],
    made: withLuhn(join('35', digits(12))),
  },
  ICCID: {
    valid: ['8991101200003204514', '8991 1012 0000 3204 514'],
    unknown: ['89911012000032045141'],
    invalid: ['8991101200003204515', '8091101200003204514'],
    made: withLuhn(anyOf(join('89', digits(16)), join('89', digits(17)))),
  },
  IMSI: {
    unknown: ['310150123456789', '262 01 1234567890', '26201123456789'],
    invalid: ['100150123456789', '990150123456789'],
    unproven: join(oneOf('310', '262', '404', '724'), anyOf(digits(11), digits(12))),
  },
  LEI: {
    valid: ['5493001KJTIIGC8Y1R12', '7LTWFZYICNSX8D621K86', '529900T8BM49AURSDO55', '549300GKFG0RYRRQ1414'],
    invalid: ['5493001KJTIIGC8Y1R13', '7LTWFZYICNSX8D621K68', '12345678901234567890'],
    made: lei,
  },
  ISIN: {
    valid: ['US0378331005', 'AU0000XVGZA3', 'GB0002634946', 'DE000BAY0017', 'XS0971721450', 'us0378331005'],
    unknown: ['MariaKelly17'],
    invalid: ['US0378331004', 'ZZ0378331005', 'AU0000VXGZA8'],
    made: isin,
  },
  CUSIP: {
    valid: ['037833100', '17275R102', '38259P508', '594918104', '68389X105'],
    invalid: ['037833101', '68389X106', 'ABCDEFGH1'],
    made: cusip,
  },
  CVV: {
    unknown: ['123', '7391'],
    invalid: ['2027'],
    unproven: anyOf(digits(3), join(oneOf('1', '3', '9'), digits(3))),
  },
  MEDICAL_RECORD_NUMBER: {
    unknown: ['00482910', 'RXK482910', 'MRN-004829', '48-29-10'],
    invalid: ['0000000'],
    unproven: anyShape(WORLD, 'MEDICAL_RECORD_NUMBER'),
  },
  PIN: {
    unknown: ['4821', '0000', '123456', '98765'],
    invalid: ['2024'],
    unproven: anyOf(join(oneOf('0', '1', '3', '9'), digits(3)), digits(5), digits(6)),
  },
})
