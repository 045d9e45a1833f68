import type { Metadata, StatusObject } from '@grpc/grpc-js'
import { WeirError } from '../../../core/errors.ts'
import type { Refusal } from '../../../core/seam.ts'
import { countIntake, outcomeOf, type Intake } from '../../dialects/intake.ts'
import { exportResponse, type Signal } from '../../dialects/wire/index.ts'
import type { Exchanges } from '../exchange.ts'
import { emitFailure, failureOf, HttpFailure, unavailable } from '../failure.ts'
import { intakeOf } from '../reading.ts'
import { OK, statusOf } from './status.ts'

/** What all calls of a receiver share: the same as all exchanges over HTTP. */
export type Calls = Pick<
  Exchanges,
  | 'collector'
  | 'emit'
  | 'normalise'
  | 'elsewhere'
  | 'tokens'
  | 'budget'
  | 'meter'
  | 'clock'
  | 'deadlineMs'
  | 'stopping'
  | 'refusals'
>

export type Answer = { body: Buffer } | { failure: StatusObject }

const stopping = (): Error => new WeirError('WEIR_STOPPING', 'Weir is stopping')

/** Whose call it is. Throws what can be said against it before its message is read. */
export function tenantOf(all: Calls, metadata: Metadata): string {
  if (all.stopping()) throw stopping()
  const [authorization] = metadata.get('authorization')
  const tenant = all.tokens.tenantOf(authorization?.toString())
  if (tenant !== undefined) return tenant
  const said = authorization === undefined ? 'no token' : 'a token that is not valid'
  throw new HttpFailure(401, `the request carries ${said}: send authorization: Bearer <token>`)
}

/** One message and its answer. Never rejects. */
export class ExportCall {
  private readonly all: Calls
  private readonly signal: Signal
  private abandon: (error: Error) => void = () => undefined

  constructor(all: Calls, signal: Signal) {
    this.all = all
    this.signal = signal
  }

  /** Ends whatever is being waited for; the sender is told to try again. */
  giveUp(): void {
    this.abandon(stopping())
  }

  async run(metadata: Metadata, message: Buffer): Promise<Answer> {
    try {
      const body = await this.take(tenantOf(this.all, metadata), message)
      countCall(this.all, this.signal, OK)
      return { body }
    } catch (error) {
      const failure = statusOf(failureOf(error))
      countCall(this.all, this.signal, failure.code)
      return { failure }
    }
  }

  private async take(tenant: string, message: Buffer): Promise<Buffer> {
    const { all, signal } = this
    const holding = all.budget.open()
    if (holding === undefined) throw unavailable('too many requests are being worked on')
    let work: Promise<unknown> | undefined
    try {
      if (!holding.grow(message.length)) throw unavailable('too many bytes of other requests are being worked on')
      all.meter.add('otlp.received_bytes', message.length, { signal })
      const reading = this.intake(tenant, message)
      if (reading instanceof Promise) work = reading
      const intake = reading instanceof Promise ? await this.inTime(reading) : reading
      const emission = intake.batch.length === 0 ? Promise.resolve([]) : all.emit(intake.batch)
      work = emission
      const refusals = await this.stored(emission, intake)
      countIntake(all.meter, intake, refusals)
      const { rejected, message: told } = outcomeOf(intake, refusals)
      return exportResponse('protobuf', signal, rejected, told)
    } finally {
      // Late work goes on after its sender was told to retry: what it holds is held until it ends.
      const release = (): void => holding.release()
      if (work === undefined) release()
      else work.then(release, release)
    }
  }

  private intake(tenant: string, body: Buffer): Intake | Promise<Intake> {
    const { all, signal } = this
    const context = { tenant, collector: all.collector, receivedAt: all.clock.now() * 1000 }
    return intakeOf(all, { signal, encoding: 'protobuf', body, context })
  }

  private async stored(emission: Promise<readonly Refusal[]>, intake: Intake): Promise<readonly Refusal[]> {
    try {
      return await this.inTime(emission)
    } catch (error) {
      const deferred = { signal: intake.signal, outcome: 'deferred', reason: 'unavailable' }
      this.all.meter.add('otlp.records', intake.total, deferred)
      throw emitFailure(error)
    }
  }

  /** Waits for work, but not beyond the deadline and `giveUp`. The work itself goes on. */
  private inTime<T>(work: Promise<T>): Promise<T> {
    const { deadlineMs, clock } = this.all
    const over = new AbortController()
    const waiting = new Promise<T>((resolve, reject) => {
      this.abandon = reject
      work.then(resolve, reject)
      const late = (): Error => unavailable(`not stored within ${deadlineMs} ms; send it again`)
      void clock.sleep(deadlineMs, over.signal).then(() => over.signal.aborted || reject(late()))
    })
    return waiting.finally(() => over.abort('over'))
  }
}

/** `gone`: the call ended before it was ours to answer. */
export function countCall(all: Pick<Calls, 'meter' | 'refusals'>, signal: string, code: number | 'gone'): void {
  if (code !== 'gone') all.refusals.refused(code, signal)
  all.meter.add('otlp.requests', 1, { signal, status: `grpc_${code}` })
}
