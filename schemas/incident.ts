import { array, number, object, oneOf, string, type JsonSchema } from './jsonschema.ts'
import { SEVERITIES, type Severity } from './finding.ts'

/** One event in the life of an incident: findings under one key. State is folded from events, never stored. */
export interface IncidentEvent {
  version: 1
  /** Derived from its cause, so that a replay writes the same id. */
  id: string
  incidentId: string
  tenant: string
  at: number
  type: 'opened' | 'gathered' | 'acknowledged' | 'silenced' | 'resolved'
  rule: string
  /** What the findings share: tenant, rule, scope, release. */
  key: string
  severity: Severity
  findingIds: string[]
  /** Who or what caused it. */
  cause: string
}

export const incidentSchema: JsonSchema = {
  $id: 'https://weir.dev/schemas/incident/1',
  title: 'IncidentEvent',
  description: 'One event in the life of an incident.',
  ...object(
    {
      version: { const: 1 },
      id: string,
      incidentId: string,
      tenant: string,
      at: number,
      type: oneOf(['opened', 'gathered', 'acknowledged', 'silenced', 'resolved']),
      rule: string,
      key: string,
      severity: oneOf(SEVERITIES),
      findingIds: array(string),
      cause: string,
    },
    ['version', 'id', 'incidentId', 'tenant', 'at', 'type', 'rule', 'key', 'severity', 'findingIds', 'cause'],
  ),
}
