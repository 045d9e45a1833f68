import { createNormaliser } from '../../collectors/dialects/index.ts'
import { readTraces } from '../../collectors/dialects/wire/protobuf.ts'
import { interactionId } from '../../core/ids.ts'
import { makeBody, VARIANTS } from '../support/otlp-body.ts'

/*
 * What it costs to make interactions of a request: decoding its bytes, and normalising the decoded records (the choice of
 * dialects, messages out of their JSON, the id). Both are measured in turns over fresh records, since normalising keeps
 * what it worked out about a resource. The id, a hash over the whole record, is also measured by itself: it is the part of
 * normalising that no better reading of messages can lower. `--json` prints one JSON object as the last line.
 */

const ROUNDS = 80
const WARM_UP = 30
const REPEAT = 4

const normalise = createNormaliser()
const CONTEXT = { tenant: 'default', collector: 'bench', receivedAt: 1_763_700_100_000_000 }

function cpuOf(run: () => void): number {
  const before = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(before)
  return user + system
}

interface Round {
  decodeUs: number
  normaliseUs: number
  idUs: number
}

function oneRound(body: Buffer): Round {
  let decodeUs = 0
  let normaliseUs = 0
  let idUs = 0
  for (let n = 0; n < REPEAT; n++) {
    let records: ReturnType<typeof readTraces>['records'] = []
    decodeUs += cpuOf(() => ({ records } = readTraces(body)))
    normaliseUs += cpuOf(() => {
      for (const record of records) if ('ignored' in normalise(record, CONTEXT)) throw new Error('a call was ignored')
    })
    idUs += cpuOf(() => {
      for (const { traceId, spanId, kind, raw } of records) interactionId(CONTEXT.tenant, traceId, spanId, kind, raw)
    })
  }
  return { decodeUs, normaliseUs, idUs }
}

const quarter = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 4)]!
const rounded = (value: number): number => Math.round(value * 1000) / 1000

interface Measured extends Round {
  normaliseShare: number
  spansPerCpuSecond: number
}

function measure(name: string, body: Buffer): Measured {
  const rounds: Round[] = []
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const measured = oneRound(body)
    if (round >= WARM_UP) rounds.push(measured)
    if (round % 30 === 29) process.stderr.write(`${name}: round ${round + 1} of ${WARM_UP + ROUNDS}\n`)
  }
  const spans = readTraces(body).records.length * REPEAT
  const perSpan = (part: keyof Round): number => rounded(quarter(rounds.map((round) => round[part])) / spans)
  const cost: Round = { decodeUs: perSpan('decodeUs'), normaliseUs: perSpan('normaliseUs'), idUs: perSpan('idUs') }
  const wholeUs = cost.decodeUs + cost.normaliseUs
  return {
    normaliseShare: rounded(cost.normaliseUs / wholeUs),
    spansPerCpuSecond: Math.round(1_000_000 / wholeUs),
    ...cost,
  }
}

const variants = VARIANTS.map((variant) => ({ name: variant.name, ...measure(variant.name, makeBody(variant)) }))
const result = {
  normaliseShare: Math.max(...variants.map(({ normaliseShare }) => normaliseShare)),
  spansPerCpuSecond: Math.min(...variants.map(({ spansPerCpuSecond }) => spansPerCpuSecond)),
  node: process.version,
  variants,
}
if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(result)}\n`)
else for (const variant of variants) process.stdout.write(`${JSON.stringify(variant)}\n`)
