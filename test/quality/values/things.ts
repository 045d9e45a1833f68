import { icao, luhn } from '../checks/digits.ts'
import { DIGITS, type Rng } from '../rng.ts'
import { birthday, checked, checkedChar, dayIn, kind, type Kind } from './kind.ts'

const VIN_CHARS = 'ABCDEFGHJKLMNPRSTUVWXYZ0123456789'
const VIN_VALUES: Readonly<Record<string, number>> = Object.fromEntries([
  ...Array.from('ABCDEFGH').map((letter, n) => [letter, n + 1]),
  ...Array.from('JKLMN').map((letter, n) => [letter, n + 1]),
  ['P', 7],
  ['R', 9],
  ...Array.from('STUVWXYZ').map((letter, n) => [letter, n + 2]),
  ...Array.from(DIGITS).map((digit) => [digit, Number(digit)]),
])
export function vinCheck(vin: string): number {
  const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
  return Array.from(vin).reduce((sum, char, n) => sum + VIN_VALUES[char]! * weights[n]!, 0) % 11
}

function vin(rng: Rng, wrong: boolean): string {
  const maker = rng.pick(['1HG', '1FT', '2T1', '3VW', '4T1', '5YJ', '1G1', '2HG', '5FN', '1C4', '3FA', '4JG'])
  const year = rng.text(1, 'ABCDEFGHJKLMNPRSTVWXY123456789')
  const made = `${maker}${rng.text(5, VIN_CHARS)}0${year}${rng.text(1, 'ABCDEFGHJKLMNPRSTUVWXYZ')}${rng.digits(6)}`
  return made.slice(0, 8) + checkedChar(rng, '0123456789X', vinCheck(made), wrong) + made.slice(9)
}

/** Europe has no check digit: only beside its name is it one. */
const europeanVin = (rng: Rng): string =>
  `${rng.pick(['WVWZZZ', 'WAUZZZ', 'TMBZZZ', 'VF1RFB', 'WDB211', 'ZFA312'])}${rng.text(2, '123456789K')}${rng.pick(['Z', 'A', '1'])}${rng.text(1, 'ABCDEFGHJKLMNP')}${rng.text(1, 'WEDPM')}${rng.digits(6)}`

function imei(rng: Rng, wrong: boolean): string {
  const body = `${rng.pick(['35', '86', '01', '35'])}${rng.digits(12)}`
  return body + checked(rng, luhn(body), wrong)
}

function iccid(rng: Rng, wrong: boolean): string {
  const body = `89${rng.pick(['49', '33', '44', '34', '39', '31', '48', '46', '01', '90', '86'])}${rng.digits(rng.pick([14, 15]))}`
  return body + checked(rng, luhn(body), wrong)
}

const imsi = (rng: Rng): string =>
  `${rng.pick(['26201', '26202', '20801', '23410', '31026', '31041', '21401', '22201', '20404', '26001', '24001', '40410', '44010'])}${rng.digits(10)}`

const NAMES = [
  'ERIKSSON',
  'MUELLER',
  'DUPONT',
  'KOWALSKI',
  'GARCIA',
  'ROSSI',
  'YILMAZ',
  'SILVA',
  'LINDQVIST',
  'OKAFOR',
  'TANAKA',
  'VANDERBERG',
]
const FIRST = ['ANNA', 'MARIA', 'JAN', 'PIERRE', 'LUCIA', 'MEHMET', 'ERIK', 'CHIDI', 'YUKI', 'SOFIE']
const filled = (text: string, width: number): string => text.slice(0, width).padEnd(width, '<')

