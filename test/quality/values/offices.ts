import { weighted } from '../checks/digits.ts'
import type { Rng } from '../rng.ts'
import { checked, checkedChar, kind, type Kind } from './kind.ts'

/* Numbers under which offices, employers, shops and banks know somebody, most of them without a check. */

const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ'

/** One of some forms: `9` is a digit, `A` a letter, `C` a consonant, all others themselves. */
const formed =
  (...forms: readonly string[]) =>
  (rng: Rng): string =>
    rng.pick(forms).replace(/[9AC]/g, (wanted) => rng.text(1, FILLED[wanted]!))
const FILLED: Readonly<Record<string, string>> = { 9: '0123456789', A: LETTERS, C: 'BCDFGHJKLMNPRSTVXZ' }

function niss(rng: Rng, wrong: boolean): string {
  const body = rng.text(1, '12') + rng.digits(9)
  return body + checked(rng, 9 - (weighted(body, [29, 23, 19, 17, 13, 11, 7, 5, 3, 2]) % 10), wrong)
}

/** The only state that publishes its check. */
function saoPaulo(rng: Rng, wrong: boolean): string {
  const body = rng.text(1, '12345') + rng.digits(7)
  return body + checkedChar(rng, '0123456789X', (11 - (weighted(body, [2, 3, 4, 5, 6, 7, 8, 9]) % 11)) % 11, wrong)
}

/** Eight digits, the state, and two checks of them. */
function voter(rng: Rng, wrong: boolean): string {
  const number = rng.digits(8)
  const state = rng.pick(['03', '05', '06', '13', '21', '26'])
  const first = (weighted(number, [2, 3, 4, 5, 6, 7, 8, 9]) % 11) % 10
  return `${number}${state}${first}${checked(rng, (weighted(`${state}${first}`, [7, 8, 9]) % 11) % 10, wrong)}`
}

