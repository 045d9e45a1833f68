import { FRANCE } from './france.ts'
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
  two,
  withLuhn,
} from './ids.fixture.ts'

const person = join(
  oneOf('1', '2'),
  dated((year, month) => two(year) + two(month)),
  anyOf(oneOf('2A', '2B'), oneOf('01', '75', '99')),
  digits(6),
)
/** Corsica counts as 19 and 18. */
const nir = complete(
  person,
  (body) => body + String(97 - modulo(body.replace('2A', '19').replace('2B', '18'), 97)).padStart(2, '0'),
)
const siren = withLuhn(join(chars('123456789', 1), digits(7)))

describeIds(FRANCE, {
  FR_NIR: {
    valid: ['255081416802538', '2 55 08 14 168 025 38', '1 51 02 46 102 043 25', '2 69 05 49 588 157 80'],
    unknown: ['2550814168025'],
    invalid: ['255081416802539', '255131416802538', '955081416802538', '255081416802583'],
    made: nir,
    unproven: person,
  },
  FR_SIREN: { valid: ['732829320', '732 829 320', '552100554'], invalid: ['732829321', '000000000'], made: siren },
  FR_SIRET: {
    valid: ['73282932000074', '732 829 320 00074', '35600000000048', '35600000049837'],
    invalid: ['73282932000075', '73282932100073', '35600000049838'],
    made: complete(join(siren, digits(4)), (body) => body + luhnDigit(body)).filter(
      (number) => !number.startsWith('356'),
    ),
  },
  FR_CNI: {
    unknown: ['880692310285', '8806 9231 0285', 'X4RTBPFW4', 'KRNTFXMVY'],
    invalid: ['881392310285', 'ABCDEFGHI', 'NATIONALE'],
    unproven: anyOf(
      join(digits(2), oneOf('01', '12'), digits(8)),
      join(chars('XDK', 1), digits(4), chars('ABC', 2), digits(2)),
      chars('XDKRT', 9),
    ),
  },
  FR_PASSPORT: { unknown: ['09PY12345', '15 AB 12345'], unproven: anyShape(FRANCE, 'FR_PASSPORT') },
  FR_DRIVER_LICENSE: { unknown: ['831021300108', '14AA00002'], unproven: anyShape(FRANCE, 'FR_DRIVER_LICENSE') },
  FR_VAT_CODE: {
    valid: ['FR40303265045', 'FR 40 303 265 045', 'FR23334175221', 'FR83404833048'],
    unknown: ['FRK7399859412'],
    invalid: ['FR84323140391', 'FR40303265046'],
    made: siren.map((number) => `FR${String((12 + 3 * modulo(number, 97)) % 97).padStart(2, '0')}${number}`),
  },
})
