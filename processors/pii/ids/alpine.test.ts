import { ALPINE } from './alpine.ts'
import { anyShape, chars, complete, ddmmyy, describeIds, digits, join, sumOf } from './ids.fixture.ts'

const svnr = complete(join(chars('123456789', 1), digits(2), ddmmyy), (body) => {
  const check = sumOf(body, [3, 7, 9, 5, 8, 4, 2, 1, 6]) % 11
  return check === 10 ? undefined : body.slice(0, 3) + String(check) + body.slice(3)
})
const doubled = (digit: string): number => [0, 2, 4, 6, 8, 1, 3, 5, 7, 9][Number(digit)]!
const atVat = complete(digits(7), (body) => {
  const sum = Array.from(body).reduce((all, digit, at) => all + (at % 2 === 1 ? doubled(digit) : Number(digit)), 0)
  return `ATU${body}${(10 - ((sum + 4) % 10)) % 10}`
})
const ahv = complete(
  join('756', digits(9)),
  (body) => body + String((1000 - sumOf(body, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3])) % 10),
)
const uid = complete(digits(8), (body) => {
  const check = (11 - (sumOf(body, [5, 4, 3, 2, 7, 6, 5, 4]) % 11)) % 11
  return check === 10 ? undefined : `CHE${body}${check}`
})

describeIds(ALPINE, {
  AT_SVNR: {
    valid: ['1237 010180', '1237010180', '1237-010180'],
    invalid: ['1238 010180', '1237 320180', '0237 010180', '2237 010180'],
    made: svnr,
  },
  AT_VAT_CODE: { valid: ['ATU13585627', 'ATU 13585627'], invalid: ['ATU13585626', 'ATX13585627'], made: atVat },
  AT_PASSPORT: { unknown: ['U1234567', 'P 1234567'], unproven: anyShape(ALPINE, 'AT_PASSPORT') },
  CH_AHV: {
    valid: ['756.9217.0769.85', '7569217076985', '756 9217 0769 85'],
    invalid: ['756.9217.0769.84', '7569217076895'],
    made: ahv,
  },
  CH_UID: { valid: ['CHE-100.155.212', 'CHE100155212', 'CHE-107.787.577'], invalid: ['CHE-100.155.213'], made: uid },
  CH_PASSPORT: { unknown: ['X1234567', 'X12A3456'], unproven: anyShape(ALPINE, 'CH_PASSPORT') },
})
