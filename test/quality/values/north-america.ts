import { luhn, weighted } from '../checks/digits.ts'
import { DIGITS, UPPER, type Rng } from '../rng.ts'
import { checked, kind, type Kind } from './kind.ts'

const pad = (value: number, width: number): string => String(value).padStart(width, '0')

function ssn(rng: Rng, wrong: boolean): string {
  const area = pad(rng.int(0, 9) === 0 ? rng.int(667, 899) : rng.int(1, 665), 3)
  const group = pad(rng.int(1, 99), 2)
  const serial = pad(rng.int(1, 9999), 4)
  if (!wrong) return area + group + serial
  return rng.pick([`000${group}${serial}`, `666${group}${serial}`, `${area}00${serial}`, `${area}${group}0000`])
}

function itin(rng: Rng, wrong: boolean): string {
  const middle = wrong
    ? rng.pick([rng.int(10, 49), rng.int(66, 69), 89, 93])
    : rng.pick([rng.int(50, 65), rng.int(70, 88), rng.int(90, 92), rng.int(94, 99)])
  return `9${rng.digits(2)}${pad(middle, 2)}${rng.digits(4)}`
}

const EIN_OFFICES =
  '01 02 03 04 05 06 10 11 12 13 14 15 16 20 21 22 23 24 25 26 27 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64 65 66 67 68 71 72 73 74 75 76 77 80 81 82 83 84 85 86 87 88 90 91 92 93 94 95 98 99'.split(
    ' ',
  )
const ein = (rng: Rng, wrong: boolean): string =>
  (wrong
    ? rng.pick(['00', '07', '08', '09', '17', '18', '19', '28', '29', '49', '69', '70', '78', '79', '89', '96', '97'])
    : rng.pick(EIN_OFFICES)) + rng.digits(7)

function aba(rng: Rng, wrong: boolean): string {
  const first = pad(rng.pick([rng.int(1, 12), rng.int(21, 32)]), 2)
  const body = first + rng.digits(6)
  return body + checked(rng, (10 - (weighted(body, [3, 7, 1]) % 10)) % 10, wrong)
}

function npi(rng: Rng, wrong: boolean): string {
  const body = rng.pick(['1', '1', '2']) + rng.digits(8)
  return body + checked(rng, luhn(`80840${body}`), wrong)
}

const MBI_LETTERS = 'ACDEFGHJKMNPQRTUVWXY'
function mbi(rng: Rng, wrong: boolean): string {
  const letter = (): string => rng.text(1, MBI_LETTERS)
  const either = (): string => rng.text(1, MBI_LETTERS + DIGITS)
  const first = String(rng.int(1, 9))
  const value = `${first}${letter()}${either()}${rng.digits(1)}${letter()}${either()}${rng.digits(1)}${letter()}${letter()}${rng.digits(2)}`
  if (!wrong) return value
  const bad = rng.text(1, 'SLOIBZ')
  return rng.pick([`0${value.slice(1)}`, first + bad + value.slice(2), value.slice(0, 4) + bad + value.slice(5)])
}

function dea(rng: Rng, wrong: boolean): string {
  const digits = rng.digits(6)
  const sum = weighted(digits, [1, 2])
  return rng.text(1, 'ABFGMPR') + rng.text(1, UPPER) + digits + checked(rng, sum % 10, wrong)
}

function driverLicence(rng: Rng): string {
  return rng.pick([
    () => rng.text(1, UPPER) + rng.digits(7),
    () => rng.digits(8),
    () => `${rng.text(1, UPPER)}${rng.digits(3)}-${rng.digits(4)}-${rng.digits(4)}`,
    () => `${rng.text(1, UPPER)}${rng.digits(3)}-${rng.digits(3)}-${rng.digits(2)}-${rng.digits(3)}-0`,
    () => rng.digits(9),
  ])()
}

function sin(rng: Rng, wrong: boolean): string {
  const body = rng.text(1, '1234567') + rng.digits(7)
  return body + checked(rng, luhn(body), wrong)
}

function ohip(rng: Rng, wrong: boolean): string {
  const body = String(rng.int(1, 9)) + rng.digits(8)
  return body + checked(rng, luhn(body), wrong) + (rng.chance(0.6) ? rng.text(2, 'ABCDEFGHJKLMNPQRSTUVWXY') : '')
}

