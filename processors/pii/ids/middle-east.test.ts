import { anyOf, chars, complete, dated, describeIds, digits, join, oneOf, sumOf, two, withLuhn } from './ids.fixture.ts'
import { MIDDLE_EAST } from './middle-east.ts'

const turkish = complete(join(chars('123456789', 1), digits(8)), (body) => {
  const odd = sumOf(body, [1, 0, 1, 0, 1, 0, 1, 0, 1])
  const even = sumOf(body, [0, 1, 0, 1, 0, 1, 0, 1])
  const ten = body + String((odd * 7 + even * 9) % 10)
  return (
    ten +
    String(
      sumOf(
        ten,
        Array.from({ length: 10 }, () => 1),
      ) % 10,
    )
  )
})
const tax = complete(digits(9), (body) => {
  const sum = Array.from(body).reduce((all, digit, at) => {
    const moved = (Number(digit) + 9 - at) % 10
    const rest = (moved * 2 ** (9 - at)) % 9
    return all + (moved !== 0 && rest === 0 ? 9 : rest)
  }, 0)
  return body + String((10 - (sum % 10)) % 10)
})
const kuwaiti = complete(
  join(
    '2',
    dated((year, month, day) => two(year) + two(month) + two(day)),
    digits(4),
  ),
  (body) => {
    const check = 11 - (sumOf(body, [2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11)
    return check > 9 ? undefined : body + String(check)
  },
)

describeIds(MIDDLE_EAST, {
  TR_NATIONAL_ID: {
    valid: ['10000000146', '17291716060'],
    invalid: ['10000000147', '07291716060', '17291716050', '11111111111'],
    made: turkish,
  },
  TR_TAX_NUMBER: { valid: ['4540536920'], invalid: ['4540536921'], made: tax, caught: 0.9 },
  IL_ID_NUMBER: {
    valid: ['39337423', '123456782', '12345678-2', '039337423'],
    invalid: ['39337424', '000000000'],
    made: anyOf(withLuhn(join(chars('123456789', 1), digits(7))), withLuhn(join(chars('123456789', 1), digits(6)))),
  },
  AE_EMIRATES_ID: {
    invalid: ['784-1980-1234567-0', '784-1800-1234567-9', '783-1980-1234567-9'],
    made: withLuhn(join('784', oneOf('1980', '1999', '2015'), digits(7))),
  },
  SA_NATIONAL_ID: {
    invalid: ['3012345678', '1000000000', '2222222222'],
    made: withLuhn(join(oneOf('1', '2'), digits(8))),
  },
  KW_CIVIL_ID: { invalid: ['287134567890', '187012345678'], made: kuwaiti },
})
