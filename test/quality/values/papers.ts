import { down, elevenMinus, weighted } from '../checks/digits.ts'
import { DIGITS, UPPER, type Rng } from '../rng.ts'
import { checked, dayIn, kind, until, type Kind } from './kind.ts'

/* Passports, identity cards and driving licences of countries that have other kinds in the files by region. */

const BASE36 = DIGITS + UPPER

/** Letters as in passports, 10 to 35. */
const letterSum = (text: string, weights: readonly number[]): number =>
  Array.from(text).reduce((sum, char, n) => sum + BASE36.indexOf(char) * weights[n]!, 0)

/** `letters` and six digits, the first of which is the check. */
function polish(rng: Rng, letters: number, digits: number, weights: readonly number[], wrong: boolean): string {
  const series = rng.text(letters, 'ABCDEFGHIJKLMNPRSTUWZ')
  const rest = rng.digits(digits - 1)
  const own = weights[letters]!
  const others = letterSum(`${series}0${rest}`, weights)
  const check = Array.from({ length: 10 }, (_, digit) => digit).find((digit) => (others + digit * own) % 10 === 0)!
  return series + checked(rng, check, wrong) + rest
}

/** Eight digits and their check, two characters of the version, and a check of all. */
function citizenCard(rng: Rng, wrong: boolean): string {
  const number = rng.text(1, '01123') + rng.digits(7)
  const body = `${number}${elevenMinus(weighted(number, down(9, 2)))}${rng.text(2, 'ZXYWV')}`
  const sum = Array.from(body).reduce((total, char, n) => {
    const value = BASE36.indexOf(char)
    const doubled = value * 2
    return total + (n % 2 === 0 ? (doubled > 9 ? doubled - 9 : doubled) : value)
  }, 0)
  return body + checked(rng, (10 - (sum % 10)) % 10, wrong)
}

