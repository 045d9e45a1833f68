import {
  anyOf,
  anyShape,
  chars,
  complete,
  describeIds,
  digits,
  join,
  letters,
  luhnDigit,
  modulo,
  numberUpTo,
  oneOf,
  sumOf,
  valueOf,
} from './ids.fixture.ts'
import { IBERIA } from './iberia.ts'

const TABLE = 'TRWAGMYFPDXBNJZSQVHLCKE'
const nif = complete(digits(8), (body) => body + TABLE[modulo(body, 23)])
const special = complete(join(oneOf('K', 'L', 'M'), digits(7)), (body) => body + TABLE[modulo(body.slice(1), 23)])
const nie = complete(
  join(oneOf('X', 'Y', 'Z'), digits(7)),
  (body) => body + TABLE[modulo('XYZ'.indexOf(body[0]!) + body.slice(1), 23)],
)
const cifDigit = complete(join(chars('ABEHCDFGJUV', 1), digits(7)), (body) => body + luhnDigit(body.slice(1)))
const cifLetter = complete(
  join(chars('PQSNWRCDFGJUV', 1), digits(7)),
  (body) => body + 'JABCDEFGHI'[Number(luhnDigit(body.slice(1)))],
)
const affiliation = complete(join(oneOf('08', '28', '46'), numberUpTo(99_999_999, 8)), (body) => {
  const serial = Number(body.slice(2))
  const number = serial < 10_000_000 ? String(serial + Number(body.slice(0, 2)) * 10_000_000) : body
  return body + String(modulo(number, 97)).padStart(2, '0')
})
const portuguese = complete(join(oneOf('1', '2', '3', '5', '6', '45', '98'), digits(8)), (long) => {
  const body = long.slice(0, 8)
  const check = 11 - (sumOf(body, [9, 8, 7, 6, 5, 4, 3, 2]) % 11)
  return body + String(check > 9 ? 0 : check)
})
/** Twelve characters; every second from the left is doubled, and nine taken from what is above nine. */
const citizen = complete(join(digits(9), letters(1), letters(1)), (body) => {
  const sum = Array.from(body).reduce((all, character, at) => {
    const value = at % 2 === 0 ? valueOf(character) * 2 : valueOf(character)
    return all + (at % 2 === 0 && value > 9 ? value - 9 : value)
  }, 0)
  return body + String((1000 - sum) % 10)
})

describeIds(IBERIA, {
  ES_NIF: {
    valid: ['12345678Z', '12345678-Z', '54362315K', '00000000T', '12.345.678-Z'],
    invalid: ['12345678A', '12345679Z', '54362315Z'],
    made: anyOf(nif, special),
  },
  ES_NIE: {
    valid: ['X1234567L', 'Y1234567X', 'Z1234567R', 'X-1234567-L', 'x2482300w'],
    invalid: ['X1234567M', 'Y1234567L', 'X2482300A'],
    made: nie,
  },
  ES_CIF: {
    valid: ['A58818501', 'B64717838', 'J99216582', 'P2807900B', 'A-58818501'],
    invalid: ['A58818502', 'A5881850A', 'P28079002', 'K58818501', 'B64717839'],
    made: anyOf(cifDigit, cifLetter),
  },
  ES_PASSPORT: { unknown: ['AAA123456', 'AB123456'], unproven: anyShape(IBERIA, 'ES_PASSPORT') },
  ES_SOCIAL_SECURITY: {
    valid: ['281234567840', '28/12345678/40', '28 12345678 40'],
    invalid: ['281234567841', '991234567840'],
    made: affiliation,
  },
  PT_NIF: {
    valid: ['501964843', '123456789', '501 964 843', 'PT501964843', '999999990'],
    invalid: ['501964842', '401964843', '123456788'],
    made: anyOf(
      portuguese,
      portuguese.map((number) => `PT${number}`),
    ),
    // Ten and eleven are both written as 0.
    caught: 0.95,
  },
  PT_CITIZEN_CARD: {
    valid: ['00000000 0 ZZ4', '000000000ZZ4', '00000000-0-ZZ4'],
    invalid: ['00000000 0 ZZ3', '000000000ZZ9'],
    made: citizen,
  },
  PT_PASSPORT: { unknown: ['L123456', 'CA123456'], unproven: anyShape(IBERIA, 'PT_PASSPORT') },
})
