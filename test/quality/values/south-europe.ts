import { luhn, weighted } from '../checks/digits.ts'
import { UPPER, type Rng } from '../rng.ts'
import { birthday, checked, checkedChar, kind, until, type Kind } from './kind.ts'

const NIF_LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE'
function nif(rng: Rng, wrong: boolean): string {
  const body = rng.text(1, '01234567') + rng.digits(7)
  return body + checkedChar(rng, NIF_LETTERS, Number(body) % 23, wrong)
}

function nie(rng: Rng, wrong: boolean): string {
  const first = rng.int(0, 2)
  const body = rng.digits(7)
  return 'XYZ'[first] + body + checkedChar(rng, NIF_LETTERS, Number(first + body) % 23, wrong)
}

function cif(rng: Rng, wrong: boolean): string {
  const kindOfCompany = rng.text(1, 'ABEHGPQSR')
  const body = `${rng.pick(['08', '28', '41', '46', '48', '50', '15', '30', '81', '64'])}${rng.digits(5)}`
  const check = luhn(body)
  return `${kindOfCompany}${body}${/[PQSR]/.test(kindOfCompany) ? checkedChar(rng, 'JABCDEFGHI', check, wrong) : checked(rng, check, wrong)}`
}

const ODD = '1 0 5 7 9 13 15 17 19 21 2 4 18 20 11 3 6 8 12 14 16 10 22 25 24 23'.split(' ').map(Number)
const MONTHS = 'ABCDEHLMPRST'
const CONSONANTS = 'BCDFGLMNPRSTVZ'
const PLACES = ['H501', 'F205', 'L219', 'F839', 'G273', 'D612', 'A944', 'A662', 'L736', 'C351', 'Z404', 'Z112']

function fiscalCode(rng: Rng, wrong: boolean): string {
  const { yy, mm, dd } = birthday(rng)
  const day = Number(dd) + (rng.chance(0.5) ? 40 : 0)
  const name = rng.text(3, CONSONANTS) + rng.text(2, CONSONANTS) + rng.text(1, `${CONSONANTS}AEO`)
  const body = `${name}${yy}${MONTHS[Number(mm) - 1]}${String(day).padStart(2, '0')}${rng.pick(PLACES)}`
  const sum = Array.from(body).reduce((total, char, n) => {
    const value = /\d/.test(char) ? Number(char) : char.charCodeAt(0) - 65
    return total + (n % 2 === 0 ? ODD[value]! : value)
  }, 0)
  return body + checkedChar(rng, UPPER, sum % 26, wrong)
}

function partitaIva(rng: Rng, wrong: boolean): string {
  const body = `${rng.pick(['0', '1'])}${rng.digits(6)}${rng.pick(['001', '015', '024', '048', '058', '063', '082'])}`
  return body + checked(rng, luhn(body), wrong)
}

function nifPortugal(rng: Rng, wrong: boolean): string {
  const body = rng.text(1, '12') + rng.digits(7)
  const rest = weighted(body, [9, 8, 7, 6, 5, 4, 3, 2]) % 11
  return body + checked(rng, rest < 2 ? 0 : 11 - rest, wrong)
}

function afm(rng: Rng, wrong: boolean): string {
  const body = rng.text(1, '01489') + rng.digits(7)
  return body + checked(rng, (weighted(body, [256, 128, 64, 32, 16, 8, 4, 2]) % 11) % 10, wrong)
}

function amka(rng: Rng, wrong: boolean): string {
  const { yy, mm, dd } = birthday(rng)
  const body = dd + mm + yy + rng.digits(4)
  return body + checked(rng, luhn(body), wrong)
}

function rut(rng: Rng, wrong: boolean): string {
  const body = String(rng.int(5_000_000, 26_000_000))
  const reversed = Array.from(body).toReversed().join('')
  const check = 11 - (weighted(reversed, [2, 3, 4, 5, 6, 7]) % 11)
  return body + checkedChar(rng, '0123456789K', check === 11 ? 0 : check, wrong)
}

