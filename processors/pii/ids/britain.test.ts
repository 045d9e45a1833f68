import { BRITAIN } from './britain.ts'
import {
  anyOf,
  chars,
  complete,
  dated,
  ddmmyy,
  describeIds,
  digits,
  join,
  letters,
  oneOf,
  sumOf,
  two,
} from './ids.fixture.ts'

const mod11 = (body: string): string | undefined => {
  const check = 11 - (sumOf(body, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)
  return check === 10 ? undefined : body + String(check % 11)
}

const driver = join(
  oneOf('MORGA', 'LEE99', 'OXX99', 'SMITH'),
  dated((year, month, day) => `${Math.floor(year / 10) % 10}${two(month + (year % 2) * 50)}${two(day)}${year % 10}`),
  oneOf('SM9IJ', 'A99AB', 'J98CD'),
  oneOf('', '35'),
)

const ppsn = complete(join(digits(7), oneOf('', 'A', 'B', 'H', 'W', 'T')), (body) => {
  const second = body.slice(7)
  const extra = 'ABCDEFGHI'.indexOf(second || '-') + 1
  return `${body.slice(0, 7)}${'WABCDEFGHIJKLMNOPQRSTUV'[(sumOf(body, [8, 7, 6, 5, 4, 3, 2]) + extra * 9) % 23]}${second}`
})

describeIds(BRITAIN, {
  UK_NHS: {
    valid: ['943 476 5919', '9434765919', '401-023-2137', '9434765870'],
    invalid: ['943 476 5918', '943 476 5819', '0000000000'],
    made: complete(join(chars('123456789', 1), digits(8)), mod11),
  },
  UK_NINO: {
    valid: ['AB123456C', 'AB 12 34 56 C', 'ab123456c', 'JG103759A', 'AB-12-34-56-C'],
    unknown: ['AB123456'],
    invalid: [
      'QQ123456C',
      'DA123456C',
      'AO123456C',
      'BG123456A',
      'GB123456A',
      'KN123456A',
      'NK123456A',
      'NT123456A',
      'TN123456A',
      'ZZ123456A',
      'AB123456E',
    ],
    made: join(oneOf('AB', 'JG', 'CE', 'WK', 'YZ'), digits(6), chars('ABCD', 1)),
    unproven: join(oneOf('AB', 'JG', 'CE', 'WK', 'YZ'), digits(6)),
    caught: 0,
  },
  UK_UTR: {
    valid: ['1955839661', '19558 39661'],
    invalid: ['2955839661', '1955839662'],
    made: complete(digits(9), (body) => '21987654321'[sumOf(body, [6, 7, 8, 9, 10, 5, 4, 3, 2]) % 11] + body),
    // Remainders 0 and 9 share the check digit 2, 1 and 10 share 1.
    caught: 0.93,
  },
  UK_DRIVING_LICENCE: {
    valid: ['MORGA657054SM9IJ', 'MORGA657054SM9IJ 35', 'MORGA 657054 SM9IJ', 'MORGA607054SM9IJ'],
    invalid: ['MORGA633054SM9IJ', 'MORGA607324SM9IJ', 'M9RGA657054SM9IJ', 'MORGA657054999IJ', '1ORGA657054SM9IJ'],
    made: driver,
    caught: 0,
  },
  UK_PASSPORT: { unknown: ['925076473'], unproven: digits(9) },
  UK_SORT_CODE: { unknown: ['20-00-00', '601613'], unproven: digits(6) },
  UK_VEHICLE_REGISTRATION: {
    unknown: ['AB51 ABC', 'AB24ABC', 'A123 ABC', 'ABC 123A', 'ABZ 1234'],
    invalid: ['IB51 ABC', 'AB01 ABC', 'AB51 AIC', 'AB50ABC', 'I123 ABC'],
    unproven: anyOf(
      join(oneOf('AB', 'LK', 'YX'), oneOf('02', '24', '51', '74'), chars('ABCDEFGHJKLMNPRSTUVWXYZ', 3)),
      join(chars('ABCDEFGHJKLMNPRSTVWXY', 1), anyOf(digits(2), digits(3)), letters(3)),
      join(letters(3), anyOf(join(anyOf(digits(2), digits(3)), chars('ABCDEFGHJKLMNPRSTVWXY', 1)), digits(4))),
    ).filter((plate) => !/^[A-Z]{2}\d\d[A-Z]{3}$/.test(plate) || !/[IQ]/.test(plate)),
  },
  UK_CHI: {
    invalid: ['3202701234', '0101701230'],
    made: complete(join(ddmmyy, digits(3)), mod11),
  },
  IE_PPSN: {
    valid: ['1234567T', '6433435F', '6433435OA', '1234567FA', '1234567TW'],
    invalid: ['6433435E', '6433435VB', '1234567TA', '1234567TZ'],
    made: ppsn,
  },
})
