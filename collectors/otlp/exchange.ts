import type { IncomingMessage, ServerResponse } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import { WeirError } from '../../core/errors.ts'
import type { Clock, Emit, Refusal } from '../../core/seam.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import { inflate, readBody, type Assembly, type Pieces } from './body.ts'
import type { Budget, Holding } from './budget.ts'
import { emitFailure, failureOf, rpcCode, SenderGone, unavailable, type HttpFailure } from './failure.ts'
import { answerEncoding, checkHead, signalOf, type Head } from './head.ts'
import { countIntake, outcomeOf, type Intake } from '../dialects/intake.ts'
import { exportResponse, rpcStatus } from '../dialects/wire/index.ts'
import { intakeOf, type Reading } from './reading.ts'
import type { RefusalLog } from './refusals.ts'
import type { Tokens } from './tokens.ts'

/** What all exchanges of a receiver share. */
export interface Exchanges extends Reading {
  collector: string
  emit: Emit<Interaction>
  tokens: Tokens
  budget: Budget
  assembly: Assembly
  refusals: RefusalLog
  clock: Clock
  maxRequestBytes: number
  deadlineMs: number
  bodyTimeoutMs: number
  lingerMs: number
  stopping(): boolean
}

/** Why a wait ended early. Given, because the error that is made otherwise costs a stack trace per request. */
const OVER = 'over'

/** One request and its answer. Never rejects. */
export class Exchange {
  private readonly all: Exchanges
  private readonly request: IncomingMessage
  private readonly response: ServerResponse
  private abandon: (error: Error) => void = () => undefined

  constructor(all: Exchanges, request: IncomingMessage, response: ServerResponse) {
    this.all = all
    this.request = request
    this.response = response
    // Writing to a sender that has just gone is no event worth a crash.
    response.on('error', () => undefined)
  }

  /** Ends whatever is being waited for; the sender is told to try again. */
  giveUp(): void {
    this.abandon(new WeirError('WEIR_STOPPING', 'Weir is stopping'))
  }

  /** `expectsContinue`: the sender waits for a word before it sends the body. */
  async run(expectsContinue: boolean): Promise<void> {
    try {
      if (this.all.stopping()) throw new WeirError('WEIR_STOPPING', 'Weir is stopping')
      const head = checkHead(this.request, this.all.tokens, this.all.maxRequestBytes)
      if (expectsContinue) this.response.writeContinue()
      await this.take(head)
    } catch (error) {
      if (error instanceof SenderGone) return this.count('gone')
      // A short request that is refused by its head is mostly here by now, and its connection can be kept.
      if (!this.request.complete) await setImmediate()
      await this.fail(failureOf(error))
    }
  }

  private async take(head: Head): Promise<void> {
    const { all } = this
    const holding = all.budget.open()
    if (holding === undefined) throw unavailable('too many requests are being worked on')
    let work: Promise<unknown> | undefined
    try {
      const reading = this.intake(head, await this.read(head, holding), holding)
      if (reading instanceof Promise) work = reading
      const intake = reading instanceof Promise ? await this.within(reading, all.deadlineMs, this.late) : reading
      const emission = intake.batch.length === 0 ? Promise.resolve([]) : all.emit(intake.batch)
      work = emission
      const refusals = await this.stored(emission, intake)
      countIntake(all.meter, intake, refusals)
      const { rejected, message } = outcomeOf(intake, refusals)
      await this.answer(200, exportResponse(head.encoding, head.signal, rejected, message))
    } finally {
      // Late work goes on after its sender was told to retry: what it holds is held until it ends.
      const release = (): void => holding.release()
      if (work === undefined) release()
      else work.then(release, release)
    }
  }

  private async read(head: Head, holding: Holding): Promise<Pieces> {
    const { all } = this
    const reading = readBody(this.request, all.maxRequestBytes, holding)
    try {
      const late = (): Error => unavailable(`the body did not arrive within ${all.bodyTimeoutMs} ms`)
      const pieces = await this.within(reading.body, all.bodyTimeoutMs, late)
      all.meter.add('otlp.received_bytes', pieces.size, { signal: head.signal })
      return pieces
    } finally {
      reading.stop()
    }
  }

  /** Without a pause, but for bodies with memory of their own: that of others is used again by the next request. */
  private intake(head: Head, pieces: Pieces, holding: Holding): Intake | Promise<Intake> {
    const { all } = this
    const whole = all.assembly.whole(pieces)
    const body = head.coding ? inflate(whole, head.coding, all.maxRequestBytes, holding) : whole
    const context = { tenant: head.tenant, collector: all.collector, receivedAt: all.clock.now() * 1000 }
    return intakeOf(all, { signal: head.signal, encoding: head.encoding, body, context })
  }

  private async stored(emission: Promise<readonly Refusal[]>, intake: Intake): Promise<readonly Refusal[]> {
    const { deadlineMs, meter } = this.all
    try {
      return await this.within(emission, deadlineMs, this.late)
    } catch (error) {
      meter.add('otlp.records', intake.total, { signal: intake.signal, outcome: 'deferred', reason: 'unavailable' })
      throw emitFailure(error)
    }
  }

  private readonly late = (): Error => unavailable(`not stored within ${this.all.deadlineMs} ms; send it again`)

  /** Waits for work, but not longer than `ms` and not beyond `giveUp`. The work itself goes on. */
  private within<T>(work: Promise<T>, ms: number, late: () => Error): Promise<T> {
    const over = new AbortController()
    const waiting = new Promise<T>((resolve, reject) => {
      this.abandon = reject
      work.then(resolve, reject)
      void this.all.clock.sleep(ms, over.signal).then(() => over.signal.aborted || reject(late()))
    })
    return waiting.finally(() => over.abort(OVER))
  }

  private fail(failure: HttpFailure): Promise<void> {
    this.all.refusals.refused(failure.status, signalOf(this.request) ?? 'none')
    const body = rpcStatus(answerEncoding(this.request), rpcCode(failure.status), failure.message)
    return this.answer(failure.status, body, failure.headers)
  }

  private async answer(status: number, body: Buffer, headers: Readonly<Record<string, string>> = {}): Promise<void> {
    const { request, response } = this
    this.count(String(status))
    if (response.destroyed) return
    const type = answerEncoding(request) === 'json' ? 'application/json' : 'application/x-protobuf'
    const unread = !request.complete
    if (unread || this.all.stopping()) response.setHeader('Connection', 'close')
    response.writeHead(status, { ...headers, 'Content-Type': type, 'Content-Length': body.length })
    if (unread) await this.linger(body)
    else response.end(body)
  }

  /**
   * The sender is still sending. Closing now could reset the connection before the answer is read, so the answer goes out
   * whole, and the rest of the request is thrown away for a while before the connection closes.
   */
  private async linger(body: Buffer): Promise<void> {
    const { request, response, all } = this
    response.write(body)
    const over = new AbortController()
    const end = (): void => over.abort(OVER)
    let thrownAway = 0
    request.on('data', (chunk: Buffer) => {
      thrownAway += chunk.length
      if (thrownAway > all.maxRequestBytes) end()
    })
    request.once('end', end).once('close', end)
    await all.clock.sleep(all.lingerMs, over.signal)
    response.end()
    if (!request.complete) request.destroy()
  }

  private count(status: string): void {
    this.all.meter.add('otlp.requests', 1, { signal: signalOf(this.request) ?? 'none', status })
  }
}
