import { BENELUX } from './benelux.ts'
import {
  anyOf,
  anyShape,
  chars,
  complete,
  dated,
  describeIds,
  digits,
  join,
  luhnDigit,
  modulo,
  oneOf,
  sumOf,
  two,
  valueOf,
  yymmdd,
} from './ids.fixture.ts'
import { holdsVerhoeff } from './verhoeff.ts'

const bsn = complete(join(chars('123456789', 1), digits(7)), (body) => {
  const check = sumOf(body, [9, 8, 7, 6, 5, 4, 3, 2]) % 11
  return check === 10 ? undefined : body + String(check)
})
const shortBsn = complete(join(chars('123456789', 1), digits(6)), (body) => {
  const check = sumOf(body, [8, 7, 6, 5, 4, 3, 2]) % 11
  return check === 10 ? undefined : body + String(check)
})
const expand = (text: string): string =>
  Array.from(text)
    .map((character) => String(valueOf(character)))
    .join('')
const dutchVat = complete(join('NL', chars('123456789', 1), digits(8), 'B'), (body) => {
  for (let check = 2; check < 99; check++) if (modulo(expand(body + two(check)), 97) === 1) return body + two(check)
  return undefined
})
const key = (number: string): string => String(97 - modulo(number, 97)).padStart(2, '0')
const last = complete(join(yymmdd, chars('123456789', 1), digits(2)), (body) => body + key(body))
const today = complete(
  join(
    dated((year, month, day) => two(year) + two(month) + two(day), '2000-01-01', '2024-12-31'),
    chars('123456789', 1),
    digits(2),
  ),
  (body) => body + key(`2${body}`),
)
const belgianCompany = complete(join(oneOf('0', '1'), digits(7)), (body) => body + key(body))
const matricule = complete(
  join(
    dated((year, month, day) => `${year}${two(month)}${two(day)}`),
    digits(3),
  ),
  (body) => {
    const verhoeff = Array.from('0123456789').find((digit) => holdsVerhoeff(body + digit))!
    return body + luhnDigit(body) + verhoeff
  },
)

describeIds(BENELUX, {
  NL_BSN: {
    valid: ['111222333', '1112.22.333', '123456782', '10000008'],
    invalid: ['111222334', '123456789', '000000000', '999999999'],
    made: anyOf(bsn, shortBsn),
  },
  NL_VAT_CODE: {
    valid: ['NL004495445B01', 'NL123456789B13', 'NL002455799B11'],
    invalid: ['NL123456789B90', 'NL004495446B01'],
    made: dutchVat,
    // A wrong digit may still meet the older of the two checks.
    caught: 0.85,
  },
  NL_PASSPORT: {
    unknown: ['SPECI2014', 'NW1234567'],
    invalid: ['NO1234567'],
    unproven: join(chars('NXB', 2), chars('ABCDEFGHIJKLMNPQRSTUVWXYZ0123456789', 6), digits(1)),
  },
  NL_DRIVER_LICENSE: { unknown: ['3107031234'], unproven: anyShape(BENELUX, 'NL_DRIVER_LICENSE') },
  BE_NATIONAL_NUMBER: {
    valid: ['85.07.30-033.28', '85073003328', '17.07.30-033.84'],
    invalid: ['85.07.30-033.29', '85.13.30-033.28', '17.07.30-033.85'],
    made: anyOf(last, today),
    // A wrong digit may make the number of somebody born a hundred years later.
    caught: 0.95,
  },
  BE_COMPANY_NUMBER: {
    valid: ['0428759497', 'BE 0428.759.497', '0428.759.497', 'BE0403019261'],
    invalid: ['0428759498', '2428759497'],
    made: anyOf(
      belgianCompany,
      belgianCompany.map((number) => `BE${number}`),
    ),
  },
  LU_MATRICULE: {
    valid: ['1893120105732'],
    invalid: ['1893120105733', '1893130105732', '1893120105742'],
    made: matricule,
  },
})
