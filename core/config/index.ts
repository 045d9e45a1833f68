/*
 * `weir.yaml`: text to the effective configuration. The schema (schemas/config.ts) is the one source of keys, defaults,
 * limits, and of which keys are secrets or paths; this room adds positions, expansion, and the rules between keys.
 */
export { checkListen, isLoopback, LISTEN_FORM, parseListen, readListen, type ListenAddress } from './listen.ts'
export { DEFAULT_FILE, loadConfig, parseConfig } from './load.ts'
export type { LoadedConfig, LoadOptions, ParseOptions } from './load.ts'
export { ConfigError, problemLine, type Problem } from './problems.ts'
export { printConfig, redact, REDACTED, redactUrl } from './redact.ts'
export { brokersOf, hasTokens } from './validate.ts'
