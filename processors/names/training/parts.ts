/* Pieces of which names of organisations, streets and persons are put together, and of files and dates. */

const split = (text: string): readonly string[] => text.split(';').map((part) => part.trim().replaceAll(/\s+/g, ' '))

export const SUFFIXES: readonly string[] = split(`
Inc; Inc.; Ltd; LLC; GmbH; AG; Corp; SA; S.A.; SpA; BV; AB; AS; Oy; Lda; Ltda; SL; SARL; & Co.; plc; Sp. z o.o.; KG;
s.r.o.; Pty Ltd; Group; Holdings; Partners; Solutions; Technologies; Systems; Consulting; Logistics; Energy;
Capital; Pharma; Motors; Foods; Insurance; Software; Labs; Studios; Industries; Airlines; Media; Services; Bank
`)
export const HEADS: readonly string[] = split(`
University of; Bank of; Hospital of; City of; Universität; Universidad de; Universidade de; Université de; Klinikum;
Banco; Hospital; Stadtwerke; FC; Real; Sporting; Clínica; Museum of; Port of; Bistro; Café; Hotel; Gasthaus;
Ristorante; Instituto; Fundação; Ministry of; Department of
`)
export const TAILS: readonly string[] = split(`
University; Hospital; Medical Center; General Hospital; Police Department; City Council; High School; Elementary
School; Community College; United; City; Rovers; Chamber of Commerce; Times; Post; Herald; Airport; Museum; Library;
Clinic; Church; Savings Bank; Credit Union; Symphony Orchestra
`)
export const STREETS: readonly string[] = split(`
Street; St; Road; Rd; Avenue; Ave; Lane; Drive; Boulevard; Way; Court; Square; Terrace; Close; Hill
`)
export const STREET_NAMES: readonly string[] = split(`
Main; High; Church; Park; Oak; Maple; Station; Mill; King; Queen; Victoria; North; Lake; River; Elm; Cedar; Market;
Bridge; 5th; Second; Sunset; Washington; Baker
`)
export const PARTICLES: readonly string[] = split(`
de; de la; del; van; van der; van den; von; zu; di; da; dos; al; bin; el; ben; le; ter; O’; O'; Mac; Mc; St.; ibn;
af; den
`)
export const MONTHS: readonly string[] = split(`
January; Feb; March; april; May; June; Jul; August; Sept; October; Dec; Mai; juin; enero; marzo; setembro
`)
export const FILES: readonly string[] = split(`
ts; js; py; go; rs; java; json; yaml; md; txt; log; csv; pdf; html; css; sh; sql; xml; png; docx; rb; cpp; h
`)
export const FILE_HEADS: readonly string[] = split(`
README; CHANGELOG; Makefile; Dockerfile; index; main; server; App; LICENSE; package; config; utils; Report; Invoice
`)
/** `@` stands for a name. */
export const STREETS_OF: Readonly<Record<string, readonly string[]>> = {
  de: split('@straße; @str.; @weg; @allee; @gasse; @platz; Am @; Hauptstraße; Bahnhofstraße; Gartenweg; @-Straße'),
  fr: split('rue de @; rue @; avenue @; boulevard @; place @; rue de la Gare; rue des Lilas'),
  es: split('calle @; Calle @; avenida @; plaza de @; Calle Mayor; paseo @'),
  it: split('via @; Via @; viale @; piazza @; Corso @; via Roma'),
  pt: split('rua @; Rua @; avenida @; Av. @; praça @; travessa @'),
  nl: split('@straat; @laan; @weg; @gracht; Kerkstraat; @plein'),
  nordic: split('@gatan; @vägen; @vej; @gade; @veien; Storgatan'),
  pl: split('ul. @; ulica @; aleja @; ul. Polna; plac @'),
}

export const TITLES: readonly string[] = split(`
Mr; Mr.; Mr; Mr.; Mrs; Mrs.; Mrs; Ms; Ms.; Ms; Ms.; Miss; Mx; Dr; Dr.; Dr; Prof; Prof.; Professor; Sir; Doctor; Nurse;
Sister; Judge; Officer; Inspector; Sgt.; Captain; Pastor; Rabbi; Imam; Coach; Counsellor; Attorney; Midwife
`)
/** Keys under which exports, forms and arguments keep the name of a person. */
export const NAME_KEYS: readonly string[] = split(`
name; name; Name; full_name; fullName; Full Name; customer; customer_name; customerName; patient; patient_name;
patientName; contact; contact_name; contactPerson; author; user; user_name; employee; employee_name; owner; assignee;
reporter; sender; recipient; account_holder; cardholder; guest; student; displayName; display_name; client; client_name
`)
