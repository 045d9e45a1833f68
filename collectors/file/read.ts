import { isUtf8 } from 'node:buffer'
import { WeirError } from '../../core/errors.ts'
import type { Clock } from '../../core/seam.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import { takeIn, type Normalise } from '../dialects/intake.ts'
import { decodeRequest, type Signal } from '../dialects/wire/index.ts'
import type { Check } from './check.ts'
import { withoutMark } from './lines.ts'

export const FORMATS = ['ndjson', 'otlp-json'] as const
export type Format = (typeof FORMATS)[number]

/** What became of one line. Reasons never quote it. */
export interface Taken {
  readonly interactions: readonly Interaction[]
  readonly refused: readonly string[]
  readonly ignored: ReadonlyMap<string, number>
}

export interface ReadOptions {
  readonly tenant: string
  /** Whatever each line is, where left out. */
  readonly format?: Format | undefined
  readonly normalise: Normalise
  readonly check: Check
  readonly clock: Pick<Clock, 'now'>
}

const NONE: ReadonlyMap<string, number> = new Map()
const NOTHING: Taken = { interactions: [], refused: [], ignored: NONE }
const refused = (reason: string): Taken => ({ ...NOTHING, refused: [reason] })

/** A request names its only list; what a Collector writes begins with it. */
const SIGNALS: readonly [name: string, signal: Signal][] = [
  ['resourceSpans', 'traces'],
  ['resourceLogs', 'logs'],
  ['resourceMetrics', 'metrics'],
]
const HEAD_BYTES = 64
const REQUEST_HEAD = /^\s*\{\s*"(resourceSpans|resourceLogs|resourceMetrics)"/

const signalNamed = (name: string | undefined): Signal | undefined => SIGNALS.find(([key]) => key === name)?.[1]

/** Reads one line, whatever it is. */
export function createReader(options: ReadOptions): (line: Buffer) => Taken {
  return (line) => {
    const bytes = withoutMark(line)
    const head = REQUEST_HEAD.exec(bytes.toString('latin1', 0, HEAD_BYTES))
    const signal = signalNamed(head?.[1])
    if (signal !== undefined) return options.format === 'ndjson' ? notNdjson : request(signal, bytes, options)
    const text = bytes.toString('utf8')
    if (text.trim() === '') return NOTHING
    if (!isUtf8(bytes)) return refused('is not valid UTF-8')
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      return refused('is not valid JSON')
    }
    if (typeof value !== 'object' || value === null) return refused('is not a JSON object')
    const late = SIGNALS.find(([name]) => Object.hasOwn(value, name))?.[1]
    if (options.format === 'otlp-json') return request(late ?? 'traces', bytes, options)
    if (late !== undefined) return options.format === 'ndjson' ? notNdjson : request(late, bytes, options)
    return exported(value, options)
  }
}

const notNdjson = refused('is an OTLP request, and --format says ndjson')

function request(signal: Signal, bytes: Buffer, { tenant, normalise, clock }: ReadOptions): Taken {
  try {
    const decoded = decodeRequest(signal, 'json', bytes)
    const context = { tenant, collector: 'file', receivedAt: clock.now() * 1000 }
    const intake = takeIn(signal, decoded, normalise, context)
    const ignored = new Map(intake.ignored)
    if (signal === 'metrics') ignored.set('metrics', decoded.total)
    return {
      interactions: intake.batch,
      refused: intake.refused.map(({ index, message }) => `record ${index + 1}: ${message}`),
      ignored,
    }
  } catch (error) {
    if (error instanceof WeirError) return refused(error.message)
    throw error
  }
}

/** As `weir export` writes it. It was masked before, and who imports it vouches for that. */
function exported(value: object, { tenant, check, clock }: ReadOptions): Taken {
  if (Object.hasOwn(value, 'interactionId')) return { ...NOTHING, ignored: new Map([['finding', 1]]) }
  const wrong = check(value)
  if (wrong !== undefined) return refused(wrong)
  const interaction = value as Interaction
  if (interaction.tenant !== tenant) return refused('belongs to another tenant than --tenant says')
  const arrival = { ...interaction.arrival, receivedAt: clock.now() * 1000, imported: true as const }
  return { interactions: [{ ...interaction, arrival }], refused: [], ignored: NONE }
}
