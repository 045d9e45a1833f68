import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '../../core/clock.ts'
import { runnable } from '../../core/runnable.ts'
import type { Paced, Saturated } from '../pipeline/load.ts'
import { memoryOf } from '../support/processes.ts'
import { Worker } from '../support/worker.ts'
import type { Options } from './options.ts'
import type { Point } from './slope.ts'
import { openSubject, type Subject, type Warnings } from './subject.ts'

/** What was seen in the time under load. */
export interface Seen {
  saturationPerSecond: number
  pacedPerSecond: number
  acknowledged: number
  retries: number
  /** Megabytes of each process. */
  memory: Record<string, Point[]>
  lag: Point[]
  /** Milliseconds from the moment at which a request was due until its interaction was visible. */
  visible: Point[]
  missing: number
  /** Logged under load. */
  warnings: Warnings
}

const LOAD_SHARE = 0.7
const WARM_INTERACTIONS = 20_480
const SATURATE_SECONDS = 20
/** Of a request: with fewer, what the senders' connections can have in flight would be the limit. */
const SPANS = 64
/** Every so many requests one interaction is looked for in the store. */
const LOOK_EVERY = 50
const SAMPLE_MS = 2_000
const SAY_EVERY = 15

type Say = (text: string) => void

export async function soak(options: Options, say: Say): Promise<Seen> {
  const load = new Worker(runnable('../pipeline/load.ts', import.meta.url))
  let subject: Subject | undefined
  try {
    say(`${options.mode}, ${options.bytes} bytes of text: starting`)
    subject = await openSubject(options)
    const { otlp, reader, visible } = subject
    await load.call('prepare', { bytes: options.bytes, spans: SPANS })
    await load.call('aim', { otlp, reader, visible })
    const { rate, sent } = await saturation(subject, load)
    say(`saturated at ${Math.round(rate)} interactions a second; ${options.minutes} minutes at ${LOAD_SHARE} of that`)
    const seen = await underLoad(subject, load, { rate: rate * LOAD_SHARE, minutes: options.minutes }, say)
    await subject.drained(sent + seen.acknowledged)
    return { ...seen, saturationPerSecond: rate }
  } finally {
    await load.stop()
    await subject?.close()
  }
}

/** Interactions a second that all stages keep up with, after a warm-up. */
async function saturation(subject: Subject, load: Worker): Promise<{ rate: number; sent: number }> {
  const warm = await load.call<Saturated>('saturate', { interactions: WARM_INTERACTIONS })
  await subject.drained(warm.acknowledged)
  const startedAt = systemClock.now()
  const full = await load.call<Saturated>('saturate', { interactions: 0, seconds: SATURATE_SECONDS })
  const sent = warm.acknowledged + full.acknowledged
  await subject.drained(sent)
  return { rate: (1000 * full.acknowledged) / (systemClock.now() - startedAt), sent }
}

async function underLoad(
  subject: Subject,
  load: Worker,
  { rate, minutes }: { rate: number; minutes: number },
  say: Say,
): Promise<Omit<Seen, 'saturationPerSecond'>> {
  const names = Object.keys(subject.processes)
  const memory = Object.fromEntries(names.map((name): [string, Point[]] => [name, []]))
  const seen = { pacedPerSecond: rate, acknowledged: 0, retries: 0, memory, lag: [], visible: [], missing: 0 }
  const before = await subject.warnings()
  let over = false
  const pacing = load
    .call<Paced>('pace', { rate, seconds: minutes * 60, lookEvery: LOOK_EVERY })
    .finally(() => (over = true))
  pacing.catch(() => {}) // reported below
  for (let samples = 1; !over; samples++) {
    await sleep(SAMPLE_MS)
    if (over) break
    await sample(subject, seen)
    note(await load.call<Paced>('recent'), seen)
    if (samples % SAY_EVERY === 0) say(progress(seen))
  }
  note(await pacing, seen)
  const { weir, broker } = await subject.warnings()
  const warnings = { weir: weir.slice(before.weir.length), broker: broker.slice(before.broker.length) }
  return { ...seen, warnings }
}

type Sampled = Pick<Seen, 'acknowledged' | 'retries' | 'memory' | 'lag' | 'visible' | 'missing'>

async function sample(subject: Subject, { memory, lag }: Sampled): Promise<void> {
  const at = systemClock.now()
  for (const [name, pid] of Object.entries(subject.processes)) memory[name]!.push({ at, value: memoryOf([pid]).rssMb })
  lag.push({ at, value: await subject.lag() })
}

function note({ acknowledged, retries, seen, missing }: Paced, sampled: Sampled): void {
  const at = systemClock.now()
  sampled.acknowledged += acknowledged
  sampled.retries += retries
  sampled.missing += missing
  for (const value of seen) sampled.visible.push({ at, value })
}

function progress({ acknowledged, memory, lag }: Sampled): string {
  const sizes = Object.entries(memory).map(([name, points]) => `${name} ${Math.round(points.at(-1)?.value ?? 0)} MB`)
  return `${acknowledged} interactions; ${sizes.join(', ')}; ${lag.at(-1)?.value ?? 0} wait`
}
