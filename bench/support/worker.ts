import { fork, type ChildProcess } from 'node:child_process'
import { messageOf } from '../../core/errors.ts'

/*
 * A process of a benchmark that does what it is told by commands: each is answered once, and the process ends with its
 * parent.
 */

export type Handlers = Record<string, (args: never) => Promise<unknown>>

interface Command {
  id: number
  name: string
  args: unknown
}

interface Answer {
  id: number
  result?: unknown
  error?: string
}

/** The process's own side. */
export function serve(handlers: Handlers): void {
  process.on('message', (message: Command) => {
    const answer = (rest: Omit<Answer, 'id'>): boolean | undefined => process.send?.({ id: message.id, ...rest })
    const handler = handlers[message.name]
    if (handler === undefined) return void answer({ error: `no command ${message.name}` })
    handler(message.args as never).then(
      (result) => answer({ result }),
      (error: unknown) => answer({ error: messageOf(error) }),
    )
  })
  process.on('disconnect', () => process.exit(0))
}

interface Open {
  resolve: (result: unknown) => void
  reject: (error: Error) => void
}

/** The parent's side. */
export class Worker {
  readonly #child: ChildProcess
  readonly #open = new Map<number, Open>()
  readonly #gone: Promise<void>
  #commands = 0

  constructor(file: string) {
    this.#child = fork(file, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    this.#child.on('message', (message: Answer) => {
      const open = this.#open.get(message.id)
      this.#open.delete(message.id)
      if (message.error === undefined) open?.resolve(message.result)
      else open?.reject(new Error(message.error))
    })
    this.#gone = new Promise((resolve) => {
      this.#child.once('exit', (code, signal) => {
        const why = new Error(`${file} ended (${signal ?? code})`)
        for (const open of this.#open.values()) open.reject(why)
        this.#open.clear()
        resolve()
      })
    })
  }

  get pid(): number {
    return this.#child.pid!
  }

  call<R>(name: string, args: unknown = {}): Promise<R> {
    if (!this.#child.connected) return Promise.reject(new Error(`the process for ${name} has ended`))
    const id = ++this.#commands
    return new Promise((resolve, reject) => {
      this.#open.set(id, { resolve: resolve as (result: unknown) => void, reject })
      this.#child.send({ id, name, args })
    })
  }

  async stop(): Promise<void> {
    if (this.#child.connected) this.#child.disconnect()
    await this.#gone
  }
}