export const NORTH_AMERICA: readonly Kind[] = [
  kind({
    type: 'US_SSN',
    labels: { en: ['SSN', 'social security number', 'Social Security No.'], es: ['número de seguro social', 'SSN'] },
    keys: ['ssn', 'social_security_number'],
    make: ssn,
    forms: ['###-##-####', '###-##-####', '### ## ####', ''],
    bare: ['###-##-####'],
    neighbours: ['US_ITIN', 'ABA_ROUTING_NUMBER', 'CA_SIN'],
  }),
  kind({
    type: 'US_ITIN',
    labels: { en: ['ITIN', 'individual taxpayer identification number', 'taxpayer ID (ITIN)'] },
    keys: ['itin', 'taxpayer_itin'],
    make: itin,
    forms: ['###-##-####', '###-##-####', ''],
    neighbours: ['US_SSN', 'US_EIN'],
  }),
  kind({
    type: 'US_EIN',
    family: 'company',
    labels: { en: ['EIN', 'employer identification number', 'federal tax ID', 'FEIN'] },
    keys: ['ein', 'employer_identification_number'],
    make: ein,
    forms: ['##-#######', '##-#######', ''],
    neighbours: ['ABA_ROUTING_NUMBER', 'US_SSN'],
  }),
  kind({
    type: 'ABA_ROUTING_NUMBER',
    family: 'bank',
    labels: { en: ['routing number', 'ABA routing number', 'ABA', 'RTN'] },
    keys: ['routing_number', 'aba'],
    make: aba,
    forms: ['', '', '####-####-#'],
    neighbours: ['US_PASSPORT', 'US_SSN', 'US_BANK_NUMBER'],
  }),
  kind({
    type: 'US_NPI',
    family: 'health',
    labels: { en: ['NPI', 'NPI number', 'national provider identifier'] },
    keys: ['npi', 'provider_npi'],
    make: npi,
    neighbours: ['UK_NHS', 'PHONE_NUMBER'],
  }),
  kind({
    type: 'US_MBI',
    family: 'health',
    labels: { en: ['MBI', 'Medicare number', 'Medicare beneficiary identifier', 'Medicare ID'] },
    keys: ['mbi', 'medicare_beneficiary_id'],
    make: mbi,
    forms: ['', '####-###-####'],
    bare: ['####-###-####'],
    neighbours: ['US_DRIVER_LICENSE'],
  }),
  kind({
    type: 'US_DEA',
    family: 'health',
    labels: { en: ['DEA number', 'DEA registration', 'prescriber DEA', 'DEA #'] },
    keys: ['dea', 'dea_number'],
    make: dea,
    neighbours: ['IT_PASSPORT', 'US_PASSPORT'],
  }),
  kind({
    type: 'US_PASSPORT',
    labels: { en: ['US passport number', 'American passport', 'U.S. passport no.'] },
    keys: ['us_passport', 'us_passport_number'],
    make: (rng) => (rng.chance(0.5) ? rng.digits(9) : rng.text(1, UPPER) + rng.digits(8)),
    neighbours: ['ABA_ROUTING_NUMBER', 'US_NPI', 'UK_NHS'],
  }),
  kind({
    type: 'US_DRIVER_LICENSE',
    labels: { en: ["driver's license", 'driver license number', "driver's license number", 'DL number'] },
    keys: ['driver_license', 'drivers_license_number'],
    make: driverLicence,
    neighbours: ['US_PASSPORT', 'US_DEA'],
  }),
  kind({
    type: 'US_BANK_NUMBER',
    family: 'bank',
    labels: { en: ['account number', 'bank account number', 'checking account', 'savings account number'] },
    keys: ['bank_account_number', 'account_number'],
    make: (rng) => String(rng.int(1, 9)) + rng.digits(rng.int(7, 13)),
    neighbours: ['ABA_ROUTING_NUMBER', 'US_NPI'],
  }),
  kind({
    type: 'CA_SIN',
    labels: {
      en: ['SIN', 'social insurance number', 'Canadian SIN'],
      fr: ['NAS', "numéro d'assurance sociale"],
    },
    keys: ['sin', 'social_insurance_number'],
    make: sin,
    forms: ['### ### ###', '###-###-###', ''],
    neighbours: ['US_SSN', 'FR_SIREN'],
  }),
  kind({
    type: 'CA_OHIP',
    family: 'health',
    labels: { en: ['OHIP number', 'Ontario health card', 'health card number', 'OHIP'] },
    keys: ['ohip', 'health_card_number'],
    make: ohip,
    forms: ['####-###-###-##', '#### ### ### ##', '####-###-###', '#### ### ###', ''],
    core: /^[\d -]*\d/,
    neighbours: ['UK_NHS', 'US_NPI'],
  }),
  kind({
    type: 'CA_PASSPORT',
    labels: {
      en: ['Canadian passport', 'Canadian passport number', 'passport (Canada)'],
      fr: ['passeport canadien', 'numéro de passeport canadien'],
    },
    keys: ['ca_passport', 'canadian_passport_number'],
    make: (rng) =>
      rng.chance(0.7) ? rng.text(2, UPPER) + rng.digits(6) : rng.text(1, UPPER) + rng.digits(6) + rng.text(2, UPPER),
    neighbours: ['US_DEA', 'UK_NINO'],
  }),
]
