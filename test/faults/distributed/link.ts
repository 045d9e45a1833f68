import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/*
 * A network that a test may cut: TCP passes through it unchanged until it is told otherwise.
 */

/** `cut`: connections are reset and new ones too. `silent`: nothing passes and nobody is told. */
export type Cut = 'cut' | 'silent'

export interface LinkOptions {
  /** The port that a new connection goes to; nothing when there is none. */
  to: () => number | undefined
  /** How long what clients say is under way. */
  latencyMs?: number
  /** Takes this port; any free one by default. */
  port?: number
}

interface Connection {
  client: Socket
  upstream: Socket
  pid: number | undefined
}

/** A connection's client names itself in Kafka's first request: size, API key, version, correlation id, client id. */
const CLIENT_ID_AT = 12

/** Weir's clients of Kafka are called `weir-HOST-PID`. */
function pidIn(request: Buffer): number | undefined {
  if (request.length < CLIENT_ID_AT + 2) return undefined
  const length = request.readInt16BE(CLIENT_ID_AT)
  if (length <= 0 || length > 256) return undefined
  const clientId = request.toString('latin1', CLIENT_ID_AT + 2, CLIENT_ID_AT + 2 + length)
  const [, pid] = /^weir-.*-(\d+)$/.exec(clientId) ?? []
  return pid === undefined ? undefined : Number(pid)
}

export class Link {
  readonly port: number
  readonly #server: Server
  readonly #open: Set<Connection>
  readonly #cuts: { pid: number | undefined; how: Cut }[]

  private constructor(server: Server, open: Set<Connection>, cuts: { pid: number | undefined; how: Cut }[]) {
    this.#server = server
    this.#open = open
    this.#cuts = cuts
    this.port = (server.address() as AddressInfo).port
  }

  static async open(options: LinkOptions): Promise<Link> {
    const open = new Set<Connection>()
    const cuts: { pid: number | undefined; how: Cut }[] = []
    const server = createServer((client) => carry(client, options, open, (pid) => cutOf(cuts, pid)))
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(options.port ?? 0, '127.0.0.1', resolve)
    })
    return new Link(server, open, cuts)
  }

  /** Of the connections of one process, or of all. */
  cut(how: Cut, pid?: number): void {
    this.#cuts.push({ pid, how })
    for (const connection of this.#open) {
      if (cutOf(this.#cuts, connection.pid) === undefined) continue
      if (how === 'cut') reset(connection)
      else for (const socket of [connection.client, connection.upstream]) socket.pause()
    }
  }

  /** What was held arrives now. */
  mend(): void {
    this.#cuts.length = 0
    for (const { client, upstream } of this.#open) for (const socket of [client, upstream]) socket.resume()
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    for (const connection of this.#open) reset(connection)
    await closed
  }
}

const cutOf = (cuts: readonly { pid: number | undefined; how: Cut }[], pid: number | undefined): Cut | undefined =>
  cuts.find((cut) => cut.pid === undefined || cut.pid === pid)?.how

function reset({ client, upstream }: Connection): void {
  client.resetAndDestroy()
  upstream.resetAndDestroy()
}

function carry(
  client: Socket,
  { to, latencyMs = 0 }: LinkOptions,
  open: Set<Connection>,
  cut: (pid: number | undefined) => Cut | undefined,
): void {
  client.on('error', () => {})
  const port = to()
  if (port === undefined) return void client.resetAndDestroy()
  const upstream = connect({ port, host: '127.0.0.1' })
  const connection: Connection = { client, upstream, pid: undefined }
  open.add(connection)
  const end = (): void => {
    open.delete(connection)
    client.destroy()
    upstream.destroy()
  }
  let known = false
  const pass = (chunk: Buffer): void => void (upstream.destroyed || upstream.write(chunk))
  client.on('data', (chunk: Buffer) => {
    if (!known) connection.pid = pidIn(chunk)
    known = true
    const how = cut(connection.pid)
    if (how === 'cut') return reset(connection)
    if (how === 'silent') {
      client.pause()
      upstream.pause()
      return client.unshift(chunk)
    }
    if (latencyMs > 0) setTimeout(pass, latencyMs, chunk)
    else pass(chunk)
  })
  upstream.on('data', (chunk: Buffer) => void (client.destroyed || client.write(chunk)))
  upstream.on('error', end)
  for (const socket of [client, upstream]) socket.on('close', end)
}