/** ICAO 9303: a passport's two lines of 44, or a card's three of 30. */
function mrz(rng: Rng, wrong: boolean): string {
  const state = rng.pick(['D<<', 'FRA', 'ESP', 'ITA', 'POL', 'SWE', 'NLD', 'PRT', 'TUR', 'USA', 'GBR'])
  const number = rng.text(9, 'CFGHJKLMNPRTVWXYZ0123456789')
  const born = birthday(rng)
  const ends = dayIn(rng, 2026, 2034)
  const birth = born.yy + born.mm + born.dd
  const expiry = ends.yy + ends.mm + ends.dd
  const name = `${rng.pick(NAMES)}<<${rng.pick(FIRST)}${rng.chance(0.4) ? `<${rng.pick(FIRST)}` : ''}`
  const numbered = number + icao(number)
  const born7 = birth + (wrong ? checked(rng, icao(birth), true) : icao(birth))
  const ends7 = expiry + icao(expiry)
  const sex = rng.text(1, 'MF')
  if (rng.chance(0.6)) {
    const personal = `${'<'.repeat(14)}0`
    const all = checked(rng, icao(numbered + born7 + ends7 + personal), wrong)
    return `P<${state}${filled(name, 39)}\n${numbered}${state}${born7}${sex}${ends7}${personal}${all}`
  }
  const optional = '<'.repeat(15)
  const all = checked(rng, icao(numbered + optional + born7 + ends7 + '<'.repeat(11)), wrong)
  return `ID${state}${numbered}${optional}\n${born7}${sex}${ends7}${state}${'<'.repeat(11)}${all}\n${filled(name, 30)}`
}

const MONTH_NAMES = 'January February March April May June July August September October November December'.split(' ')
export function writtenDay(rng: Rng, from: number, to: number): string {
  const { yyyy, yy, mm, dd } = dayIn(rng, from, to)
  return rng.pick([
    `${dd}.${mm}.${yyyy}`,
    `${dd}/${mm}/${yyyy}`,
    `${mm}/${dd}/${yyyy}`,
    `${yyyy}-${mm}-${dd}`,
    `${yyyy}-${mm}-${dd}`,
    `${dd}-${mm}-${yyyy}`,
    `${dd}.${mm}.${yy}`,
    `${Number(dd)} ${MONTH_NAMES[Number(mm) - 1]} ${yyyy}`,
    `${MONTH_NAMES[Number(mm) - 1]} ${Number(dd)}, ${yyyy}`,
  ])
}

