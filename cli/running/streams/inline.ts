import { systemClock, systemRandom } from '../../../core/clock.ts'
import { DataKeys } from '../../../core/sealing/index.ts'
import { createInlineStream } from '../../../core/streams/inline/index.ts'
import type { Config } from '../../../schemas/config.ts'
import { createKeyStore, createRecovery, type StoreClient } from '../../../sinks/clickhouse/index.ts'
import { DRAIN_MS, events, watchStream, type OpenStream, type StreamParts } from './open-stream.ts'

interface InlineParts extends StreamParts {
  readonly client: StoreClient
  readonly epoch: number
  /** Done with an interaction before it takes its place in the stream. */
  readonly prepare: (value: unknown) => Promise<void> | undefined
}

export function openInline(
  config: Config,
  { masterKeys, logger, telemetry, client, epoch, prepare }: InlineParts,
): OpenStream {
  const { last, ...on } = events(logger, telemetry, systemClock)
  const stream = createInlineStream({
    epoch,
    limits: config.stream,
    drainMs: DRAIN_MS,
    recovery: createRecovery(client, systemClock),
    clock: systemClock,
    prepare,
    ...on,
  })
  watchStream(stream, last, telemetry)
  const keys = new DataKeys({ masterKeys, store: createKeyStore(client, systemClock), random: systemRandom })
  return { stream, keys, close: async () => {} }
}
