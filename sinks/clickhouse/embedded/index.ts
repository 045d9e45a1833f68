export { startEmbeddedStore } from './supervisor.ts'
export type { EmbeddedStore, EmbeddedStoreOptions, StoreExit } from './supervisor.ts'
export { DEFAULT_LIMITS } from './options.ts'
export type { StoreLimits } from './options.ts'
