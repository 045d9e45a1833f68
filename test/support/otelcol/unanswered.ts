import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

interface Connection {
  localPort: number
  remotePort: number
  /** Bytes that arrived and were not read. */
  unread: number
  inode: string
}

/** How many bytes of this process lie unread at the one who listens on this port. */
export function bytesUnreadAt(port: number, from: number): number {
  const all = ['tcp', 'tcp6'].flatMap(connections)
  const own = new Set(socketsOf(from))
  const ports = new Set(all.filter(({ inode }) => own.has(inode)).map(({ localPort }) => localPort))
  return all
    .filter(({ localPort, remotePort }) => localPort === port && ports.has(remotePort))
    .reduce((sum, { unread }) => sum + unread, 0)
}

/** As the kernel lists them: ports and queues in hex. */
function connections(protocol: string): Connection[] {
  const lines = readFileSync(`/proc/net/${protocol}`, 'utf8').trim().split('\n').slice(1)
  return lines.map((line) => {
    const [, local = '', remote = '', , queues = '', , , , , inode = ''] = line.trim().split(/\s+/)
    const [localPort, remotePort, unread] = [local, remote, queues].map((pair) =>
      Number.parseInt(pair.split(':')[1]!, 16),
    )
    return { localPort: localPort!, remotePort: remotePort!, unread: unread!, inode }
  })
}

function socketsOf(pid: number): string[] {
  const directory = `/proc/${pid}/fd`
  return readdirSync(directory).flatMap((name) => /^socket:\[(\d+)\]$/.exec(linkOf(`${directory}/${name}`))?.[1] ?? [])
}

/** A descriptor may be closed while the list is read. */
function linkOf(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}
