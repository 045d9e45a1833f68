import { down, elevenMinus, luhn, mod97, verhoeff, weighted } from '../checks/digits.ts'
import { UPPER, type Rng } from '../rng.ts'
import { birthday, checked, checkedPair, kind, two, until, type Day, type Kind } from './kind.ts'

/* Numbers of people and of their taxes in registers of countries that have other kinds in the files by region. */

const daysSince = (from: number, { yyyy, mm, dd }: Day): number =>
  Math.round((Date.parse(`${yyyy}-${mm}-${dd}T00:00:00Z`) - from) / 86_400_000)

function chi(rng: Rng, wrong: boolean): string {
  return until(() => {
    const { yy, mm, dd } = birthday(rng)
    const body = dd + mm + yy + rng.digits(3)
    const check = 11 - (weighted(body, down(10, 2)) % 11)
    return check === 10 ? undefined : body + checked(rng, check % 11, wrong)
  })
}

function spanishSocialSecurity(rng: Rng, wrong: boolean): string {
  const body = `${two(rng.int(1, 52))}${rng.text(1, '123456789')}${rng.digits(7)}`
  return body + checkedPair(rng, mod97(body), wrong)
}

function matricule(rng: Rng, wrong: boolean): string {
  const { yyyy, mm, dd } = birthday(rng)
  const body = yyyy + mm + dd + rng.digits(3)
  return `${body}${luhn(body)}${checked(rng, verhoeff(body), wrong)}`
}

