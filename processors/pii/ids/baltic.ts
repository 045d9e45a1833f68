import type { IdRule, Verdict } from '../shapes/rule.ts'
import { isDate } from './calendar.ts'
import { POSSIBLE } from './confidence.ts'
import { numberAt, proven, proves, valueAt, weigh } from './digits.ts'
import { ANY_ID, phrases } from './words.ts'

/** Estonia, Lithuania and Latvia. */

const FIRST = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]
const SECOND = [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]

/** Sex and century, birth date, serial number; a second row of weights where the first leaves ten. */
function personalCode(number: string): Verdict {
  const first = weigh(number, FIRST) % 11
  const second = weigh(number, SECOND) % 11
  const check = first < 10 ? first : second % 10
  const century = 1800 + Math.floor((valueAt(number, 0) - 1) / 2) * 100
  const dated = isDate(century + numberAt(number, 1, 2), numberAt(number, 3, 2), numberAt(number, 5, 2))
  return proven(/^[1-8]/.test(number) && dated && check === valueAt(number, 10))
}

const LATVIAN = [1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
/** Since 2017 numbers begin with 32 and later, which no day does, and hold no date; their check is not published. */
function personasKods(number: string): Verdict {
  const check = ((1101 - weigh(number, LATVIAN)) % 11) % 10
  const holds = check === valueAt(number, 10)
  if (/^3[2-9]/.test(number)) return proves(holds)
  const century = 1800 + valueAt(number, 6) * 100
  const dated = isDate(century + numberAt(number, 4, 2), numberAt(number, 2, 2), numberAt(number, 0, 2))
  return proven(/^.{6}[0-2]/.test(number) && dated && holds)
}

const LV_WORDS = phrases(`
  personas kods, personas koda, personas kodu, personas kodam, pers kods, pers kodu, pk, p k`).concat(ANY_ID)

export const BALTIC: readonly IdRule[] = [
  {
    type: 'EE_ISIKUKOOD',
    shapes: ['99999999999'],
    check: personalCode,
    words: phrases(`
      isikukood, isikukoodi, isikukoodiga, isikukoodile, id kood, ik, i k`).concat(ANY_ID),
  },
  {
    type: 'LT_ASMENS_KODAS',
    shapes: ['99999999999', '9-9999999999'],
    check: personalCode,
    words: phrases(`
      asmens kodas, asmens kodo, asmens koda, asmens kodu, ak, a k, asm kodas`).concat(ANY_ID),
  },
  { type: 'LV_PERSONAS_KODS', shapes: ['999999-99999'], check: personasKods, words: LV_WORDS, alone: POSSIBLE },
  { type: 'LV_PERSONAS_KODS', shapes: ['99999999999', '999999 99999'], check: personasKods, words: LV_WORDS },
]
