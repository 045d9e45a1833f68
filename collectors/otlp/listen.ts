import { readFileSync } from 'node:fs'
import { checkListen, parseListen, type ListenAddress } from '../../core/config/listen.ts'
import { messageOf, WeirError } from '../../core/errors.ts'
import type { ListenConfig } from '../../schemas/config.ts'

/** Refuses an address that other machines reach without tokens, or in clear. */
export function safeAddress(
  config: ListenConfig,
  hasTokens: boolean,
  key: string = 'collectors.otlp.listen',
): ListenAddress {
  const wrong = checkListen(config, hasTokens)
  if (wrong.length === 0) return parseListen(config.listen)
  throw new WeirError('WEIR_LISTEN_UNSAFE', `${key}: ${wrong.join('; ')}; or listen on 127.0.0.1`)
}

/** The PEM files, for the HTTPS server. */
export function readTls(tls: { certificate: string; key: string }): { cert: Buffer; key: Buffer } {
  return { cert: readPem(tls.certificate, 'certificate'), key: readPem(tls.key, 'key') }
}

function readPem(file: string, what: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new WeirError('WEIR_CONFIG_UNREADABLE', `collectors.otlp.tls.${what}: ${messageOf(error)}`, { cause: error })
  }
}
