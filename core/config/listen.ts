import { BlockList, isIP } from 'node:net'
import type { ListenConfig, OtlpConfig } from '../../schemas/config.ts'
import { WeirError } from '../errors.ts'

/** An address to listen on. Port 0 takes any free one. */
export interface ListenAddress {
  readonly host: string
  readonly port: number
}

const HOST_NAME = /^(?!-)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*$/

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** `host:port`, with an IPv6 address in brackets. Undefined when it is neither. */
export function readListen(listen: string): ListenAddress | undefined {
  const [, bracketed, plain, digits] = /^(?:\[([^\]]*)\]|([^:[\]]*)):(\d{1,5})$/.exec(listen) ?? []
  const port = Number(digits)
  if (digits === undefined || port > 65_535) return undefined
  if (bracketed !== undefined) return isIP(bracketed) === 6 ? { host: bracketed, port } : undefined
  if (plain === undefined) return undefined
  const isHost = /^[\d.]+$/.test(plain) ? isIP(plain) === 4 : HOST_NAME.test(plain)
  return isHost ? { host: plain, port } : undefined
}

export const LISTEN_FORM = 'host:port, e.g. 127.0.0.1:4318, [::1]:4318 or 0.0.0.0:4318'

export function parseListen(listen: string): ListenAddress {
  const address = readListen(listen)
  if (address === undefined) throw new WeirError('WEIR_CONFIG_INVALID', `"${listen}" is not ${LISTEN_FORM}`)
  return address
}

/** Only this machine can reach it. A name other than localhost is not trusted to stay what it is. */
export function isLoopback(host: string): boolean {
  if (host.toLowerCase() === 'localhost') return true
  const family = isIP(host)
  if (family === 0 || host.includes('%')) return false
  return loopback.check(host, family === 4 ? 'ipv4' : 'ipv6')
}

/**
 * Closed by default: what other machines can reach asks who they are and cannot be overheard. Returns what is wrong, empty
 * when it may be opened. Asked when the configuration is read, and again by whoever opens the port.
 */
export function checkListen(config: ListenConfig, authenticated: boolean): string[] {
  if (isLoopback(parseListen(config.listen).host)) return []
  const wrong: string[] = []
  if (!authenticated) wrong.push(`${config.listen} can be reached by other machines, so \`tokens\` must be set`)
  if (config.tls === undefined && !config.behindProxy) {
    wrong.push(
      `${config.listen} can be reached by other machines, so \`tls\` must be set, ` +
        'or `behindProxy: true` where a proxy in front ends TLS',
    )
  }
  return wrong
}

const USUAL_HTTP = 4318
const USUAL_GRPC = 4317

/**
 * Where OTLP/gRPC listens, if anywhere: who moved OTLP/HTTP away from its usual port (several copies, any free port) says
 * for gRPC too where it is to be.
 */
export function grpcListen({ listen, grpc }: Pick<OtlpConfig, 'listen' | 'grpc'>): string | undefined {
  if (!grpc.enabled || grpc.listen !== undefined) return grpc.enabled ? grpc.listen : undefined
  return listen.endsWith(`:${USUAL_HTTP}`) ? `${listen.slice(0, -String(USUAL_HTTP).length)}${USUAL_GRPC}` : undefined
}
