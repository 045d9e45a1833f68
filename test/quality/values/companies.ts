import { crossSummed, down, luhn, mod97, weighted } from '../checks/digits.ts'
import type { Rng } from '../rng.ts'
import { checked, checkedChar, checkedPair, kind, until, type Kind } from './kind.ts'

/* Numbers of companies in registers of countries that have other kinds in the files by region. */

function frenchVat(rng: Rng, wrong: boolean): string {
  const siren = rng.text(1, '345789') + rng.digits(7)
  const whole = siren + luhn(siren)
  return `FR${checkedPair(rng, (12 + 3 * mod97(whole)) % 97, wrong)}${whole}`
}

function norwegianCompany(rng: Rng, wrong: boolean): string {
  return until(() => {
    const body = rng.text(1, '89') + rng.digits(7)
    const check = 11 - (weighted(body, [3, 2, 7, 6, 5, 4, 3, 2]) % 11)
    return check === 10 ? undefined : body + checked(rng, check % 11, wrong)
  })
}

function cvr(rng: Rng, wrong: boolean): string {
  return until(() => {
    const body = rng.text(1, '1234') + rng.digits(6)
    const check = (11 - (weighted(body, [2, 7, 6, 5, 4, 3, 2]) % 11)) % 11
    return check === 10 ? undefined : body + checked(rng, check, wrong)
  })
}

function finnishCompany(rng: Rng, wrong: boolean): string {
  return until(() => {
    const body = rng.text(1, '0123') + rng.digits(6)
    const rest = weighted(body, [7, 9, 10, 5, 8, 4, 2]) % 11
    return rest === 1 ? undefined : body + checked(rng, rest === 0 ? 0 : 11 - rest, wrong)
  })
}

function dutchVat(rng: Rng, wrong: boolean): string {
  return until(() => {
    const body = rng.text(1, '128') + rng.digits(7)
    const check = weighted(body, down(9, 2)) % 11
    return check === 10 ? undefined : `NL${body}${checked(rng, check, wrong)}B0${rng.int(1, 9)}`
  })
}

function belgianCompany(rng: Rng, wrong: boolean): string {
  const body = rng.text(1, '01') + rng.text(1, '2345678') + rng.digits(6)
  return body + checkedPair(rng, 97 - mod97(body), wrong)
}

function austrianVat(rng: Rng, wrong: boolean): string {
  const body = rng.text(1, '1234567') + rng.digits(6)
  return `ATU${body}${checked(rng, (96 - crossSummed(body, [1, 2])) % 10, wrong)}`
}

function swissUid(rng: Rng, wrong: boolean): string {
  return until(() => {
    const body = rng.text(1, '1234') + rng.digits(7)
    const check = 11 - (weighted(body, [5, 4, 3, 2, 7, 6, 5, 4]) % 11)
    return check === 10 ? undefined : `CHE${body}${checked(rng, check % 11, wrong)}`
  })
}

function ico(rng: Rng, wrong: boolean): string {
  const body = rng.text(1, '02467') + rng.digits(6)
  return body + checked(rng, (11 - (weighted(body, down(8, 2)) % 11)) % 10, wrong)
}

const CREDIT_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'

function creditCode(rng: Rng, wrong: boolean): string {
  const organisation = rng.digits(8)
  const rest = (11 - (weighted(organisation, [3, 7, 9, 10, 5, 8, 4, 2]) % 11)) % 11
  const body = `91${rng.pick(['110108', '310115', '440300', '330106', '510100'])}${organisation}${'0123456789X'[rest]}`
  const sum = Array.from(body).reduce((total, char, n) => total + CREDIT_ALPHABET.indexOf(char) * (3 ** n % 31), 0)
  return body + checkedChar(rng, CREDIT_ALPHABET, (31 - (sum % 31)) % 31, wrong)
}

