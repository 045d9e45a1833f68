import { array, number, object, string, type JsonSchema } from './jsonschema.ts'

/** A detector of one's own: a pattern, a list of words, or both. */
export interface CustomRule {
  /** What people call it, where they ask why something was found. */
  name: string
  type: string
  /** A regular expression of RE2: no look-around, no back references, linear time. */
  pattern?: string
  /** Literal phrases, as whole words, in any case. */
  words?: string[]
  /** The pattern is run only in texts in which one of these is heard. */
  keywords?: string[]
  confidence?: number
}

const phrases: JsonSchema = { ...array({ ...string, minLength: 1 }), minItems: 1 }

export const customRuleSchema: JsonSchema = object(
  {
    name: { ...string, minLength: 1, description: 'What it is called where somebody asks why a value was found.' },
    type: { ...string, pattern: '^[A-Z][A-Z0-9_]{0,63}$', description: 'The type of what it finds: EMPLOYEE_ID.' },
    pattern: { ...string, minLength: 1, description: 'An RE2 expression: no look-around, no back references.' },
    words: { ...phrases, description: 'Phrases to find as they are: whole words, in any case.' },
    keywords: { ...phrases, description: 'The pattern is run only in texts that hold one of these.' },
    confidence: { ...number, minimum: 0, maximum: 1, description: 'How sure a hit is; 0.9 where left out.' },
  },
  ['name', 'type'],
)
