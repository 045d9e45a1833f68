import type { Interaction } from '../../schemas/interaction.ts'
import { escapeMarks, maskToken, type MaskEdit } from '../mask/index.ts'
import { EMAIL_TYPE, IDENTITY_FIELDS, keyedIdentity, type IdentityMode } from '../policy/index.ts'
import type { Detector, ScanText } from '../seam.ts'

const NONE: ReadonlyMap<number, MaskEdit> = new Map()

/** What the detectors take an e-mail address's normal form to be, so that an identity's token is the one in texts. */
export function emailNormalOf(detectors: readonly Detector[]): (value: string) => string | undefined {
  const email = detectors.flatMap(({ types }) => types).find(({ name }) => name === EMAIL_TYPE)
  return email === undefined ? () => undefined : (value) => email.normal(value)
}

/**
 * The human identities that the identity mode decides about, by text. They are left out of what detectors say: to name
 * the user of every call is their purpose, not a finding.
 */
export function identityEdits(
  { actor }: Interaction,
  texts: readonly ScanText[],
  mode: IdentityMode,
  emailNormal: (value: string) => string | undefined,
  hash: (type: string, normal: string) => string,
): ReadonlyMap<number, MaskEdit> {
  if (!actor.user && !actor.onBehalfOf) return NONE
  const edits = new Map<number, MaskEdit>()
  for (const name of IDENTITY_FIELDS) {
    const value = actor[name]
    if (!value) continue
    const keyed = keyedIdentity(value, mode, emailNormal)
    if (keyed === undefined && mode !== 'plain') continue
    const text = texts.findIndex(({ place }) => place.field === `actor.${name}`)
    const kept = keyed === undefined ? escapeMarks(value) : maskToken(keyed.type, hash(keyed.type, keyed.normal))
    edits.set(text, { kind: keyed === undefined ? 'escaped' : 'masked', text: kept })
  }
  return edits
}
