import type { IdRule } from '../rule.ts'

export const ID_RULES: readonly IdRule[] = []
