/** How the human identity of a call is stored. */
export type IdentityMode = 'keyEmail' | 'keyAll' | 'plain'

/** Which human identities the mode governs; agents and token ids are ordinary texts. */
export const IDENTITY_FIELDS: readonly ['user', 'onBehalfOf'] = ['user', 'onBehalfOf']

export const EMAIL_TYPE = 'EMAIL_ADDRESS'
/** The type of a keyed identity that is not an e-mail address. */
export const USER_TYPE = 'USER_ID'

/** What the token of an identity is made from. */
export interface IdentityValue {
  readonly type: string
  readonly normal: string
}

/** Any spelling of `@`; most user ids have none, and every call has a user. */
const MAY_BE_EMAIL = /[@\uff20]|%40/
const SHAPE = /^[^\s@]{1,64}@[^\s@]{1,255}$/

/** The normal form of an e-mail address where no detector is there to say it. */
export const plainEmail = (value: string): string | undefined => {
  const trimmed = value.trim()
  return SHAPE.test(trimmed) ? trimmed.toLowerCase() : undefined
}

/**
 * What to key an identity as. Undefined: it is not keyed; then `plain` stores it as given, and the other modes leave it
 * to the detectors like any text. An e-mail address gets the token it has in texts, so the two can be joined.
 */
export function keyedIdentity(
  value: string,
  mode: IdentityMode,
  emailNormal: (value: string) => string | undefined,
): IdentityValue | undefined {
  if (mode === 'plain') return undefined
  if (mode === 'keyEmail' && !MAY_BE_EMAIL.test(value)) return undefined
  const email = emailNormal(value) ?? plainEmail(value)
  if (email !== undefined) return { type: EMAIL_TYPE, normal: email }
  return mode === 'keyAll' ? { type: USER_TYPE, normal: value.trim() } : undefined
}
