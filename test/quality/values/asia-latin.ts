import { elevenMinus, luhn, verhoeff, weighted } from '../checks/digits.ts'
import { DIGITS, UPPER, type Rng } from '../rng.ts'
import { birthday, checked, checkedChar, kind, until, type Kind } from './kind.ts'

function aadhaar(rng: Rng, wrong: boolean): string {
  const body = rng.text(1, '23456789') + rng.digits(10)
  return body + checked(rng, verhoeff(body), wrong)
}

const HOLDERS = 'PPPPPPCHFATBLJG'
const pan = (rng: Rng, wrong: boolean): string =>
  `${rng.text(3, UPPER)}${wrong ? rng.text(1, 'DIMNOQRSUVWXYZ') : rng.text(1, HOLDERS)}${rng.text(1, UPPER)}${String(rng.int(1, 9999)).padStart(4, '0')}${rng.text(1, UPPER)}`

const BASE36 = DIGITS + UPPER
function gstin(rng: Rng, wrong: boolean): string {
  const body = `${String(rng.int(1, 37)).padStart(2, '0')}${pan(rng, false)}${rng.int(1, 9)}Z`
  const sum = Array.from(body).reduce((total, char, n) => {
    const product = BASE36.indexOf(char) * (1 + (n % 2))
    return total + Math.floor(product / 36) + (product % 36)
  }, 0)
  return body + checkedChar(rng, BASE36, (36 - (sum % 36)) % 36, wrong)
}

function voter(rng: Rng, wrong: boolean): string {
  const body = rng.digits(6)
  return rng.text(3, UPPER) + body + checked(rng, luhn(body), wrong)
}

const INDIAN_STATES =
  'AN AP AR AS BR CH CG DL GA GJ HR HP JK JH KA KL LD MP MH MN ML MZ NL OD PY PB RJ SK TN TS TR UP UK WB'.split(' ')
const registration = (rng: Rng, wrong: boolean): string =>
  `${wrong ? rng.pick(['XQ', 'ZZ', 'QW', 'FX']) : rng.pick(INDIAN_STATES)}${String(rng.int(1, 60)).padStart(2, '0')}${rng.text(2, 'ABCDEFGHJKLMNPQRSTUVWXYZ')}${String(rng.int(1, 9999)).padStart(4, '0')}`

function nric(rng: Rng, wrong: boolean): string {
  const first = rng.text(1, 'STFGM')
  const body = rng.digits(7)
  const sum = weighted(body, [2, 7, 6, 5, 4, 3, 2]) + ({ T: 4, G: 4, M: 3 }[first] ?? 0)
  const alphabet = first === 'M' ? 'KLJNPQRTUWX' : /[FG]/.test(first) ? 'XWUTRQPNMLK' : 'JZIHGFEDCBA'
  return first + body + checkedChar(rng, alphabet, first === 'M' ? 10 - (sum % 11) : sum % 11, wrong)
}

const UEN_ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWX0123456789'
function uen(rng: Rng, wrong: boolean): string {
  const shape = rng.int(0, 2)
  if (shape === 0) {
    const body = rng.digits(8)
    return body + checkedChar(rng, 'XMKECAWLJDB', weighted(body, [10, 4, 9, 3, 8, 2, 7, 1]) % 11, wrong)
  }
  if (shape === 1) {
    const body = `${rng.int(1965, 2025)}${rng.digits(5)}`
    return body + checkedChar(rng, 'ZKCMDNERGWH', weighted(body, [10, 8, 6, 4, 9, 7, 5, 3, 1]) % 11, wrong)
  }
  const body = `${rng.pick(['T', 'S'])}${String(rng.int(0, 25)).padStart(2, '0')}${rng.pick(['LL', 'LP', 'FC', 'PF', 'SS', 'GB', 'CC'])}${rng.digits(4)}`
  const sum = Array.from(body).reduce(
    (total, char, n) => total + UEN_ALPHABET.indexOf(char) * [4, 3, 5, 3, 10, 2, 2, 5, 7][n]!,
    0,
  )
  return body + checkedChar(rng, UEN_ALPHABET.slice(0, 11), (((sum - 5) % 11) + 11) % 11, wrong)
}

