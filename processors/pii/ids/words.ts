/** A list of words and phrases, separated by commas. */
export const phrases = (list: string): readonly string[] => list.split(',').map((phrase) => phrase.trim())

/*
 * What several countries' identifiers are called in common. They name a value only together with its shape and check, so
 * each is used only where these are strong, or where nothing else names the thing.
 */

export const PASSPORT: readonly string[] = phrases(`
  passport, passport number, passport no, travel document, passeport, numero de passeport, reisepass, reisepassnummer,
  passnummer, pasaporte, numero de pasaporte, passaporto, numero di passaporto, passaporte, numero do passaporte, paspoort,
  paspoortnummer, paszport, numer paszportu, pasaport, pasaport numarasi, pasnummer, pasnr, passinumero, utlevel, cestovni pas`)

export const NATIONAL_ID: readonly string[] = phrases(`
  national id, national id number, national id card, national identity number, national identification number,
  national identity card, identity number, identity card, id card, citizen id, government id`)

/** For numbers with a date and a check, or two checks: what is called so is often something else. */
export const ANY_ID: readonly string[] = NATIONAL_ID.concat(
  phrases('id number, id no, personal id, personal number, personal code, personal identity code'),
)

/** For cards whose numbers nothing proves. */
export const ID_CARD: readonly string[] = phrases(`
  identity card, identity card number, id card, id card number, national identity card, national id card`)

export const TAX_ID: readonly string[] = phrases(`
  tax id, tax number, tax no, tax identification number, tax identifier, taxpayer id, taxpayer identification number,
  taxpayer number, tax registration number, tin`)

export const VAT: readonly string[] = phrases(`
  vat, vat number, vat no, vat id, vat code, vat registration, vat registration number`)

export const HEALTH_ID: readonly string[] = phrases(`
  health number, health id, health card, health card number, health insurance number, patient id, patient number`)

export const VEHICLE: readonly string[] = phrases(`
  vehicle registration, vehicle registration number, vehicle number, registration plate, number plate, licence plate,
  license plate, plate number, car registration, car reg, vehicle reg, reg number, reg plate, vrn, vrm`)
