import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { runnable } from '../../core/runnable.ts'
import { percentile, rounded } from '../support/figures.ts'
import { memoryOf, processTree, watchMemory, type Memory } from '../support/processes.ts'
import { ask } from '../support/store.ts'
import { Worker } from '../support/worker.ts'
import { costOf, quiet, total, type Cpu } from './cost.ts'
import type { Paced, Saturated } from './load.ts'
import { profiling, type Options } from './options.ts'
import { LEAST_PACED, LEAST_ROWS, MOST_PACED_SECONDS, MOST_ROWS, SHAPE, type Say } from './shape.ts'
import { startWeir, writeConfig, type Weir } from './weir.ts'

export interface EmbeddedRun {
  mode: 'embedded'
  bytes: number
  perCpuSecond: number
  ratioToBare: number
  visibleP50Ms: number
  visibleP99Ms: number
  peakRssMb: number
  idleRssMb: number
  readyMs: number
  /** What the figures above were made of. */
  detail: Record<string, number>
}

const IDLE_MS = 10_000
const FIRST_INTERACTIONS = 2_048
/** Of the warm-up and of every turn, however slow the machine: fewer say nothing. */
const LEAST_INTERACTIONS = 32_768
/** Every so many paced requests, the store is asked for a span of one that was just acknowledged. */
const LOOK_EVERY = 25

interface Scene {
  bytes: number
  options: Options
  say: Say
  weir: Weir
  load: Worker
  bare: Worker
}

/** One run: everything that is measured for one size of text. */
export async function run(bytes: number, options: Options, say: Say): Promise<EmbeddedRun> {
  const directory = await mkdtemp(join(tmpdir(), 'weir-bench-'))
  const remove = (): void => rmSync(directory, { recursive: true, force: true })
  process.once('exit', remove)
  const load = new Worker(runnable('./load.ts', import.meta.url))
  const bare = new Worker(runnable('./bare.ts', import.meta.url))
  let weir: Weir | undefined
  try {
    say(`${bytes} bytes: making requests and rows`)
    const { file } = await writeConfig(join(directory, 'bare'))
    const { requestsPerConnection, connections, spansPerRequest } = SHAPE
    const requests = requestsPerConnection * connections
    await Promise.all([
      load.call('prepare', { bytes }),
      bare.call('prepare', { bytes, requests, spansPerRequest, config: file }),
    ])
    const fresh = await startWeir(join(directory, 'weir'), [])
    weir = fresh
    await load.call('aim', { otlp: fresh.otlp, reader: fresh.reader, visible: 'at once' })
    const first = await load.call<Saturated>('saturate', { interactions: FIRST_INTERACTIONS })
    await fresh.stop()
    weir = await startWeir(join(directory, 'weir'), profiling(options))
    say(`ready after ${fresh.readyMs} ms on an empty directory, ${weir.readyMs} ms on a small one`)
    await load.call('aim', { otlp: weir.otlp, reader: weir.reader, visible: 'at once' })
    const measured = await measure({ bytes, options, say, weir, load, bare }, first.acknowledged)
    await weir.stop()
    weir = undefined
    const readyMs = Math.max(fresh.readyMs, measured.readyMs)
    return { ...measured, readyMs, detail: { ...measured.detail, readyFreshMs: fresh.readyMs } }
  } finally {
    await weir?.stop().catch(() => {})
    await bare.call('close').catch(() => {})
    await Promise.all([load.stop(), bare.stop()])
    process.off('exit', remove)
    remove()
  }
}

async function measure(scene: Scene, stored: number): Promise<EmbeddedRun> {
  const { bytes, say, weir } = scene
  await sleep(IDLE_MS)
  const idle = memoryOf(processTree(weir.pid))
  say(`idle: ${Math.round(idle.rssMb)} MB`)
  const stopWatching = watchMemory(weir.pid, 500)
  const warm = await warmUp(scene)
  const turns = await takeTurns(scene, warm)
  const rate = turns.full.acknowledged / turns.full.seconds
  const paced = await atHalf(scene, rate / 2)
  const peak = stopWatching()
  const interactions = stored + warm.acknowledged + turns.full.acknowledged + paced.acknowledged
  await checkStored(weir, interactions)
  const micros = (cpu: Cpu, of: number): number => (total(cpu) / of) * 1e6
  const [full, bare] = [
    micros(turns.full.cpu, turns.full.acknowledged),
    micros(turns.bare.cpu, turns.bare.interactions),
  ]
  return {
    mode: 'embedded',
    bytes,
    perCpuSecond: Math.round(1e6 / full),
    ratioToBare: rounded(full / bare, 3),
    visibleP50Ms: rounded(percentile(paced.latencies, 0.5), 1),
    visibleP99Ms: rounded(percentile(paced.latencies, 0.99), 1),
    peakRssMb: Math.round(peak.rssMb),
    idleRssMb: Math.round(idle.rssMb),
    readyMs: weir.readyMs,
    detail: {
      connections: SHAPE.connections,
      spansPerRequest: SHAPE.spansPerRequest,
      rowsPerInsert: Math.round(warm.rowsPerInsert),
      bareRowsPerInsert: warm.requestsPerInsert * SHAPE.spansPerRequest,
      interactions,
      perSecond: Math.round(rate),
      microsPerInteraction: rounded(full, 1),
      microsOfWeir: rounded((turns.full.cpu.own / turns.full.acknowledged) * 1e6, 1),
      microsOfItsStore: rounded((turns.full.cpu.children / turns.full.acknowledged) * 1e6, 1),
      microsPerBareInteraction: rounded(bare, 1),
      microsOfBare: rounded((turns.bare.cpu.own / turns.bare.interactions) * 1e6, 1),
      microsOfBareStore: rounded((turns.bare.cpu.children / turns.bare.interactions) * 1e6, 1),
      pacedPerSecond: Math.round(rate / 2),
      pacedRequests: paced.latencies.length,
      looked: paced.looked,
      seenP99Ms: rounded(percentile(paced.seen, 0.99), 1),
      retries: turns.full.retries + paced.retries,
      ...pssOf(idle, peak),
      readyExistingMs: weir.readyMs,
    },
  }
}