const KOREAN = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]
function rrn(rng: Rng, wrong: boolean): string {
  const { year, yy, mm, dd } = birthday(rng)
  const sex = year < 2000 ? rng.int(1, 2) : rng.int(3, 4)
  if (wrong) return `${yy}${rng.int(13, 99)}${dd}${sex}${rng.digits(6)}`
  const body = `${yy}${mm}${dd}${sex}${rng.digits(5)}`
  return body + ((11 - (weighted(body, KOREAN) % 11)) % 10)
}

function frn(rng: Rng, wrong: boolean): string {
  const { year, yy, mm, dd } = birthday(rng)
  const sex = year < 2000 ? rng.int(5, 6) : rng.int(7, 8)
  if (wrong) return `${yy}${rng.int(13, 99)}${dd}${sex}${rng.digits(6)}`
  const body = `${yy}${mm}${dd}${sex}${rng.digits(5)}`
  return body + ((13 - (weighted(body, KOREAN) % 11)) % 10)
}

function brn(rng: Rng, wrong: boolean): string {
  const body = `${rng.int(101, 899)}${rng.int(10, 89)}${rng.int(1000, 9999)}`
  const sum = weighted(body, [1, 3, 7, 1, 3, 7, 1, 3, 5]) + Math.floor((Number(body[8]) * 5) / 10)
  return body + checked(rng, (10 - (sum % 10)) % 10, wrong)
}