function hungarianTax(rng: Rng, wrong: boolean): string {
  return until(() => {
    const body = `8${daysSince(Date.parse('1867-01-01T00:00:00Z'), birthday(rng))}${rng.digits(3)}`
    const check = weighted(body, [1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11
    return check === 10 ? undefined : body + checked(rng, check, wrong)
  })
}

function emso(rng: Rng, wrong: boolean): string {
  return until(() => {
    const { yyyy, mm, dd } = birthday(rng)
    const body = `${dd}${mm}${yyyy.slice(1)}50${rng.digits(3)}`
    const check = 11 - (weighted(body, [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)
    return check === 10 ? undefined : body + checked(rng, check % 11, wrong)
  })
}

const RUSSIAN = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]

function inn(rng: Rng, wrong: boolean): string {
  const region = rng.pick(['77', '78', '50', '16', '66', '54', '23', '63'])
  if (rng.chance(0.4)) {
    const body = region + rng.digits(7)
    return body + checked(rng, (weighted(body, RUSSIAN.slice(2)) % 11) % 10, wrong)
  }
  const body = region + rng.digits(8)
  const first = body + ((weighted(body, RUSSIAN.slice(1)) % 11) % 10)
  return first + checked(rng, (weighted(first, RUSSIAN) % 11) % 10, wrong)
}

function snils(rng: Rng, wrong: boolean): string {
  const body = `${rng.text(1, '1')}${rng.digits(8)}`
  const check = (weighted(body, down(9, 1)) % 101) % 100
  return body + two(wrong ? (check + rng.int(1, 99)) % 100 : check)
}

function rnokpp(rng: Rng, wrong: boolean): string {
  const body = `${daysSince(Date.parse('1899-12-31T00:00:00Z'), birthday(rng))}${rng.digits(4)}`
  const sum = weighted(body, [0, 5, 7, 9, 4, 6, 10, 5, 7]) - Number(body[0])
  return body + checked(rng, (((sum % 11) + 11) % 11) % 10, wrong)
}

function iin(rng: Rng, wrong: boolean): string {
  return until(() => {
    const { year, yy, mm, dd } = birthday(rng)
    const body = `${yy}${mm}${dd}${year < 2000 ? rng.int(3, 4) : rng.int(5, 6)}${rng.digits(4)}`
    let check = weighted(body, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) % 11
    if (check === 10) check = weighted(body, [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]) % 11
    return check === 10 ? undefined : body + checked(rng, check, wrong)
  })
}

function pis(rng: Rng, wrong: boolean): string {
  const body = rng.text(1, '12') + rng.digits(9)
  return body + checked(rng, elevenMinus(weighted(body, [3, 2, 9, 8, 7, 6, 5, 4, 3, 2])), wrong)
}

function vkn(rng: Rng, wrong: boolean): string {
  const body = rng.text(1, '123456789') + rng.digits(8)
  const sum = Array.from(body).reduce((total, char, n) => {
    const moved = (Number(char) + 9 - n) % 10
    const part = (moved * 2 ** (9 - n)) % 9
    return total + (moved !== 0 && part === 0 ? 9 : part)
  }, 0)
  return body + checked(rng, (10 - (sum % 10)) % 10, wrong)
}

const luhnAfter =
  (first: string, digits: number) =>
  (rng: Rng, wrong: boolean): string => {
    const body = rng.text(1, first) + rng.digits(digits)
    return body + checked(rng, luhn(body), wrong)
  }

function ecuador(rng: Rng, wrong: boolean): string {
  const body = `${two(rng.int(1, 24))}${rng.text(1, '012345')}${rng.digits(6)}`
  return body + checked(rng, luhn(body), wrong)
}

function uruguay(rng: Rng, wrong: boolean): string {
  const body = rng.text(1, '12345') + rng.digits(6)
  return body + checked(rng, (10 - (weighted(body, [2, 9, 8, 7, 6, 3, 4]) % 10)) % 10, wrong)
}

function kuwait(rng: Rng, wrong: boolean): string {
  return until(() => {
    const { year, yy, mm, dd } = birthday(rng)
    const body = `${year < 2000 ? 2 : 3}${yy}${mm}${dd}${rng.digits(4)}`
    const check = 11 - (weighted(body, [2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11)
    return check > 9 ? undefined : body + checked(rng, check, wrong)
  })
}

function egypt(rng: Rng, wrong: boolean): string {
  const { year, yy, mm, dd } = birthday(rng)
  return `${year < 2000 ? 2 : 3}${yy}${wrong ? rng.int(13, 99) : mm}${dd}${rng.pick(['01', '02', '12', '21', '88'])}${rng.digits(5)}`
}

const cccd = (rng: Rng, wrong: boolean): string => {
  const { year, yy } = birthday(rng)
  return `${wrong ? rng.int(100, 999) : rng.pick(['001', '079', '048', '031', '092', '038'])}${year < 2000 ? rng.int(0, 1) : rng.int(2, 3)}${yy}${rng.digits(6)}`
}

/** Offices of two or three digits, a district, a number. */
const GERMAN_OFFICES = ['##/###/#####', '###/###/#####', '###/####/####', '#####/#####']

const germanTax = (rng: Rng): string => rng.pick(GERMAN_OFFICES).replace(/#/g, () => rng.digits(1))

const TAXES: readonly Kind[] = [
  kind({
    type: 'DE_TAX_NUMBER',
    labels: { de: ['Steuernummer', 'Steuer-Nr.', 'St.-Nr.'], en: ['German tax number', 'Steuernummer'] },
    keys: ['steuernummer', 'steuer_nr'],
    make: germanTax,
    neighbours: ['DE_TAX_ID', 'PHONE_NUMBER'],
  }),
  kind({
    type: 'HU_TAX_ID',
    labels: { hu: ['adóazonosító jel', 'adóazonosító', 'adóazonosító szám'], en: ['Hungarian tax ID'] },
    keys: ['adoazonosito_jel', 'adoazonosito'],
    make: hungarianTax,
    neighbours: ['HU_TAJ', 'PL_NIP'],
  }),
  kind({
    type: 'RU_INN',
    labels: { ru: ['ИНН', 'номер ИНН'], en: ['Russian INN', 'Russian taxpayer number (INN)'] },
    keys: ['inn', 'inn_client'],
    make: inn,
    neighbours: ['RU_SNILS', 'PHONE_NUMBER'],
  }),
  kind({
    type: 'UA_TAX_NUMBER',
    labels: { uk: ['РНОКПП', 'ІПН', 'ідентифікаційний код'], en: ['Ukrainian tax number', 'RNOKPP'] },
    keys: ['rnokpp', 'ipn'],
    make: rnokpp,
    neighbours: ['RU_INN', 'PHONE_NUMBER'],
  }),
  kind({
    type: 'TR_TAX_NUMBER',
    labels: { tr: ['vergi numarası', 'vergi kimlik numarası', 'VKN'], en: ['Turkish tax number', 'VKN'] },
    keys: ['vergi_no', 'vergi_numarasi'],
    make: vkn,
    neighbours: ['TR_NATIONAL_ID', 'PHONE_NUMBER'],
  }),
  kind({
    type: 'KE_KRA_PIN',
    labels: { en: ['KRA PIN', 'KRA PIN number'] },
    keys: ['kra_pin', 'kra_pin_number'],
    make: (rng, wrong) => `${rng.text(1, wrong ? 'QXZ' : 'AP')}0${rng.digits(8)}${rng.text(1, UPPER)}`,
    neighbours: ['IN_PAN', 'US_PASSPORT'],
  }),
]

const PEOPLE: readonly Kind[] = [
  kind({
    type: 'MEDICAL_RECORD_NUMBER',
    family: 'health',
    labels: { en: ['MRN', 'medical record number', 'medical record no.'] },
    keys: ['mrn', 'medical_record_number'],
    make: (rng) => (rng.chance(0.8) ? rng.digits(rng.int(6, 9)) : `${rng.text(1, UPPER)}${rng.digits(7)}`),
    neighbours: ['US_NPI', 'US_MBI'],
  }),
  kind({
    type: 'UK_CHI',
    family: 'health',
    labels: { en: ['CHI number', 'CHI', 'CHI no.'] },
    keys: ['chi', 'chi_number'],
    make: chi,
    forms: ['', '', '### ### ####', '###### ####'],
    neighbours: ['UK_NHS', 'PHONE_NUMBER'],
  }),
  kind({
    type: 'ES_SOCIAL_SECURITY',
    labels: {
      es: ['número de la Seguridad Social', 'NUSS', 'número de Seguridad Social'],
      en: ['Spanish social security number'],
    },
    keys: ['nuss', 'numero_seguridad_social'],
    make: spanishSocialSecurity,
    forms: ['', '##/########/##', '## ######## ##', '##-########-##'],
    neighbours: ['IN_AADHAAR', 'JP_MY_NUMBER'],
  }),
  kind({
    type: 'LU_MATRICULE',
    labels: { fr: ['matricule', 'matricule national', 'numéro de matricule'], en: ['Luxembourg matricule'] },
    keys: ['matricule', 'matricule_national'],
    make: matricule,
    neighbours: ['FR_NIR', 'ZA_ID_NUMBER'],
  }),
  kind({
    type: 'SI_EMSO',
    labels: { en: ['EMŠO', 'Slovenian EMŠO'] },
    keys: ['emso', 'emso_stevilka'],
    make: emso,
    neighbours: ['HR_OIB', 'RO_CNP'],
  }),
  kind({
    type: 'RU_SNILS',
    labels: { ru: ['СНИЛС', 'номер СНИЛС'], en: ['SNILS', 'Russian SNILS'] },
    keys: ['snils', 'snils_number'],
    make: snils,
    forms: ['###-###-### ##', '###-###-### ##', '###########'],
    bare: ['###-###-### ##'],
    neighbours: ['RU_INN', 'BR_CPF'],
  }),
  kind({
    type: 'KZ_IIN',
    labels: { ru: ['ИИН', 'номер ИИН'], en: ['Kazakh IIN', 'IIN (Kazakhstan)'] },
    keys: ['iin', 'iin_client'],
    make: iin,
    neighbours: ['RU_INN', 'JP_MY_NUMBER'],
  }),
  kind({
    type: 'PK_CNIC',
    labels: { en: ['CNIC', 'CNIC number', 'Pakistani CNIC'] },
    keys: ['cnic', 'cnic_number'],
    make: (rng, wrong) => `${rng.text(1, wrong ? '089' : '1234567')}${rng.digits(12)}`,
    forms: ['#####-#######-#', '#####-#######-#', ''],
    bare: ['#####-#######-#'],
    neighbours: ['TH_TNIN', 'ZA_ID_NUMBER'],
  }),
  kind({
    type: 'VN_CCCD',
    labels: { vi: ['số CCCD', 'CCCD', 'căn cước công dân'], en: ['Vietnamese CCCD', 'CCCD number'] },
    keys: ['cccd', 'so_cccd'],
    make: cccd,
    neighbours: ['JP_MY_NUMBER', 'IN_AADHAAR'],
  }),
  kind({
    type: 'BR_PIS',
    labels: { pt: ['PIS', 'PIS/PASEP', 'número do PIS'], en: ['Brazilian PIS', 'PIS/PASEP'] },
    keys: ['pis', 'pis_pasep'],
    make: pis,
    forms: ['###.#####.##-#', '###.#####.##-#', ''],
    neighbours: ['BR_CPF', 'BR_CNH'],
  }),
  kind({
    type: 'MX_NSS',
    labels: { es: ['NSS', 'número de seguridad social', 'NSS del IMSS'], en: ['Mexican NSS', 'IMSS number (NSS)'] },
    keys: ['nss', 'nss_imss'],
    make: luhnAfter('0123456789', 9),
    forms: ['', '', '## ## ## #### #'],
    neighbours: ['BR_CPF', 'PE_RUC'],
  }),
  kind({
    type: 'AR_DNI',
    labels: { es: ['DNI argentino', 'documento nacional de identidad'], en: ['Argentine DNI'] },
    keys: ['dni_argentino', 'documento_nacional_identidad'],
    make: (rng) => `${rng.text(1, '1234')}${rng.digits(7)}`,
    forms: ['##.###.###', '##.###.###', ''],
    neighbours: ['AR_CUIT', 'DK_CVR'],
  }),
  kind({
    type: 'CO_CEDULA',
    labels: { es: ['cédula de ciudadanía', 'cédula de ciudadanía n.º', 'C.C.'], en: ['Colombian cédula'] },
    keys: ['cedula_ciudadania', 'cedula_colombiana'],
    make: (rng) => (rng.chance(0.5) ? `1${rng.digits(9)}` : `${rng.text(1, '12345678')}${rng.digits(7)}`),
    forms: ['#.###.###.###', '##.###.###', ''],
    neighbours: ['CO_NIT', 'PHONE_NUMBER'],
  }),
  kind({
    type: 'EC_CEDULA',
    labels: { es: ['cédula ecuatoriana', 'cédula de identidad ecuatoriana'], en: ['Ecuadorian cédula'] },
    keys: ['cedula_ecuatoriana', 'ecuadorian_cedula'],
    make: ecuador,
    forms: ['', '', '#########-#'],
    neighbours: ['CO_NIT', 'PHONE_NUMBER'],
  }),
  kind({
    type: 'UY_CI',
    labels: { es: ['cédula uruguaya', 'cédula de identidad uruguaya'], en: ['Uruguayan ID card', 'Uruguayan CI'] },
    keys: ['cedula_uruguaya', 'uruguayan_ci'],
    make: uruguay,
    forms: ['#.###.###-#', '#.###.###-#', '#######-#'],
    neighbours: ['CL_RUT', 'AR_DNI'],
  }),
  kind({
    type: 'SA_NATIONAL_ID',
    labels: { ar: ['رقم الهوية', 'رقم الهوية الوطنية', 'رقم الإقامة'], en: ['Saudi national ID', 'iqama number'] },
    keys: ['saudi_id', 'iqama_number'],
    make: luhnAfter('12', 8),
    neighbours: ['PHONE_NUMBER', 'US_NPI'],
  }),
  kind({
    type: 'KW_CIVIL_ID',
    labels: { ar: ['الرقم المدني', 'البطاقة المدنية'], en: ['Kuwaiti civil ID', 'civil ID number'] },
    keys: ['civil_id', 'civil_id_number'],
    make: kuwait,
    neighbours: ['JP_MY_NUMBER', 'IN_AADHAAR'],
  }),
  kind({
    type: 'NG_BVN',
    family: 'bank',
    labels: { en: ['BVN', 'Bank Verification Number', 'BVN number'] },
    keys: ['bvn', 'bank_verification_number'],
    make: (rng) => `22${rng.digits(9)}`,
    neighbours: ['NG_NIN', 'PHONE_NUMBER'],
  }),
  kind({
    type: 'EG_NATIONAL_ID',
    labels: { ar: ['الرقم القومي', 'رقم قومي'], en: ['Egyptian national ID', 'Egyptian national ID number'] },
    keys: ['egyptian_id', 'national_id_eg'],
    make: egypt,
    neighbours: ['CREDIT_CARD', 'IMEI'],
  }),
]

export const REGISTERS: readonly Kind[] = [...TAXES, ...PEOPLE]
