import type { IdRule, Verdict } from '../shapes/rule.ts'
import { isDate } from './calendar.ts'
import { LIKELY } from './confidence.ts'
import { isOneDigit, numberAt, proven, unchecked, valueAt, weigh } from './digits.ts'
import { ANY_ID, PASSPORT_IN, TAX_ID, phrases } from './words.ts'

/** Russia, Ukraine and Kazakhstan. */

const INN_COMPANY = [2, 4, 10, 3, 5, 9, 4, 6, 8]
const INN_FIRST = [7, ...INN_COMPANY]
const INN_SECOND = [3, ...INN_FIRST]
const innHolds = (number: string, weights: readonly number[]): boolean =>
  (weigh(number, weights) % 11) % 10 === valueAt(number, weights.length)
/** Ten digits with one check for companies, twelve with two for people. */
const inn = (number: string): Verdict =>
  proven(
    !isOneDigit(number) &&
      (number.length === 10
        ? innHolds(number, INN_COMPANY)
        : innHolds(number, INN_FIRST) && innHolds(number, INN_SECOND)),
  )

const SNILS_WEIGHTS = [9, 8, 7, 6, 5, 4, 3, 2, 1]
/** Two check digits; a remainder of 100 is written as 00. The first million numbers came before the check. */
function snils(number: string): Verdict {
  if (number < '00100199800') return 'invalid'
  return proven((weigh(number, SNILS_WEIGHTS) % 101) % 100 === numberAt(number, 9, 2))
}

const UKRAINIAN_WEIGHTS = [-1, 5, 7, 9, 4, 6, 10, 5, 7]
const FIRST_DAY = 1
const LAST_DAY = 54_788
/** Days since the end of 1899, serial number, check. */
function rntrc(number: string): Verdict {
  const sum = weigh(number, UKRAINIAN_WEIGHTS)
  const check = (((sum % 11) + 11) % 11) % 10
  const day = numberAt(number, 0, 5)
  return proven(day >= FIRST_DAY && day <= LAST_DAY && check === valueAt(number, 9))
}

const IIN_FIRST = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
const IIN_SECOND = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]
const IIN_CENTURIES: Readonly<Record<string, number>> = { 1: 1800, 2: 1800, 3: 1900, 4: 1900, 5: 2000, 6: 2000 }
function iin(number: string): Verdict {
  const century = IIN_CENTURIES[number[6]!]
  if (century === undefined) return 'invalid'
  const first = weigh(number, IIN_FIRST) % 11
  const check = first < 10 ? first : weigh(number, IIN_SECOND) % 11
  const dated = isDate(century + numberAt(number, 0, 2), numberAt(number, 2, 2), numberAt(number, 4, 2))
  return proven(dated && check === valueAt(number, 11))
}

const INN_WORDS = phrases('инн, ИНН, inn, идентификационный номер налогоплательщика, russian tax id').concat(TAX_ID)
const SNILS_WORDS = phrases(
  'снилс, СНИЛС, snils, страховой номер, russian social security number, pension insurance number',
)

export const EAST_EUROPE: readonly IdRule[] = [
  { type: 'RU_INN', shapes: ['9999999999', '999999999999'], check: inn, words: INN_WORDS },
  { type: 'RU_SNILS', shapes: ['999-999-999 99', '999-999-999-99'], check: snils, words: SNILS_WORDS, alone: LIKELY },
  { type: 'RU_SNILS', shapes: ['99999999999', '999 999 999 99'], check: snils, words: SNILS_WORDS },
  {
    type: 'RU_PASSPORT',
    shapes: ['9999 999999', '99 99 999999', '9999999999'],
    check: unchecked,
    words: phrases('паспорт, Паспорт, паспорта, серия и номер паспорта, russian passport').concat(PASSPORT_IN.english),
  },
  {
    type: 'UA_TAX_NUMBER',
    shapes: ['9999999999'],
    check: rntrc,
    words: phrases(
      'рнокпп, РНОКПП, іпн, ІПН, rnokpp, ipn, идентификационный код, ідентифікаційний код, ukrainian tax id',
    ).concat(TAX_ID),
  },
  {
    type: 'KZ_IIN',
    shapes: ['999999999999', '999999 999999'],
    check: iin,
    words: phrases('иин, ИИН, жсн, ЖСН, iin, индивидуальный идентификационный номер').concat(ANY_ID),
  },
]
