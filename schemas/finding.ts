import { boolean, count, number, object, oneOf, string, type JsonSchema } from './jsonschema.ts'
import { originSchema, type Origin } from './origin.ts'

export const SEVERITIES = ['info', 'warning', 'serious', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

export const DIRECTIONS = ['system', 'input', 'output', 'tool', 'source', 'meta'] as const
/** Which part of the interaction a text belongs to; `meta` is everything that is not content. */
export type Direction = (typeof DIRECTIONS)[number]

export const PROVENANCES = ['echoed', 'retrieved', 'introduced', 'unknown', 'none'] as const
/**
 * For outputs: whether the value stands in the call's own input, in a declared source, or in neither; `unknown` where the
 * record holds no input to look in. `none` elsewhere. Other records of the call and earlier turns are looked at when read.
 */
export type Provenance = (typeof PROVENANCES)[number]

/** A text inside an interaction. `message` and `part` count from 0; where they do not apply they are 0 and `field` is the path. */
export interface Place {
  direction: Direction
  message: number
  part: number
  /** Path of the text, e.g. `content`, `name`, `error.message`, `attributes.user.email`. */
  field: string
}

/** Half-open, in Unicode code points of the original text. */
export interface CharRange {
  start: number
  end: number
}

export interface TokenRange {
  start: number
  end: number
  tokenizer: string
  /** The tokenizer is not known to be the model's own. */
  estimate: boolean
}

/** A hit or an alarm as stored: kind, where exactly, how sure, severity. Never the matched value. */
export interface Finding {
  version: 1
  /** From the interaction, detector, type, place and range; not from the detector's version. 32 hex digits. */
  id: string
  tenant: string
  kind: 'hit' | 'alarm'
  interactionId: string
  traceId: string
  spanId: string
  release: string
  route: string
  service: string
  detector: string
  detectorVersion: string
  type: string
  confidence: number
  severity: Severity
  provenance: Provenance
  place: Place
  range: CharRange
  tokens?: TokenRange
  /** HMAC over the type's normal form with the tenant's own key: equal values join without being stored. */
  valueHash: string
  /** The master key that the hash's key was derived from. */
  hashKey: string
  /** A few masked words around the range. */
  snippet: string
  receivedAt: number
  origin: Origin
}

const directions = oneOf(DIRECTIONS)

export const findingSchema: JsonSchema = {
  $id: 'https://weir.dev/schemas/finding/1',
  title: 'Finding',
  description: 'A hit or an alarm as stored. Never holds the matched value.',
  ...object(
    {
      version: { const: 1 },
      id: { type: 'string', pattern: '^[0-9a-f]{32}$' },
      tenant: { type: 'string', minLength: 1 },
      kind: oneOf(['hit', 'alarm']),
      interactionId: string,
      traceId: string,
      spanId: string,
      release: string,
      route: string,
      service: string,
      detector: string,
      detectorVersion: string,
      type: string,
      confidence: { type: 'number', minimum: 0, maximum: 1 },
      severity: oneOf(SEVERITIES),
      provenance: oneOf(PROVENANCES),
      place: object({ direction: directions, message: count, part: count, field: string }, [
        'direction',
        'message',
        'part',
        'field',
      ]),
      range: object({ start: count, end: count }, ['start', 'end']),
      tokens: object({ start: count, end: count, tokenizer: string, estimate: boolean }, [
        'start',
        'end',
        'tokenizer',
        'estimate',
      ]),
      valueHash: string,
      hashKey: string,
      snippet: string,
      receivedAt: number,
      origin: originSchema,
    },
    [
      'version',
      'id',
      'tenant',
      'kind',
      'interactionId',
      'traceId',
      'spanId',
      'release',
      'route',
      'service',
      'detector',
      'detectorVersion',
      'type',
      'confidence',
      'severity',
      'provenance',
      'place',
      'range',
      'valueHash',
      'hashKey',
      'snippet',
      'receivedAt',
      'origin',
    ],
  ),
}
