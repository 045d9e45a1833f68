import { luhn, mod1110, weighted } from '../checks/digits.ts'
import type { Rng } from '../rng.ts'
import { birthday, checked, kind, until, type Kind } from './kind.ts'

function rodneCislo(rng: Rng, wrong: boolean): string {
  return until(() => {
    const { yy, mm, dd } = birthday(rng)
    if (Number(yy) >= 8 && Number(yy) < 54) return undefined
    const month = String(Number(mm) + (rng.chance(0.5) ? 50 : 0)).padStart(2, '0')
    const body = yy + month + dd + rng.digits(3)
    const check = Number(body) % 11
    return check === 10 ? undefined : body + checked(rng, check, wrong)
  })
}

function cnp(rng: Rng, wrong: boolean): string {
  const { year, yy, mm, dd } = birthday(rng)
  const county = String(rng.pick([rng.int(1, 46), 51, 52])).padStart(2, '0')
  const body = `${year < 2000 ? rng.int(1, 2) : rng.int(5, 6)}${yy}${mm}${dd}${county}${String(rng.int(1, 999)).padStart(3, '0')}`
  const rest = weighted(body, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11
  return body + checked(rng, rest === 10 ? 1 : rest, wrong)
}

function oib(rng: Rng, wrong: boolean): string {
  const body = rng.digits(10)
  return body + checked(rng, mod1110(body), wrong)
}

function egn(rng: Rng, wrong: boolean): string {
  const { year, yy, mm, dd } = birthday(rng)
  const body = yy + (year < 2000 ? mm : String(Number(mm) + 40)) + dd + rng.digits(3)
  return body + checked(rng, (weighted(body, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10, wrong)
}

function taj(rng: Rng, wrong: boolean): string {
  const body = rng.text(1, '01') + rng.digits(7)
  return body + checked(rng, weighted(body, [3, 7]) % 10, wrong)
}

/** Estonia's and Lithuania's: the second weights where the first leave 10. */
function baltic(rng: Rng, wrong: boolean): string {
  const { year, yy, mm, dd } = birthday(rng)
  const body = `${year < 2000 ? rng.int(3, 4) : rng.int(5, 6)}${yy}${mm}${dd}${String(rng.int(1, 999)).padStart(3, '0')}`
  let check = weighted(body, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11
  if (check === 10) check = (weighted(body, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11) % 10
  return body + checked(rng, check, wrong)
}

function personasKods(rng: Rng, wrong: boolean): string {
  return until(() => {
    const { year, yy, mm, dd } = birthday(rng)
    const body = dd + mm + yy + (year < 2000 ? '1' : '2') + rng.digits(3)
    const check = (1101 - weighted(body, [1, 6, 3, 7, 9, 10, 5, 8, 4, 2])) % 11
    return check === 10 ? undefined : body + checked(rng, check, wrong)
  })
}

function tckn(rng: Rng, wrong: boolean): string {
  const body = rng.text(1, '123456789') + rng.digits(8)
  const odd = weighted(body, [1, 0])
  const even = weighted(body, [0, 1])
  const tenth = (((odd * 7 - even) % 10) + 10) % 10
  return `${body}${tenth}${checked(rng, (odd + even + tenth) % 10, wrong)}`
}

function teudatZehut(rng: Rng, wrong: boolean): string {
  const body = rng.text(1, '0123') + rng.digits(7)
  return body + checked(rng, luhn(body), wrong)
}

function emirates(rng: Rng, wrong: boolean): string {
  const { yyyy } = birthday(rng)
  const body = `784${yyyy}${rng.digits(7)}`
  return body + checked(rng, luhn(body), wrong)
}

export const EAST_EUROPE: readonly Kind[] = [
  kind({
    type: 'CZ_BIRTH_NUMBER',
    labels: { cs: ['rodné číslo', 'r.č.', 'RČ'], en: ['Czech birth number', 'rodné číslo'] },
    keys: ['rodne_cislo', 'birth_number_cz'],
    make: rodneCislo,
    forms: ['######/####', '######/####', ''],
    neighbours: ['DK_CPR', 'UK_NHS'],
  }),
  kind({
    type: 'RO_CNP',
    labels: { ro: ['CNP', 'cod numeric personal', 'codul numeric personal'], en: ['Romanian CNP', 'CNP'] },
    keys: ['cnp', 'cod_numeric_personal'],
    make: cnp,
    neighbours: ['ZA_ID_NUMBER', 'TH_TNIN'],
  }),
  kind({
    type: 'HR_OIB',
    labels: { hr: ['OIB', 'osobni identifikacijski broj', 'OIB broj'], en: ['Croatian OIB', 'OIB'] },
    keys: ['oib', 'osobni_identifikacijski_broj'],
    make: oib,
    neighbours: ['DE_TAX_ID', 'IT_VAT_CODE'],
  }),
  kind({
    type: 'BG_EGN',
    labels: { bg: ['ЕГН', 'единен граждански номер', 'ЕГН номер'], en: ['Bulgarian EGN', 'EGN'] },
    keys: ['egn', 'bulgarian_egn'],
    make: egn,
    neighbours: ['UK_NHS', 'US_NPI'],
  }),
  kind({
    type: 'HU_TAJ',
    family: 'health',
    labels: {
      hu: ['TAJ-szám', 'TAJ szám', 'társadalombiztosítási azonosító jel'],
      en: ['Hungarian TAJ number', 'TAJ number'],
    },
    keys: ['taj', 'taj_szam'],
    make: taj,
    forms: ['### ### ###', '###-###-###', ''],
    neighbours: ['CA_SIN', 'NZ_IRD'],
  }),
  kind({
    type: 'EE_ISIKUKOOD',
    labels: { et: ['isikukood', 'isikukoodi number', 'IK'], en: ['Estonian personal code', 'isikukood'] },
    keys: ['isikukood', 'estonian_id'],
    make: baltic,
    neighbours: ['PL_PESEL', 'TR_NATIONAL_ID'],
  }),
  kind({
    type: 'LT_ASMENS_KODAS',
    labels: { lt: ['asmens kodas', 'a. k.', 'asmens kodo nr.'], en: ['Lithuanian personal code', 'asmens kodas'] },
    keys: ['asmens_kodas', 'lithuanian_id'],
    make: baltic,
    neighbours: ['PL_PESEL', 'TR_NATIONAL_ID'],
  }),
  kind({
    type: 'LV_PERSONAS_KODS',
    labels: { lv: ['personas kods', 'p.k.', 'pers. kods'], en: ['Latvian personal code', 'personas kods'] },
    keys: ['personas_kods', 'latvian_id'],
    make: personasKods,
    forms: ['######-#####', '######-#####', ''],
    neighbours: ['DK_CPR', 'NO_FODSELSNUMMER'],
  }),
  kind({
    type: 'TR_NATIONAL_ID',
    labels: {
      tr: ['TC kimlik no', 'T.C. kimlik numarası', 'TCKN', 'kimlik numarası'],
      en: ['Turkish ID number', 'TC kimlik no'],
    },
    keys: ['tc_kimlik_no', 'tckn'],
    make: tckn,
    neighbours: ['PL_PESEL', 'DE_TAX_ID'],
  }),
  kind({
    type: 'IL_ID_NUMBER',
    labels: { he: ['תעודת זהות', 'מספר זהות', 'ת.ז.'], en: ['Israeli ID number', 'Teudat Zehut'] },
    keys: ['teudat_zehut', 'israeli_id'],
    make: teudatZehut,
    forms: ['', '', '########-#'],
    neighbours: ['US_SSN', 'PT_NIF'],
  }),
  kind({
    type: 'AE_EMIRATES_ID',
    labels: {
      ar: ['رقم الهوية الإماراتية', 'الهوية الإماراتية', 'بطاقة الهوية'],
      en: ['Emirates ID', 'Emirates ID number', 'EID'],
    },
    keys: ['emirates_id', 'eid_number'],
    make: emirates,
    forms: ['###-####-#######-#', '###-####-#######-#', ''],
    bare: ['###-####-#######-#'],
    neighbours: ['IMEI', 'KR_RRN'],
  }),
]
