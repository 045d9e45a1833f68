import { rmSync } from 'node:fs'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startWeir } from '../pipeline/weir.ts'
import { processTree } from '../support/processes.ts'
import { Stages } from '../support/stages.ts'
import { ask } from '../support/store.ts'
import type { Options } from './options.ts'

/** What is soaked: Weir in either mode. */
export interface Subject {
  readonly otlp: string
  /** Of the store, for its reader. */
  readonly reader: string
  readonly visible: 'at once' | 'soon'
  /** Process ids by name. */
  readonly processes: Readonly<Record<string, number>>
  /** Interactions that wait for a stage. */
  lag(): Promise<number>
  /** Resolves when so many interactions are stored, and every stage has handled what it was given. */
  drained(interactions: number): Promise<void>
  /** Warnings and errors so far. */
  warnings(): Promise<Warnings>
  close(): Promise<void>
}

export interface Warnings {
  weir: string[]
  broker: string[]
}

const PARTITIONS = 4

export const openSubject = ({ mode, copies }: Options): Promise<Subject> =>
  mode === 'kafka' ? openStages(copies) : openEmbedded()

/** At level `warn` whatever is logged is a warning at least; other lines are what the command says to a person. */
const logged = (text: string): string[] => text.split('\n').filter((line) => line.includes('{"level":'))

async function openEmbedded(): Promise<Subject> {
  const directory = await mkdtemp(join(tmpdir(), 'weir-soak-'))
  const remove = (): void => rmSync(directory, { recursive: true, force: true })
  process.once('exit', remove)
  const weir = await startWeir(directory, [])
  const [main, store] = processTree(weir.pid)
  const waiting = async (): Promise<number> => {
    const metrics = await (await fetch(`${weir.telemetry}/metrics`)).text()
    const found = /^weir_stream_queued_records(?:\{[^}]*\})? (\d+)/m.exec(metrics)
    if (!found) throw new Error('/metrics does not say how many records wait')
    return Number(found[1])
  }
  return {
    ...{ otlp: weir.otlp, reader: weir.reader, visible: 'at once', processes: { weir: main!, store: store! } },
    lag: waiting,
    drained: async (interactions) => {
      const stored = Number(await ask(weir.reader, 'SELECT count() FROM weir.interactions'))
      if (stored !== interactions) throw new Error(`${interactions} were acknowledged, ${stored} are stored`)
      while ((await waiting()) > 0) await sleep(50)
    },
    warnings: async () => ({ weir: logged(weir.log()), broker: [] }),
    close: async () => {
      await weir.stop()
      process.off('exit', remove)
      remove()
    },
  }
}

async function openStages(copies: number): Promise<Subject> {
  const stages = await Stages.open({ copies, partitions: PARTITIONS, nodeOptions: [] })
  const { collect, detect, watch, store, broker } = stages.pids()
  const detects = detect.map((pid, index) => [`detect ${index + 1}`, pid] as const)
  const others = { store: store[0]!, [BROKER]: broker[0]! }
  return {
    ...{ otlp: stages.otlp, reader: stages.reader, visible: 'soon' },
    processes: { collect: collect[0]!, ...Object.fromEntries(detects), 'watch, respond': watch[0]!, ...others },
    lag: () => stages.lag(),
    drained: (interactions) => stages.drained(interactions),
    warnings: async () => {
      const lines = (await readFile(stages.brokerLog, 'utf8')).split('\n')
      return { weir: logged(stages.logs()), broker: lines.filter((line) => BROKER_WARNS.test(line)) }
    },
    close: () => stages.close(),
  }
}

const BROKER_WARNS = /\b(WARN|ERROR|FATAL)\b/

/** Its memory is reported and not judged: it is not Weir's. */
export const BROKER = 'broker'
