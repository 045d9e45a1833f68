import { GERMANY } from './germany.ts'
import {
  anyShape,
  chars,
  complete,
  ddmmyy,
  describeIds,
  digits,
  join,
  letters,
  oneOf,
  sumOf,
  valueOf,
} from './ids.fixture.ts'
import fc from 'fast-check'

/** Mod 11,10 as the standard writes it: the check digit makes the last product one. */
function mod11And10(body: string): string {
  let product = 10
  for (const digit of body) {
    let sum = (Number(digit) + product) % 10
    if (sum === 0) sum = 10
    product = (sum * 2) % 11
  }
  return String((11 - product) % 10)
}

/** Nine different digits of which one comes twice, or eight of which one comes three times, shuffled. */
const taxBody = fc
  .tuple(fc.shuffledSubarray(Array.from('0123456789'), { minLength: 8, maxLength: 9 }), fc.nat(7))
  .chain(([different, repeated]) => {
    const more = Array.from({ length: 10 - different.length }, () => different[repeated]!)
    return fc.shuffledSubarray([...different, ...more], { minLength: 10, maxLength: 10 })
  })
  .map((body) => body.join(''))
  .filter((body) => !body.startsWith('0') && !/(\d)\1\1/.test(body))

const cross = (text: string, weights: readonly number[]): number =>
  weights.reduce(
    (sum, weight, at) =>
      sum + Array.from(String(weight * Number(text[at]))).reduce((all, digit) => all + Number(digit), 0),
    0,
  )
const place = (letter: string): string => String(valueOf(letter) - 9).padStart(2, '0')

const pension = complete(join(oneOf('02', '15', '65', '89'), ddmmyy, letters(1), digits(2)), (body) => {
  const text = body.slice(0, 8) + place(body[8]!) + body.slice(9)
  return body + String(cross(text, [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]) % 10)
})
const health = complete(
  join(letters(1), digits(8)),
  (body) => body + String(cross(place(body[0]!) + body.slice(1), [1, 2, 1, 2, 1, 2, 1, 2, 1, 2]) % 10),
)
const travel = (first: string) =>
  complete(
    join(chars(first, 1), chars('CFGHJKLMNPRTVWXYZ0123456789', 8)),
    (body) => body + String(sumOf(body, [7, 3, 1, 7, 3, 1, 7, 3, 1]) % 10),
  )

describeIds(GERMANY, {
  DE_TAX_ID: {
    valid: ['86095742719', '47036892816', '65929970489', '57549285017', '86 095 742 719', '25768131411'],
    invalid: ['86095742718', '08609574271', '12345678901', '11111111111', '11123456780', '11123456786'],
    made: complete(taxBody, (body) => body + mod11And10(body)),
  },
  DE_SOCIAL_SECURITY: {
    valid: ['15070649C103', '15 070649 C 103', '15 070649 C 10 3'],
    invalid: ['15070649C104', '15320649C103', '15071349C106'],
    made: pension,
    // A five among the weights makes equal sums of products of odd and even digits.
    caught: 0.95,
  },
  DE_HEALTH_INSURANCE: {
    valid: ['A123456780', 'A 123456780'],
    invalid: ['A123456781', 'B123456780'],
    made: health,
  },
  DE_LANR: {
    valid: ['123456601', '123456699'],
    invalid: ['123456701', '123465601'],
    made: complete(
      join(digits(6), digits(2)),
      (body) => `${body.slice(0, 6)}${(1000 - sumOf(body, [4, 9, 4, 9, 4, 9])) % 10}${body.slice(6)}`,
    ),
    // Four times a step of five is twenty: such changes in the places that weigh four are not told.
    caught: 0.9,
    open: [7, 8],
  },
  DE_BSNR: { unknown: ['521111100'], unproven: digits(9) },
  DE_ID_CARD: {
    valid: ['T220001293', 'L01X00T471', 'l01x00t471'],
    unknown: ['T22000129', 'L01X00T47'],
    invalid: ['T220001294', 'C220001293', 'LA1X00T471'],
    made: travel('LMNPRTVWXY'),
    unproven: join(chars('LMNPRTVWXY', 1), chars('CFGHJKLMNPRTVWXYZ0123456789', 8)),
  },
  DE_PASSPORT: {
    valid: ['C01X00T478', 'C01X00T47 8'],
    unknown: ['C01X00T47'],
    invalid: ['C01X00T479', 'T01X00T478'],
    made: travel('CFGHJK'),
    unproven: join(chars('CFGHJK', 1), chars('CFGHJKLMNPRTVWXYZ0123456789', 8)),
  },
  DE_VAT_CODE: {
    valid: ['DE136695976', 'DE 136695976', 'DE 136 695 976'],
    unknown: ['DE136695977'],
    invalid: ['DE036695976'],
    made: complete(join('DE', chars('123456789', 1), digits(7)), (body) => body + mod11And10(body.slice(2))),
  },
  DE_TAX_NUMBER: {
    unknown: ['93/815/08152', '181/815/08155', '2893081508152'],
    unproven: anyShape(GERMANY, 'DE_TAX_NUMBER'),
  },
  DE_DRIVER_LICENSE: { unknown: ['B072RRE2I55'], unproven: anyShape(GERMANY, 'DE_DRIVER_LICENSE') },
})
