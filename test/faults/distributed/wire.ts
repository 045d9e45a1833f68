import { Socket } from 'node:net'
import { TOPICS, type Topic } from '../../../core/seam.ts'

/*
 * Points between receipt and commit that no hook of Weir's own knows: the moments at which a request to Kafka leaves this
 * process, and at which its answer arrives. Whatever the client library does in between, these are the wire's.
 */

export type WirePoint = `${'produce' | 'commit'}:${Topic}:${'before' | 'sent' | 'answered'}`

/** API keys: https://kafka.apache.org/protocol#protocol_api_keys */
const REQUESTS: Readonly<Record<number, 'produce' | 'commit'>> = { 0: 'produce', 8: 'commit' }
const NAMES = Object.values(TOPICS)
const HEAD = 12

type Writing = (...args: unknown[]) => boolean

/** From now on, `reach` hears of every such moment on connections to these ports. */
export function watchWire(ports: ReadonlySet<number>, reach: (point: WirePoint) => void): void {
  const waiting = new WeakMap<Socket, Map<number, string>>()
  const write = Reflect.get(Socket.prototype, 'write') as Writing
  function watchedWrite(this: Socket, data: unknown, ...rest: unknown[]): boolean {
    if (!Buffer.isBuffer(data) || !ports.has(this.remotePort ?? 0)) return write.call(this, data, ...rest)
    const answers = waiting.get(this) ?? new Map<number, string>()
    if (!waiting.has(this)) watchAnswers(this, answers, reach)
    waiting.set(this, answers)
    const about = requestIn(data)
    if (!about) return write.call(this, data, ...rest)
    answers.set(about.correlation, about.name)
    reach(`${about.name}:before` as WirePoint)
    const flowing = write.call(this, data, ...rest)
    reach(`${about.name}:sent` as WirePoint)
    return flowing
  }
  Reflect.set(Socket.prototype, 'write', watchedWrite)
}

/** Names stand in the clear in both requests; values are sealed and hold none. */
function requestIn(data: Buffer): { name: string; correlation: number } | undefined {
  if (data.length < HEAD) return undefined
  const what = REQUESTS[data.readInt16BE(4)]
  const topic = what && NAMES.find((name) => data.includes(name))
  return topic && { name: `${what}:${topic}`, correlation: data.readInt32BE(8) }
}

/** Answers come in frames, each with its length and its request's correlation id. */
function watchAnswers(socket: Socket, answers: Map<number, string>, reach: (point: WirePoint) => void): void {
  let rest: Buffer = Buffer.alloc(0)
  socket.prependListener('data', (chunk: Buffer) => {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    while (rest.length >= 8 && rest.length >= rest.readInt32BE(0) + 4) {
      const correlation = rest.readInt32BE(4)
      const name = answers.get(correlation)
      answers.delete(correlation)
      rest = rest.subarray(rest.readInt32BE(0) + 4)
      if (name !== undefined) reach(`${name}:answered` as WirePoint)
    }
  })
}
