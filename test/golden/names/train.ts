import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { LISTS } from '../../../processors/names/lists.generated.ts'
import { unpackEntries, WordTable } from '../../../processors/names/lists.ts'
import { packModel } from '../../../processors/names/model.ts'
import { Generator } from '../../../processors/names/training/generate.ts'
import { Corpus, Learner, Mean } from '../../../processors/names/training/learn.ts'
import { poolsOf } from '../../../processors/names/training/pools.ts'
import { Preparer } from '../../../processors/names/training/prepare.ts'
import { Random } from '../../../processors/names/training/random.ts'
import { asModule } from './module.ts'
import { readSource, TRAINING_FILES } from './sets.ts'

/*
 * Trains the tagger and writes processors/names/weights.generated.ts. The same seeds give the same weights.
 *   node dist/test/golden/names/train.js [number of seeds] [where to write]
 */
const SCALE = 24
const LEAST = 0.08
/** The nearest to what people write to each other: learnt from twice, with other names in each copy. */
const TWICE: ReadonlySet<string> = new Set(['broad-twitter', 'emerging'])
const [seeds = '2', target = join(process.cwd(), 'processors', 'names', 'weights.generated.ts')] = process.argv.slice(2)

const entries = unpackEntries(Buffer.from(LISTS, 'base64'))
const table = new WordTable(entries)
const pools = poolsOf(entries)
const mean = new Mean()
for (let seed = 1; seed <= Number(seeds); seed++) {
  const random = new Random(seed)
  const corpus = new Corpus()
  const generator = new Generator(pools, random)
  const preparer = new Preparer(table, random, corpus)
  for (const source of Object.keys(TRAINING_FILES)) {
    const { training } = readSource(source)
    preparer.addReal(training, generator)
    if (TWICE.has(source)) preparer.addReal(training, generator)
  }
  preparer.addGenerated(generator, { named: 9_000, plain: 8_000, strange: 5_000 })
  new Learner().learn(corpus, { epochs: 7, averageFrom: 4, random }, mean)
  console.error(`seed ${seed}: ${corpus.tokens} tokens, ${Math.round(process.cpuUsage().user / 1e6)} s`)
}
const packed = deflateRawSync(packModel(mean.model(SCALE, LEAST)), { level: 9 })
writeFileSync(target, asModule('WEIGHTS', packed))
console.log(JSON.stringify({ bytes: packed.length }))
