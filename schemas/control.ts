import { count, number, object, oneOf, string, type JsonSchema } from './jsonschema.ts'

export const CONTROL_EVENT_TYPES = [
  'approval.requested',
  'approval.granted',
  'approval.denied',
  'approval.expired',
  'approval.withdrawn',
  'token.issued',
  'token.revoked',
  'rollback.proposed',
  'rollback.applied',
  'rollback.verified',
  'rollback.failed',
  'rollback.reverted',
  'source.approved',
  'source.revoked',
  'original.unsealed',
  'dead.dropped',
  'root.entered',
] as const

/** A decision about the system itself. Lives in one hash-chained log. */
export interface ControlEvent {
  version: 1
  id: string
  /** Place in the chain, from 0. */
  position: number
  at: number
  type: (typeof CONTROL_EVENT_TYPES)[number]
  tenant: string
  /** Who decided. */
  actor: string
  /** The command that asked for it; a second event for one command is void. */
  commandId: string
  reason: string
  /** Canonical JSON of what exactly was decided. */
  body: string
  /** SHA-256 of the event before; 64 zeros for the first. */
  previous: string
  hash: string
  signature: string
  keyId: string
}

const digest: JsonSchema = { type: 'string', pattern: '^[0-9a-f]{64}$' }

export const controlEventSchema: JsonSchema = {
  $id: 'https://weir.dev/schemas/control-event/1',
  title: 'ControlEvent',
  description: 'A decision about the system itself, in the hash-chained control log.',
  ...object(
    {
      version: { const: 1 },
      id: string,
      position: count,
      at: number,
      type: oneOf(CONTROL_EVENT_TYPES),
      tenant: string,
      actor: string,
      commandId: string,
      reason: string,
      body: string,
      previous: digest,
      hash: digest,
      signature: string,
      keyId: string,
    },
    [
      'version',
      'id',
      'position',
      'at',
      'type',
      'tenant',
      'actor',
      'commandId',
      'reason',
      'body',
      'previous',
      'hash',
      'signature',
      'keyId',
    ],
  ),
}
