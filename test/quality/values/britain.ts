import { luhn, weighted } from '../checks/digits.ts'
import { UPPER, type Rng } from '../rng.ts'
import { birthday, checked, checkedChar, kind, until, type Kind } from './kind.ts'

function nhs(rng: Rng, wrong: boolean): string {
  return until(() => {
    const body = rng.text(1, '4679') + rng.digits(8)
    const check = 11 - (weighted(body, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)
    return check === 10 ? undefined : body + checked(rng, check % 11, wrong)
  })
}

const NINO_FIRST = 'ABCEGHJKLMNOPRSTWXYZ'
const NINO_SECOND = 'ABCEGHJKLMNPRSTWXYZ'
function nino(rng: Rng, wrong: boolean): string {
  const digits = rng.digits(6)
  const suffix = rng.text(1, 'ABCD')
  const prefix = until(() => {
    const made = rng.text(1, NINO_FIRST) + rng.text(1, NINO_SECOND)
    return ['BG', 'GB', 'KN', 'NK', 'NT', 'TN', 'ZZ'].includes(made) ? undefined : made
  })
  if (!wrong) return prefix + digits + suffix
  return rng.pick([
    () => rng.text(1, 'DFIQUV') + prefix[1] + digits + suffix,
    () => rng.pick(['BG', 'GB', 'KN', 'NK', 'NT', 'TN', 'ZZ']) + digits + suffix,
    () => prefix + digits + rng.text(1, 'FGHJKMPRSTUVWXYZ'),
  ])()
}

function utr(rng: Rng, wrong: boolean): string {
  const body = rng.digits(9)
  return checked(rng, Number('21987654321'[weighted(body, [6, 7, 8, 9, 10, 5, 4, 3, 2]) % 11]), wrong) + body
}

function drivingLicence(rng: Rng, wrong: boolean): string {
  const surname = rng.text(rng.int(3, 5), 'ABCDEFGHIKLMNOPRSTVWY').padEnd(5, '9')
  const { yy, mm, dd } = birthday(rng)
  const month = Number(mm) + (rng.chance(0.5) ? 50 : 0)
  const shown = wrong ? rng.pick(['13', '39', '49', '63', '00']) : String(month).padStart(2, '0')
  const initials = rng.text(1, UPPER) + rng.pick(['9', rng.text(1, UPPER)])
  return `${surname}${yy[0]}${shown}${dd}${yy[1]}${initials}${rng.text(1, '9876')}${rng.text(2, UPPER)}`
}

const PLATE_LETTERS = 'ABCDEFGHJKLMNOPRSTUVWXYZ'
function plate(rng: Rng, wrong: boolean): string {
  const area = rng.text(1, 'ABCDEFGHKLMNOPRSVWXY') + rng.text(1, PLATE_LETTERS)
  const age = rng.pick([rng.int(2, 24), rng.int(51, 74)])
  const shown = wrong ? String(rng.int(27, 50)) : String(age).padStart(2, '0')
  return area + shown + rng.text(3, PLATE_LETTERS)
}

function tfn(rng: Rng, wrong: boolean): string {
  return until(() => {
    const body = String(rng.int(1, 8)) + rng.digits(7)
    const sum = weighted(body, [1, 4, 3, 7, 5, 8, 6, 9])
    // The last weight is 10, which is -1 modulo 11.
    const check = sum % 11
    return check === 10 ? undefined : body + checked(rng, check, wrong)
  })
}

function abn(rng: Rng, wrong: boolean): string {
  const body = rng.digits(9)
  // The prefix less 10, weighted 10 and 1, must bring the sum to a multiple of 89.
  const sum = weighted(body, [3, 5, 7, 9, 11, 13, 15, 17, 19])
  return (
    until(() => {
      const prefix = rng.int(11, 99)
      const holds = (prefix - 10 + sum) % 89 === 0
      return holds === !wrong ? String(prefix) : undefined
    }) + body
  )
}

function acn(rng: Rng, wrong: boolean): string {
  const body = `${rng.pick(['00', '01', '1', '6'])}${rng.digits(8)}`.slice(0, 8)
  return body + checked(rng, (10 - (weighted(body, [8, 7, 6, 5, 4, 3, 2, 1]) % 10)) % 10, wrong)
}

function medicare(rng: Rng, wrong: boolean): string {
  const body = rng.text(1, '23456') + rng.digits(7)
  return body + checked(rng, weighted(body, [1, 3, 7, 9]) % 10, wrong) + rng.int(1, 5)
}

function ird(rng: Rng, wrong: boolean): string {
  return until(() => {
    const body = rng.pick([rng.int(10_000_00, 9_999_999), rng.int(10_000_000, 14_999_999)])
    const padded = String(body).padStart(8, '0')
    let check = (11 - (weighted(padded, [3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11
    if (check === 10) check = (11 - (weighted(padded, [7, 4, 3, 2, 5, 2, 7, 6]) % 11)) % 11
    return check === 10 ? undefined : body + checked(rng, check, wrong)
  })
}

const NHI_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
function nhi(rng: Rng, wrong: boolean): string {
  return until(() => {
    const letters = rng.text(3, NHI_LETTERS)
    const isNew = rng.chance(0.2)
    const middle = isNew ? rng.digits(2) + rng.text(1, NHI_LETTERS) : rng.digits(3)
    const value = (char: string): number => (/\d/.test(char) ? Number(char) : NHI_LETTERS.indexOf(char) + 1)
    const sum = Array.from(letters + middle).reduce((total, char, n) => total + value(char) * (7 - n), 0)
    if (isNew) return letters + middle + checkedChar(rng, NHI_LETTERS, 23 - (sum % 23) - 1, wrong)
    const rest = sum % 11
    return rest === 0 ? undefined : letters + middle + checked(rng, (11 - rest) % 10, wrong)
  })
}

function zaId(rng: Rng, wrong: boolean): string {
  const { yy, mm, dd } = birthday(rng)
  const body = `${yy}${mm}${dd}${rng.digits(4)}${rng.text(1, '01')}8`
  return body + checked(rng, luhn(body), wrong)
}

export const BRITAIN: readonly Kind[] = [
  kind({
    type: 'UK_NHS',
    family: 'health',
    labels: { en: ['NHS number', 'NHS no.', 'NHS No'] },
    keys: ['nhs_number', 'nhs_no'],
    make: nhs,
    forms: ['### ### ####', '### ### ####', '###-###-####', ''],
    neighbours: ['US_NPI', 'UK_UTR', 'PHONE_NUMBER'],
  }),
  kind({
    type: 'UK_NINO',
    labels: { en: ['National Insurance number', 'NI number', 'NINO'] },
    keys: ['nino', 'ni_number'],
    make: nino,
    forms: ['', '## ## ## ## #', '## ###### #'],
    bare: ['## ## ## ## #', ''],
    neighbours: ['CA_PASSPORT', 'US_DEA'],
  }),
  kind({
    type: 'UK_UTR',
    labels: { en: ['UTR', 'Unique Taxpayer Reference', 'UTR number', 'self assessment UTR'] },
    keys: ['utr', 'unique_taxpayer_reference'],
    make: utr,
    forms: ['', '##### #####', '### ### ####'],
    neighbours: ['UK_NHS', 'PHONE_NUMBER'],
  }),
  kind({
    type: 'UK_DRIVING_LICENCE',
    labels: { en: ['driving licence number', 'driving licence', 'DVLA licence no.'] },
    keys: ['driving_licence', 'driving_licence_number'],
    make: drivingLicence,
    forms: ['', '', '##### ###### #####'],
    bare: [''],
    neighbours: ['LEI', 'UK_NINO'],
  }),
  kind({
    type: 'UK_PASSPORT',
    labels: { en: ['UK passport number', 'British passport', 'British passport number'] },
    keys: ['uk_passport', 'uk_passport_number'],
    make: (rng) => String(rng.int(1, 9)) + rng.digits(8),
    neighbours: ['US_NPI', 'ABA_ROUTING_NUMBER'],
  }),
  kind({
    type: 'UK_SORT_CODE',
    family: 'bank',
    labels: { en: ['sort code', 'bank sort code', 'Sort Code'] },
    keys: ['sort_code', 'bank_sort_code'],
    make: (rng) =>
      rng.pick(['01', '04', '07', '08', '09', '11', '16', '20', '23', '30', '40', '60', '77', '83']) + rng.digits(4),
    forms: ['##-##-##', '##-##-##', '## ## ##', ''],
    neighbours: ['DATE_OF_BIRTH', 'PIN'],
  }),
  kind({
    type: 'UK_VEHICLE_REGISTRATION',
    labels: { en: ['registration number', 'number plate', 'vehicle registration', 'car reg'] },
    keys: ['vehicle_registration', 'number_plate'],
    make: plate,
    forms: ['#### ###', ''],
    neighbours: ['UK_NINO', 'US_DRIVER_LICENSE'],
  }),
  kind({
    type: 'AU_TFN',
    labels: { en: ['TFN', 'tax file number', 'Australian TFN'] },
    keys: ['tfn', 'tax_file_number'],
    make: tfn,
    forms: ['### ### ###', ''],
    neighbours: ['AU_ACN', 'US_SSN'],
  }),
  kind({
    type: 'AU_ABN',
    family: 'company',
    labels: { en: ['ABN', 'Australian Business Number', 'A.B.N.'] },
    keys: ['abn', 'business_number_abn'],
    make: abn,
    forms: ['## ### ### ###', '## ### ### ###', ''],
    neighbours: ['AU_ACN', 'PHONE_NUMBER'],
  }),
  kind({
    type: 'AU_ACN',
    family: 'company',
    labels: { en: ['ACN', 'Australian Company Number', 'A.C.N.'] },
    keys: ['acn', 'company_number_acn'],
    make: acn,
    forms: ['### ### ###', ''],
    neighbours: ['AU_TFN', 'CA_SIN'],
  }),
  kind({
    type: 'AU_MEDICARE',
    family: 'health',
    labels: { en: ['Medicare card number', 'Medicare number', 'Australian Medicare card'] },
    keys: ['medicare_number', 'medicare_card'],
    make: medicare,
    forms: ['#### ##### #', ''],
    neighbours: ['UK_NHS', 'PHONE_NUMBER'],
  }),
  kind({
    type: 'NZ_IRD',
    labels: { en: ['IRD number', 'IRD no.', 'Inland Revenue number (IRD)'] },
    keys: ['ird', 'ird_number'],
    make: ird,
    forms: ['###-###-###', '##-###-###', ''],
    neighbours: ['CA_SIN', 'PHONE_NUMBER'],
  }),
  kind({
    type: 'NZ_NHI',
    family: 'health',
    labels: { en: ['NHI', 'NHI number', 'National Health Index number'] },
    keys: ['nhi', 'nhi_number'],
    make: nhi,
    neighbours: ['UK_VEHICLE_REGISTRATION', 'IN_PASSPORT'],
  }),
  kind({
    type: 'ZA_ID_NUMBER',
    labels: { en: ['South African ID number', 'SA ID', 'RSA ID number', 'SA identity number'] },
    keys: ['sa_id_number', 'rsa_id'],
    make: zaId,
    forms: ['', '', '###### #### ###'],
    neighbours: ['TH_TNIN', 'KR_RRN'],
  }),
]
