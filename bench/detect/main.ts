import { say } from '../support/asked.ts'
import { setFlagsFromString } from 'node:v8'
import { parseArgs } from 'node:util'
import { runInNewContext } from 'node:vm'
import { createContenders, type Contender, type Contenders } from './contenders.ts'
import { parityOf, type Parity } from './parity.ts'
import { pythonFor, runPresidio } from './presidio.ts'
import { makeTexts, type Texts } from './texts.ts'

/*
 * MB per CPU second of the whole detector against what else could be run over the same texts, in one run. Contenders take
 * turns, so that what else the machine does hits all of them; the 25th percentile of the CPU of each counts. Each figure
 * is the worst over the sorts of texts. `--json` prints one object as the last line; the rest goes to standard error.
 */

const ROUNDS = 24
const WARM_UP = 4
/** Documents that Presidio is given of each sort: it is slow. */
const PEER_DOCUMENTS = 20

function cpuOf(contender: Contender, documents: readonly string[]): number {
  const before = process.cpuUsage()
  for (const document of documents) contender.run(document)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN
}

const round = (value: number): number => Number(value.toPrecision(4))
const megabytes = (documents: readonly string[]): number =>
  documents.reduce((sum, document) => sum + Buffer.byteLength(document), 0) / 1e6

interface Measured {
  readonly name: string
  readonly mb: number
  readonly mbPerCpuSecond: Readonly<Record<'detector' | 'withNames' | 'regexes' | 'charLoop', number>>
  readonly parity: Readonly<Record<string, Parity>>
}

const KEYS = ['detector', 'withNames', 'regexes', 'charLoop'] as const

function measure({ name, documents }: Texts, contenders: Contenders): Measured {
  const mb = megabytes(documents)
  const cpu = new Map(KEYS.map((key) => [key, [] as number[]]))
  for (let turn = 0; turn < WARM_UP + ROUNDS; turn++) {
    for (let n = 0; n < KEYS.length; n++) {
      const key = KEYS[(n + turn) % KEYS.length]!
      const used = cpuOf(contenders[key], documents)
      if (turn >= WARM_UP) cpu.get(key)!.push(used)
    }
  }
  const speed = Object.fromEntries(KEYS.map((key) => [key, round(mb / percentile(cpu.get(key)!, 0.25))]))
  say(`${name}: ${KEYS.map((key) => `${contenders[key].name} ${speed[key]} MB/s`).join(', ')}`)
  return {
    name,
    mb: round(mb),
    mbPerCpuSecond: speed as Measured['mbPerCpuSecond'],
    parity: parityOf(documents, contenders.hits),
  }
}

function sayParity(measured: readonly Measured[]): void {
  for (const { name, parity } of measured) {
    for (const [regex, { found, detected, excused, unexplained }] of Object.entries(parity)) {
      if (found === 0) continue
      const reasons = Object.entries(excused).map(([why, count]) => `, ${count} ${why}`)
      say(`  ${name}: ${regex} ${found}: detected ${detected}${reasons.join('')}, unexplained ${unexplained}`)
    }
  }
}

/** Presidio's MB per CPU second for each sort of texts. */
function measurePeer(python: string, texts: readonly Texts[]): number[] | string {
  const lists = texts.map(({ documents }) => documents.slice(0, PEER_DOCUMENTS))
  const figures = runPresidio(python, lists)
  if (typeof figures === 'string') return figures
  return figures.map(({ cpuSeconds }, index) => round(megabytes(lists[index]!) / cpuSeconds))
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      peer: { type: 'boolean', default: false },
      python: { type: 'string' },
    },
  })
  const python = pythonFor(values.python, values.peer, say)
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const texts = makeTexts()
  const contenders = await createContenders(collect)
  // All sorts before any is measured: a process that runs for days has seen all of them.
  for (let turn = 0; turn < WARM_UP; turn++)
    for (const { documents } of texts) for (const key of KEYS) cpuOf(contenders[key], documents)
  const measured = texts.map((sort) => measure(sort, contenders))
  sayParity(measured)
  const peer = measurePeer(python, texts)
  say(typeof peer === 'string' ? `Presidio not measured: ${peer}` : `Presidio: ${peer.join(', ')} MB per CPU second`)
  const worst = (figure: (one: Measured, index: number) => number): number => round(Math.min(...measured.map(figure)))
  const result = {
    ratioTo16Regexes: worst(({ mbPerCpuSecond }) => mbPerCpuSecond.detector / mbPerCpuSecond.regexes),
    shareOfCharLoop: worst(({ mbPerCpuSecond }) => mbPerCpuSecond.detector / mbPerCpuSecond.charLoop),
    namesMbPerCpuSecond: worst(({ mbPerCpuSecond }) => mbPerCpuSecond.withNames),
    ratioToPresidio:
      typeof peer === 'string' ? null : worst(({ mbPerCpuSecond }, index) => mbPerCpuSecond.detector / peer[index]!),
    ...(typeof peer === 'string' ? { presidioMissing: peer } : { presidioMbPerCpuSecond: peer }),
    tableMb: round(contenders.tableBytes / 1e6),
    node: process.version,
    texts: measured,
  }
  if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`)
  else for (const [key, value] of Object.entries(result)) if (key !== 'texts') say(`${key}: ${JSON.stringify(value)}`)
}

await main()
