import {
  anyOf,
  anyShape,
  chars,
  complete,
  dated,
  describeIds,
  digits,
  join,
  LETTERS,
  luhnDigit,
  oneOf,
  sumOf,
  two,
  withLuhn,
  yymmdd,
} from './ids.fixture.ts'
import { LATIN_AMERICA } from './latin-america.ts'

const eleven = (sum: number): number => (sum % 11 < 2 ? 0 : 11 - (sum % 11))
const cpf = complete(join(chars('123456789', 1), digits(8)), (body) => {
  const ten = body + String(eleven(sumOf(body, [10, 9, 8, 7, 6, 5, 4, 3, 2])))
  return ten + String(eleven(sumOf(ten, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2])))
})
/** A letter counts as its ASCII code less 48. */
const ascii = (text: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, at) => sum + weight * (text.charCodeAt(at) - 48), 0)
const cnpj = (body: string): string => {
  const one = body + String(eleven(ascii(body, [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2])))
  return one + String(eleven(ascii(one, [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2])))
}
const cnh = complete(join(chars('123456789', 1), digits(8)), (body) => {
  const first = sumOf(body, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11
  let second = sumOf(body, [1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11
  if (first === 10) second = second - 2 < 0 ? second + 9 : second - 2
  return body + String(first === 10 ? 0 : first) + String(second === 10 ? 0 : second)
})
const pis = complete(
  join(chars('123456789', 1), digits(9)),
  (body) => body + String(eleven(sumOf(body, [3, 2, 9, 8, 7, 6, 5, 4, 3, 2]))),
)

const curpCheck = (body: string): string => {
  const order = '0123456789ABCDEFGHIJKLMN?OPQRSTUVWXYZ'
  const sum = Array.from(body).reduce((all, character, at) => all + order.indexOf(character) * (18 - at), 0)
  return body + String((10 - (sum % 10)) % 10)
}
const curp = anyOf(
  join(
    oneOf('GOMC', 'HEGG', 'BOXW'),
    yymmdd,
    oneOf('H', 'M', 'X'),
    oneOf('DF', 'JC', 'NE'),
    chars('BCDFGZ', 3),
    digits(1),
  ),
  join(
    'GOMC',
    dated((year, month, day) => two(year) + two(month) + two(day), '2000-01-01', '2024-12-31'),
    oneOf('H', 'M'),
    'MC',
    chars('BCDFGZ', 3),
    oneOf('A', 'B'),
  ),
).map(curpCheck)

const rfc = complete(
  join(anyOf(chars(LETTERS, 4), chars(LETTERS, 3)), yymmdd, chars(`0123456789${LETTERS}`, 2)),
  (body) => {
    const order = '0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ '
    const sum = Array.from(body.padStart(12, ' ')).reduce(
      (all, character, at) => all + order.indexOf(character) * (13 - at),
      0,
    )
    return body + '0A987654321'[sum % 11]
  },
)
const cuit = complete(join(oneOf('20', '27', '30', '33'), digits(8)), (body) => {
  const check = (11 - (sumOf(body, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11
  return check === 10 ? undefined : body + String(check)
})
const rut = complete(anyOf(join(chars('123456789', 1), digits(6)), join(chars('12', 1), digits(7))), (body) => {
  const sum = Array.from(body)
    .toReversed()
    .reduce((all, digit, at) => all + Number(digit) * [2, 3, 4, 5, 6, 7, 2, 3][at]!, 0)
  return body + '0123456789K'[(11 - (sum % 11)) % 11]
})
const nit = complete(anyOf(join(chars('89', 1), digits(8)), join(chars('123', 1), digits(7))), (body) => {
  const rest =
    Array.from(body)
      .toReversed()
      .reduce((all, digit, at) => all + Number(digit) * [3, 7, 13, 17, 19, 23, 29, 37, 41][at]!, 0) % 11
  return body + String(rest > 1 ? 11 - rest : rest)
})
const ruc = complete(
  join(oneOf('10', '20'), digits(8)),
  (body) => body + String((11 - (sumOf(body, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 10),
)
const ecuadorian = complete(
  join(oneOf('01', '17', '24'), chars('012345', 1), digits(6)),
  (body) => body + luhnDigit(body),
)
const uruguayan = complete(
  join(chars('123456', 1), digits(6)),
  (body) => body + String((1000 - sumOf(body, [2, 9, 8, 7, 6, 3, 4])) % 10),
)

describeIds(LATIN_AMERICA, {
  BR_CPF: {
    valid: ['529.982.247-25', '52998224725', '390.533.447-05'],
    invalid: ['529.982.247-26', '111.111.111-11', '000.000.000-00', '123.456.789-00'],
    made: cpf,
    caught: 0.98,
  },
  BR_CNPJ: {
    valid: ['11.222.333/0001-81', '11222333000181', '12.ABC.345/01DE-35', '12ABC34501DE35', '16.727.230/0001-97'],
    invalid: ['11.222.333/0001-82', '12.ABC.345/01DE-36', '00.000.000/0000-00'],
    made: anyOf(join(digits(8), '0001').map(cnpj), chars(`0123456789${LETTERS}`, 12).map(cnpj)),
    caught: 0.98,
  },
  BR_CNH: { invalid: ['11111111111', '12345678901'], made: cnh, caught: 0.95 },
  BR_PIS: {
    invalid: ['120.56412.54-8', '00000000000'],
    made: pis,
    caught: 0.95,
  },
  MX_CURP: {
    valid: ['BOXW310820HNERXN09', 'boxw310820hnerxn09', 'BOXW 310820 HNERXN 09'],
    invalid: ['BOXW310820HNERXN08', 'BOXW311320HNERXN09', 'BOXW310820HZZRXN09', 'BOXW310820KNERXN09'],
    made: curp,
    caught: 0.85,
  },
  MX_RFC: {
    valid: ['GODE561231GR8', 'MAB9307148T4', 'GODE-561231-GR8'],
    unknown: ['GODE561231GR7'],
    invalid: ['GODE561331GR8', 'XAXX010101000', 'XEXX010101000'],
    made: rfc,
  },
  MX_NSS: { invalid: ['00000000000'], made: withLuhn(join(chars('123456789', 1), digits(9))) },
  AR_CUIT: {
    valid: ['20-05536168-2', '20055361682', '20-26756539-3', '30-50001091-2'],
    invalid: ['20-05536168-3', '99-05536168-2'],
    made: cuit,
  },
  AR_DNI: { unknown: ['12.345.678', '20123456'], unproven: anyShape(LATIN_AMERICA, 'AR_DNI') },
  CL_RUT: {
    valid: ['12.531.909-2', '12531909-2', '12.345.678-5', '7.654.321-6', '10.000.013-K', '10000013-k'],
    invalid: ['12.531.909-3', '11.111.111-1', '12.345.678-K', '12.345.678-A'],
    made: rut,
  },
  CO_NIT: {
    valid: ['213.123.432-1', '2131234321', '800.197.268-4', '860.002.964-4'],
    invalid: ['213.123.432-2'],
    made: nit,
    caught: 0.95,
  },
  CO_CEDULA: { unknown: ['1.020.345.678', '52.123.456', '1020345678'], unproven: anyShape(LATIN_AMERICA, 'CO_CEDULA') },
  PE_RUC: { valid: ['20512333797', '20100070970'], invalid: ['20512333798', '30512333797'], made: ruc, caught: 0.95 },
  EC_CEDULA: {
    valid: ['1710034065', '171003406-5'],
    invalid: ['1710034066', '2510034065', '1790034065'],
    made: ecuadorian,
  },
  UY_CI: { valid: ['1.234.567-2', '12345672'], invalid: ['1.234.567-3', '11111111'], made: uruguayan, caught: 0.85 },
  BR_PASSPORT: { unknown: ['FD123456'], unproven: anyShape(LATIN_AMERICA, 'BR_PASSPORT') },
  MX_PASSPORT: { unknown: ['G12345678'], unproven: anyShape(LATIN_AMERICA, 'MX_PASSPORT') },
})
