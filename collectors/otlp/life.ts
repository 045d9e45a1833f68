import type { AddressInfo, Server as Listener } from 'node:net'
import type { ListenAddress } from '../../core/config/listen.ts'
import { messageOf, WeirError } from '../../core/errors.ts'
import type { Collector, Emit } from '../../core/seam.ts'
import type { OtlpConfig } from '../../schemas/config.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import { Budget } from './budget.ts'
import { safeAddress } from './listen.ts'
import type { OtlpDeps, Protection } from './deps.ts'
import { Tokens } from './tokens.ts'

/** What a receiver is called in messages, and where its address is set. */
export interface Naming {
  readonly name: string
  readonly key: string
}

/** For the last answers to leave. */
const FLUSH_MS = 500

/** A receiver's life, the same whatever it speaks: it listens, serves until it is told to stop, and drains. */
export abstract class Life implements Collector {
  readonly ready: Promise<void>
  protected readonly config: OtlpConfig
  protected readonly deps: OtlpDeps
  protected readonly protection: Protection
  protected readonly tokens: Tokens
  protected readonly budget: Budget
  private readonly naming: Naming
  private readonly where: ListenAddress
  private readonly inFlight = new Set<{ giveUp(): void }>()
  private readonly stop = new AbortController()
  private running: Promise<void> | undefined
  private settleReady!: { resolve: () => void; reject: (error: Error) => void }
  private quiet: () => void = () => undefined

  protected abstract readonly listener: Listener

  constructor(config: OtlpConfig, deps: OtlpDeps, protection: Protection, naming: Naming) {
    this.config = config
    this.deps = deps
    this.protection = protection
    this.naming = naming
    this.tokens = new Tokens(config.tokens, deps)
    this.where = safeAddress(config, this.tokens.configured, naming.key)
    this.budget = deps.budget ?? new Budget(protection.bodyBytesHeld)
    this.ready = new Promise((resolve, reject) => {
      this.settleReady = { resolve, reject }
    })
    // Whoever runs the receiver gets the error from run(); ready may be looked at or not.
    this.ready.catch(() => undefined)
  }

  /** Before it listens. */
  protected abstract begin(emit: Emit<Interaction>, signal: AbortSignal): void
  /** Connections without a request end; the others once their answer has left. */
  protected abstract letGo(): void
  /** Every connection ends now. Safe when there is none. */
  protected abstract cut(): void

  address(): ListenAddress {
    const address = this.listener.address() as AddressInfo | null
    return address === null ? this.where : { host: address.address, port: address.port }
  }

  /** Bytes of bodies held now. */
  get heldBytes(): number {
    return this.budget.bytes
  }

  run(emit: Emit<Interaction>, signal: AbortSignal): Promise<void> {
    if (this.running !== undefined)
      throw new WeirError('WEIR_BUG', `the ${this.naming.name} receiver was started twice`)
    this.running = this.live(emit, AbortSignal.any([signal, this.stop.signal]))
    return this.running
  }

  async close(): Promise<void> {
    this.stop.abort()
    if (this.running === undefined)
      this.settleReady.reject(new WeirError('WEIR_STOPPING', 'closed before it was started'))
    await this.running?.catch(() => undefined)
  }

  /** What is in flight is waited for when stopping, and told to give up when that takes too long. */
  protected entered(one: { giveUp(): void }): void {
    this.inFlight.add(one)
  }

  protected left(one: { giveUp(): void }): void {
    this.inFlight.delete(one)
    if (this.inFlight.size === 0) this.quiet()
  }

  private async live(emit: Emit<Interaction>, signal: AbortSignal): Promise<void> {
    this.begin(emit, signal)
    try {
      if (!signal.aborted) await this.listen()
    } catch (error) {
      this.cut()
      this.settleReady.reject(error as Error)
      throw error
    }
    this.settleReady.resolve()
    await aborted(signal)
    await this.drain()
  }

  private listen(): Promise<void> {
    const { listener, where, naming, config, deps } = this
    return new Promise((resolve, reject) => {
      const failed = (error: Error): void => {
        const text = `cannot listen on ${config.listen}: ${messageOf(error)}; free the port or change ${naming.key}`
        reject(new WeirError('WEIR_LISTEN_FAILED', text))
      }
      listener.once('error', failed)
      listener.listen({ host: where.host, port: where.port }, () => {
        listener.off('error', failed)
        listener.on('error', (error) => deps.logger.warn('a listener has trouble', { collector: naming.name, error }))
        resolve()
      })
    })
  }

  /** Takes no more, lets what is in flight finish until the deadline, and then says what it left. */
  private async drain(): Promise<void> {
    const { listener, deps, inFlight, naming } = this
    if (!listener.listening) return this.cut()
    const closed = new Promise<void>((resolve) => listener.close(() => resolve()))
    await this.untilQuiet(this.protection.drainMs)
    if (inFlight.size > 0) {
      deps.logger.warn('requests were not finished in time; their senders were told to retry', {
        collector: naming.name,
        left: inFlight.size,
      })
      for (const one of inFlight) one.giveUp()
      await this.untilQuiet(FLUSH_MS)
    }
    this.letGo()
    const over = new AbortController()
    void closed.then(() => over.abort('over'))
    await deps.clock.sleep(FLUSH_MS, over.signal)
    this.cut()
    await closed
  }

  private async untilQuiet(ms: number): Promise<void> {
    if (this.inFlight.size === 0) return
    const over = new AbortController()
    this.quiet = () => over.abort('over')
    await this.deps.clock.sleep(ms, over.signal)
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
