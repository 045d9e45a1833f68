import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../core/clock.ts'
import { runnable } from '../../core/runnable.ts'
import { percentile, rounded } from '../support/figures.ts'
import { ofWeir, Stages } from '../support/stages.ts'
import { ask } from '../support/store.ts'
import { Worker } from '../support/worker.ts'
import { add, bareCost, nothing, stagesCost, type Spent } from './kafka-cost.ts'
import type { Paced, Saturated } from './load.ts'
import { profiling, type Options } from './options.ts'
import { LEAST_PACED, LEAST_ROWS, MOST_PACED_SECONDS, MOST_ROWS, type Say } from './shape.ts'
import { writeConfig } from './weir.ts'

/** Weir as processes on Kafka, for one number of copies of detect. */
export interface KafkaRun {
  mode: 'kafka'
  bytes: number
  copies: number
  /** Of Weir's own processes; the store and the broker are left out. */
  perCpuSecond: number
  ratioToBare: number
  /** Processor time per interaction over that with one copy. */
  cpuGrowth: number
  /** Of Weir's processor time and the store's together. */
  storeCpuShare: number
  perSecond: number
  visibleP50Ms: number
  visibleP99Ms: number
  /** What the figures above were made of. */
  detail: Record<string, number>
}

const COPIES = [1, 4]
const PARTITIONS = 4
/** Of every turn: fewer say nothing, and more take too long where all of it shares two cores. */
const LEAST_INTERACTIONS = 20_480
const LEAST_QUICK = 10_240
/** The bare loop has done a turn's interactions so soon that it is given more of them. */
const BARE_TIMES = 3
/** Every so many paced requests are looked for in the store. */
const LOOK_EVERY = 4

const least = ({ quick }: Options): number => (quick ? LEAST_QUICK : LEAST_INTERACTIONS)

/** One cluster with one store and so many copies of detect, and what it was given so far. */
interface Side {
  stages: Stages
  sent: number
  rate: number
  spent: Spent
}

interface Scene {
  bytes: number
  options: Options
  say: Say
  sides: Side[]
  load: Worker
  bare: Worker
  bareSpent: Spent
}

/** Both numbers of copies by turns, and the bare loop; a cluster and a store of its own for each. */
export async function runKafka(bytes: number, options: Options, say: Say): Promise<KafkaRun[]> {
  const directory = await mkdtemp(join(tmpdir(), 'weir-bench-'))
  const remove = (): void => rmSync(directory, { recursive: true, force: true })
  process.once('exit', remove)
  const load = new Worker(runnable('./load.ts', import.meta.url))
  const bare = new Worker(runnable('./bare-kafka.ts', import.meta.url))
  const scene: Scene = { bytes, options, say, sides: [], load, bare, bareSpent: nothing() }
  try {
    say(`kafka, ${bytes} bytes: starting brokers, stores and processes`)
    for (const copies of COPIES) {
      const stages = await Stages.open({ copies, partitions: PARTITIONS, nodeOptions: profiling(options) })
      scene.sides.push({ stages, sent: 0, rate: 0, spent: nothing() })
    }
    const { file } = await writeConfig(join(directory, 'bare'))
    const { brokers } = scene.sides[0]!.stages
    await load.call('prepare', { bytes })
    await bare.call('prepare', { bytes, config: file, brokers, partitions: PARTITIONS })
    return await measure(scene)
  } finally {
    await bare.call('close').catch(() => {})
    await Promise.all([load.stop(), bare.stop()])
    for (const { stages } of scene.sides) await stages.close()
    process.off('exit', remove)
    remove()
  }
}

async function measure(scene: Scene): Promise<KafkaRun[]> {
  await warmUp(scene)
  await takeTurns(scene)
  const runs: KafkaRun[] = []
  for (const side of scene.sides) {
    const paced = await atHalf(scene, side)
    await checkStored(side)
    runs.push(figures(scene, side, paced))
  }
  return runs
}

async function aim({ load }: Scene, { stages }: Side): Promise<void> {
  await load.call('aim', { otlp: stages.otlp, reader: stages.reader, visible: 'soon' })
}

/** Brings all to speed, and the bare loop to inserts as large as those of one copy come out. */
async function warmUp(scene: Scene): Promise<void> {
  const { bare, options, say, sides } = scene
  for (const side of sides) {
    // each copy compiles its code for itself, from its own share of the work
    await saturate(scene, side, least(options) * Math.min(side.stages.copies, 2))
    say(`kafka, ${side.stages.copies} of detect: warmed up, ${Math.round(side.rate)} a second`)
  }
  const rows = Number(await ask(sides[0]!.stages.reader, 'SELECT sum(stored) / count() FROM weir.ledger'))
  const rowsPerInsert = Math.round(Math.min(Math.max(rows, LEAST_ROWS), MOST_ROWS))
  await bare.call('makeRows', { rowsPerInsert })
  await bare.call('run', { interactions: LEAST_INTERACTIONS })
  say(`bare: warmed up, ${rowsPerInsert} rows an insert`)
}

