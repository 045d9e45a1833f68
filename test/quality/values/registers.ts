import { crossSummed, down, elevenMinus, luhn, mod97, verhoeff, weighted } from '../checks/digits.ts'
import { UPPER, type Rng } from '../rng.ts'
import { birthday, checked, checkedChar, kind, until, type Day, type Kind } from './kind.ts'

/* Numbers of people and companies in registers of countries that have other kinds in the files by region. */

const two = (value: number): string => String(value).padStart(2, '0')
/** Two check digits, or two others. */
const checkedPair = (rng: Rng, check: number, wrong: boolean): string =>
  two(wrong ? (check + rng.int(1, 96)) % 97 : check)
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

function frenchVat(rng: Rng, wrong: boolean): string {
  const siren = rng.text(1, '345789') + rng.digits(7)
  const whole = siren + luhn(siren)
  return `FR${checkedPair(rng, (12 + 3 * mod97(whole)) % 97, wrong)}${whole}`
}

function spanishSocialSecurity(rng: Rng, wrong: boolean): string {
  const body = `${two(rng.int(1, 52))}${rng.text(1, '123456789')}${rng.digits(7)}`
  return body + checkedPair(rng, mod97(body), wrong)
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

function matricule(rng: Rng, wrong: boolean): string {
  const { yyyy, mm, dd } = birthday(rng)
  const body = yyyy + mm + dd + rng.digits(3)
  return `${body}${luhn(body)}${checked(rng, verhoeff(body), wrong)}`
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

const CREDIT_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
function creditCode(rng: Rng, wrong: boolean): string {
  const organisation = rng.digits(8)
  const rest = (11 - (weighted(organisation, [3, 7, 9, 10, 5, 8, 4, 2]) % 11)) % 11
  const body = `91${rng.pick(['110108', '310115', '440300', '330106', '510100'])}${organisation}${'0123456789X'[rest]}`
  const sum = Array.from(body).reduce((total, char, n) => total + CREDIT_ALPHABET.indexOf(char) * (3 ** n % 31), 0)
  return body + checkedChar(rng, CREDIT_ALPHABET, (31 - (sum % 31)) % 31, wrong)
}

function pis(rng: Rng, wrong: boolean): string {
  const body = rng.text(1, '12') + rng.digits(9)
  return body + checked(rng, elevenMinus(weighted(body, [3, 2, 9, 8, 7, 6, 5, 4, 3, 2])), wrong)
}

function ruc(rng: Rng, wrong: boolean): string {
  const body = rng.pick(['10', '20', '20']) + rng.digits(8)
  return body + checked(rng, (11 - (weighted(body, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 10, wrong)
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

const COMPANIES: readonly Kind[] = [
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

export const REGISTERS: readonly Kind[] = [...COMPANIES, ...TAXES, ...PEOPLE]
