/** A list of words and phrases, separated by commas. */
export const phrases = (list: string): readonly string[] => list.split(',').map((phrase) => phrase.trim())

/*
 * What several countries' identifiers are called in common. They name a value only together with its shape and check, so
 * each is used only where these are strong, or where nothing else names the thing.
 */

/** In English, which is written about passports of every country. */
const PASSPORT_ENGLISH: readonly string[] = phrases(`
  passport, passport number, passport no, passport nr, passport num, passport id, travel document, travel document number`)

/** In the languages of those who issue them. */
export const PASSPORT_IN: Readonly<
  Record<'english' | 'french' | 'german' | 'spanish' | 'italian' | 'portuguese' | 'dutch', readonly string[]>
> = {
  english: PASSPORT_ENGLISH,
  french: phrases('passeport, numero de passeport, numero passeport, no de passeport, passeport no'),
  german: phrases('reisepass, reisepassnummer, reisepass nr, passnummer, passnr, pass nr, reisedokument'),
  spanish: phrases('pasaporte, numero de pasaporte, no de pasaporte, no pasaporte, pasaporte no, pasaporte numero'),
  italian: phrases(
    'passaporto, numero di passaporto, numero passaporto, n passaporto, passaporto n, passaporto numero',
  ),
  portuguese: phrases('passaporte, numero do passaporte, numero de passaporte, passaporte no, passaporte n'),
  dutch: phrases('paspoort, paspoortnummer, paspoort nummer, paspoortnr'),
}

/** For those whose form no other country's takes first. */
export const PASSPORT: readonly string[] = [
  ...Object.values(PASSPORT_IN).flat(),
  ...phrases(
    'paszport, numer paszportu, pasaport, pasaport numarasi, pasaport no, pasnummer, pasnr, passinumero, utlevel',
  ),
  ...phrases('cestovni pas'),
]

export const NATIONAL_ID: readonly string[] = phrases(`
  national id, national id number, national id no, national id card, national id card number, national identity number,
  national identification number, national identity card, national identity card number, identity number, identity card,
  identity card number, id card, id card number, citizen id, citizen id number, government id`)

/** For numbers with a date and a check, or two checks: what is called so is often something else. */
export const ANY_ID: readonly string[] = NATIONAL_ID.concat(
  phrases(`
    id number, id no, personal id, personal id number, personal number, personal code, personal identity code,
    personal identification code, personal identity number, personal identification number`),
)

/** For cards whose numbers nothing proves. */
export const ID_CARD: readonly string[] = phrases(`
  identity card, identity card number, identity card no, id card, id card number, id card no, national identity card,
  national identity card number, national id card, national id card number`)

export const TAX_ID: readonly string[] = phrases(`
  tax id, tax id number, tax id no, tax number, tax no, tax code, tax identification number, tax identifier, taxpayer id, taxpayer identification number,
  taxpayer number, tax registration number, tin, tin number, tin no`)

export const VAT: readonly string[] = phrases(`
  vat, vat number, vat no, vat id, vat id number, vat code, vat identification number, vat registration,
  vat registration number`)

export const HEALTH_ID: readonly string[] = phrases(`
  health number, health id, health id number, health card, health card number, health insurance number, patient id, patient number`)

export const SOCIAL_SECURITY: readonly string[] = phrases(`
  social security, social security number, social security no, social insurance, social insurance number`)

export const COMPANY_ID: readonly string[] = phrases(`
  company number, company no, company registration number, business number, business registration number,
  business registration no, business id, organisation number, organization number`)

export const VEHICLE: readonly string[] = phrases(`
  vehicle registration, vehicle registration number, vehicle registration no, vehicle number, registration plate, number plate, licence plate,
  license plate, plate number, car registration, car reg, vehicle reg, reg number, reg no, reg plate, vrn, vrm`)
