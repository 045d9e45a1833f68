import { AI_RULES } from './rules-ai.ts'
import { CLOUD_RULES } from './rules-cloud.ts'
import { DEVELOPMENT_RULES } from './rules-development.ts'
import { SERVICE_RULES } from './rules-services.ts'
import type { SecretRule } from './rule.ts'

/** Written from the forms that vendors publish. */
export const SECRET_RULES: readonly SecretRule[] = [...CLOUD_RULES, ...AI_RULES, ...DEVELOPMENT_RULES, ...SERVICE_RULES]
