import type { NameType } from './labels.ts'

/*
 * Words with a capital that name no person, place or organisation of their own: peoples and creeds, and what is
 * abbreviated everywhere. Alone they are none; as part of a longer name they may be.
 */

const list = (words: string): string[] => words.trim().split(/\s+/)

/** `Spanish food`, `a Muslim`. Those that are as often somebody's surname are left out: `French`, `English`, `Israel`. */
const PEOPLES = list(`
  american americans african africans asian asians european europeans british briton britons scottish irish welsh german
  germans italian italians spanish spaniard spaniards portuguese dutch swiss austrian austrians belgian swedish swede swedes
  norwegian norwegians danish finnish icelandic polish czech slovak hungarian romanian bulgarian croatian serbian bosnian
  albanian slovenian greek greeks turkish turk turks russian russians ukrainian ukrainians latvian lithuanian estonian chinese
  japanese korean koreans vietnamese thai filipino filipinos indonesian malaysian indian indians pakistani pakistanis
  bangladeshi nepali afghan afghans iranian iranians persian persians iraqi iraqis syrian syrians lebanese palestinian
  palestinians israeli israelis egyptian egyptians moroccan algerian tunisian libyan nigerian nigerians kenyan ethiopian
  somali sudanese ghanaian senegalese congolese mexican mexicans brazilian brazilians argentine argentinian argentinians
  chilean colombian peruvian venezuelan cuban cubans canadian canadians australian australians kurdish kurd kurds armenian
  kazakh uzbek saudi saudis yemeni jordanian eritrean arab arabs arabic hispanic hispanics latino latinos latina norse
  scandinavian nordic baltic slavic balkan caucasian western eastern muslim muslims islamic christians jewish jews
  hindu hindus buddhist buddhists sikh sikhs catholic catholics protestant protestants lutheran methodist anglican mormon
  sunni sunnis shia shiite shiites atheist communist communists socialist marxist nazi nazis halloween christmas easter
  ramadan hanukkah thanksgiving deutsch deutsche deutscher deutschen francais francaise espanol espanola italiano italiana
  brasileiro brasileira portugues portuguesa alemao alema frances francesa ingles inglesa svensk svenska svenske norsk norske
  dansk danske`)

const SIGNS = list(`
  hiv aids adhd ptsd covid copd std pdf url urls api apis faq html xml json csv sql http https ssh vpn dns cpu gpu ram usb ssd
  gps sms mms dvd dvds cd cds tv tvs pc pcs atm pin ssn dob vat iban bic cvv id ids ceo cfo cto coo cio hr vp pm mba phd md bsc
  msc dui am gmt utc cet pst est edt pdt usd eur gbp jpy chf aud cad ok lol omg wtf asap fyi btw imho imo tbh afaik
  etc eta rsvp diy aka nda poc mvp kpi roi qa faqs ps nb tba tbd wwi wwii bbq suv ac dc ufo btc eth ip ips abc nik ktp cnp ico krs dic usdt usdc nft otp vin sku eoc nhi siret siren cpf rfc curp nif dni cif nie pesel nip regon bsn kvnr ust tva gst ppsn utr nino tfn abn acn ird itin npi mbi ml llm llms ui ux os ios`)

/** Parts of any organisation: `Delivery Team`, `Human Resources`, `Legal`. */
const OFFICES: ReadonlySet<string> = new Set(
  list(`
  team teams department departments dept division desk office offices unit staff management sales marketing finance legal
  billing support accounts accounting payroll procurement purchasing engineering operations logistics compliance security
  product production quality delivery customer customers client service services care human resources facilities reception
  backend frontend platform database infrastructure maintenance audit treasury claims warehouse shipping help helpdesk
  technical business testing planning controlling hiring recruiting onboarding network the our your and of`),
)

const NO_NAMES: ReadonlySet<string> = new Set([...PEOPLES, ...SIGNS])

/** As a person's name they may be one: `Germán`, `Welsh`. */
const ALSO_PERSONS: ReadonlySet<string> = new Set(list('german welsh turk irish dutch latina easter roman'))

/** Whether a word, folded, is none of this type. */
export const isNoName = (word: string, type: NameType): boolean =>
  (NO_NAMES.has(word) && !(type === 'PERSON' && ALSO_PERSONS.has(word))) ||
  (type === 'ORGANIZATION' && OFFICES.has(word))
