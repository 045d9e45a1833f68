import { crossSummed, icao, luhn, mod1110, mod97, weighted } from '../checks/digits.ts'
import { DIGITS, UPPER, type Rng } from '../rng.ts'
import { birthday, checked, kind, until, type Kind } from './kind.ts'

function taxId(rng: Rng, wrong: boolean): string {
  const body = until(() => {
    const made = rng.text(1, '123456789') + rng.digits(9)
    const counts = Array.from(DIGITS).map((digit) => made.split(digit).length - 1)
    const repeated = counts.filter((count) => count > 1)
    return repeated.length === 1 && repeated[0]! <= 3 && !/(.)\1\1/.test(made) ? made : undefined
  })
  return body + checked(rng, mod1110(body), wrong)
}

function pensionNumber(rng: Rng, wrong: boolean): string {
  const { yy, mm, dd } = birthday(rng)
  const area = rng.pick(['02', '04', '08', '10', '12', '13', '15', '17', '18', '20', '25', '44', '50', '65'])
  const letter = rng.text(1, UPPER)
  const serial = String(rng.int(0, 99)).padStart(2, '0')
  const position = String(letter.charCodeAt(0) - 64).padStart(2, '0')
  const sum = crossSummed(area + dd + mm + yy + position + serial, [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1])
  return `${area}${dd}${mm}${yy}${letter}${serial}${checked(rng, sum % 10, wrong)}`
}

function healthInsurance(rng: Rng, wrong: boolean): string {
  const letter = rng.text(1, UPPER)
  const body = rng.digits(8)
  const position = String(letter.charCodeAt(0) - 64).padStart(2, '0')
  return letter + body + checked(rng, crossSummed(position + body, [1, 2]) % 10, wrong)
}

function doctor(rng: Rng, wrong: boolean): string {
  const body = rng.digits(6)
  const sum = weighted(body, [4, 9])
  return (
    body +
    checked(rng, (10 - (sum % 10)) % 10, wrong) +
    rng.pick(['01', '03', '10', '15', '21', '23', '34', '41', '58'])
  )
}

const DOCUMENT_LETTERS = 'CFGHJKLMNPRTVWXYZ'
function documentNumber(first: string): (rng: Rng, wrong: boolean) => string {
  return (rng, wrong) => {
    const body = rng.text(1, first) + rng.text(8, DOCUMENT_LETTERS + DIGITS)
    // Most people leave the check digit out; a wrong one shows only where it stands.
    if (!wrong && rng.chance(0.5)) return body
    return body + checked(rng, icao(body), wrong)
  }
}

function vat(rng: Rng, wrong: boolean): string {
  const body = rng.text(1, '123456789') + rng.digits(7)
  return `DE${body}${checked(rng, mod1110(body), wrong)}`
}

function nir(rng: Rng, wrong: boolean): string {
  const { yy, mm } = birthday(rng)
  const department = rng.chance(0.08)
    ? rng.pick(['2A', '2B'])
    : String(rng.pick([rng.int(1, 19), rng.int(21, 95)])).padStart(2, '0')
  const body = `${rng.text(1, '12')}${yy}${mm}${department}${String(rng.int(1, 550)).padStart(3, '0')}${rng.digits(3)}`
  const key = 97 - mod97(body.replace('2A', '19').replace('2B', '18'))
  const shown = wrong ? ((key + rng.int(1, 95) - 1) % 97) + 1 : key
  return body + String(shown).padStart(2, '0')
}

function siren(rng: Rng, wrong: boolean): string {
  const body = rng.text(1, '345678') + rng.digits(7)
  return body + checked(rng, luhn(body), wrong)
}

function siret(rng: Rng, wrong: boolean): string {
  const body = siren(rng, false) + String(rng.int(1, 999)).padStart(4, '0')
  return `${body.slice(0, 9)}${body.slice(9)}${checked(rng, luhn(body), wrong)}`
}

function cni(rng: Rng): string {
  if (rng.chance(0.5)) return rng.text(1, UPPER) + rng.text(8, DOCUMENT_LETTERS + DIGITS)
  const { mm } = birthday(rng)
  return `${rng.int(10, 20)}${mm}${String(rng.int(1, 95)).padStart(2, '0')}${rng.digits(6)}`
}

