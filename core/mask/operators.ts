import type { MaskOperator } from '../../schemas/policy.ts'
import { maskToken } from './token.ts'

/** A value as an operator needs it. */
export interface Maskable {
  readonly type: string
  /** As it stands in the text. */
  readonly value: string
  readonly hash: () => string
  /** For `replace`. */
  readonly replacement: string
}

const SHOWN = 4
/** A shorter value would be guessed from its last characters. */
const LEAST_PARTIAL = 9

/** What takes a value's place; undefined when it stays. */
export function replacementFor(
  operator: MaskOperator,
  { type, value, hash, replacement }: Maskable,
): string | undefined {
  switch (operator) {
    case 'token':
      return maskToken(type, hash())
    case 'redact':
      return `[${type}]`
    case 'replace':
      return replacement
    case 'partial':
      return partial(type, value)
    case 'keep':
      return undefined
  }
}

/** `[CREDIT_CARD:****1111]`: the last letters and digits, and nothing between them that JSON would escape. */
function partial(type: string, value: string): string {
  const characters = value.match(/[\p{L}\p{N}]/gu) ?? []
  return characters.length < LEAST_PARTIAL ? `[${type}]` : `[${type}:****${characters.slice(-SHOWN).join('')}]`
}
