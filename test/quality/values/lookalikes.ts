import { luhn } from '../checks/digits.ts'
import { DIGITS, HEX, UPPER, type Rng } from '../rng.ts'
import type { Half } from '../templates/templates.ts'

/** Something that is no personal value in any text it stands in, with the sentences people write it in. */
export interface Lookalike {
  readonly name: string
  make(rng: Rng): string
  readonly sentences: Readonly<Record<Half, readonly string[]>>
}

const uuid = (rng: Rng): string =>
  `${rng.text(8, HEX)}-${rng.text(4, HEX)}-4${rng.text(3, HEX)}-${rng.text(1, '89ab')}${rng.text(3, HEX)}-${rng.text(12, HEX)}`
/** A UUID that happens to have digits only at its end. */
const digitUuid = (rng: Rng): string =>
  `${rng.digits(8)}-${rng.digits(4)}-4${rng.digits(3)}-8${rng.digits(3)}-${rng.digits(12)}`
const isbn = (rng: Rng): string => {
  const body = `978${rng.digits(9)}`
  const sum = Array.from(body).reduce((total, digit, n) => total + Number(digit) * (n % 2 === 0 ? 1 : 3), 0)
  const whole = body + ((10 - (sum % 10)) % 10)
  return rng.chance(0.5)
    ? whole
    : `${whole.slice(0, 3)}-${whole.slice(3, 4)}-${whole.slice(4, 6)}-${whole.slice(6, 12)}-${whole.slice(12)}`
}

