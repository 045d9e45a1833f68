import {
  anyOf,
  chars,
  complete,
  dated,
  ddmmyy,
  describeIds,
  digits,
  join,
  modulo,
  oneOf,
  sumOf,
  two,
  withLuhn,
  yymmdd,
} from './ids.fixture.ts'
import { NORDIC } from './nordic.ts'

const coordination = dated((year, month, day) => two(year) + two(month) + two(day + 60))
const swedish = withLuhn(join(anyOf(yymmdd, coordination), digits(3)))

const norwegian = complete(
  join(
    dated((year, month, day) => two(day + (day % 2) * 40) + two(month) + two(year), '1940-01-01'),
    chars('01234', 1),
    digits(2),
  ),
  (body) => {
    const first = (11 - (sumOf(body, [3, 7, 6, 1, 8, 9, 4, 5, 2]) % 11)) % 11
    const second = (11 - (sumOf(body + String(first), [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11
    return first === 10 || second === 10 ? undefined : `${body}${first}${second}`
  },
)
const danish = complete(join(ddmmyy, chars('0123', 1), digits(2)), (body) => {
  const check = (11 - (sumOf(body, [4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11
  return check === 10 ? undefined : body + String(check)
})
const company = (weights: readonly number[], first: string) =>
  complete(join(chars(first, 1), digits(weights.length - 1)), (body) => {
    const check = (11 - (sumOf(body, weights) % 11)) % 11
    return check === 10 ? undefined : body + String(check)
  })
const FINNISH = '0123456789ABCDEFHJKLMNPRSTUVWXY'
const finnish = complete(
  join(ddmmyy, oneOf('', 'Y', 'X', 'U'), chars('12345678', 1), digits(2)),
  (body) => body + FINNISH[modulo(body.slice(0, 6) + body.slice(-3), 31)],
)
const finnishToday = complete(
  join(
    dated((year, month, day) => two(day) + two(month) + two(year), '2000-01-01', '2024-12-31'),
    oneOf('A', 'F'),
    chars('12345678', 1),
    digits(2),
  ),
  (body) => body + FINNISH[modulo(body.slice(0, 6) + body.slice(-3), 31)],
)
const icelandic = complete(
  join(
    dated((year, month, day) => two(day + (day % 2) * 40) + two(month) + two(year)),
    digits(2),
  ),
  (body) => {
    const check = (11 - (sumOf(body, [3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11
    return check === 10 ? undefined : `${body}${check}9`
  },
)

describeIds(NORDIC, {
  SE_PERSONNUMMER: {
    valid: ['811218-9876', '198112189876', '19811218-9876', '811278-9873', '640823-3234', '670919-9530'],
    invalid: ['811218-9875', '811318-9876', '810229-9871', '17811218-9876'],
    made: anyOf(
      swedish,
      swedish.map((number) => `19${number}`),
    ),
    // The check does not cover the century.
    caught: 0.98,
  },
  SE_ORGANISATIONSNUMMER: {
    valid: ['556703-7485', '5567037485', '16556703-7485', '212000-0142', 'SE556703748501', 'SE 556703-7485-01'],
    invalid: ['SE556703748601', 'SE556703748502', '556703-7486', '811218-9876', '17556703-7485'],
    made: anyOf(
      withLuhn(join(digits(2), chars('23456789', 1), digits(6))),
      withLuhn(join(digits(2), chars('23456789', 1), digits(6))).map((number) => `16${number}`),
      withLuhn(join(digits(2), chars('23456789', 1), digits(6))).map((number) => `SE${number}01`),
    ),
  },
  NO_FODSELSNUMMER: {
    valid: ['15108695088', '151086 95088', '01010750160'],
    invalid: ['15108695077', '15138695088', '32108695088', '15108695098'],
    made: norwegian,
  },
  NO_ORGANISASJONSNUMMER: {
    valid: ['988 077 917', '974760673', '923609016'],
    invalid: ['988077918', '123456785'],
    made: company([3, 2, 7, 6, 5, 4, 3, 2], '89'),
  },
  DK_CPR: {
    valid: ['211062-5629', '2110625629'],
    unknown: ['010107-1234'],
    invalid: ['311162-5629', '321062-5629', '290207-1234'],
    made: danish,
  },
  DK_CVR: {
    valid: ['13585628', 'DK 13585628', '13 58 56 28'],
    invalid: ['13585627', 'DK13585629'],
    made: anyOf(
      company([2, 7, 6, 5, 4, 3, 2], '123456789'),
      company([2, 7, 6, 5, 4, 3, 2], '123456789').map((number) => `DK${number}`),
    ),
  },
  FI_PERSONAL_IDENTITY_CODE: {
    valid: ['131052-308T', '131052+308T', '010594Y9032', '311280-888Y', '131052a308t'],
    invalid: ['131052-308U', '131352-308T', '131052Z308T', '131052-001M'],
    made: anyOf(finnish, finnishToday),
  },
  FI_BUSINESS_ID: {
    valid: ['2077474-0', '0112038-9', 'FI20774740'],
    invalid: ['2077474-1', 'FI20774741'],
    made: anyOf(
      company([7, 9, 10, 5, 8, 4, 2], '0123'),
      company([7, 9, 10, 5, 8, 4, 2], '0123').map((number) => `FI${number}`),
    ),
  },
  IS_KENNITALA: {
    valid: ['120174-3399', '450401-3150', '1201743399'],
    invalid: ['120174-3389', '320174-3399', '120174-3395'],
    made: icelandic,
    // The last digit is the century: 8, 9 or 0, all of which have the day.
    open: [9],
  },
})
