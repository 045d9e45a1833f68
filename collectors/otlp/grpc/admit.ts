import { ServerInterceptingCall, type ServerInterceptor } from '@grpc/grpc-js'
import type { Signal } from '../../dialects/wire/index.ts'
import { failureOf, unavailable } from '../failure.ts'
import { countCall, tenantOf, type Calls } from './call.ts'
import type { Gate } from './gate.ts'
import { statusOf } from './status.ts'

export interface Admission {
  calls: Calls
  gate: Gate
  bodyTimeoutMs: number
  /** By the path of the method. */
  signals: ReadonlyMap<string, Signal>
}

/**
 * What can be said against a call is said before its message is read, and only so many messages are read at once: until a
 * message is whole its bytes are in nobody's account.
 */
export function admission({ calls, gate, bodyTimeoutMs, signals }: Admission): ServerInterceptor {
  return (method, call) => {
    const signal = signals.get(method.path) ?? 'none'
    const over = new AbortController()
    let leave: (() => void) | undefined
    let decided = false
    const end = (): void => {
      over.abort('over')
      leave?.()
    }
    const refuse = (error: unknown): void => {
      if (decided) return
      decided = true
      end()
      const failure = statusOf(failureOf(error))
      countCall(calls, signal, failure.code)
      call.sendStatus(failure)
    }
    // What gRPC says of itself (a message too large or broken, a deadline) passes through nothing else that is ours.
    let said: number | undefined
    const sendStatus = call.sendStatus.bind(call)
    call.sendStatus = (status) => {
      said = status.code
      sendStatus(status)
    }
    return new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMetadata: (metadata, go) => {
            try {
              tenantOf(calls, metadata)
            } catch (error) {
              return refuse(error)
            }
            const late = (): Error => unavailable(`the message did not arrive within ${bodyTimeoutMs} ms`)
            void calls.clock.sleep(bodyTimeoutMs, over.signal).then(() => over.signal.aborted || refuse(late()))
            leave = gate.open(() => go(metadata))
            if (leave === undefined) refuse(unavailable('too many requests wait to be read'))
          },
          onReceiveMessage: (message, go) => {
            if (decided) return
            decided = true
            end()
            go(message)
          },
          onCancel: () => {
            end()
            if (!decided) countCall(calls, signal, said ?? 'gone')
            decided = true
          },
        }),
    })
  }
}
