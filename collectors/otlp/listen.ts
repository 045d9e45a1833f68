import { readFileSync } from 'node:fs'
import { BlockList, isIP } from 'node:net'
import type { ListenConfig } from '../../schemas/config.ts'
import { messageOf, WeirError } from '../../core/errors.ts'

export interface Address {
  host: string
  port: number
}

const LOOPBACK = new BlockList()
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4')
LOOPBACK.addAddress('::1', 'ipv6')

/** `host:port`, `[v6]:port` or `:port` (every address). */
export function parseListen(listen: string): Address {
  const match = /^(?:\[([^\]]+)\]|([^:]*)):(\d{1,5})$/.exec(listen)
  const port = Number(match?.[3])
  if (!match || port > 65_535) {
    throw new WeirError(
      'WEIR_CONFIG_INVALID',
      `collectors.otlp.listen: "${listen}" is not host:port, e.g. 127.0.0.1:4318`,
    )
  }
  return { host: match[1] ?? (match[2] || '::'), port }
}

export function isLoopback(host: string): boolean {
  const kind = isIP(host)
  if (kind === 0) return host.toLowerCase() === 'localhost'
  return LOOPBACK.check(host, kind === 4 ? 'ipv4' : 'ipv6')
}

/** Refuses an address that other machines reach without tokens, or in clear. */
export function checkListen(config: ListenConfig, hasTokens: boolean): Address {
  const address = parseListen(config.listen)
  if (isLoopback(address.host)) return address
  const missing: string[] = []
  if (!hasTokens) missing.push('collectors.otlp.tokens.file (lines of `tenant sha256-of-token`)')
  if (config.tls === undefined && !config.behindProxy) {
    missing.push(
      'collectors.otlp.tls.certificate and .key, or collectors.otlp.behindProxy: true where a proxy ends TLS',
    )
  }
  if (missing.length > 0) {
    const how = missing.join('; and ')
    throw new WeirError(
      'WEIR_LISTEN_UNSAFE',
      `collectors.otlp.listen: ${config.listen} is reachable from other machines. Set ${how}; or listen on 127.0.0.1`,
    )
  }
  return address
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