function cuit(rng: Rng, wrong: boolean): string {
  return until(() => {
    const body = rng.pick(['20', '23', '24', '27', '30', '33']) + rng.digits(8)
    const check = 11 - (weighted(body, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)
    return check === 10 ? undefined : body + checked(rng, check % 11, wrong)
  })
}

function nit(rng: Rng, wrong: boolean): string {
  const body = rng.pick(['8', '9']) + rng.digits(8)
  const reversed = Array.from(body).toReversed().join('')
  const rest = weighted(reversed, [3, 7, 13, 17, 19, 23, 29, 37, 41]) % 11
  return body + checked(rng, rest < 2 ? rest : 11 - rest, wrong)
}

const CURP_ALPHABET = '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ'
const STATES = 'AS BC BS CC CL CM CS CH DF DG GT GR HG JC MC MN MS NT NL OC PL QT QR SP SL SR TC TS TL VZ YN ZS'.split(
  ' ',
)
function curp(rng: Rng, wrong: boolean): string {
  const { year, yy, mm, dd } = birthday(rng)
  const name = rng.text(1, CONSONANTS) + rng.text(1, 'AEIOU') + rng.text(2, CONSONANTS)
  const body = `${name}${yy}${mm}${dd}${rng.text(1, 'HM')}${rng.pick(STATES)}${rng.text(3, CONSONANTS)}${year < 2000 ? rng.digits(1) : rng.text(1, 'ABCD')}`
  const sum = Array.from(body).reduce((total, char, n) => total + CURP_ALPHABET.indexOf(char) * (18 - n), 0)
  return body + checked(rng, (10 - (sum % 10)) % 10, wrong)
}

const RFC_ALPHABET = '0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ'
function rfc(rng: Rng, wrong: boolean): string {
  const { yy, mm, dd } = birthday(rng)
  const name = rng.chance(0.7)
    ? rng.text(1, CONSONANTS) + rng.text(1, 'AEIOU') + rng.text(2, CONSONANTS)
    : rng.text(3, CONSONANTS)
  const body = `${name}${yy}${mm}${dd}${rng.text(1, '123456789ABCDEFGHIJKLMNPQRSTUV')}${rng.text(1, '123456789ABCDEFGHIJKLMNPQRSTUVWXYZ')}`
  const sum = Array.from(body.padStart(12, ' ')).reduce(
    (total, char, n) => total + RFC_ALPHABET.indexOf(char) * (13 - n),
    0,
  )
  return body + checkedChar(rng, '0123456789A', (11 - (sum % 11)) % 11, wrong)
}

export const SOUTH_EUROPE: readonly Kind[] = [
  kind({
    type: 'ES_NIF',
    labels: { es: ['DNI', 'NIF', 'número de DNI'], en: ['Spanish DNI', 'Spanish NIF'] },
    keys: ['dni', 'nif'],
    make: nif,
    forms: ['', '', '########-#', '##.###.###-#', '######## #'],
    bare: ['', '########-#'],
    neighbours: ['ES_NIE', 'IE_PPSN'],
  }),
  kind({
    type: 'ES_NIE',
    labels: { es: ['NIE', 'número de NIE', 'número de identidad de extranjero'], en: ['Spanish NIE', 'NIE number'] },
    keys: ['nie', 'numero_nie'],
    make: nie,
    forms: ['', '', '#-#######-#', '########-#'],
    bare: ['', '#-#######-#'],
    neighbours: ['SG_NRIC_FIN', 'ES_NIF'],
  }),
  kind({
    type: 'ES_CIF',
    family: 'company',
    labels: {
      es: ['CIF', 'CIF de la empresa', 'NIF de la sociedad'],
      en: ['Spanish CIF', 'Spanish company tax ID (CIF)'],
    },
    keys: ['cif', 'cif_empresa'],
    make: cif,
    forms: ['', '', '#-########'],
    neighbours: ['US_PASSPORT', 'DE_ID_CARD'],
  }),
  kind({
    type: 'ES_PASSPORT',
    labels: {
      es: ['pasaporte', 'número de pasaporte', 'pasaporte español'],
      en: ['Spanish passport', 'Spanish passport number'],
    },
    keys: ['pasaporte', 'numero_pasaporte'],
    make: (rng) => rng.text(3, UPPER) + rng.digits(6),
    neighbours: ['US_DEA', 'IN_VOTER'],
  }),
  kind({
    type: 'IT_FISCAL_CODE',
    labels: { it: ['codice fiscale', 'C.F.', 'cod. fiscale'], en: ['Italian fiscal code', 'codice fiscale'] },
    keys: ['codice_fiscale', 'cod_fiscale'],
    make: fiscalCode,
    bare: [''],
    neighbours: ['MX_CURP', 'UK_DRIVING_LICENCE'],
  }),
  kind({
    type: 'IT_VAT_CODE',
    family: 'company',
    labels: { it: ['partita IVA', 'P.IVA', 'P. IVA'], en: ['Italian VAT number', 'partita IVA'] },
    keys: ['partita_iva', 'p_iva'],
    make: partitaIva,
    neighbours: ['PL_PESEL', 'HR_OIB'],
  }),
  kind({
    type: 'IT_IDENTITY_CARD',
    labels: {
      it: ["carta d'identità", "numero carta d'identità", "carta d'identità n."],
      en: ['Italian identity card', 'Italian ID card number'],
    },
    keys: ['carta_identita', 'numero_carta_identita'],
    make: (rng) =>
      rng.chance(0.6)
        ? `C${rng.text(1, UPPER)}${rng.digits(5)}${rng.text(2, UPPER)}`
        : `A${rng.text(1, UPPER)}${rng.digits(7)}`,
    neighbours: ['IT_PASSPORT', 'ES_PASSPORT'],
  }),
  kind({
    type: 'IT_PASSPORT',
    labels: {
      it: ['passaporto', 'numero di passaporto', 'passaporto n.'],
      en: ['Italian passport', 'Italian passport number'],
    },
    keys: ['passaporto', 'numero_passaporto'],
    make: (rng) => `${rng.text(1, 'Y')}${rng.text(1, 'ABC')}${rng.digits(7)}`,
    neighbours: ['IT_IDENTITY_CARD', 'US_DEA'],
  }),
  kind({
    type: 'PT_NIF',
    labels: {
      pt: ['NIF', 'número de contribuinte', 'contribuinte n.º', 'N.º de identificação fiscal'],
      en: ['Portuguese NIF', 'Portuguese tax number'],
    },
    keys: ['nif_pt', 'numero_contribuinte'],
    make: nifPortugal,
    forms: ['', '', '### ### ###'],
    neighbours: ['FR_SIREN', 'CA_SIN'],
  }),
  kind({
    type: 'GR_AFM',
    labels: { el: ['ΑΦΜ', 'Α.Φ.Μ.', 'αριθμός φορολογικού μητρώου'], en: ['Greek AFM', 'Greek tax number (AFM)'] },
    keys: ['afm', 'greek_afm'],
    make: afm,
    neighbours: ['PT_NIF', 'FR_SIREN'],
  }),
  kind({
    type: 'GR_AMKA',
    labels: { el: ['ΑΜΚΑ', 'Α.Μ.Κ.Α.', 'αριθμός ΑΜΚΑ'], en: ['Greek AMKA', 'AMKA'] },
    keys: ['amka', 'greek_amka'],
    make: amka,
    neighbours: ['NO_FODSELSNUMMER', 'TR_NATIONAL_ID'],
  }),
  kind({
    type: 'CL_RUT',
    labels: { es: ['RUT', 'RUN', 'RUT chileno'], en: ['Chilean RUT', 'RUT'] },
    keys: ['rut', 'rut_cliente'],
    make: rut,
    forms: ['########-#', '#######-#', '##.###.###-#', '##.###.###-#', '#.###.###-#'],
    bare: ['##.###.###-#', '#.###.###-#'],
    neighbours: ['ES_NIF', 'CO_NIT'],
  }),
  kind({
    type: 'AR_CUIT',
    labels: { es: ['CUIT', 'CUIL', 'CUIT/CUIL', 'número de CUIT'], en: ['Argentine CUIT', 'CUIT'] },
    keys: ['cuit', 'cuil'],
    make: cuit,
    forms: ['##-########-#', '##-########-#', ''],
    bare: ['##-########-#'],
    neighbours: ['BR_CPF', 'PHONE_NUMBER'],
  }),
  kind({
    type: 'CO_NIT',
    family: 'company',
    labels: { es: ['NIT', 'NIT de la empresa', 'número de NIT'], en: ['Colombian NIT', 'NIT'] },
    keys: ['nit', 'nit_empresa'],
    make: nit,
    forms: ['#########-#', '###.###.###-#', ''],
    neighbours: ['CL_RUT', 'UK_NHS'],
  }),
  kind({
    type: 'MX_CURP',
    labels: { es: ['CURP', 'clave CURP', 'número CURP'], en: ['Mexican CURP', 'CURP'] },
    keys: ['curp', 'clave_curp'],
    make: curp,
    bare: [''],
    neighbours: ['MX_RFC', 'IT_FISCAL_CODE'],
  }),
  kind({
    type: 'MX_RFC',
    labels: { es: ['RFC', 'RFC con homoclave', 'clave de RFC'], en: ['Mexican RFC', 'RFC'] },
    keys: ['rfc', 'rfc_receptor'],
    make: rfc,
    forms: ['', '', '####-######-###', '###-######-###'],
    bare: [''],
    neighbours: ['MX_CURP', 'IN_PAN'],
  }),
]