export const GERMANY_FRANCE: readonly Kind[] = [
  kind({
    type: 'DE_TAX_ID',
    labels: {
      de: ['Steuer-ID', 'Steueridentifikationsnummer', 'steuerliche Identifikationsnummer', 'IdNr.'],
      en: ['German tax ID', 'Steuer-ID'],
    },
    keys: ['steuer_id', 'steuerliche_identifikationsnummer'],
    make: taxId,
    forms: ['', '## ### ### ###'],
    neighbours: ['PL_PESEL', 'PHONE_NUMBER'],
  }),
  kind({
    type: 'DE_SOCIAL_SECURITY',
    labels: {
      de: ['Sozialversicherungsnummer', 'Rentenversicherungsnummer', 'SV-Nummer', 'RVNR'],
      en: ['German social security number', 'Sozialversicherungsnummer'],
    },
    keys: ['sozialversicherungsnummer', 'sv_nummer'],
    make: pensionNumber,
    forms: ['', '## ###### # ###', '## ###### # ## #'],
    bare: [''],
    neighbours: ['DE_HEALTH_INSURANCE', 'DE_TAX_ID'],
  }),
  kind({
    type: 'DE_HEALTH_INSURANCE',
    family: 'health',
    labels: {
      de: ['Krankenversichertennummer', 'Versichertennummer', 'KVNR', 'Krankenversicherungsnummer'],
      en: ['German health insurance number', 'KVNR'],
    },
    keys: ['kvnr', 'versichertennummer'],
    make: healthInsurance,
    forms: ['', '', '', '# ### ### ###'],
    neighbours: ['DE_PASSPORT', 'US_PASSPORT'],
  }),
  kind({
    type: 'DE_LANR',
    family: 'health',
    labels: { de: ['LANR', 'lebenslange Arztnummer', 'Arztnummer'], en: ['German physician number (LANR)'] },
    keys: ['lanr', 'arztnummer'],
    make: doctor,
    neighbours: ['DE_BSNR', 'FR_SIREN'],
  }),
  kind({
    type: 'DE_BSNR',
    family: 'health',
    labels: { de: ['BSNR', 'Betriebsstättennummer'], en: ['German practice number (BSNR)'] },
    keys: ['bsnr', 'betriebsstaettennummer'],
    make: (rng) =>
      rng.pick(['01', '02', '03', '17', '20', '38', '46', '51', '52', '71', '72', '83', '88', '93', '98']) +
      rng.digits(7),
    neighbours: ['DE_LANR', 'FR_SIREN'],
  }),
  kind({
    type: 'DE_ID_CARD',
    labels: {
      de: ['Personalausweisnummer', 'Personalausweis', 'Ausweisnummer', 'Personalausweis-Nr.'],
      en: ['German ID card number', 'Personalausweisnummer'],
    },
    keys: ['personalausweisnummer', 'ausweisnummer'],
    make: documentNumber('LMNPRTVWXY'),
    neighbours: ['DE_HEALTH_INSURANCE', 'DE_PASSPORT'],
  }),
  kind({
    type: 'DE_PASSPORT',
    labels: {
      de: ['Reisepassnummer', 'Reisepass', 'Passnummer', 'Reisepass-Nr.'],
      en: ['German passport number', 'German passport'],
    },
    keys: ['reisepassnummer', 'reisepass_nr'],
    make: documentNumber('CFGHJK'),
    neighbours: ['DE_ID_CARD', 'DE_HEALTH_INSURANCE'],
  }),
  kind({
    type: 'DE_VAT_CODE',
    family: 'company',
    labels: {
      de: ['USt-IdNr.', 'Umsatzsteuer-ID', 'Umsatzsteuer-Identifikationsnummer', 'USt-ID'],
      en: ['German VAT number', 'VAT ID', 'VAT reg. no.'],
    },
    keys: ['ust_id', 'umsatzsteuer_id'],
    make: vat,
    forms: ['', '', '## ### ### ###', '## #########'],
    neighbours: ['DE_TAX_ID', 'DE_ID_CARD'],
  }),
  kind({
    type: 'FR_NIR',
    labels: {
      fr: ['numéro de sécurité sociale', 'NIR', 'n° de sécu', 'numéro de sécu'],
      en: ['French social security number', 'French NIR'],
    },
    keys: ['nir', 'numero_securite_sociale'],
    make: nir,
    forms: ['# ## ## ## ### ### ##', '# ## ## ## ### ### ##', '', '############# ##'],
    bare: ['# ## ## ## ### ### ##'],
    neighbours: ['IMEI', 'FR_SIRET'],
  }),
  kind({
    type: 'FR_SIREN',
    family: 'company',
    labels: { fr: ['SIREN', 'numéro SIREN', 'n° SIREN'], en: ['French SIREN', 'SIREN number'] },
    keys: ['siren', 'numero_siren'],
    make: siren,
    forms: ['### ### ###', ''],
    neighbours: ['PT_NIF', 'CA_SIN'],
  }),
  kind({
    type: 'FR_SIRET',
    family: 'company',
    labels: { fr: ['SIRET', 'numéro SIRET', 'n° SIRET'], en: ['French SIRET', 'SIRET number'] },
    keys: ['siret', 'numero_siret'],
    make: siret,
    forms: ['### ### ### #####', ''],
    neighbours: ['FR_SIREN', 'BR_CNPJ'],
  }),
  kind({
    type: 'FR_CNI',
    labels: {
      fr: ["carte nationale d'identité", "carte d'identité n°", 'CNI', 'n° de CNI'],
      en: ['French ID card number', 'French identity card'],
    },
    keys: ['cni', 'numero_cni'],
    make: cni,
    neighbours: ['FR_PASSPORT', 'FR_NIR'],
  }),
  kind({
    type: 'FR_PASSPORT',
    labels: {
      fr: ['passeport', 'numéro de passeport', 'passeport français n°'],
      en: ['French passport', 'French passport number'],
    },
    keys: ['numero_passeport', 'passeport'],
    make: (rng) => rng.digits(2) + rng.text(2, UPPER) + rng.digits(5),
    neighbours: ['FR_CNI', 'DE_ID_CARD'],
  }),
]