function cnh(rng: Rng, wrong: boolean): string {
  return until(() => {
    const body = rng.digits(9)
    const first = weighted(body, down(9, 1)) % 11
    const second = weighted(body, [1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11
    // Where the first check would be 10 books differ about the second.
    return first === 10 ? undefined : `${body}${first}${checked(rng, second === 10 ? 0 : second, wrong)}`
  })
}

const GREEK = 'ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ'
const greekCard = (rng: Rng): string =>
  `${rng.text(2, rng.chance(0.5) ? GREEK : 'ABEZHIKMNOPTYX')}${rng.pick(['', ' ', '-'])}${rng.digits(6)}`

/** A letter of those that a country uses, and digits. */
const series =
  (letters: readonly string[], digits: number) =>
  (rng: Rng): string =>
    rng.pick(letters) + rng.digits(digits)

const INDIAN_OFFICES = ['MH12', 'DL04', 'KA05', 'TN09', 'UP32', 'GJ01', 'WB06', 'RJ14', 'KL07', 'HR26', 'PB10', 'TS08']

const CARDS: readonly Kind[] = [
  kind({
    type: 'PT_CITIZEN_CARD',
    labels: { pt: ['cartão de cidadão', 'número do cartão de cidadão'], en: ['Portuguese citizen card'] },
    keys: ['cartao_cidadao', 'numero_cartao_cidadao'],
    make: citizenCard,
    forms: ['######## # ###', '######## # ###', ''],
    bare: ['######## # ###'],
    neighbours: ['PT_NIF', 'ES_NIF'],
  }),
  kind({
    type: 'PL_ID_CARD',
    labels: {
      pl: ['dowód osobisty', 'numer dowodu osobistego', 'nr dowodu osobistego'],
      en: ['Polish ID card', 'Polish identity card number'],
    },
    keys: ['dowod_osobisty', 'numer_dowodu'],
    make: (rng, wrong) => polish(rng, 3, 6, [7, 3, 1, 9, 7, 3, 1, 7, 3], wrong),
    forms: ['', '', '### ######'],
    neighbours: ['ES_PASSPORT', 'PL_PASSPORT'],
  }),
  kind({
    type: 'GR_ID_CARD',
    labels: {
      el: ['αριθμός δελτίου ταυτότητας', 'δελτίο ταυτότητας', 'ΑΔΤ'],
      en: ['Greek ID card', 'Greek identity card number'],
    },
    keys: ['ar_taftotitas', 'greek_id_card'],
    make: greekCard,
    neighbours: ['GR_AFM', 'GR_AMKA'],
  }),
]

const LICENCES: readonly Kind[] = [
  kind({
    type: 'DE_DRIVER_LICENSE',
    labels: {
      de: ['Führerscheinnummer', 'Führerschein-Nr.', 'Nummer des Führerscheins'],
      en: ['German driving licence', 'German driver license number'],
    },
    keys: ['fuehrerscheinnummer', 'fuehrerschein_nr'],
    make: (rng) =>
      `${rng.text(1, 'ABCDEFGHJKLMN')}${rng.digits(2)}${rng.text(1, BASE36)}${rng.text(5, BASE36)}${rng.digits(1)}${rng.text(1, '123')}`,
    neighbours: ['DE_ID_CARD', 'DE_PASSPORT'],
  }),
  kind({
    type: 'FR_DRIVER_LICENSE',
    labels: {
      fr: ['permis de conduire', 'numéro de permis de conduire', 'permis n°'],
      en: ['French driving licence', 'French driving licence number'],
    },
    keys: ['permis_conduire', 'numero_permis'],
    make: (rng) =>
      rng.chance(0.5)
        ? `${dayIn(rng, 2013, 2025).yy}${rng.text(2, UPPER)}${rng.digits(5)}`
        : `${dayIn(rng, 1975, 2012).yy}${dayIn(rng, 1975, 2012).mm}${rng.int(10, 95)}${rng.digits(6)}`,
    neighbours: ['FR_NIR', 'FR_SIRET'],
  }),
  kind({
    type: 'IT_DRIVER_LICENSE',
    labels: { it: ['patente di guida', 'numero di patente', 'patente n.'], en: ['Italian driving licence'] },
    keys: ['patente_guida', 'numero_patente'],
    make: (rng) =>
      rng.chance(0.6)
        ? `U1${rng.text(7, DIGITS + 'ABCDEFGHJKLMNPRSTUVWXYZ')}${rng.text(1, UPPER)}`
        : `${rng.text(2, UPPER)}${rng.digits(7)}${rng.text(1, UPPER)}`,
    neighbours: ['IT_IDENTITY_CARD', 'IT_PASSPORT'],
  }),
  kind({
    type: 'NL_DRIVER_LICENSE',
    labels: { nl: ['rijbewijs', 'rijbewijsnummer', 'nummer rijbewijs'], en: ['Dutch driving licence'] },
    keys: ['rijbewijsnummer', 'rijbewijs_nr'],
    make: (rng) => `${rng.text(1, '345')}${rng.digits(9)}`,
    neighbours: ['NL_BSN', 'PHONE_NUMBER'],
  }),
  kind({
    type: 'IN_DRIVER_LICENSE',
    labels: {
      hi: ['ड्राइविंग लाइसेंस', 'ड्राइविंग लाइसेंस नंबर'],
      en: ['Indian driving licence', 'driving licence number', 'DL number'],
    },
    keys: ['driving_licence_in', 'dl_number'],
    make: (rng, wrong) =>
      `${wrong ? `${rng.pick(['XQ', 'ZZ', 'QW'])}${rng.digits(2)}` : rng.pick(INDIAN_OFFICES)}${rng.int(1985, 2024)}${rng.digits(7)}`,
    forms: ['', '#### ###########', '##-#############', '##-## ###########'],
    neighbours: ['IN_VEHICLE_REGISTRATION', 'IN_PAN'],
  }),
  kind({
    type: 'BR_CNH',
    labels: { pt: ['CNH', 'número da CNH', 'registro da CNH'], en: ['Brazilian driver licence (CNH)', 'CNH'] },
    keys: ['cnh', 'numero_cnh'],
    make: cnh,
    neighbours: ['BR_CPF', 'BR_PIS'],
  }),
]

const PASSPORTS: readonly Kind[] = [
  kind({
    type: 'PT_PASSPORT',
    labels: { pt: ['passaporte português', 'n.º do passaporte português'], en: ['Portuguese passport'] },
    keys: ['passaporte_portugues', 'portuguese_passport'],
    make: (rng) => (rng.chance(0.6) ? series(['C', 'N', 'P', 'H'], 6)(rng) : rng.text(2, 'CDEFGH') + rng.digits(6)),
    neighbours: ['PT_NIF', 'ES_PASSPORT'],
  }),
  kind({
    type: 'NL_PASSPORT',
    labels: { nl: ['Nederlands paspoort', 'paspoortnummer'], en: ['Dutch passport', 'Dutch passport number'] },
    keys: ['paspoortnummer', 'paspoort_nr'],
    make: (rng) => `${rng.text(2, 'BCDFGHNPST')}${rng.text(6, `${DIGITS}ABCDEFGHJKLMNPRSTUVWXYZ`)}${rng.digits(1)}`,
    neighbours: ['NL_BSN', 'DE_PASSPORT'],
  }),
  kind({
    type: 'AT_PASSPORT',
    labels: { de: ['österreichischer Reisepass', 'österreichischer Pass'], en: ['Austrian passport'] },
    keys: ['austrian_passport', 'at_reisepass'],
    make: series(['P', 'U', 'T'], 7),
    neighbours: ['DE_PASSPORT', 'US_DEA'],
  }),
  kind({
    type: 'CH_PASSPORT',
    labels: {
      de: ['Schweizer Pass', 'Schweizer Reisepass'],
      fr: ['passeport suisse'],
      it: ['passaporto svizzero'],
      en: ['Swiss passport'],
    },
    keys: ['swiss_passport', 'schweizer_pass'],
    make: series(['X', 'S', 'F', 'J'], 7),
    neighbours: ['CH_AHV', 'DE_PASSPORT'],
  }),
  kind({
    type: 'PL_PASSPORT',
    labels: { pl: ['paszport', 'numer paszportu'], en: ['Polish passport', 'Polish passport number'] },
    keys: ['paszport', 'numer_paszportu'],
    make: (rng, wrong) => polish(rng, 2, 7, [7, 3, 9, 1, 7, 3, 1, 7, 3], wrong),
    forms: ['', '', '## #######'],
    neighbours: ['IT_PASSPORT', 'US_DEA'],
  }),
  kind({
    type: 'RU_PASSPORT',
    labels: { ru: ['паспорт', 'паспорт РФ', 'серия и номер паспорта'], en: ['Russian passport'] },
    keys: ['russian_passport', 'passport_rf'],
    make: (rng) =>
      `${rng.pick(['45', '40', '65', '03', '18', '22', '60', '92'])}${dayIn(rng, 1998, 2024).yy}${rng.digits(6)}`,
    forms: ['#### ######', '#### ######', '## ## ######', ''],
    neighbours: ['RU_INN', 'PHONE_NUMBER'],
  }),
  kind({
    type: 'JP_PASSPORT',
    labels: { ja: ['パスポート番号', '旅券番号', '日本国旅券'], en: ['Japanese passport'] },
    keys: ['japanese_passport', 'ryoken_bango'],
    make: (rng) => `${rng.text(1, 'TM')}${rng.text(1, 'ABCDEFGHJKLMNPRSTUVWXYZ')}${rng.digits(7)}`,
    neighbours: ['JP_MY_NUMBER', 'IT_PASSPORT'],
  }),
  kind({
    type: 'KR_PASSPORT',
    labels: { ko: ['여권번호', '여권 번호', '대한민국 여권'], en: ['Korean passport', 'Korean passport number'] },
    keys: ['korean_passport', 'kr_passport_number'],
    make: (rng) =>
      rng.chance(0.6)
        ? rng.text(1, 'MS') + rng.digits(8)
        : `M${rng.digits(3)}${rng.text(1, 'ABCDEFGH')}${rng.digits(4)}`,
    neighbours: ['KR_RRN', 'CN_PASSPORT'],
  }),
  kind({
    type: 'CN_PASSPORT',
    labels: { zh: ['护照号', '护照号码', '中国护照'], en: ['Chinese passport', 'Chinese passport number'] },
    keys: ['chinese_passport', 'huzhao_haoma'],
    make: (rng) =>
      rng.chance(0.7) ? rng.text(1, 'EG') + rng.digits(8) : `E${rng.text(1, 'ABCDEFGH')}${rng.digits(7)}`,
    neighbours: ['CN_RESIDENT_ID', 'KR_PASSPORT'],
  }),
  kind({
    type: 'SG_PASSPORT',
    labels: { en: ['Singapore passport', 'Singapore passport number'], zh: ['新加坡护照'] },
    keys: ['singapore_passport', 'sg_passport_number'],
    make: (rng) => rng.text(1, 'KE') + rng.digits(7) + rng.text(1, UPPER),
    neighbours: ['SG_NRIC_FIN', 'SG_UEN'],
  }),
  kind({
    type: 'AU_PASSPORT',
    labels: { en: ['Australian passport', 'Australian passport number'] },
    keys: ['australian_passport', 'au_passport_number'],
    make: series(['N', 'E', 'L', 'M', 'PA', 'PB', 'RA'], 7),
    neighbours: ['AU_TFN', 'US_PASSPORT'],
  }),
  kind({
    type: 'BR_PASSPORT',
    labels: { pt: ['passaporte brasileiro', 'número do passaporte brasileiro'], en: ['Brazilian passport'] },
    keys: ['passaporte_brasileiro', 'brazilian_passport'],
    make: (rng) => rng.pick(['FA', 'FB', 'FD', 'GA', 'YC', 'CS']) + rng.digits(6),
    neighbours: ['CA_PASSPORT', 'BR_CPF'],
  }),
  kind({
    type: 'MX_PASSPORT',
    labels: { es: ['pasaporte mexicano', 'número de pasaporte mexicano'], en: ['Mexican passport'] },
    keys: ['pasaporte_mexicano', 'mexican_passport'],
    make: series(['G', 'N', 'E'], 8),
    neighbours: ['US_PASSPORT', 'CN_PASSPORT'],
  }),
  kind({
    type: 'ZA_PASSPORT',
    labels: { en: ['South African passport', 'South African passport number'] },
    keys: ['south_african_passport', 'za_passport_number'],
    make: series(['A', 'D', 'M', 'T'], 8),
    neighbours: ['ZA_ID_NUMBER', 'US_PASSPORT'],
  }),
]

export const PAPERS: readonly Kind[] = [...CARDS, ...LICENCES, ...PASSPORTS]
