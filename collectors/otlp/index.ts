import type { Collector } from '../../core/seam.ts'
import type { OtlpConfig } from '../../schemas/config.ts'
import { Budget, MAX_BODY_BYTES_HELD } from './budget.ts'
import type { ListenAddress } from '../../core/config/listen.ts'
import type { OtlpDeps, Protection } from './deps.ts'
import { Receiver } from './receiver.ts'

export type { OtlpDeps, Protection } from './deps.ts'
export { decodeRequest, type Decoded, type Encoding, type RefusedRecord, type Signal } from '../dialects/wire/index.ts'

export interface OtlpCollector extends Collector {
  /** Where it listens; with port 0 the real port is known once it is ready. */
  address(): ListenAddress
  /** Resolves when it listens, rejects when it cannot. */
  readonly ready: Promise<void>
  /** Bytes of request bodies held now. */
  readonly heldBytes: number
  /** Stops as an aborted signal does. Safe before start, twice, and after a failed start. */
  close(): Promise<void>
}

export const PROTECTION: Omit<Protection, 'drainMs'> = {
  headersTimeoutMs: 10_000,
  bodyTimeoutMs: 30_000,
  tlsHandshakeTimeoutMs: 10_000,
  keepAliveTimeoutMs: 75_000,
  lingerMs: 2_000,
  bodyBytesHeld: MAX_BODY_BYTES_HELD,
}

/**
 * The OTLP/HTTP receiver. Throws at once when its address is unsafe (WEIR_LISTEN_UNSAFE), or tokens or certificates
 * cannot be read; `run` rejects with WEIR_LISTEN_FAILED when the port cannot be had.
 */
export function createOtlpCollector(config: OtlpConfig, deps: OtlpDeps): OtlpCollector {
  return new Receiver(config, deps, { ...PROTECTION, drainMs: config.deadlineMs, ...deps.protection })
}

/** One bound on the bytes that several receivers hold together. */
export const createBodyBudget = (): Budget => new Budget(MAX_BODY_BYTES_HELD)