/** So many interactions until the last stage has handled them. */
async function saturate(scene: Scene, side: Side, interactions: number): Promise<Spent> {
  await aim(scene, side)
  return stagesCost(side.stages, async () => {
    const startedAt = systemClock.now()
    const { acknowledged } = await scene.load.call<Saturated>('saturate', { interactions })
    side.sent += acknowledged
    await side.stages.drained(side.sent)
    side.rate = (1000 * acknowledged) / (systemClock.now() - startedAt)
    return acknowledged
  })
}

/** Bare, one copy, four copies; then the other way round. */
async function takeTurns(scene: Scene): Promise<void> {
  const { options, sides, bare, say } = scene
  const note = (who: string, { interactions, weir }: Spent): void =>
    say(`${who}: ${interactions} interactions, ${rounded((weir / interactions) * 1e6, 1)} µs each`)
  const alone = async (): Promise<void> => {
    const spent = await bareCost(bare, BARE_TIMES * least(options))
    add(scene.bareSpent, spent)
    note('bare', spent)
  }
  const rounds = Math.ceil(options.pairs / 2)
  const turns = [
    alone,
    ...sides.map((side) => async (): Promise<void> => {
      const inTime = Math.round((side.rate * options.seconds) / (4 * rounds))
      const spent = await saturate(scene, side, Math.max(inTime, least(options)))
      add(side.spent, spent)
      note(`${side.stages.copies} of detect`, spent)
    }),
  ]
  for (let round = 0; round < rounds; round++) {
    for (const turn of round % 2 === 0 ? turns : turns.toReversed()) await turn()
  }
}

async function atHalf(scene: Scene, side: Side): Promise<Paced> {
  const { load, options, say } = scene
  const rate = side.spent.interactions / side.spent.seconds / 2
  const seconds = Math.max(options.seconds / 2, Math.min(LEAST_PACED / rate, MOST_PACED_SECONDS))
  await aim(scene, side)
  const paced = await load.call<Paced>('pace', { rate, seconds, lookEvery: LOOK_EVERY })
  side.sent += paced.acknowledged
  if (paced.missing > 0) throw new Error(`${paced.missing} of ${paced.looked} interactions did not become visible`)
  await side.stages.drained(side.sent)
  say(`${side.stages.copies} of detect, half load: ${paced.latencies.length} requests, ${paced.looked} waited for`)
  return paced
}

/** Figures of a Weir that doubles, or does not look at what it is given, are worth nothing. */
async function checkStored({ stages, sent }: Side): Promise<void> {
  const sql = 'SELECT uniqExact(id), countIf(signal_findings > 0) FROM weir.interactions'
  const [ids, withFindings] = (await ask(stages.reader, sql)).split('\t').map(Number) as [number, number]
  if (ids !== sent) throw new Error(`${sent} interactions were acknowledged; the store has ${ids} ids`)
  const share = withFindings / ids
  if (share < 0.045 || share > 0.055) throw new Error(`${rounded(share * 100, 2)} % have findings; there should be 5 %`)
}

function figures({ bytes, bareSpent, sides }: Scene, side: Side, paced: Paced): KafkaRun {
  const micros = (seconds: number, { interactions }: Spent): number => (seconds / interactions) * 1e6
  const weirOf = ({ spent }: Side): number => micros(spent.weir, spent)
  const { spent, stages } = side
  const [own, bare] = [weirOf(side), micros(bareSpent.weir, bareSpent)]
  const { collect, detect, watch, store, broker } = spent.byRole
  const perSecond = spent.interactions / spent.seconds
  return {
    mode: 'kafka',
    bytes,
    copies: stages.copies,
    perCpuSecond: Math.round(1e6 / own),
    ratioToBare: rounded(own / bare, 3),
    cpuGrowth: rounded(own / weirOf(sides[0]!), 3),
    storeCpuShare: rounded(store / (store + ofWeir(spent.byRole)), 3),
    perSecond: Math.round(perSecond),
    visibleP50Ms: rounded(percentile(paced.seen, 0.5), 1),
    visibleP99Ms: rounded(percentile(paced.seen, 0.99), 1),
    detail: {
      interactions: side.sent,
      microsOfWeir: rounded(own, 1),
      microsOfCollect: rounded(micros(collect, spent), 1),
      microsOfDetect: rounded(micros(detect, spent), 1),
      microsOfWatch: rounded(micros(watch, spent), 1),
      microsOfStore: rounded(micros(store, spent), 1),
      microsOfBroker: rounded(micros(broker, spent), 1),
      microsOfBare: rounded(bare, 1),
      microsOfBareStore: rounded(micros(bareSpent.byRole.store, bareSpent), 1),
      pacedPerSecond: Math.round(perSecond / 2),
      pacedRequests: paced.latencies.length,
      waitedFor: paced.looked,
      acknowledgedP50Ms: rounded(percentile(paced.latencies, 0.5), 1),
      acknowledgedP99Ms: rounded(percentile(paced.latencies, 0.99), 1),
      retries: paced.retries,
    },
  }
}
