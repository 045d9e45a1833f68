/** Types of mentions, in the order of their labels. */
export const TYPES = ['PERSON', 'LOCATION', 'ORGANIZATION'] as const
export type NameType = (typeof TYPES)[number]

/** Label 0 is none; 2n+1 begins a mention of type n and 2n+2 goes on with it. */
export const LABELS = 7
export const OUTSIDE = 0
/** Weights are laid out in eights: one stays empty. */
export const STRIDE = 8

export const beginOf = (type: NameType): number => TYPES.indexOf(type) * 2 + 1
export const isBegin = (label: number): boolean => label % 2 === 1
export const typeOf = (label: number): NameType | undefined => TYPES[(label - 1) >> 1]

/** What cannot follow: a mention that goes on without having begun. */
export const follows = (before: number, label: number): boolean =>
  label === OUTSIDE || isBegin(label) || before === label || before === label - 1

/** How a name is written: small where others are not, small as all of its text, shouted where others are not, or else. */
export type NameLook = 'usual' | 'small' | 'allSmall' | 'shouted'

/** A run of tokens that names something: indices of tokens, half-open. */
export interface Mention {
  readonly type: NameType
  readonly first: number
  readonly end: number
  /** How likely the tokens name anything of this type. */
  readonly confidence: number
  readonly look: NameLook
}