function ruc(rng: Rng, wrong: boolean): string {
  const body = rng.pick(['10', '20', '20']) + rng.digits(8)
  return body + checked(rng, (11 - (weighted(body, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 10, wrong)
}

export const COMPANIES: readonly Kind[] = [
  kind({
    type: 'FR_VAT_CODE',
    family: 'company',
    labels: {
      fr: ['numéro de TVA', 'TVA intracommunautaire', 'n° de TVA'],
      en: ['French VAT number', 'FR VAT ID'],
    },
    keys: ['numero_tva', 'tva_intracom'],
    make: frenchVat,
    forms: ['', '', '#### ### ### ###'],
    bare: [''],
    neighbours: ['FR_SIREN', 'FR_SIRET'],
  }),
  kind({
    type: 'NO_ORGANISASJONSNUMMER',
    family: 'company',
    labels: { nb: ['organisasjonsnummer', 'org.nr.', 'organisasjonsnr'], en: ['Norwegian organisation number'] },
    keys: ['organisasjonsnummer', 'orgnr'],
    make: norwegianCompany,
    forms: ['', '### ### ###'],
    neighbours: ['FR_SIREN', 'NO_FODSELSNUMMER'],
  }),
  kind({
    type: 'DK_CVR',
    family: 'company',
    labels: { da: ['CVR-nummer', 'CVR-nr.', 'CVR'], en: ['Danish CVR number', 'CVR number'] },
    keys: ['cvr', 'cvr_nummer'],
    make: cvr,
    neighbours: ['DK_CPR', 'FI_BUSINESS_ID'],
  }),
  kind({
    type: 'FI_BUSINESS_ID',
    family: 'company',
    labels: { fi: ['Y-tunnus', 'yritys- ja yhteisötunnus'], en: ['Finnish business ID', 'Finnish Y-tunnus'] },
    keys: ['y_tunnus', 'ytunnus'],
    make: finnishCompany,
    forms: ['#######-#'],
    neighbours: ['FI_PERSONAL_IDENTITY_CODE', 'DK_CVR'],
  }),
  kind({
    type: 'NL_VAT_CODE',
    family: 'company',
    labels: { nl: ['btw-nummer', 'btw-identificatienummer', 'btw-id'], en: ['Dutch VAT number', 'Dutch VAT ID'] },
    keys: ['btw_nummer', 'btw_id'],
    make: dutchVat,
    bare: [''],
    neighbours: ['NL_BSN', 'FR_VAT_CODE'],
  }),
  kind({
    type: 'BE_COMPANY_NUMBER',
    family: 'company',
    labels: {
      nl: ['ondernemingsnummer', 'KBO-nummer'],
      fr: ["numéro d'entreprise", 'numéro BCE'],
      en: ['Belgian enterprise number', 'Belgian company number'],
    },
    keys: ['ondernemingsnummer', 'numero_entreprise'],
    make: belgianCompany,
    forms: ['####.###.###', '####.###.###', ''],
    bare: ['####.###.###'],
    neighbours: ['BE_NATIONAL_NUMBER', 'CO_NIT'],
  }),
  kind({
    type: 'AT_VAT_CODE',
    family: 'company',
    labels: { de: ['UID-Nummer', 'UID', 'österreichische UID'], en: ['Austrian VAT number', 'Austrian UID'] },
    keys: ['uid_nummer', 'atu_nummer'],
    make: austrianVat,
    bare: [''],
    neighbours: ['CH_UID', 'DE_ID_CARD'],
  }),
  kind({
    type: 'CH_UID',
    family: 'company',
    labels: { de: ['UID', 'Unternehmens-ID', 'UID-Nr.'], fr: ['IDE', 'numéro IDE'], en: ['Swiss UID'] },
    keys: ['uid_ch', 'numero_ide'],
    make: swissUid,
    forms: ['###-###.###.###', '###-###.###.###', ''],
    bare: ['###-###.###.###'],
    neighbours: ['AT_VAT_CODE', 'CH_AHV'],
  }),
  kind({
    type: 'CZ_ICO',
    family: 'company',
    labels: { cs: ['IČO', 'IČ', 'identifikační číslo osoby'], en: ['Czech IČO', 'Czech company ID (IČO)'] },
    keys: ['ico', 'ico_firmy'],
    make: ico,
    neighbours: ['CZ_BIRTH_NUMBER', 'DK_CVR'],
  }),
  kind({
    type: 'CN_CREDIT_CODE',
    family: 'company',
    labels: { zh: ['统一社会信用代码', '社会信用代码'], en: ['unified social credit code', 'Chinese USCC'] },
    keys: ['credit_code', 'uscc'],
    make: creditCode,
    bare: [''],
    neighbours: ['CN_RESIDENT_ID', 'CREDIT_CARD'],
  }),
  kind({
    type: 'PE_RUC',
    family: 'company',
    labels: { es: ['RUC', 'número de RUC', 'RUC de la empresa'], en: ['Peruvian RUC', 'RUC'] },
    keys: ['ruc', 'ruc_empresa'],
    make: ruc,
    neighbours: ['AR_CUIT', 'BR_CPF'],
  }),
]
