import type { IdRule } from '../shapes/rule.ts'
import { ANY_ID, COMPANY_ID, HEALTH_ID, ID_CARD, PASSPORT_IN, phrases, SOCIAL_SECURITY, TAX_ID, VAT } from './words.ts'

/*
 * What is called the same everywhere is told apart by the country before or behind it: `Greek tax number`, `TIN
 * (Philippines)`. The longer phrase speaks, and the name within it does not.
 */

/** By the beginning of a type's name. Codes of countries that are words of English are left out. */
const COUNTRIES: Readonly<Record<string, string>> = {
  ...{ AE: 'emirati, uae', AR: 'argentinian, argentine', AT: 'austrian', AU: 'australian, au', BE: 'belgian' },
  ...{ BG: 'bulgarian, bulgaria', BR: 'brazilian, brazil', CA: 'canadian, canada', CH: 'swiss', CL: 'chilean, chile' },
  ...{ CN: 'chinese, china, prc', CO: 'colombian, colombia', CZ: 'czech', DE: 'german', DK: 'danish, dk' },
  ...{ EC: 'ecuadorian', EE: 'estonian, estonia', EG: 'egyptian', ES: 'spanish', FI: 'finnish', FR: 'french' },
  ...{ GR: 'greek', HK: 'hong kong, hk', HR: 'croatian', HU: 'hungarian', IE: 'irish, ireland', IL: 'israeli, israel' },
  ...{ IN: 'indian, india', IS: 'icelandic', IT: 'italian', JP: 'japanese, japan, jp', KE: 'kenyan', KR: 'korean, kr' },
  ...{ KZ: 'kazakh', LT: 'lithuanian, lithuania', LV: 'latvian, latvia', MX: 'mexican, mexico', MY: 'malaysian' },
  ...{ NG: 'nigerian, nigeria', NL: 'dutch', NO: 'norwegian', NZ: 'new zealand, nz', PE: 'peruvian' },
  ...{ PH: 'philippine, philippines, filipino, ph', PK: 'pakistani, pakistan', PL: 'polish', PT: 'portuguese' },
  ...{ RO: 'romanian', RU: 'russian', SE: 'swedish', SG: 'singapore, sg', SI: 'slovenian', TH: 'thai, th' },
  ...{ TR: 'turkish', TW: 'taiwan, taiwanese, tw, roc', UA: 'ukrainian', UK: 'uk, british, gb, hmrc' },
  ...{ US: 'us, u s, usa, american, federal', UY: 'uruguayan', VN: 'vietnamese', ZA: 'south african, sa, rsa, za' },
}

const COMMON: ReadonlySet<string> = new Set(
  [ANY_ID, COMPANY_ID, HEALTH_ID, ID_CARD, PASSPORT_IN.english, SOCIAL_SECURITY, TAX_ID, VAT].flat(),
)
/** Beside a country's name they say enough, alone they say nothing. */
const SHORT: readonly string[] = phrases('id, id number, id card, id card number, national id')
const OF_PEOPLE: ReadonlySet<string> = new Set(ANY_ID)

/** The rule's words, and those that are used in many countries with the names of its own. */
export function withNationality(rule: IdRule): IdRule {
  const names = COUNTRIES[rule.type.slice(0, 2)]
  if (names === undefined || rule.type[2] !== '_') return rule
  const common = rule.words.filter((word) => COMMON.has(word))
  const short = common.some((word) => OF_PEOPLE.has(word)) ? SHORT : []
  const qualified = phrases(names).flatMap((name) =>
    [...common, ...short].flatMap((word) => [`${name} ${word}`, `${word} ${name}`]),
  )
  return { ...rule, words: [...new Set([...rule.words, ...qualified])] }
}
