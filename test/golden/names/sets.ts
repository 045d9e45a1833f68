import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { splitFile, type Split } from '../../../processors/names/training/conll.ts'

/** The labelled texts beside this file; README.md says where they come from and what each may be used for. */
export const FOLDER: string = join(process.cwd(), 'test', 'golden', 'names')

/** Learnt from, but for the last fifth of each. */
export const TRAINING_FILES: Readonly<Record<string, readonly string[]>> = {
  'broad-twitter': ['broad-twitter-a', 'broad-twitter-b', 'broad-twitter-e', 'broad-twitter-f', 'broad-twitter-g'],
  emerging: ['emerging-train', 'emerging-dev'],
  filings: ['filings-train'],
  government: ['government-train'],
}
/** Never learnt from: their licence is share-alike. */
export const MEASURED_FILES: readonly string[] = [
  'universal-web-en-dev',
  'universal-pt-dev',
  'universal-sv-dev',
  'universal-da-dev',
]

export const readSet = (file: string, source: string): Split =>
  splitFile(readFileSync(join(FOLDER, `${file}.conll`), 'utf8'), source)

/** All of a source's files: what may be learnt from, and what is held back. */
export function readSource(source: string): Split {
  const splits = (TRAINING_FILES[source] ?? []).map((file) => readSet(file, source))
  return { training: splits.flatMap(({ training }) => training), held: splits.flatMap(({ held }) => held) }
}

/** The whole of a file that is only measured. */
export function readMeasured(file: string): Split['held'] {
  const { training, held } = readSet(file, 'universal')
  return [...training, ...held]
}
