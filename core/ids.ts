import { hash } from 'node:crypto'

/** 32 hex digits are 128 bits: no two ids meet by chance. */
const ID_DIGITS = 32

/**
 * The id of a record as an interaction: equal for a sender's retry, different for another view of the same span. Tenant is
 * framed by its length and everything after it has no colon, so no two inputs give the same text.
 */
export function interactionId(
  tenant: string,
  traceId: string,
  spanId: string,
  kind: 'span' | 'log',
  raw: Uint8Array | string,
): string {
  const content = hash('sha256', raw, 'hex')
  return hash('sha256', `${tenant.length}:${tenant}:${traceId}:${spanId}:${kind}:${content}`, 'hex').slice(0, ID_DIGITS)
}

/** An id that follows from its cause: the same parts give the same id on any machine. Every part is framed by its length. */
export function derivedId(...parts: string[]): string {
  let framed = ''
  for (const part of parts) framed += `${part.length}:${part}`
  return hash('sha256', framed, 'hex').slice(0, ID_DIGITS)
}
