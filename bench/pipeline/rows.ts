import { createNormaliser } from '../../collectors/dialects/index.ts'
import { readTraces } from '../../collectors/dialects/wire/protobuf.ts'
import { systemClock } from '../../core/clock.ts'
import { createExaminer, type Examiner } from '../../core/examine/index.ts'
import { releaseKey } from '../../core/policy/index.ts'
import { createValueHasher, MasterKeys } from '../../core/sealing/index.ts'
import { TOPICS } from '../../core/seam.ts'
import { tokenRanges } from '../../core/tokens/index.ts'
import { createPiiDetector } from '../../processors/pii/index.ts'
import { createScan, createVocabulary } from '../../processors/scan/index.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import { INTERACTIONS } from '../../sinks/clickhouse/tables.ts'
import type { Request } from './traffic.ts'

/** An insert's body, and what was decoded for it. */
export interface RowBatch {
  requests: readonly Request[]
  rows: number
  bytes: Buffer
  /** Where the ids of event, trace and span stand: they differ from one insert to the next. */
  ids: { at: number; digits: number }[]
}

const KEY_ID = 'bench'

/** Weir's own examiner, as composed by `weir up` without configuration. */
function examiner(): Examiner {
  const vocabulary = createVocabulary()
  return createExaminer({
    detectors: [createPiiDetector(vocabulary)],
    scan: createScan(vocabulary),
    hash: createValueHasher(new MasterKeys(new Map([[KEY_ID, Buffer.alloc(32, 7)]]), KEY_ID)),
    identity: 'keyEmail',
    tokenRanges,
  })
}

/** The very rows that Weir would insert for the requests, so many requests to a batch; what is left over is left out. */
export function batchesOf(requests: readonly Request[], requestsPerBatch: number): RowBatch[] {
  const normalise = createNormaliser()
  const examine = examiner()
  const receivedAt = systemClock.now() * 1000
  const day = new Date(receivedAt / 1000).toISOString().slice(0, 10)
  const batches: RowBatch[] = []
  let offset = 0
  for (let n = 0; n + requestsPerBatch <= requests.length; n += requestsPerBatch) {
    const of = requests.slice(n, n + requestsPerBatch)
    const interactions = of.flatMap(({ body }) =>
      readTraces(body).records.map((record) => {
        const made = normalise(record, { tenant: 'default', collector: 'otlp', receivedAt })
        if ('ignored' in made) throw new Error(`a span of the benchmark is ignored: ${made.ignored}`)
        return made
      }),
    )
    const first = offset
    const lines = interactions.map((interaction) => {
      const origin = { topic: TOPICS.interactions, epoch: 1, partition: 0, offset: offset++ }
      const examined = examine(interaction, origin)
      const { findings, signal } = examined
      const stored = { kind: 'stored', origin, interaction: examined.interaction, findings, signal } as const
      const bury = (): never => {
        throw new Error('a row of the benchmark is refused')
      }
      return INTERACTIONS.line(
        { ...stored, release: releaseKey(interaction.release), unscanned: [], bury },
        { day, first },
      )
    })
    const bytes = Buffer.from(lines.join('\n'))
    batches.push({ requests: of, rows: lines.length, bytes, ids: idsIn(bytes, interactions) })
  }
  return batches
}

function idsIn(bytes: Buffer, interactions: readonly Interaction[]): RowBatch['ids'] {
  let from = 0
  return interactions.flatMap(({ id, traceId, spanId }) =>
    [id, traceId, spanId].map((digits) => {
      const at = bytes.indexOf(digits, from)
      if (at < 0) throw new Error('an id is not where it should be in its row')
      from = at + digits.length
      return { at, digits: digits.length }
    }),
  )
}