export const OFFICES: readonly Kind[] = [
  kind({
    type: 'VEHICLE_REGISTRATION',
    labels: {
      de: ['Kennzeichen', 'Kfz-Kennzeichen', 'amtliches Kennzeichen'],
      fr: ["plaque d'immatriculation", "numéro d'immatriculation"],
      es: ['matrícula', 'placa'],
      it: ['targa'],
      nl: ['kenteken'],
      pl: ['numer rejestracyjny'],
      en: ['license plate', 'license plate number', 'number plate'],
    },
    keys: ['license_plate', 'kennzeichen'],
    make: formed('CC-AA 999', 'C-AA 9999', 'CC-999-CC', '9999 CCC', '9CCC999', 'CCC-9999'),
    neighbours: ['UK_VEHICLE_REGISTRATION', 'IN_VEHICLE_REGISTRATION'],
  }),
  kind({
    type: 'BANK_ACCOUNT',
    family: 'bank',
    labels: {
      de: ['Kontonummer', 'Konto-Nr.', 'Kto.-Nr.'],
      fr: ['numéro de compte'],
      it: ['numero di conto'],
      pt: ['conta corrente', 'número da conta'],
      nl: ['rekeningnummer'],
      tr: ['hesap numarası'],
    },
    keys: ['kontonummer', 'numero_conto'],
    make: (rng) => rng.text(1, '123456789') + rng.digits(rng.int(6, 11)),
    neighbours: ['PHONE_NUMBER', 'UK_NHS'],
  }),
  kind({
    type: 'BANK_CODE',
    family: 'bank',
    labels: { hi: ['IFSC कोड'], en: ['IFSC', 'IFSC code', 'bank IFSC code'] },
    keys: ['ifsc', 'ifsc_code'],
    make: formed('AAAA0999999'),
    neighbours: ['IN_PAN', 'US_PASSPORT'],
  }),
  kind({
    type: 'EMPLOYEE_ID',
    labels: {
      de: ['Personalnummer', 'Mitarbeiternummer'],
      fr: ['numéro de salarié', "numéro d'employé"],
      es: ['número de empleado'],
      it: ['matricola dipendente'],
      nl: ['personeelsnummer'],
      en: ['employee ID', 'employee number', 'staff ID'],
    },
    keys: ['employee_id', 'personalnummer'],
    make: formed('E-999999', 'EMP9999', '99999', 'AA-99999'),
    neighbours: ['US_PASSPORT', 'US_DRIVER_LICENSE'],
  }),
  kind({
    type: 'CUSTOMER_ID',
    labels: {
      de: ['Kundennummer', 'Kunden-Nr.', 'Mitgliedsnummer'],
      fr: ['numéro client', "numéro d'adhérent"],
      es: ['número de cliente'],
      it: ['codice cliente'],
      nl: ['klantnummer'],
      pt: ['número do cliente'],
      pl: ['numer klienta'],
      en: ['customer number', 'customer ID', 'membership number'],
    },
    keys: ['customer_id', 'kundennummer'],
    make: formed('CUST-99999', '99999999', 'K-999999', '999999'),
    neighbours: ['US_BANK_NUMBER', 'PHONE_NUMBER'],
  }),
  kind({
    type: 'HEALTH_INSURANCE_NUMBER',
    family: 'health',
    labels: {
      de: ['Versichertennummer', 'Versicherten-Nr.'],
      fr: ['numéro de mutuelle'],
      es: ['tarjeta sanitaria', 'número de afiliado'],
      it: ['tessera sanitaria'],
      en: ['health insurance number', 'health plan number', 'Medicaid ID'],
    },
    keys: ['health_insurance_number', 'medicaid_id'],
    make: formed('AAA999999999', 'A99999999', '999999999', 'AA-9999999'),
    neighbours: ['US_SSN', 'US_PASSPORT'],
  }),
  kind({
    type: 'PASSPORT_NUMBER',
    labels: { nb: ['passnummer', 'norsk passnummer'], sv: ['passnummer', 'svenskt passnummer'] },
    keys: ['passnummer', 'passnr'],
    make: formed('99999999'),
    neighbours: ['US_PASSPORT', 'TR_NATIONAL_ID'],
  }),
  kind({
    type: 'DRIVER_LICENSE',
    labels: {
      pl: ['prawo jazdy', 'numer prawa jazdy'],
      sv: ['körkort', 'körkortsnummer'],
      pt: ['carta de condução'],
      tr: ['ehliyet no'],
    },
    keys: ['numer_prawa_jazdy', 'carta_de_conducao'],
    make: formed('99999/99/9999', 'A-9999999', 'AA-9999999', '999999999'),
    neighbours: ['US_DRIVER_LICENSE', 'PL_ID_CARD'],
  }),
  kind({
    type: 'UK_PUPIL_NUMBER',
    labels: { en: ['UPN', 'unique pupil number', 'pupil number'] },
    keys: ['upn', 'unique_pupil_number'],
    make: formed('A999999999999'),
    neighbours: ['US_DRIVER_LICENSE', 'KE_KRA_PIN'],
  }),
  kind({
    type: 'US_IMMIGRATION_NUMBER',
    labels: { en: ['USCIS number', 'alien registration number', 'SEVIS ID'] },
    keys: ['uscis_number', 'sevis_id'],
    make: formed('A999999999', 'N9999999999', 'A 999-999-999'),
    neighbours: ['US_PASSPORT', 'US_DRIVER_LICENSE'],
  }),
  kind({
    type: 'US_TRAVELER_NUMBER',
    labels: { en: ['Known Traveler Number', 'KTN', 'redress number'] },
    keys: ['known_traveler_number', 'ktn'],
    make: formed('999999999', 'TT99CC9C9'),
    neighbours: ['US_SSN', 'US_PASSPORT'],
  }),
  kind({
    type: 'PH_SSS_NUMBER',
    labels: { en: ['SSS number', 'SSS no.', 'SSS ID'] },
    keys: ['sss_number', 'sss_no'],
    make: (rng) => rng.digits(10),
    forms: ['##-#######-#', '##-#######-#', ''],
    neighbours: ['PH_TIN', 'PHONE_NUMBER'],
  }),
  kind({
    type: 'BR_IDENTITY_CARD',
    labels: { pt: ['RG', 'RG nº', 'carteira de identidade'], en: ['Brazilian RG'] },
    keys: ['rg', 'numero_rg'],
    make: saoPaulo,
    forms: ['##.###.###-#', '##.###.###-#', ''],
    neighbours: ['BR_CPF', 'CL_RUT'],
  }),
  kind({
    type: 'BR_VOTER_NUMBER',
    labels: { pt: ['título de eleitor', 'número do título de eleitor'] },
    keys: ['titulo_eleitor', 'titulo_de_eleitor'],
    make: voter,
    forms: ['', '#### #### ####'],
    neighbours: ['BR_CPF', 'IN_AADHAAR'],
  }),
  kind({
    type: 'PT_SOCIAL_SECURITY',
    labels: { pt: ['NISS', 'número de Segurança Social'], en: ['Portuguese NISS'] },
    keys: ['niss', 'numero_niss'],
    make: niss,
    forms: ['', '', '### ### ### ##'],
    neighbours: ['PT_NIF', 'BR_CPF'],
  }),
  kind({
    type: 'FR_TAX_NUMBER',
    labels: { fr: ['numéro fiscal', 'numéro fiscal de référence', 'n° fiscal'], en: ['French numéro fiscal'] },
    keys: ['numero_fiscal', 'spi'],
    make: (rng) => rng.text(1, '0123') + rng.digits(12),
    forms: ['', '', '## ## ### ### ###'],
    neighbours: ['FR_SIRET', 'FR_NIR'],
  }),
]
