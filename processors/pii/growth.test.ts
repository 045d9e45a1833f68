import { describe, expect, it } from 'vitest'
import type { Interaction } from '../../schemas/interaction.ts'
import { detector, scan } from './pii.fixture.ts'
import { leastCost } from '../../test/support/cost.ts'

/* No text costs more than in proportion to its length, whatever a finder is made to look at. */

const place = { direction: 'input', message: 0, part: 0, field: 'content' } as const

function cost(text: string): number {
  const prepared = scan([{ place, text }])
  return leastCost(() => detector.inspect({} as Interaction, prepared))
}

const UNITS: Readonly<Record<string, readonly string[]>> = {
  IBAN_CODE: ['DE89 ', 'DE89370400440532013000', 'GB 29 ', 'ibande89'],
  CRYPTO: ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa ', '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed ', 'bc1q', '3'],
  PHONE_NUMBER: [
    '+49 30 123456 ',
    '+1',
    '(415) 555-0123 ',
    '030 1234567 ',
    'phone 1 ',
    '1-',
    '12 34 ',
    'tel 5551234567,',
    '+(',
    '0049 ',
  ],
  IP_ADDRESS: ['8.8.8.8 ', '1.', 'a1:', '2a00::1 ', 'f1::', '::1'],
  MAC_ADDRESS: ['a1:b2:', '00-', 'mac ', '001a.', 'mac aa:'],
  URL_CREDENTIALS: ['://a:b@', '://a:', '@', ':@', 'http://u:p@h/ '],
  DATE_OF_BIRTH: ['dob 1 ', 'dob 12.03.1985 ', 'born 12 March ', '12 (', '1.1.'],
  AGE: ['42 years old ', 'age 42 ', '1 y', 'aged aged 1 ans '],
  USERNAME: ['username: ab1 ', 'user=', 'login: login: '],
  ADDRESS: [
    '1 a ',
    '12 Main Street ',
    '1 A ',
    'A A A Street ',
    'rue ',
    'Rue A ',
    'Calle Mayor 5, ',
    'Hauptstraße 12 ',
    "rue d'",
    'Address: 1 A, ',
    'address:',
    '地址：1号',
    'Street: A 1 a. ',
  ],
  POSTCODE: ['SW1A 1AA ', '12345 ', '1234 AB ', 'zip 1 ', 'K1A '],
  EMAIL_ADDRESS: ['a at b dot ', 'at ', '(at) ', 'a (at) b.', 'a.at ', ' dot a at'],
  HEALTH: ['diabetes ', 'Polish '],
  BIC_CODE: ['BIC DEUTDEFF ', 'bic ', 'DEUTDEFF ', 'BIC, DEUTDEFF,', '(DEUTDEFF) '],
  shapes: [
    'AAA AAA 9',
    'DE 123 ',
    'a 1 ',
    'passport 123456789 ',
    'tax id 12 ',
    '1234 ',
    '1-2.3/',
    'ABCPK 1234 F ',
    '号1',
  ],
  MRZ: ['P<GBR', '<<1', 'P<GBRSMITH<<ANN<<<<<\n'],
  tables: [
    'a,b\n1,2\n',
    'a,b,c\n',
    ',',
    '",',
    '|1|2|',
    'insert into a (b,c) values (1,2),',
    "insert into a (bcd) values ('",
    'create table a (b c, ',
    'copy a (b) from stdin;\n1\n',
    '<th>a</th>',
    '<tr><th>phone</th><th>b</th></tr><td>1234567 ',
    '|a|b|\n|-|-|\n|1|2|\n',
    '"columns":["a","b"],[1,',
    'insert into a (b,c) values (1234567, (1234567,',
  ],
  misread: ['ssn 4O2-1O-8837 ', '1O', '1O 2 ', 'DE89 37O4 0044 0532 0l30 01 '],
  messages: ['PID|1||', 'PID|1\r', 'PID|1\rIN1|', 'NM1*', 'NM1*IL\n', 'NM1*IL~', 'NM1*IL*~N3*1 AB~', 'PID|^^^^~'],
}

const repeated = (unit: string, size: number): string => unit.repeat(Math.ceil(size / unit.length))

describe('twice the text costs about twice as much', () => {
  for (const [type, units] of Object.entries(UNITS))
    it.each(units.map((unit) => [unit]))(`${type}: %j`, (unit) => {
      const small = cost(repeated(unit, 10_000))
      const large = cost(`a,b\n1,2\n${repeated(unit, 80_000)}`)
      // 2.3 for each of three doublings is 12; the machine is noisy, and quadratic would be 64.
      expect(large).toBeLessThan(24 * Math.max(small, 1500))
    })
})