export const THINGS: readonly Kind[] = [
  {
    ...kind({
      type: 'VIN',
      labels: {
        en: ['VIN', 'vehicle identification number', 'chassis number'],
        de: ['Fahrgestellnummer', 'FIN', 'Fahrzeug-Identifizierungsnummer'],
        fr: ['numéro de châssis', 'VIN'],
        es: ['número de bastidor', 'VIN'],
        it: ['numero di telaio', 'VIN'],
        pt: ['número do chassi', 'chassi'],
        nl: ['chassisnummer', 'VIN'],
        pl: ['numer VIN', 'VIN'],
        tr: ['şasi numarası', 'şasi no'],
        sv: ['chassinummer', 'VIN'],
      },
      keys: ['vin', 'chassis_number'],
      make: vin,
      bare: [''],
      neighbours: ['IT_FISCAL_CODE', 'UK_DRIVING_LICENCE'],
    }),
    value: (rng) => (rng.chance(0.15) ? europeanVin(rng) : vin(rng, false)),
  },
  kind({
    type: 'IMEI',
    labels: {
      en: ['IMEI', 'IMEI number', 'device IMEI'],
      de: ['IMEI', 'IMEI-Nummer'],
      fr: ['IMEI', 'numéro IMEI'],
      es: ['IMEI', 'número IMEI'],
      it: ['IMEI', 'codice IMEI'],
      pt: ['IMEI', 'número do IMEI'],
      nl: ['IMEI', 'IMEI-nummer'],
      pl: ['IMEI', 'numer IMEI'],
      tr: ['IMEI', 'IMEI numarası'],
      sv: ['IMEI', 'IMEI-nummer'],
    },
    keys: ['imei', 'device_imei'],
    make: imei,
    forms: ['', '', '##-######-######-#', '## ###### ###### #'],
    neighbours: ['CREDIT_CARD', 'FR_NIR'],
  }),
  kind({
    type: 'ICCID',
    labels: {
      en: ['ICCID', 'SIM card number', 'SIM ICCID'],
      de: ['ICCID', 'SIM-Kartennummer'],
      fr: ['ICCID', 'numéro de carte SIM'],
      es: ['ICCID', 'número de tarjeta SIM'],
      it: ['ICCID', 'numero seriale SIM'],
      nl: ['ICCID', 'simkaartnummer'],
      pl: ['ICCID', 'numer karty SIM'],
      sv: ['ICCID', 'SIM-kortsnummer'],
    },
    keys: ['iccid', 'sim_iccid'],
    make: iccid,
    neighbours: ['CREDIT_CARD', 'IMEI'],
  }),
  kind({
    type: 'IMSI',
    labels: {
      en: ['IMSI', 'subscriber IMSI', 'IMSI number'],
      de: ['IMSI', 'IMSI-Nummer'],
      fr: ['IMSI', 'numéro IMSI'],
      es: ['IMSI'],
      it: ['IMSI', 'codice IMSI'],
      nl: ['IMSI', 'IMSI-nummer'],
      pl: ['IMSI', 'numer IMSI'],
      sv: ['IMSI', 'IMSI-nummer'],
    },
    keys: ['imsi', 'subscriber_imsi'],
    make: imsi,
    neighbours: ['IMEI', 'FR_NIR'],
  }),
  {
    type: 'MRZ',
    family: 'mrz',
    labels: {
      en: ['MRZ', 'machine readable zone'],
      de: ['MRZ', 'maschinenlesbare Zone'],
      fr: ['MRZ', 'zone de lecture automatique'],
      es: ['MRZ', 'zona de lectura mecánica'],
      it: ['MRZ'],
      nl: ['MRZ'],
      pl: ['MRZ'],
      sv: ['MRZ'],
    },
    keys: ['mrz', 'mrz_lines'],
    neighbours: ['LEI', 'UK_DRIVING_LICENCE'],
    value: (rng) => mrz(rng, false),
    broken: (rng) => mrz(rng, true),
    bare: (rng) => mrz(rng, false),
  },
  {
    type: 'DATE_OF_BIRTH',
    family: 'birth',
    labels: {
      en: ['date of birth', 'DOB', 'birth date'],
      de: ['Geburtsdatum'],
      fr: ['date de naissance'],
      es: ['fecha de nacimiento'],
      it: ['data di nascita'],
      pt: ['data de nascimento'],
      nl: ['geboortedatum'],
      pl: ['data urodzenia'],
      tr: ['doğum tarihi'],
      sv: ['födelsedatum'],
      ja: ['生年月日'],
      zh: ['出生日期'],
      ko: ['생년월일'],
      hi: ['जन्म तिथि'],
    },
    keys: ['date_of_birth', 'dob', 'birth_date'],
    neighbours: [],
    value: (rng) => writtenDay(rng, 1938, 2007),
    broken: (rng) => writtenDay(rng, 2018, 2026),
  },
  kind({
    type: 'CVV',
    family: 'code',
    labels: {
      en: ['CVV', 'CVC', 'security code', 'CVV2'],
      de: ['CVV', 'Prüfziffer (CVC)', 'Kartenprüfnummer'],
      fr: ['CVV', 'cryptogramme visuel', 'cryptogramme'],
      es: ['CVV', 'código de seguridad'],
      it: ['CVV', 'codice di sicurezza'],
      pt: ['CVV', 'código de segurança'],
      nl: ['CVC', 'CVC-code'],
      pl: ['CVV', 'kod CVV'],
      tr: ['CVV', 'güvenlik kodu'],
      sv: ['CVV', 'CVC-kod'],
    },
    keys: ['cvv', 'cvc'],
    make: (rng) => rng.digits(rng.chance(0.85) ? 3 : 4),
    neighbours: ['PIN'],
  }),
  kind({
    type: 'PIN',
    family: 'code',
    labels: {
      en: ['PIN', 'PIN code', 'card PIN'],
      de: ['PIN', 'PIN-Code', 'Geheimzahl'],
      fr: ['code PIN', 'PIN'],
      es: ['PIN', 'código PIN'],
      it: ['PIN', 'codice PIN'],
      pt: ['PIN', 'código PIN'],
      nl: ['pincode', 'PIN'],
      pl: ['PIN', 'kod PIN'],
      tr: ['PIN', 'PIN kodu'],
      sv: ['PIN-kod', 'pinkod'],
    },
    keys: ['pin', 'card_pin'],
    make: (rng) => rng.digits(rng.pick([4, 4, 4, 5, 6])),
    neighbours: ['CVV', 'UK_SORT_CODE'],
  }),
]
