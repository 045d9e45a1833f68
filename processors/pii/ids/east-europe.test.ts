import { EAST_EUROPE } from './east-europe.ts'
import {
  anyOf,
  anyShape,
  chars,
  complete,
  describeIds,
  digits,
  join,
  numberUpTo,
  oneOf,
  sumOf,
  yymmdd,
} from './ids.fixture.ts'

const company = complete(
  join(chars('123456789', 1), digits(8)),
  (body) => body + String((sumOf(body, [2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11) % 10),
)
const person = complete(join(chars('123456789', 1), digits(9)), (body) => {
  const eleven = body + String((sumOf(body, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11) % 10)
  return eleven + String((sumOf(eleven, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11) % 10)
})
const snils = complete(join(chars('123456789', 1), digits(8)), (body) => {
  const rest = sumOf(body, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101
  return body + String(rest === 100 ? 0 : rest).padStart(2, '0')
})
const ukrainian = complete(
  join(numberUpTo(40_000, 5), digits(4)),
  (body) => body + String((sumOf(body, [10, 5, 7, 9, 4, 6, 10, 5, 7]) % 11) % 10),
)
const kazakh = complete(join(yymmdd, oneOf('3', '4'), digits(4)), (body) => {
  const first = sumOf(body, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) % 11
  const second = sumOf(body, [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]) % 11
  if (first < 10) return body + String(first)
  return second < 10 ? body + String(second) : undefined
})

describeIds(EAST_EUROPE, {
  RU_INN: {
    valid: ['7830002293', '500100732259', '7707083893'],
    invalid: ['7830002294', '500100732258', '0000000000'],
    made: anyOf(company, person),
    caught: 0.95,
  },
  RU_SNILS: {
    valid: ['112-233-445 95', '11223344595', '087-654-303 00'],
    invalid: ['112-233-445 96', '000-000-000 00'],
    made: snils,
    caught: 0.95,
  },
  RU_PASSPORT: { unknown: ['4509 123456', '45 09 123456'], unproven: anyShape(EAST_EUROPE, 'RU_PASSPORT') },
  UA_TAX_NUMBER: { valid: ['1759013776'], invalid: ['1759013777', '9959013776'], made: ukrainian, caught: 0.95 },
  KZ_IIN: { invalid: ['831321301130'], made: kazakh, caught: 0.85 },
})
