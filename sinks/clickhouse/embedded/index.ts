export { startEmbeddedStore } from './process/supervisor.ts'
export type { EmbeddedStore, EmbeddedStoreOptions, StoreExit } from './process/supervisor.ts'
export { DEFAULT_LIMITS } from './options.ts'
export type { StoreLimits } from './options.ts'
