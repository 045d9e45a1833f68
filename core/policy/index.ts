export { EMAIL_TYPE, IDENTITY_FIELDS, keyedIdentity, plainEmail, USER_TYPE } from './identity.ts'
export type { IdentityMode, IdentityValue } from './identity.ts'
export { monitorKey, releaseKey } from './release.ts'
export { defaultSeverity, isLeak, PROVEN, type Circumstances } from './severity.ts'
