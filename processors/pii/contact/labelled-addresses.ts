import type { View } from '../../../core/seam.ts'
import type { WordSet } from '../around/word-set.ts'
import { codeAt, isDigitCode, matchesAt, NO_CODE } from '../finder.ts'
import { cellAt } from '../tables/tables.ts'

/*
 * What stands behind `Address:` and its like in a form, a record or a table, whatever a street is called there: `Rose Cottage,
 * 14 Mill Lane`, `An der Mühle 22`, `東京都渋谷区道玄坂2-10-7`.
 */

const words = (list: string): string[] => list.split('|').map((word) => word.trim())

export const ADDRESS_LABELS: readonly string[] = words(
  `address|ship to|deliver to|street|street name|address line|addr line|addr|residence|property|adresse|
   anschrift|wohnanschrift|hausanschrift|postanschrift|lieferadresse|rechnungsadresse|meldeadresse|wohnadresse|
   straße|strasse|straße nr|strasse nr|straße und hausnummer|strasse und hausnummer|wohnort|adresse postale|
   adresse de livraison|adresse de facturation|domicile|direccion|direccion postal|domicilio|domicilio fiscal|
   calle|residencia|indirizzo|residenza|adres|woonadres|bezorgadres|afleveradres|straat|endereco|
   endereco residencial|morada|logradouro|adres zamieszkania|adres korespondencyjny|adress|hemadress|gatuadress|
   bostadsadress|osoite|adresi|адрес|адрес проживания|адрес регистрации|проживающий по адресу|
   проживающая по адресу|по адресу|住所|現住所|地址|住址|家庭住址|주소|पता|pata`,
)

