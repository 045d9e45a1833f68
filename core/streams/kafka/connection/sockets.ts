import { connect, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { ISocketFactory } from 'kafkajs'

const KEEP_ALIVE_MS = 60_000

/** As kafkajs makes them when it is left to itself. */
const makeSocket: ISocketFactory = ({ host, port, ssl, onConnect }) => {
  const named = isIP(host) === 0 ? { servername: host } : {}
  const socket = ssl ? connectTls({ host, port, ...named, ...ssl }, onConnect) : connect({ host, port }, onConnect)
  return socket.setKeepAlive(true, KEEP_ALIVE_MS)
}

export interface Sockets {
  readonly factory: ISocketFactory
  readonly open: number
  /** Ends what is still open, and from then on every new one: kafkajs goes on connecting for a while. */
  destroy(): void
}

/**
 * Keeps account of kafkajs's sockets, because kafkajs does not: of a broker that it takes for gone it forgets both
 * connections without ending them, and of two connects at once on one connection it forgets the first socket. Brokers end
 * such a socket when it has been idle for `connections.max.idle.ms`; until then it would keep a process from ending.
 */
export function trackSockets(make: ISocketFactory = makeSocket): Sockets {
  const sockets = new Set<Socket>()
  let isOver = false
  return {
    factory: (about) => {
      const socket = make(about)
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
      if (isOver) socket.destroy()
      return socket
    },
    get open() {
      return sockets.size
    },
    destroy: () => {
      isOver = true
      for (const socket of sockets) socket.destroy()
    },
  }
}