function pssOf(idle: Memory, peak: Memory): Record<string, number> {
  if (idle.pssMb === undefined || peak.pssMb === undefined) return {}
  return { idlePssMb: Math.round(idle.pssMb), peakPssMb: Math.round(peak.pssMb) }
}

interface WarmUp extends Saturated {
  rowsPerInsert: number
  requestsPerInsert: number
}

/** Brings both sides to speed, and the bare loop to inserts as large as Weir's come out. */
async function warmUp({ weir, load, bare, options, say }: Scene): Promise<WarmUp> {
  const seconds = Math.max(4, options.seconds / 6)
  const warm = await load.call<Saturated>('saturate', { interactions: LEAST_INTERACTIONS, seconds })
  const rowsPerInsert = Number(await ask(weir.reader, 'SELECT sum(stored) / count() FROM weir.ledger'))
  const rows = Math.min(Math.max(rowsPerInsert, LEAST_ROWS), MOST_ROWS)
  const requestsPerInsert = Math.round(rows / SHAPE.spansPerRequest)
  await bare.call('makeRows', { requestsPerInsert })
  await bare.call('run', { interactions: warm.acknowledged + FIRST_INTERACTIONS })
  await Promise.all([quiet(weir.pid), quiet(bare.pid)])
  const rate = Math.round(warm.acknowledged / warm.seconds)
  say(`warmed up: ${rate} a second, ${Math.round(rowsPerInsert)} rows an insert`)
  return { ...warm, rowsPerInsert, requestsPerInsert }
}

interface Turns {
  full: { acknowledged: number; seconds: number; retries: number; cpu: Cpu }
  bare: { interactions: number; cpu: Cpu }
}

/** Weir and the bare loop by turns, the same number of interactions each: bare, full, full, bare, ... */
async function takeTurns({ weir, load, bare, options, say }: Scene, warm: WarmUp): Promise<Turns> {
  const inTime = Math.round((warm.acknowledged / warm.seconds) * (options.seconds / options.pairs))
  const interactions = Math.max(inTime, LEAST_INTERACTIONS)
  const turns: Turns = {
    full: { acknowledged: 0, seconds: 0, retries: 0, cpu: { own: 0, children: 0 } },
    bare: { interactions: 0, cpu: { own: 0, children: 0 } },
  }
  const note = (who: string, count: number, cpu: Cpu): void =>
    say(`${who}: ${count} interactions, ${rounded((total(cpu) / count) * 1e6, 1)} µs each`)
  const full = async (): Promise<void> => {
    const { result, cpu } = await costOf(weir.pid, () => load.call<Saturated>('saturate', { interactions }))
    turns.full.acknowledged += result.acknowledged
    turns.full.seconds += result.seconds
    turns.full.retries += result.retries
    add(turns.full.cpu, cpu)
    note('weir', result.acknowledged, cpu)
  }
  const alone = async (): Promise<void> => {
    const { result, cpu } = await costOf(bare.pid, () => bare.call<{ interactions: number }>('run', { interactions }))
    turns.bare.interactions += result.interactions
    add(turns.bare.cpu, cpu)
    note('bare', result.interactions, cpu)
  }
  for (let pair = 0; pair < options.pairs; pair++) {
    for (const turn of pair % 2 === 0 ? [alone, full] : [full, alone]) await turn()
  }
  return turns
}

function add(sum: Cpu, cpu: Cpu): void {
  sum.own += cpu.own
  sum.children += cpu.children
}

async function atHalf({ load, options, say }: Scene, rate: number): Promise<Paced> {
  const seconds = Math.max(options.seconds / 2, Math.min(LEAST_PACED / rate, MOST_PACED_SECONDS))
  const paced = await load.call<Paced>('pace', { rate, seconds, lookEvery: LOOK_EVERY })
  if (paced.missing > 0) {
    throw new Error(
      `${paced.missing} of ${paced.looked} acknowledged interactions were not visible: acknowledged too early`,
    )
  }
  say(`half load: ${paced.latencies.length} requests, ${paced.looked} looked for and found`)
  return paced
}

/** Figures of a Weir that loses, doubles or does not look at what it is given are worth nothing. */
async function checkStored({ reader }: Weir, interactions: number): Promise<void> {
  const sql = 'SELECT count(), uniqExact(id), countIf(signal_findings > 0) FROM weir.interactions'
  const [rows, ids, withFindings] = (await ask(reader, sql)).split('\t').map(Number) as [number, number, number]
  if (rows !== interactions || ids !== interactions) {
    throw new Error(`${interactions} interactions were acknowledged; the store has ${rows} rows of ${ids} ids`)
  }
  const share = withFindings / rows
  // A few of the random words beside numbers look like personal data themselves.
  if (share < 0.045 || share > 0.055) throw new Error(`${rounded(share * 100, 2)} % have findings; there should be 5 %`)
}