function thai(rng: Rng, wrong: boolean): string {
  const body = rng.text(1, '12345678') + rng.text(1, '123456789') + rng.digits(10)
  return body + checked(rng, (11 - (weighted(body, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 10, wrong)
}

function phTin(rng: Rng, wrong: boolean): string {
  return until(() => {
    const body = rng.text(1, '123456789') + rng.digits(7)
    const check = weighted(body, [9, 8, 7, 6, 5, 4, 3, 2]) % 11
    return check === 10
      ? undefined
      : body + checked(rng, check, wrong) + (rng.chance(0.6) ? rng.pick(['000', '001', '002']) : '')
  })
}

function myNumber(rng: Rng, wrong: boolean): string {
  const body = rng.digits(11)
  return body + checked(rng, elevenMinus(weighted(body, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2])), wrong)
}

const REGIONS = ['110101', '310104', '440305', '510107', '330106', '420106', '610113', '370202', '350203', '500112']
function residentId(rng: Rng, wrong: boolean): string {
  const { yyyy, mm, dd } = birthday(rng)
  const body = rng.pick(REGIONS) + yyyy + mm + dd + rng.digits(3)
  const rest = weighted(body, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11
  return body + checkedChar(rng, '0123456789X', (12 - rest) % 11, wrong)
}

function hkid(rng: Rng, wrong: boolean): string {
  const letters = rng.chance(0.9) ? rng.text(1, 'ABCDEFGHKMPRVWYZ') : rng.pick(['WX', 'XA', 'XD'])
  const body = rng.digits(6)
  const sum = Array.from(letters.padStart(2, ' ')).reduce(
    (total, char, n) => total + (char === ' ' ? 36 : char.charCodeAt(0) - 55) * (9 - n),
    0,
  )
  const check = (11 - ((sum + weighted(body, [7, 6, 5, 4, 3, 2])) % 11)) % 11
  return letters + body + checkedChar(rng, '0123456789A', check, wrong)
}

const TAIWAN: Readonly<Record<string, number>> = Object.fromEntries(
  Array.from('ABCDEFGHJKLMNPQRSTUVXYWZIO').map((letter, n) => [letter, n + 10]),
)
function taiwan(rng: Rng, wrong: boolean): string {
  const letter = rng.text(1, 'ABCDEFGHJKMNPQTUVX')
  const body = rng.text(1, '12') + rng.digits(7)
  const sum = weighted(`${TAIWAN[letter]}${body}`, [1, 9, 8, 7, 6, 5, 4, 3, 2, 1])
  return letter + body + checked(rng, (10 - (sum % 10)) % 10, wrong)
}

function nik(rng: Rng, wrong: boolean): string {
  const { yy, mm, dd } = birthday(rng)
  const day = String(Number(dd) + (rng.chance(0.5) ? 40 : 0)).padStart(2, '0')
  const region = rng.pick([
    '317104',
    '327301',
    '357801',
    '110101',
    '127101',
    '517103',
    '730101',
    '640101',
    '320115',
    '340401',
  ])
  return `${region}${wrong ? rng.int(32, 39) : day}${wrong ? rng.int(13, 99) : mm}${yy}${String(rng.int(1, 9999)).padStart(4, '0')}`
}

function mykad(rng: Rng, wrong: boolean): string {
  const { yy, mm, dd } = birthday(rng)
  const place = rng.pick(['01', '02', '03', '05', '07', '08', '10', '12', '13', '14', '21', '56'])
  return `${yy}${wrong ? rng.int(13, 99) : mm}${dd}${place}${rng.digits(4)}`
}

function cpf(rng: Rng, wrong: boolean): string {
  const body = rng.digits(9)
  const first = elevenMinus(weighted(body, [10, 9, 8, 7, 6, 5, 4, 3, 2]))
  return `${body}${first}${checked(rng, elevenMinus(weighted(`${body}${first}`, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2])), wrong)}`
}

/** Letters count as their code minus 48: the alphanumeric CNPJ of 2026. */
function cnpj(rng: Rng, wrong: boolean): string {
  const body = rng.chance(0.2)
    ? rng.text(8, DIGITS + UPPER) + rng.text(4, DIGITS + UPPER)
    : `${rng.digits(8)}000${rng.int(1, 9)}`
  const weights = [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]
  const first = elevenMinus(weighted(body, weights.slice(1)))
  return `${body}${first}${checked(rng, elevenMinus(weighted(`${body}${first}`, weights)), wrong)}`
}

function nigeria(rng: Rng, wrong: boolean): string {
  const body = rng.text(1, '123456789') + rng.digits(9)
  return body + checked(rng, verhoeff(body), wrong)
}

/** Hong Kong's check stands in brackets. */
const bracketed = (compact: string): string => `${compact.slice(0, -1)}(${compact.slice(-1)})`
const hongKong: Kind = {
  type: 'HK_ID_CARD',
  family: 'id',
  labels: { zh: ['身份證號碼', '香港身份證', '身份證'], en: ['HKID', 'Hong Kong ID card number', 'HKID number'] },
  keys: ['hkid', 'hk_id_card'],
  neighbours: ['TW_NATIONAL_ID', 'CA_PASSPORT'],
  value: (rng) => (rng.chance(0.75) ? bracketed(hkid(rng, false)) : hkid(rng, false)),
  broken: (rng) => (rng.chance(0.75) ? bracketed(hkid(rng, true)) : hkid(rng, true)),
  bare: (rng) => bracketed(hkid(rng, false)),
}

export const INDIA_SOUTH_EAST: readonly Kind[] = [
  kind({
    type: 'IN_AADHAAR',
    labels: { hi: ['आधार संख्या', 'आधार नंबर', 'आधार कार्ड'], en: ['Aadhaar', 'Aadhaar number', 'Aadhaar card no.'] },
    keys: ['aadhaar', 'aadhaar_number'],
    make: aadhaar,
    forms: ['#### #### ####', '#### #### ####', '####-####-####', ''],
    neighbours: ['JP_MY_NUMBER', 'PHONE_NUMBER'],
  }),
  kind({
    type: 'IN_PAN',
    labels: { hi: ['पैन नंबर', 'पैन', 'पैन कार्ड'], en: ['PAN', 'PAN number', 'PAN card', 'permanent account number'] },
    keys: ['pan_number', 'pan_card'],
    make: pan,
    bare: [''],
    neighbours: ['IN_VOTER', 'MX_RFC'],
  }),
  kind({
    type: 'IN_GSTIN',
    family: 'company',
    labels: { hi: ['जीएसटीआईएन', 'GSTIN'], en: ['GSTIN', 'GST number', 'GST no.'] },
    keys: ['gstin', 'gst_number'],
    make: gstin,
    bare: [''],
    neighbours: ['IN_PAN', 'MX_CURP'],
  }),
  kind({
    type: 'IN_PASSPORT',
    labels: {
      hi: ['पासपोर्ट नंबर', 'भारतीय पासपोर्ट'],
      en: ['Indian passport', 'Indian passport number', 'passport no. (India)'],
    },
    keys: ['indian_passport', 'in_passport_number'],
    make: (rng) => rng.text(1, 'ABCDEFGHJKLMNPRSTUVWYZ') + rng.text(1, '123456789') + rng.digits(6),
    neighbours: ['CA_PASSPORT', 'US_DRIVER_LICENSE'],
  }),
  kind({
    type: 'IN_VOTER',
    labels: { hi: ['मतदाता पहचान पत्र', 'वोटर आईडी'], en: ['voter ID', 'EPIC number', 'voter card number'] },
    keys: ['voter_id', 'epic_number'],
    make: voter,
    neighbours: ['ES_PASSPORT', 'IN_PAN'],
  }),
  kind({
    type: 'IN_VEHICLE_REGISTRATION',
    labels: {
      hi: ['वाहन पंजीकरण संख्या', 'गाड़ी नंबर'],
      en: ['vehicle registration number', 'vehicle number', 'RC number'],
    },
    keys: ['vehicle_number', 'vehicle_registration_in'],
    make: registration,
    forms: ['', '## ## ## ####', '##-##-##-####'],
    neighbours: ['IN_VOTER', 'IN_PAN'],
  }),
  kind({
    type: 'SG_NRIC_FIN',
    labels: {
      zh: ['身份证号码', '新加坡身份证'],
      en: ['NRIC', 'FIN', 'NRIC/FIN', 'NRIC number'],
      ms: ['nombor NRIC', 'NRIC'],
    },
    keys: ['nric', 'nric_fin'],
    make: nric,
    bare: [''],
    neighbours: ['ES_NIE', 'IN_PASSPORT'],
  }),
  kind({
    type: 'SG_UEN',
    family: 'company',
    labels: { en: ['UEN', 'UEN number', 'unique entity number'] },
    keys: ['uen', 'entity_uen'],
    make: uen,
    neighbours: ['ES_NIF', 'IE_PPSN'],
  }),
  kind({
    type: 'TH_TNIN',
    labels: {
      th: ['เลขประจำตัวประชาชน', 'บัตรประชาชน', 'เลขบัตรประชาชน'],
      en: ['Thai national ID', 'Thai ID card number'],
    },
    keys: ['thai_id', 'citizen_id_th'],
    make: thai,
    forms: ['#-####-#####-##-#', '# #### ##### ## #', ''],
    bare: ['#-####-#####-##-#'],
    neighbours: ['KR_RRN', 'ZA_ID_NUMBER'],
  }),
  kind({
    type: 'PH_TIN',
    labels: { en: ['Philippine TIN', 'BIR TIN', 'TIN (Philippines)'] },
    keys: ['ph_tin', 'bir_tin'],
    make: phTin,
    forms: ['###-###-###', '###-###-###-###', ''],
    neighbours: ['NZ_IRD', 'CA_SIN'],
  }),
  kind({
    type: 'ID_NIK',
    labels: { id: ['NIK', 'nomor NIK', 'nomor KTP', 'Nomor Induk Kependudukan'], en: ['Indonesian NIK', 'NIK'] },
    keys: ['nik', 'nomor_ktp'],
    make: nik,
    neighbours: ['CREDIT_CARD', 'IMEI'],
  }),
  kind({
    type: 'MY_NRIC',
    labels: {
      ms: ['no. kad pengenalan', 'MyKad', 'nombor kad pengenalan', 'No. KP'],
      en: ['MyKad number', 'Malaysian IC number'],
    },
    keys: ['mykad', 'no_kad_pengenalan'],
    make: mykad,
    forms: ['######-##-####', '######-##-####', ''],
    neighbours: ['KR_RRN', 'JP_MY_NUMBER'],
  }),
]

export const EAST_ASIA_LATIN: readonly Kind[] = [
  kind({
    type: 'KR_RRN',
    labels: { ko: ['주민등록번호', '주민번호'], en: ['Korean RRN', 'resident registration number'] },
    keys: ['rrn', 'resident_registration_number'],
    make: rrn,
    forms: ['######-#######', '######-#######', ''],
    bare: ['######-#######'],
    neighbours: ['KR_FRN', 'ZA_ID_NUMBER'],
  }),
  kind({
    type: 'KR_BRN',
    family: 'company',
    labels: {
      ko: ['사업자등록번호', '사업자번호'],
      en: ['Korean business registration number', 'KR business registration no.'],
    },
    keys: ['kr_brn', 'business_registration_number_kr'],
    make: brn,
    forms: ['###-##-#####', '###-##-#####', ''],
    neighbours: ['US_SSN', 'PL_NIP'],
  }),
  kind({
    type: 'KR_FRN',
    labels: {
      ko: ['외국인등록번호', '외국인번호'],
      en: ['Korean foreigner registration number', 'alien registration number (Korea)'],
    },
    keys: ['frn', 'foreigner_registration_number'],
    make: frn,
    forms: ['######-#######', '######-#######', ''],
    neighbours: ['KR_RRN', 'ZA_ID_NUMBER'],
  }),
  kind({
    type: 'JP_MY_NUMBER',
    labels: { ja: ['マイナンバー', '個人番号', 'マイナンバーカード番号'], en: ['My Number', 'Japanese My Number'] },
    keys: ['my_number', 'kojin_bango'],
    make: myNumber,
    forms: ['', '#### #### ####', '####-####-####'],
    neighbours: ['IN_AADHAAR', 'MY_NRIC'],
  }),
  kind({
    type: 'CN_RESIDENT_ID',
    labels: { zh: ['身份证号', '身份证号码', '居民身份证'], en: ['Chinese resident ID', 'PRC ID number'] },
    keys: ['resident_id', 'shenfenzheng'],
    make: residentId,
    bare: [''],
    neighbours: ['ICCID', 'CREDIT_CARD'],
  }),
  hongKong,
  kind({
    type: 'TW_NATIONAL_ID',
    labels: { zh: ['身分證字號', '身分證號碼', '國民身分證'], en: ['Taiwanese national ID', 'Taiwan ID number'] },
    keys: ['tw_id', 'taiwan_national_id'],
    make: taiwan,
    neighbours: ['HK_ID_CARD', 'DE_HEALTH_INSURANCE'],
  }),
  kind({
    type: 'BR_CPF',
    labels: { pt: ['CPF', 'número do CPF', 'CPF nº'], en: ['Brazilian CPF', 'CPF'] },
    keys: ['cpf', 'cpf_cliente'],
    make: cpf,
    forms: ['###.###.###-##', '###.###.###-##', ''],
    bare: ['###.###.###-##'],
    neighbours: ['AR_CUIT', 'PHONE_NUMBER'],
  }),
  kind({
    type: 'BR_CNPJ',
    family: 'company',
    labels: { pt: ['CNPJ', 'CNPJ da empresa', 'CNPJ nº'], en: ['Brazilian CNPJ', 'CNPJ'] },
    keys: ['cnpj', 'cnpj_empresa'],
    make: cnpj,
    forms: ['##.###.###/####-##', '##.###.###/####-##', ''],
    bare: ['##.###.###/####-##'],
    neighbours: ['BR_CPF', 'FR_SIRET'],
  }),
  kind({
    type: 'NG_NIN',
    labels: { en: ['NIN', 'Nigerian NIN', 'National Identification Number (NIN)'] },
    keys: ['nin', 'nigerian_nin'],
    make: nigeria,
    neighbours: ['TR_NATIONAL_ID', 'PL_PESEL'],
  }),
]
