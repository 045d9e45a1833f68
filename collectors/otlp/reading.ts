import { messageOf, WeirError } from '../../core/errors.ts'
import type { Meter } from '../../core/meter.ts'
import { readRequest, type Intake, type Normalise, type ReadRequest, type Request } from '../dialects/intake.ts'
import { unavailable } from './failure.ts'

/** What reading a request takes. */
export interface Reading {
  readonly normalise: Normalise
  readonly meter: Meter
  /** Reads a long request without holding this thread. Rejects as reading here would throw, or as temporary. */
  readonly elsewhere?: ((request: Request) => Promise<ReadRequest>) | undefined
}

/** Reading so much holds the thread for some 50 ms. Longer bodies have memory of their own, which nobody uses again. */
const LONG_BODY = 4 * 1024 * 1024

/** From bytes to interactions: without a pause, but for long bodies. */
export function intakeOf(reading: Reading, request: Request): Intake | Promise<Intake> {
  const { normalise, meter, elsewhere } = reading
  if (elsewhere === undefined || request.body.length <= LONG_BODY)
    return counted(meter, request, readRequest(normalise, request))
  return elsewhere(request).then(
    (read) => counted(meter, request, read),
    (error: unknown) => {
      throw isLater(error) ? unavailable(messageOf(error)) : error
    },
  )
}

const isLater = (error: unknown): boolean =>
  error instanceof WeirError && (error.code === 'WEIR_QUEUE_FULL' || error.code === 'WEIR_DEADLINE')

function counted(meter: Meter, { signal }: Request, { intake, invalidUtf8 }: ReadRequest): Intake {
  if (invalidUtf8 > 0) meter.add('otlp.invalid_utf8', invalidUtf8, { signal })
  if (signal === 'metrics') meter.add('otlp.data_points', intake.total)
  return intake
}
