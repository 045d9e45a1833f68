import { CENTRAL_EUROPE } from './central-europe.ts'
import { anyOf, chars, complete, dated, describeIds, digits, join, letters, modulo, sumOf, two } from './ids.fixture.ts'

const pesel = complete(
  join(
    anyOf(
      dated((year, month, day) => two(year) + two(month) + two(day)),
      dated((year, month, day) => two(year) + two(month + 20) + two(day), '2000-01-01', '2024-12-31'),
    ),
    digits(4),
  ),
  (body) => body + String((1000 - sumOf(body, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3])) % 10),
)
const nip = complete(join(chars('123456789', 1), digits(8)), (body) => {
  const check = sumOf(body, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11
  return check === 10 ? undefined : body + String(check)
})
const regon = complete(
  join(chars('123456789', 1), digits(7)),
  (body) => body + String((sumOf(body, [8, 9, 2, 3, 4, 5, 6, 7]) % 11) % 10),
)
const branch = complete(
  join(regon, digits(4)),
  (body) => body + String((sumOf(body, [2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8]) % 11) % 10),
)
const card = complete(join(letters(3), digits(5)), (body) => {
  const sum = sumOf(body.slice(0, 3), [7, 3, 1]) + sumOf(body.slice(3), [7, 3, 1, 7, 3])
  return body.slice(0, 3) + String(sum % 10) + body.slice(3)
})
const passport = complete(join(letters(2), digits(6)), (body) => {
  const sum = sumOf(body.slice(0, 2), [7, 3]) + sumOf(body.slice(2), [1, 7, 3, 1, 7, 3])
  return body.slice(0, 2) + String(sum % 10) + body.slice(2)
})
const birth = complete(
  join(
    dated((year, month, day) => two(year) + two(month + (day % 2) * 50) + two(day), '1954-01-01'),
    digits(3),
  ),
  (body) => (modulo(body, 11) === 10 ? undefined : body + String(modulo(body, 11))),
)
const early = join(
  dated((year, month, day) => two(year) + two(month) + two(day), '1910-01-01', '1953-12-31'),
  chars('123456789', 3),
)
const ico = complete(
  join(chars('123456789', 1), digits(6)),
  (body) => body + String((11 - (sumOf(body, [8, 7, 6, 5, 4, 3, 2]) % 11)) % 10),
)
const taj = complete(
  join(chars('123456789', 1), digits(7)),
  (body) => body + String(sumOf(body, [3, 7, 3, 7, 3, 7, 3, 7]) % 10),
)
const hungarian = complete(join('8', digits(8)), (body) => {
  const check = sumOf(body, [1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11
  return check === 10 ? undefined : body + String(check)
})

describeIds(CENTRAL_EUROPE, {
  PL_PESEL: {
    valid: ['44051401359', '02070803628', '440514 01359'],
    invalid: ['44051401358', '44053201359', '44131401359', '44051410359'],
    made: pesel,
  },
  PL_NIP: {
    valid: ['856-734-62-15', '8567346215', 'PL8567346215', '526-10-40-828'],
    invalid: ['856-734-62-16', '0000000000'],
    made: anyOf(
      nip,
      nip.map((number) => `PL${number}`),
    ),
  },
  PL_REGON: {
    valid: ['192598184', '123456785', '12345678512347'],
    invalid: ['192598183', '12345678612342', '12345678512348', '000000000'],
    made: anyOf(regon, branch),
    // Ten is written as 0, and a branch's check leaves one place out, which the first check covers.
    caught: 0.95,
  },
  PL_ID_CARD: { valid: ['ABA300000', 'ABA 300000'], invalid: ['ABA300001'], made: card },
  PL_PASSPORT: {
    valid: ['ZS0000177', 'EA 1234567'],
    unknown: ['EA1234568'],
    made: passport,
    caught: 0,
  },
  CZ_BIRTH_NUMBER: {
    valid: ['710319/2745', '7103192745', '736028/5163'],
    unknown: ['530316/101', '530316101'],
    invalid: ['710319/2746', '711319/2745', '550316/101', '530316/000'],
    made: birth,
    // A remainder of ten is written as 0.
    caught: 0.95,
    unproven: early,
  },
  CZ_ICO: { valid: ['25123891', '251 23 891'], invalid: ['25123892'], made: ico, caught: 0.95 },
  HU_TAJ: { valid: ['037687210', '037 687 210'], invalid: ['037687211', '000000000'], made: taj },
  HU_TAX_ID: { valid: ['8071592153'], invalid: ['8071592154', '7071592153'], made: hungarian },
})
