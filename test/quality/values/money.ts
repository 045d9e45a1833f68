import { base58check, eip55, segwit } from '../checks/chain.ts'
import { expandLetters, luhn, mod97, weighted } from '../checks/digits.ts'
import { DIGITS, HEX, UPPER, type Rng } from '../rng.ts'
import { checked, kind, layOut, type Kind } from './kind.ts'

const CARDS: readonly (readonly [prefixes: readonly string[], lengths: readonly number[]])[] = [
  [['4'], [16, 16, 16, 16, 13, 19]],
  [['51', '52', '53', '54', '55'], [16]],
  [['2221', '2345', '2500', '2699', '2720'], [16]],
  [['34', '37'], [15]],
  [['6011', '644', '649', '65'], [16]],
  [['300', '305', '36', '38'], [14]],
  [['3528', '3550', '3589'], [16]],
  [
    ['622126', '625', '628'],
    [16, 19],
  ],
  [
    ['5018', '5020', '5038', '6304', '6759', '6763'],
    [12, 13, 16, 18, 19],
  ],
]
/** Luhn-valid or not, no card begins so. */
const NO_CARDS = ['0', '10', '17', '19', '71', '80', '9', '99']

function cardDigits(rng: Rng, wrong: boolean): string {
  const [prefixes, lengths] = CARDS[rng.pick([0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8])]!
  const noCard = wrong && rng.chance(0.3)
  const start = noCard ? rng.pick(NO_CARDS) : rng.pick(prefixes)
  const length = rng.pick(lengths)
  const body = start + rng.digits(length - 1 - start.length)
  return body + checked(rng, luhn(body), wrong && !noCard)
}

const CARD_LAYOUTS: Readonly<Record<number, readonly string[]>> = {
  14: ['#### ###### ####', '####-######-####', ''],
  15: ['#### ###### #####', '####-######-#####', ''],
  16: ['#### #### #### ####', '####-####-####-####', '#### #### #### ####', ''],
  19: ['#### #### #### #### ###', '###### #############', ''],
}
const cardOf = (rng: Rng, wrong: boolean): string => {
  const digits = cardDigits(rng, wrong)
  return layOut(digits, rng.pick(CARD_LAYOUTS[digits.length] ?? ['']))
}

/** Country and layout of the account: n digits, a letters, c either, or a fixed character. */
const IBANS =
  `DE nnnnnnnnnnnnnnnnnn,FR nnnnnnnnnncccccccccccnn,GB aaaannnnnnnnnnnnnn,ES nnnnnnnnnnnnnnnnnnnn,IT annnnnnnnnncccccccccccc,
NL aaaannnnnnnnnn,PL nnnnnnnnnnnnnnnnnnnnnnnn,PT nnnnnnnnnnnnnnnnnnnnn,SE nnnnnnnnnnnnnnnnnnnn,CH nnnnncccccccccccc,
AT nnnnnnnnnnnnnnnn,BE nnnnnnnnnnnn,DK nnnnnnnnnnnnnn,NO nnnnnnnnnnn,FI nnnnnnnnnnnnnn,IE aaaannnnnnnnnnnnnn,
TR nnnnn0cccccccccccccccc,CZ nnnnnnnnnnnnnnnnnnnn,HU nnnnnnnnnnnnnnnnnnnnnnnn,RO aaaacccccccccccccccc,GR nnnnnnncccccccccccccccc,
BG aaaannnnnncccccccc,HR nnnnnnnnnnnnnnnnn,LT nnnnnnnnnnnnnnnn,LV aaaaccccccccccccc,EE nnnnnnnnnnnnnnnn,SK nnnnnnnnnnnnnnnnnnnn,
SI nnnnnnnnnnnnnnn,LU nnnccccccccccccc,MT aaaannnnncccccccccccccccccc,CY nnnnnnnncccccccccccccccc,AE nnnnnnnnnnnnnnnnnnn,
SA nncccccccccccccccccc,IL nnnnnnnnnnnnnnnnnnn,BR nnnnnnnnnnnnnnnnnnnnnnnac,UA nnnnnnccccccccccccccccccc,RS nnnnnnnnnnnnnnnnnn`
    .split(/,\s*/)
    .map((entry) => entry.split(' ') as [string, string])