/** Between the name of a field and its value. */
const TIE = /(?:[ _]?[12])?(?:\*\*)?["']?\s?[:：=](?:\*\*)?[ \t]?["'「]?(?=[\p{L}\p{M}\d#])/uy
const MOST = 120
/** Where a field ends. */
const FIELD_END = /[\n\r\t"<>|;{}[\]。；」]|  |\\n|' ?[,}\])]|\.\s+(?=\p{Lu}\p{L}+[ :])(?<=[\p{L}\d]{4}\.\s+)|\.$/u
/** A number that is called, and no house's. */
const LONG_NUMBER = /\d{7}|(?:\d[ .()-]?){8}/
const POSTAL = /\d{5}-\d{3,4}/g
const NEXT_FIELD = /[:：=@]|\b(?:tel|phone|fon|cell|mobile|fax|email|mail|dob|ssn|born|geb|née?|nat[oa]|nacid[oa])\b/iu

const WIDE_PLACE =
  /[省市区區县縣路街号號巷弄楼室村镇鎮乡都道府丁目番町丁]|[가-힣]{1,8}(?:로|길|동|구|시|읍|면|리)(?![가-힣])/u
const CYRILLIC_PLACE =
  /(?:^|[\s,])(?:ул|улица|пр|просп|проспект|пер|переулок|бул|бульвар|б-р|ш|шоссе|наб|набережная|пл|площадь|пр-т|пр-д|проезд|д|дом|кв|вул|вулиця|м-н|мкр)[.\s]/iu
/** A name with a capital, and the number of a house or a flat. */
const NAME = /(?:^|[\s,(#/-])(?:\p{Lu}[\p{L}\p{M}'’.]{2,}|\d{1,3}(?:st|nd|rd|th)|N|S|E|W)(?![\p{L}\d])/u
const NUMBERED = /(?<![\p{L}\d.:])#?\d{1,5}(?![\d.:%]|\s?%)/u
/** Words that no address has: a sentence goes on. */
const SMALL = /(?<![\p{L}'’.-])\p{Ll}{2,}(?![\p{L}.-])/gu
const LINKS =
  /^(?:de|del|della|dei|degli|delle|des|du|da|do|dos|das|di|la|le|les|las|los|el|der|den|dem|die|das|am|an|im|in|auf|zum|zur|von|van|het|ter|ten|of|the|on|at|and|y|e|et|und|en|st|no|nr|num|n|apt|apto|ap|app|apartment|unit|suite|ste|floor|fl|flat|room|house|block|bldg|bis|ter|bte|bus|esc|esq|izq|izda|dcha|piso|planta|int|ext|local|depto|dpto|bloco|sala|andar|lote|casa|km|numero|número|street|road|avenue|ave|rd|lane|drive|calle|rue|via|ul|ulica|os|osiedle|al|aleja|aleje|pl|plac|m|lok|kat|daire|mah|mahallesi|sok|sokak|cad|caddesi|boulevard|bd|allée|allee|chemin|impasse|avenida|avda|carrer|plaza|paseo|piazza|viale|corso|largo|rua|travessa|praça|strada|bulevardul)$/u
const MOST_SMALL = 1

function isAddress(value: string): boolean {
  if (value.length < 6 || !/\d/.test(value)) return false
  if (WIDE_PLACE.test(value)) return true
  if (/\p{Script=Cyrillic}{3}/u.test(value)) return CYRILLIC_PLACE.test(value)
  if (!NAME.test(value) || !NUMBERED.test(value)) return false
  const small = Array.from(value.matchAll(SMALL), ([word]) => word).filter((word) => !LINKS.test(word))
  return small.length <= MOST_SMALL
}

/** Up to the last of a field's parts that has a number and is no other field. */
function addressIn(field: string): string {
  let end = 0
  let at = 0
  for (const part of field.split(/(?<=[,，、] ?)(?! )/u)) {
    if (NEXT_FIELD.test(part) || LONG_NUMBER.test(part.replace(POSTAL, ''))) break
    at += part.length
    if (/\d/.test(part)) end = at
  }
  return field.slice(0, end).replace(/[\s,，、.'"]+$/u, '')
}

/** Says where an address begins and ends. */
export type Say = (start: number, end: number) => void

/** Behind the name of a field: `Address: Rose Cottage, 14 Mill Lane`. `end` is the name's. */
export function behindLabel({ content }: View, end: number, say: Say): void {
  if (!matchesAt(TIE, content, end)) return
  const start = TIE.lastIndex
  const rest = content.slice(start, start + MOST)
  const value = addressIn(rest.slice(0, FIELD_END.exec(rest)?.index ?? MOST))
  if (isAddress(value)) say(start, start + value.length)
}

/** Cheap: the number ends a cell that begins with a word, or begins one that goes on with a word. */
function mayBeInCell(content: string, start: number, end: number): boolean {
  const before = codeAt(content, start - 1)
  return before === SPACE
    ? ENDS_CELL.includes(content.charAt(end) || ' ') && codeAt(content, start - 2) > DIGIT_NINE
    : before !== NO_CODE && codeAt(content, end) === SPACE && codeAt(content, end + 1) > DIGIT_NINE
}

const SPACE = 32
const DIGIT_NINE = 57
const ENDS_CELL = '\n\t"\',;|<'
const CELL_END = /[\n\r\t"<>|;]|,(?! )|', |'\)/

/** Under the name of a column: the cell that a number from `number` to `numberEnd` stands in. */
export function inCell(view: View, number: number, numberEnd: number, labels: WordSet, say: Say): void {
  if (!mayBeInCell(view.content, number, numberEnd)) return
  const cell = cellAt(view, number, number)
  if (cell === undefined || !cell.words.some(({ word }) => labels.has(word))) return
  const { content } = view
  let start = cell.start
  while (start < number && /[\s"']/.test(content[start]!)) start++
  if (number - start > MOST || (start < number && isDigitCode(codeAt(content, start)))) return
  const rest = content.slice(start, start + MOST)
  const end = CELL_END.exec(rest)?.index ?? MOST
  const value = rest.slice(0, end).trim()
  if (start + end > number && isAddress(value)) say(start, start + value.length)
}
