import { ID_RULES } from '../../processors/pii/ids/index.ts'
import type { IdRule } from '../../processors/pii/shapes/rule.ts'
import { createRng, DIGITS, UPPER, type Rng } from './rng.ts'

/* What decides a type, for people who read the page: asked of the rules themselves where there are rules. */

export interface Basis {
  readonly validator: string
  /** What else speaks for it. */
  readonly words: string
}

/** Types that are no rule of shapes. */
const OWN: Readonly<Record<string, Basis>> = {
  CREDIT_CARD: { validator: 'Luhn, issuer, length', words: 'not needed; words for other things count against it' },
  IBAN_CODE: { validator: 'country, length, structure, mod 97', words: 'not needed' },
  CRYPTO: { validator: 'base58check, bech32, EIP-55', words: 'needed where no check proves it' },
  EMAIL_ADDRESS: { validator: 'form', words: 'needed where it is spelt out (`at`, `dot`)' },
  PHONE_NUMBER: { validator: 'numbering plans, groupings', words: 'needed without `+` or a telling grouping' },
  IP_ADDRESS: {
    validator: 'form; private, loopback and documentation ranges left out',
    words: 'needed for small numbers',
  },
  MRZ: { validator: 'lines, fields, check digits', words: 'not needed' },
  MAC_ADDRESS: { validator: 'form', words: 'needed for bare hex' },
  URL_CREDENTIALS: { validator: 'form', words: 'not needed' },
  DATE_OF_BIRTH: { validator: 'calendar', words: 'needed' },
  ADDRESS: { validator: 'none', words: 'words for streets, house numbers' },
  POSTCODE: { validator: 'form', words: 'needed where the form tells nothing' },
  AGE: { validator: 'none', words: 'needed' },
  USERNAME: { validator: 'none', words: 'needed' },
  NRP: { validator: 'none', words: 'lists of words; counted, not masked' },
  HEALTH: { validator: 'none', words: 'lists of words; counted, not masked' },
  SECRET: { validator: "vendors' forms, headers that decode", words: 'a name before it, else' },
  PASSWORD: { validator: 'none', words: 'needed' },
  PERSON: { validator: 'none', words: 'tagger' },
  LOCATION: { validator: 'none', words: 'tagger' },
  ORGANIZATION: { validator: 'none', words: 'tagger' },
}

const SAMPLES = 500

const ALPHABETS: Readonly<Record<string, string>> = { '9': DIGITS, A: UPPER, '*': UPPER + DIGITS }

/** Any value of a shape, as checks are asked: letters and digits alone. */
function sampleOf(shape: string, rng: Rng): string {
  let made = ''
  for (const sign of shape) {
    const alphabet = ALPHABETS[sign]
    if (alphabet !== undefined) made += alphabet[rng.int(0, alphabet.length - 1)]!
    else if (/[A-Za-z0-9]/.test(sign)) made += sign
  }
  return made.toUpperCase()
}

/** What a rule's check says of values that only have the shape. */
function validatorOf(rules: readonly IdRule[]): string {
  const rng = createRng('what checks say')
  const shapes = rules.flatMap(({ check, shapes: own }) => own.map((shape) => ({ check, shape })))
  const said = new Set(
    shapes.flatMap(({ check, shape }) => Array.from({ length: SAMPLES }, () => check(sampleOf(shape, rng)))),
  )
  if (!said.has('invalid')) return said.has('valid') ? 'check, of some series' : 'shape alone'
  if (!said.has('unknown')) return 'check or structure'
  return said.has('valid') ? 'check or structure, of some series' : 'structure'
}

function wordsOf(rules: readonly IdRule[]): string {
  const alone = rules.flatMap(({ alone: sure }) => (sure === undefined ? [] : [sure]))
  const examples = rules[0]!.words.slice(0, 2).map((word) => `\`${word}\``)
  if (alone.length === 0) return `needed: ${examples.join(', ')}, ...`
  return `not needed (alone ${Math.max(...alone)}): ${examples.join(', ')}, ...`
}

const RULES: ReadonlyMap<string, IdRule[]> = rulesByType()

function rulesByType(): Map<string, IdRule[]> {
  const byType = new Map<string, IdRule[]>()
  for (const rule of ID_RULES) byType.set(rule.type, [...(byType.get(rule.type) ?? []), rule])
  return byType
}

/** By type; as many as there are rules. */
const asked = new Map<string, Basis>()

export function basisOf(type: string): Basis {
  const rules = RULES.get(type)
  if (rules !== undefined) {
    const basis = asked.get(type) ?? { validator: validatorOf(rules), words: wordsOf(rules) }
    asked.set(type, basis)
    return basis
  }
  return OWN[type] ?? { validator: 'see its folder', words: '' }
}
