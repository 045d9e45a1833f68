import { luhn, mod97, weighted } from '../checks/digits.ts'
import type { Rng } from '../rng.ts'
import { birthday, checked, checkedChar, kind, until, type Kind } from './kind.ts'

function personnummer(rng: Rng, wrong: boolean): string {
  const { yyyy, yy, mm, dd } = birthday(rng)
  const day = rng.chance(0.06) ? String(Number(dd) + 60) : dd
  const body = yy + mm + day + rng.digits(3)
  const tail = body.slice(6) + checked(rng, luhn(body), wrong)
  return `${rng.chance(0.5) ? yyyy : yy}${mm}${day}${tail}`
}

function organisationsnummer(rng: Rng, wrong: boolean): string {
  const body = `${rng.pick(['55', '56', '71', '76', '80', '96', '55'])}${rng.int(2, 9)}${rng.digits(6)}`
  return body + checked(rng, luhn(body), wrong)
}

function fodselsnummer(rng: Rng, wrong: boolean): string {
  return until(() => {
    const { year, yy, mm, dd } = birthday(rng)
    const serial = year < 2000 ? rng.int(0, 499) : rng.int(500, 999)
    const body = dd + mm + yy + String(serial).padStart(3, '0')
    const first = (11 - (weighted(body, [3, 7, 6, 1, 8, 9, 4, 5, 2]) % 11)) % 11
    const second = (11 - (weighted(`${body}${first}`, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11
    return first === 10 || second === 10 ? undefined : `${body}${first}${checked(rng, second, wrong)}`
  })
}

function cpr(rng: Rng, wrong: boolean): string {
  const { year, yy, mm, dd } = birthday(rng)
  if (wrong) return rng.pick([`${rng.int(32, 60)}${mm}${yy}`, `${dd}${rng.int(13, 99)}${yy}`]) + rng.digits(4)
  return until(() => {
    const body = dd + mm + yy + (year < 2000 ? rng.text(1, '0123') : rng.text(1, '4567')) + rng.digits(2)
    const check = (11 - (weighted(body, [4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11
    return check === 10 ? undefined : `${body}${check}`
  })
}

const HETU = '0123456789ABCDEFHJKLMNPRSTUVWXY'
function hetu(rng: Rng, wrong: boolean): string {
  const { year, yy, mm, dd } = birthday(rng)
  const body = dd + mm + yy
  const serial = String(rng.int(2, 899)).padStart(3, '0')
  return body + (year < 2000 ? '-' : 'A') + serial + checkedChar(rng, HETU, Number(body + serial) % 31, wrong)
}

function kennitala(rng: Rng, wrong: boolean): string {
  return until(() => {
    const { year, yy, mm, dd } = birthday(rng)
    const body = dd + mm + yy + rng.int(20, 99)
    const check = (11 - (weighted(body, [3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11
    return check === 10 ? undefined : `${body}${checked(rng, check, wrong)}${year < 2000 ? 9 : 0}`
  })
}

function bsn(rng: Rng, wrong: boolean): string {
  return until(() => {
    const body = rng.text(1, '123456789') + rng.digits(7)
    const check = weighted(body, [9, 8, 7, 6, 5, 4, 3, 2]) % 11
    return check === 10 ? undefined : body + checked(rng, check, wrong)
  })
}

function nationalBelgium(rng: Rng, wrong: boolean): string {
  const { year, yy, mm, dd } = birthday(rng)
  const body = yy + mm + dd + String(rng.int(1, 997)).padStart(3, '0')
  const check = 97 - mod97(year < 2000 ? body : `2${body}`)
  const shown = wrong ? ((check + rng.int(1, 9)) % 97) + 1 : check
  // A wrong check must be wrong for both centuries.
  if (wrong && (shown === 97 - mod97(body) || shown === 97 - mod97(`2${body}`))) return nationalBelgium(rng, wrong)
  return body + String(shown).padStart(2, '0')
}

function ahv(rng: Rng, wrong: boolean): string {
  const body = `756${rng.digits(9)}`
  return body + checked(rng, (10 - (weighted(body, [1, 3]) % 10)) % 10, wrong)
}

function svnr(rng: Rng, wrong: boolean): string {
  return until(() => {
    const { yy, mm, dd } = birthday(rng)
    const serial = String(rng.int(100, 999))
    const check = weighted(serial + dd + mm + yy, [3, 7, 9, 5, 8, 4, 2, 1, 6]) % 11
    return check === 10 ? undefined : serial + checked(rng, check, wrong) + dd + mm + yy
  })
}

const PPSN = 'WABCDEFGHIJKLMNOPQRSTUV'
function ppsn(rng: Rng, wrong: boolean): string {
  const body = rng.digits(7)
  const second = rng.chance(0.5) ? 'A' : ''
  const sum = weighted(body, [8, 7, 6, 5, 4, 3, 2]) + (second === '' ? 0 : 9)
  return body + checkedChar(rng, PPSN, sum % 23, wrong) + second
}

function pesel(rng: Rng, wrong: boolean): string {
  const { year, yy, mm, dd } = birthday(rng)
  const month = year < 2000 ? mm : String(Number(mm) + 20)
  const body = yy + month + dd + rng.digits(4)
  return body + checked(rng, (10 - (weighted(body, [1, 3, 7, 9]) % 10)) % 10, wrong)
}

function nip(rng: Rng, wrong: boolean): string {
  return until(() => {
    const body = rng.text(3, '123456789') + rng.digits(6)
    const check = weighted(body, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11
    return check === 10 ? undefined : body + checked(rng, check, wrong)
  })
}

function regon(rng: Rng, wrong: boolean): string {
  const body = `${rng.pick(['01', '14', '36', '38', '47', '52'])}${rng.digits(6)}`
  const nine = body + ((weighted(body, [8, 9, 2, 3, 4, 5, 6, 7]) % 11) % 10)
  if (rng.chance(0.8)) return body + checked(rng, Number(nine[8]), wrong)
  const long = nine + rng.digits(4)
  return long + checked(rng, (weighted(long, [2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8]) % 11) % 10, wrong)
}

export const NORTH_EUROPE: readonly Kind[] = [
  kind({
    type: 'SE_PERSONNUMMER',
    labels: { sv: ['personnummer', 'pers.nr', 'personnr'], en: ['Swedish personal number', 'personnummer'] },
    keys: ['personnummer', 'person_nr'],
    make: personnummer,
    forms: ['######-####', '########-####', '########-####', ''],
    neighbours: ['SE_ORGANISATIONSNUMMER', 'DK_CPR'],
  }),
  kind({
    type: 'SE_ORGANISATIONSNUMMER',
    family: 'company',
    labels: {
      sv: ['organisationsnummer', 'org.nr', 'orgnr'],
      en: ['Swedish organisation number', 'org. no. (Sweden)'],
    },
    keys: ['organisationsnummer', 'org_nr'],
    make: organisationsnummer,
    forms: ['######-####', '######-####', ''],
    neighbours: ['SE_PERSONNUMMER', 'IS_KENNITALA'],
  }),
  kind({
    type: 'NO_FODSELSNUMMER',
    labels: { nb: ['fødselsnummer', 'personnummer', 'fnr'], en: ['Norwegian national ID', 'fødselsnummer'] },
    keys: ['fodselsnummer', 'fnr'],
    make: fodselsnummer,
    forms: ['', '###### #####'],
    neighbours: ['GR_AMKA', 'TR_NATIONAL_ID'],
  }),
  kind({
    type: 'DK_CPR',
    labels: { da: ['CPR-nummer', 'CPR-nr.', 'personnummer', 'CPR'], en: ['Danish CPR number', 'CPR number'] },
    keys: ['cpr', 'cpr_nummer'],
    make: cpr,
    forms: ['######-####', '######-####', ''],
    neighbours: ['IS_KENNITALA', 'LV_PERSONAS_KODS'],
  }),
  kind({
    type: 'FI_PERSONAL_IDENTITY_CODE',
    labels: {
      fi: ['henkilötunnus', 'hetu', 'sosiaaliturvatunnus'],
      en: ['Finnish personal identity code', 'henkilötunnus'],
    },
    keys: ['hetu', 'henkilotunnus'],
    make: hetu,
    bare: [''],
    neighbours: ['DK_CPR', 'LV_PERSONAS_KODS'],
  }),
  kind({
    type: 'IS_KENNITALA',
    labels: { is: ['kennitala', 'kt.', 'kennitölu'], en: ['Icelandic kennitala', 'kennitala'] },
    keys: ['kennitala', 'kt_islands'],
    make: kennitala,
    forms: ['######-####', '######-####', ''],
    neighbours: ['DK_CPR', 'SE_PERSONNUMMER'],
  }),
  kind({
    type: 'NL_BSN',
    labels: { nl: ['BSN', 'burgerservicenummer', 'BSN-nummer'], en: ['Dutch BSN', 'BSN'] },
    keys: ['bsn', 'burgerservicenummer'],
    make: bsn,
    forms: ['', '', '#### ## ###', '###.###.###'],
    neighbours: ['PT_NIF', 'FR_SIREN'],
  }),
  kind({
    type: 'BE_NATIONAL_NUMBER',
    labels: {
      nl: ['rijksregisternummer', 'rijksregisternr.', 'INSZ-nummer'],
      fr: ['numéro de registre national', 'numéro national', 'NISS'],
      en: ['Belgian national number', 'rijksregisternummer'],
    },
    keys: ['rijksregisternummer', 'numero_national'],
    make: nationalBelgium,
    forms: ['##.##.##-###.##', '##.##.##-###.##', '', '## ## ## ### ##'],
    bare: ['##.##.##-###.##'],
    neighbours: ['PL_PESEL', 'NO_FODSELSNUMMER'],
  }),
  kind({
    type: 'CH_AHV',
    labels: {
      de: ['AHV-Nummer', 'AHV-Nr.', 'Sozialversicherungsnummer (AHV)'],
      fr: ['numéro AVS', 'n° AVS'],
      it: ['numero AVS'],
      en: ['Swiss AHV number', 'AHV number'],
    },
    keys: ['ahv_nummer', 'numero_avs'],
    make: ahv,
    forms: ['###.####.####.##', '###.####.####.##', ''],
    bare: ['###.####.####.##'],
    neighbours: ['AT_SVNR', 'IMEI'],
  }),
  kind({
    type: 'AT_SVNR',
    labels: {
      de: ['SVNR', 'österreichische Sozialversicherungsnummer', 'SV-Nr.', 'Versicherungsnummer (e-card)'],
      en: ['Austrian social insurance number', 'SVNR'],
    },
    keys: ['svnr', 'sv_nr_at'],
    make: svnr,
    forms: ['#### ######', '#### ######', ''],
    neighbours: ['UK_NHS', 'UK_UTR'],
  }),
  kind({
    type: 'IE_PPSN',
    labels: { en: ['PPS number', 'PPSN', 'PPS no.'] },
    keys: ['ppsn', 'pps_number'],
    make: ppsn,
    neighbours: ['ES_NIF', 'UK_NINO'],
  }),
  kind({
    type: 'PL_PESEL',
    labels: { pl: ['PESEL', 'numer PESEL', 'nr PESEL'], en: ['PESEL', 'Polish PESEL number'] },
    keys: ['pesel', 'numer_pesel'],
    make: pesel,
    neighbours: ['BE_NATIONAL_NUMBER', 'DE_TAX_ID'],
  }),
  kind({
    type: 'PL_NIP',
    family: 'company',
    labels: { pl: ['NIP', 'numer NIP', 'NIP firmy'], en: ['Polish NIP', 'Polish tax number (NIP)'] },
    keys: ['nip', 'numer_nip'],
    make: nip,
    forms: ['###-###-##-##', '###-##-##-###', '', ''],
    neighbours: ['UK_NHS', 'PHONE_NUMBER'],
  }),
  kind({
    type: 'PL_REGON',
    family: 'company',
    labels: { pl: ['REGON', 'numer REGON', 'nr REGON'], en: ['Polish REGON', 'REGON'] },
    keys: ['regon', 'numer_regon'],
    make: regon,
    neighbours: ['PT_NIF', 'PHONE_NUMBER'],
  }),
]