const MOSTLY = ['DE', 'FR', 'GB', 'ES', 'IT', 'NL', 'PL', 'PT', 'SE', 'TR']

/** Spain and Belgium have check digits of their own inside the account. */
function withNationalCheck(country: string, account: string): string {
  const check = (digits: string): number => 11 - (weighted(digits, [1, 2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11)
  const spanish = (digits: string): string =>
    String(check(digits) === 11 ? 0 : check(digits) === 10 ? 1 : check(digits))
  if (country === 'ES') {
    const bank = account.slice(0, 8)
    return `${bank}${spanish(`00${bank}`)}${spanish(account.slice(10))}${account.slice(10)}`
  }
  if (country !== 'BE') return account
  return account.slice(0, 10) + String(mod97(account.slice(0, 10)) || 97).padStart(2, '0')
}

function iban(rng: Rng, wrong: boolean): string {
  const [country, shape] = rng.pick(rng.chance(0.6) ? IBANS.filter(([code]) => MOSTLY.includes(code)) : IBANS)
  const alphabets: Readonly<Record<string, string>> = { n: DIGITS, a: UPPER, c: DIGITS + DIGITS + UPPER }
  const account = withNationalCheck(
    country,
    Array.from(shape)
      .map((char) => rng.text(1, alphabets[char] ?? char))
      .join(''),
  )
  const check = 98 - mod97(expandLetters(`${account}${country}00`))
  const shown = wrong ? ((check - 2 + rng.int(1, 96)) % 97) + 2 : check
  return `${country}${String(shown).padStart(2, '0')}${account}`
}

function ibanOf(rng: Rng, wrong: boolean): string {
  const compact = iban(rng, wrong)
  const grouped = compact.replace(/(.{4})(?=.)/g, '$1 ')
  return rng.pick([grouped, grouped, compact, compact, compact.toLowerCase(), grouped.replaceAll(' ', '-')])
}

const BIC_COUNTRIES = [
  'DE',
  'FR',
  'GB',
  'ES',
  'IT',
  'NL',
  'PL',
  'PT',
  'SE',
  'TR',
  'CH',
  'AT',
  'BE',
  'US',
  'LU',
  'IE',
  'DK',
  'NO',
  'FI',
  'CZ',
]
function bic(rng: Rng, wrong: boolean): string {
  const country = wrong ? rng.pick(['XX', 'QZ', 'WW', 'YY', 'ZQ', 'JX']) : rng.pick(BIC_COUNTRIES)
  const branch = rng.chance(0.4) ? rng.pick(['X'.repeat(3), rng.text(3, DIGITS), rng.text(3, DIGITS + UPPER)]) : ''
  return rng.text(4, UPPER) + country + rng.text(1, `${UPPER}23456789`) + rng.text(1, UPPER + DIGITS) + branch
}

/** Words in capitals with a country's code where a BIC has it. */
const CAPITALS = [
  'MEETINGS',
  'CUSTOMER',
  'OVERVIEW',
  'DATABASE',
  'BUSINESS',
  'BASELINE',
  'DELIVERY',
  'MATERIAL',
  'GUIDELINES',
  'RESTARTED',
  'CHECKLIST',
  'PRODUCTS',
]

const bytes = (rng: Rng, count: number): Buffer => Buffer.from(rng.text(count * 2, HEX), 'hex')
const swapOne = (rng: Rng, address: string): string => {
  const at = rng.int(Math.floor(address.length / 2), address.length - 2)
  const other = address[at] === 'q' || address[at] === '9' ? '8' : '9'
  return address.slice(0, at) + other + address.slice(at + 1)
}

function wallet(rng: Rng): string {
  return rng.pick([
    () => base58check(0, bytes(rng, 20)),
    () => base58check(5, bytes(rng, 20)),
    () => segwit('bc', 0, bytes(rng, 20)),
    () => segwit('bc', 0, bytes(rng, 32)),
    () => segwit('bc', 1, bytes(rng, 32)),
    () => base58check(48, bytes(rng, 20)),
    () => base58check(50, bytes(rng, 20)),
    () => segwit('ltc', 0, bytes(rng, 20)),
    () => eip55(rng.text(40, HEX)),
    () => eip55(rng.text(40, HEX)),
    () => `0x${rng.text(40, HEX)}`,
  ])()
}

function noWallet(rng: Rng): string {
  return rng.pick([
    () => swapOne(rng, base58check(rng.pick([0, 5]), bytes(rng, 20))),
    () => swapOne(rng, segwit('bc', 0, bytes(rng, 20))),
    () => `0x${rng.text(64, HEX)}`,
    () => rng.text(40, HEX),
    () => `1${rng.text(32, '23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz')}`,
  ])()
}

function lei(rng: Rng, wrong: boolean): string {
  const body = `${rng.pick(['5299', '2138', '5493', '9695', '3157', '8945'])}00${rng.text(12, DIGITS + UPPER)}`
  const check = 98 - mod97(expandLetters(`${body}00`))
  const shown = wrong ? ((check - 2 + rng.int(1, 96)) % 97) + 2 : check
  return body + String(shown).padStart(2, '0')
}

function isin(rng: Rng, wrong: boolean): string {
  const country = rng.pick(['US', 'DE', 'FR', 'GB', 'NL', 'ES', 'IT', 'SE', 'CH', 'JP', 'IE', 'LU', 'PL'])
  const body = country + (rng.chance(0.6) ? `000${rng.digits(6)}` : rng.text(9, DIGITS + DIGITS + UPPER))
  return body + checked(rng, luhn(expandLetters(body)), wrong)
}

function cusip(rng: Rng, wrong: boolean): string {
  const body = rng.digits(3) + rng.text(3, DIGITS + UPPER) + rng.pick(['10', '20', '10', 'AA', 'AB', 'AC'])
  const sum = Array.from(body).reduce((total, char, n) => {
    const value = (/\d/.test(char) ? Number(char) : char.charCodeAt(0) - 55) * (1 + (n % 2))
    return total + Math.floor(value / 10) + (value % 10)
  }, 0)
  return body + checked(rng, (10 - (sum % 10)) % 10, wrong)
}

export const MONEY: readonly Kind[] = [
  {
    type: 'CREDIT_CARD',
    family: 'card',
    labels: {
      en: ['card number', 'credit card number', 'Visa card', 'debit card'],
      de: ['Kreditkartennummer', 'Kartennummer', 'Kreditkarte'],
      fr: ['numéro de carte', 'carte bancaire', 'carte de crédit'],
      es: ['número de tarjeta', 'tarjeta de crédito', 'tarjeta'],
      it: ['numero di carta', 'carta di credito', 'carta'],
      pt: ['número do cartão', 'cartão de crédito', 'cartão'],
      nl: ['creditcardnummer', 'kaartnummer', 'creditcard'],
      pl: ['numer karty', 'karta kredytowa', 'nr karty'],
      tr: ['kart numarası', 'kredi kartı', 'kart no'],
      sv: ['kortnummer', 'kreditkort', 'kontokort'],
      ja: ['カード番号', 'クレジットカード番号'],
      zh: ['信用卡号', '卡号'],
    },
    keys: ['card_number', 'pan', 'credit_card'],
    neighbours: ['IMEI', 'ID_NIK', 'FR_SIRET'],
    value: (rng) => cardOf(rng, false),
    broken: (rng) => cardOf(rng, true),
    bare: (rng) => cardOf(rng, false),
  },
  {
    type: 'IBAN_CODE',
    family: 'bank',
    labels: Object.fromEntries(
      (['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'tr', 'sv', 'ja', 'zh'] as const).map((lang) => [
        lang,
        ['IBAN', 'IBAN'],
      ]),
    ),
    keys: ['iban', 'iban_code'],
    neighbours: ['LEI', 'UK_DRIVING_LICENCE', 'IN_GSTIN'],
    value: (rng) => ibanOf(rng, false),
    broken: (rng) => ibanOf(rng, true),
    bare: (rng) => ibanOf(rng, false),
  },
  {
    ...kind({
      type: 'BIC_CODE',
      family: 'bank',
      labels: {
        en: ['BIC', 'SWIFT code', 'BIC/SWIFT'],
        de: ['BIC', 'BIC der Bank'],
        fr: ['BIC', 'code BIC'],
        es: ['BIC', 'código SWIFT'],
        it: ['BIC', 'codice BIC'],
        pt: ['BIC', 'código SWIFT'],
        nl: ['BIC', 'BIC-code'],
        pl: ['BIC', 'kod SWIFT'],
        tr: ['SWIFT kodu', 'BIC'],
        sv: ['BIC', 'BIC-kod'],
      },
      keys: ['bic', 'swift_code'],
      make: bic,
      neighbours: ['UK_NINO', 'IN_VOTER'],
    }),
    broken: (rng) => (rng.chance(0.5) ? rng.pick(CAPITALS) : bic(rng, true)),
  },
  {
    type: 'CRYPTO',
    family: 'crypto',
    labels: {
      en: ['wallet address', 'BTC address', 'deposit address', 'wallet'],
      de: ['Wallet-Adresse', 'Bitcoin-Adresse'],
      fr: ['adresse du portefeuille'],
      es: ['dirección de la billetera'],
      it: ['indirizzo del wallet'],
      pt: ['endereço da carteira'],
      nl: ['wallet-adres'],
      pl: ['adres portfela'],
      tr: ['cüzdan adresi'],
      sv: ['plånboksadress'],
    },
    keys: ['wallet_address', 'btc_address'],
    neighbours: [],
    value: wallet,
    broken: noWallet,
    bare: wallet,
  },
  kind({
    type: 'LEI',
    family: 'company',
    labels: {
      en: ['LEI', 'LEI code', 'legal entity identifier'],
      de: ['LEI', 'LEI-Nummer'],
      fr: ['LEI', 'code LEI'],
      es: ['LEI', 'código LEI'],
      it: ['codice LEI'],
      nl: ['LEI-code'],
      pl: ['kod LEI'],
      sv: ['LEI-kod'],
    },
    keys: ['lei', 'legal_entity_identifier'],
    make: lei,
    bare: [''],
    neighbours: ['IBAN_CODE', 'MX_CURP'],
  }),
  kind({
    type: 'ISIN',
    family: 'bank',
    labels: {
      en: ['ISIN', 'security ISIN', 'ISIN code'],
      de: ['ISIN', 'Wertpapier-ISIN'],
      fr: ['code ISIN'],
      es: ['código ISIN'],
      it: ['codice ISIN'],
      nl: ['ISIN-code'],
      pl: ['kod ISIN'],
      sv: ['ISIN-kod'],
    },
    keys: ['isin', 'isin_code'],
    make: isin,
    bare: [''],
    neighbours: ['CUSIP', 'DE_VAT_CODE'],
  }),
  kind({
    type: 'CUSIP',
    family: 'bank',
    labels: { en: ['CUSIP', 'CUSIP number', 'CUSIP no.'] },
    keys: ['cusip', 'cusip_number'],
    make: cusip,
    neighbours: ['ABA_ROUTING_NUMBER', 'FR_PASSPORT'],
  }),
]
