import metadata from 'libphonenumber-js/min/metadata'

/* Which numbers there can be, by the numbering plans of the world's countries. */

/** In the metadata, where a country's plan holds the pattern of its numbers, without the prefix for calls inside it. */
const PATTERN = 2

type Plans = Readonly<Record<string, readonly unknown[] | undefined>>
const PLANS = metadata.countries as unknown as Plans
const WORLDWIDE = metadata.nonGeographic as unknown as Plans
const CALLING_CODES = metadata.country_calling_codes as Readonly<Record<string, readonly string[] | undefined>>
const MOST_CODE = 3

/** Made when first asked for: few texts have numbers of more than a few countries. */
const patterns = new Map<string, RegExp>()

function pattern(name: string, plans: readonly (readonly unknown[] | undefined)[]): RegExp {
  let known = patterns.get(name)
  if (known === undefined) {
    known = new RegExp(`^(?:${plans.map((plan) => String(plan?.[PATTERN])).join('|')})$`)
    patterns.set(name, known)
  }
  return known
}

function patternOfCode(code: string): RegExp | undefined {
  const countries = CALLING_CODES[code]
  if (countries !== undefined)
    return pattern(
      code,
      countries.map((country) => PLANS[country]),
    )
  return WORLDWIDE[code] === undefined ? undefined : pattern(code, [WORLDWIDE[code]])
}

/** Area and exchange of North America: neither begins with 0 or 1, nor is it a service such as 911. */
const NORTH_AMERICA = /^[2-9](?!11)\d\d[2-9](?!11)\d{6}$/
export const isNorthAmerican = (digits: string): boolean => NORTH_AMERICA.test(digits)

/** Whether digits after a `+` are a number; a 0 for calls inside the country may stand behind the country's code. */
export function isInternational(digits: string): boolean {
  for (let length = 1; length <= MOST_CODE; length++) {
    const code = digits.slice(0, length)
    const known = patternOfCode(code)
    if (known === undefined) continue
    const rest = digits.slice(length)
    if (code === '1') return isNorthAmerican(rest)
    return known.test(rest) || (rest.startsWith('0') && known.test(rest.slice(1)))
  }
  return false
}

/** Where a 0 is dialled before numbers of the same country. */
const ZERO_COUNTRIES =
  'GB DE FR NL BE CH AT SE FI IE TR AU NZ JP KR CN IN ZA IL TH ID RO BG HR RS UA AR EG PK NG KE VN TW MY PH'.split(' ')
const ZERO_ITALY = /^0\d{5,10}$/

/** Whether digits that begin with 0 are a number inside some country. */
export function isNational(digits: string): boolean {
  const plans = ZERO_COUNTRIES.map((country) => PLANS[country])
  return pattern('0', plans).test(digits.slice(1)) || ZERO_ITALY.test(digits)
}