export const LOOKALIKES: readonly Lookalike[] = [
  {
    name: 'order id',
    make: (rng) =>
      rng.pick([
        rng.digits(rng.int(8, 16)),
        `${rng.text(2, UPPER)}-${rng.digits(7)}`,
        `${rng.int(2018, 2026)}-${rng.digits(6)}`,
        `#${rng.digits(9)}`,
      ]),
    sentences: {
      development: ['Where is my order {v}?', 'order_id={v} state=packed', '{"order_id":"{v}"}'],
      blind: ['Cancel order {v} please.', 'Bestellung {v} bitte stornieren.', '{"orderId":"{v}","paid":true}'],
    },
  },
  {
    name: 'tracking number',
    make: (rng) =>
      rng.pick([
        `1Z${rng.text(6, UPPER + DIGITS)}${rng.digits(10)}`,
        `94${rng.digits(20)}`,
        rng.digits(12),
        `00${rng.digits(18)}`,
        `${rng.text(2, UPPER)}${rng.digits(9)}${rng.pick(['DE', 'GB', 'US'])}`,
      ]),
    sentences: {
      development: ['Parcel {v} is on its way.', 'tracking: {v}'],
      blind: ['UPS says {v} was delivered, it was not.', 'Suivi du colis {v}'],
    },
  },
  {
    name: 'hash',
    make: (rng) => rng.text(rng.pick([7, 32, 40, 64]), HEX),
    sentences: {
      development: ['git checkout {v}', 'sha256sum gives {v}'],
      blind: ['Merge commit {v} reverted.', 'md5: {v}'],
    },
  },
  {
    name: 'uuid',
    make: (rng) => (rng.chance(0.7) ? uuid(rng) : digitUuid(rng)),
    sentences: {
      development: ['trace {v} took {n} s', '{"id":"{v}"}'],
      blind: ['session {v} expired', 'GET /items/{v} 404'],
    },
  },
  {
    name: 'timestamp',
    make: (rng) =>
      rng.pick([
        `17${rng.digits(11)}`,
        `17${rng.digits(8)}`,
        `16${rng.digits(14)}`,
        `20240${rng.int(1, 9)}${rng.int(10, 28)}${rng.int(10, 23)}${rng.int(10, 59)}${rng.int(10, 59)}`,
      ]),
    sentences: {
      development: ['{"ts":{v},"level":"info"}', 'expires_at={v}'],
      blind: ['created: {v}', 'last_seen {v} (epoch)'],
    },
  },
  {
    name: 'version',
    make: (rng) =>
      rng.pick([
        `${rng.int(1, 20)}.${rng.int(0, 40)}.${rng.int(0, 20)}`,
        `${rng.int(1, 20)}.${rng.int(0, 40)}.${rng.int(0, 9999)}.${rng.int(0, 99)}`,
        `v${rng.int(1, 9)}.${rng.int(0, 20)}.0-rc.${rng.int(1, 9)}`,
      ]),
    sentences: {
      development: ['Chrome version {v} crashes.', 'bump to version {v}'],
      blind: ['driver version {v} required', 'Versionsnummer {v} installieren'],
    },
  },
  {
    name: 'isbn',
    make: isbn,
    sentences: {
      development: ['The book (ISBN {v}) is out of print.', 'isbn: {v}'],
      blind: ['ISBN {v}, second edition', 'Do you stock ISBN {v}?'],
    },
  },
  {
    name: 'barcode',
    make: (rng) => rng.pick([`40${rng.digits(11)}`, rng.digits(8), `0${rng.digits(11)}`]),
    sentences: {
      development: ['EAN {v}, oat milk 1 l', 'barcode {v} not in catalogue'],
      blind: ['UPC: {v}', 'Strichcode {v} scannen'],
    },
  },
  {
    name: 'luhn-valid number that is no card',
    make: (rng) => {
      const body = rng.pick(['9', '80', '71', '1', '0']) + rng.digits(rng.pick([11, 13, 14]))
      return body + luhn(body)
    },
    sentences: {
      development: ['Loyalty points were added to order {v}.', 'voucher {v} already redeemed'],
      blind: ['Gift voucher {v} has no balance left.', 'receipt no. {v}'],
    },
  },
  {
    name: 'part number',
    make: (rng) =>
      rng.pick([
        `${rng.text(2, UPPER)}${rng.digits(5)}-${rng.text(1, UPPER)}`,
        `${rng.digits(3)}-${rng.digits(4)}-${rng.text(2, UPPER)}`,
        `${rng.text(3, UPPER)}-${rng.digits(3)}-${rng.digits(3)}`,
        `${rng.digits(4)}${rng.text(2, UPPER)}${rng.digits(3)}`,
      ]),
    sentences: {
      development: ['Fits pump model {v}.', 'SKU: {v}'],
      blind: ['replacement filter, part {v}', 'Modellnr. {v}'],
    },
  },
  {
    name: 'amount',
    make: (rng) =>
      rng.pick([
        `${rng.int(1, 999)},${rng.digits(3)},${rng.digits(3)}.00`,
        `${rng.int(1, 99)}.${rng.digits(3)}.${rng.digits(3)},${rng.digits(2)}`,
        `${rng.int(100, 999)} ${rng.digits(3)} ${rng.digits(3)}`,
      ]),
    sentences: {
      development: ['Revenue was {v} EUR in Q2.', 'total: {v} USD'],
      blind: ['Der Umsatz lag bei {v} Euro.', 'population: {v}'],
    },
  },
  {
    name: 'coordinates',
    make: (rng) => `${rng.int(-80, 80)}.${rng.digits(6)}, ${rng.int(-170, 170)}.${rng.digits(6)}`,
    sentences: { development: ['The pump is at {v}.', 'latlon = [{v}]'], blind: ['geo:{v}', 'survey point {v}'] },
  },
  {
    name: 'licence key',
    make: (rng) => Array.from({ length: 5 }, () => rng.text(5, UPPER + DIGITS)).join('-'),
    sentences: {
      development: ['Product key sample {v} is expired.', 'activation failed for {v}'],
      blind: ['trial code {v}', 'old product key {v} no longer works'],
    },
  },
  {
    name: 'fingerprint',
    make: (rng) => Array.from({ length: 16 }, () => rng.text(2, HEX)).join(':'),
    sentences: {
      development: ['key fingerprint {v}', 'MD5:{v}'],
      blind: ['host key {v} changed', 'SSL thumbprint {v}'],
    },
  },
  {
    name: 'standard',
    make: (rng) =>
      rng.pick([
        `RFC ${rng.int(1000, 9000)}`,
        `ISO ${rng.int(1000, 30000)}-${rng.int(1, 9)}`,
        `EN ${rng.digits(5)}:20${rng.int(10, 25)}`,
        `IEEE 802.${rng.int(1, 20)}`,
      ]),
    sentences: {
      development: ['See {v} for the details.', 'conforms to {v}'],
      blind: ['Per {v} this is allowed.', 'laut {v} zulässig'],
    },
  },
]
