import { readTraces } from '../../collectors/dialects/wire/protobuf.ts'
import { decodeOnly, decodeWithMaps } from './baseline.ts'
import { makeBody, VARIANTS } from '../support/otlp-body.ts'

/*
 * CPU of the OTLP reader over protobufjs 7 static code on the same bytes; both make the attribute map of every span, the
 * reader also the hex ids, times and everything else a SpanRecord holds. The two are run in turns, so that what else the
 * machine does hits both; the 25th percentile of each is compared. `--json` prints one JSON object as the last line.
 */

const ROUNDS = 120
const WARM_UP = 30
/** Decodes per measurement: process.cpuUsage counts in microseconds, but not finely. */
const REPEAT = 5

interface Contender {
  name: string
  run(body: Buffer): unknown
}
const CONTENDERS: readonly Contender[] = [
  { name: 'reader', run: readTraces },
  { name: 'protobufjs', run: decodeWithMaps },
  { name: 'protobufjsWithoutMaps', run: decodeOnly },
]

function cpuOf(contender: Contender, body: Buffer): number {
  const before = process.cpuUsage()
  for (let n = 0; n < REPEAT; n++) contender.run(body)
  const used = process.cpuUsage(before)
  return (used.user + used.system) / 1000 / REPEAT
}

function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000

interface Measured {
  bytes: number
  readerMs: number
  protobufjsMs: number
  ratioToProtobufjs: number
  ratioToProtobufjsWithoutMaps: number
}

function measure(name: string, body: Buffer): Measured {
  const cpu = new Map(CONTENDERS.map((contender) => [contender.name, [] as number[]]))
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    // Rotated, so that none always runs in the wake of another's garbage.
    for (let turn = 0; turn < CONTENDERS.length; turn++) {
      const contender = CONTENDERS[(turn + round) % CONTENDERS.length]!
      const used = cpuOf(contender, body)
      if (round >= WARM_UP) cpu.get(contender.name)!.push(used)
    }
    if (round % 30 === 29) process.stderr.write(`${name}: round ${round + 1} of ${WARM_UP + ROUNDS}\n`)
  }
  const ms = (contender: string): number => percentile(cpu.get(contender)!, 0.25)
  return {
    bytes: body.length,
    readerMs: rounded(ms('reader')),
    protobufjsMs: rounded(ms('protobufjs')),
    ratioToProtobufjs: rounded(ms('reader') / ms('protobufjs')),
    ratioToProtobufjsWithoutMaps: rounded(ms('reader') / ms('protobufjsWithoutMaps')),
  }
}

/** A benchmark of a reader that reads something else would be worth nothing. */
function checkEqual(body: Buffer): void {
  const ours = readTraces(body).records.map((record) => record.attributes)
  if (JSON.stringify(ours) !== JSON.stringify(decodeWithMaps(body))) throw new Error('the two readers disagree')
}

const variants = VARIANTS.map((variant) => {
  const body = makeBody(variant)
  checkEqual(body)
  return { name: variant.name, ...measure(variant.name, body) }
})
const result = {
  ratioToProtobufjs: Math.max(...variants.map((variant) => variant.ratioToProtobufjs)),
  node: process.version,
  variants,
}
if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(result)}\n`)
else for (const variant of variants) process.stdout.write(`${JSON.stringify(variant)}\n`)
