import { DIRECTIONS, PROVENANCES, SEVERITIES, type Direction, type Provenance, type Severity } from './finding.ts'
import { array, boolean, number, object, oneOf, string, type JsonSchema } from './jsonschema.ts'

export const MASK_OPERATORS = ['token', 'redact', 'partial', 'replace', 'keep'] as const
/**
 * What takes a value's place: a token that is the same for equal values, its type alone, its last characters, a text of
 * one's own, or the value itself.
 */
export type MaskOperator = (typeof MASK_OPERATORS)[number]

/** Every condition that is given must hold; one of a list is enough. `*` in a text stands for anything. */
export interface PolicyConditions {
  type?: string[]
  detector?: string[]
  direction?: Direction[]
  provenance?: Provenance[]
  /** Where the value stands in a JSON text: `customer.address.*`. */
  key?: string[]
  tenant?: string[]
  service?: string[]
  route?: string[]
  release?: string[]
  confidenceBelow?: number
}

/** What is done with a hit. Of several rules that match, the first that says something about a thing decides it. */
export interface PolicyRule {
  when: PolicyConditions
  then: {
    /** As if it had not been found. */
    ignore?: boolean
    mask?: MaskOperator
    /** For `mask: replace`. */
    replacement?: string
    severity?: Severity
  }
}

const texts: JsonSchema = { ...array({ ...string, minLength: 1 }), minItems: 1 }
const some = (values: readonly string[]): JsonSchema => ({ ...array(oneOf(values)), minItems: 1 })

export const policyRuleSchema: JsonSchema = object(
  {
    when: object({
      type: texts,
      detector: texts,
      direction: some(DIRECTIONS),
      provenance: some(PROVENANCES),
      key: texts,
      tenant: texts,
      service: texts,
      route: texts,
      release: texts,
      confidenceBelow: { ...number, minimum: 0, maximum: 1 },
    }),
    then: object({ ignore: boolean, mask: oneOf(MASK_OPERATORS), replacement: string, severity: oneOf(SEVERITIES) }),
  },
  ['when', 'then'],
)
