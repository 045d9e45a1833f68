import type { Detector, Hit, ScanText } from '../../core/seam.ts'
import { assemble } from '../../test/quality/detect.ts'
import { interaction } from '../../test/support/interactions.ts'
import { REGEXES } from './regexes.ts'

/** Looks at one document and says how much it saw, so that none of the work can be left out. */
export interface Contender {
  readonly name: string
  run(document: string): number
}

export interface Contenders {
  /** The scan and every detector but the names. */
  readonly detector: Contender
  readonly withNames: Contender
  readonly regexes: Contender
  readonly charLoop: Contender
  readonly hits: (document: string) => readonly Hit[]
  /** What putting the detectors together took, in bytes; with the first document looked at, for what is made then. */
  readonly tableBytes: number
}

const place = { direction: 'input', message: 0, part: 0, field: 'content' } as const
const asked = interaction('bench')

const isNames = ({ name }: Detector): boolean => name === 'names'

function countMatches(document: string): number {
  let count = 0
  for (const { pattern } of REGEXES) {
    pattern.lastIndex = 0
    while (pattern.exec(document) !== null) count++
  }
  return count
}

const CLASSES = Uint8Array.from({ length: 256 }, (_, code) =>
  code >= 48 && code <= 57 ? 1 : code === 64 ? 2 : code > 127 ? 3 : 0,
)

/** The least that any scan does: each character's class. */
function countClasses(document: string): number {
  let sum = 0
  for (let index = 0; index < document.length; index++) {
    const code = document.charCodeAt(index)
    sum += code < 256 ? CLASSES[code]! : 3
  }
  return sum
}

const heldBytes = (): number => {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

export async function createContenders(collect: () => void): Promise<Contenders> {
  collect()
  const before = heldBytes()
  const { detectors, scan } = await assemble()
  const others = detectors.filter((detector) => !isNames(detector))
  const hitsOf = (document: string, chosen: readonly Detector[]): Hit[] => {
    const texts: readonly ScanText[] = [{ place, text: document }]
    const found = scan(texts)
    return chosen.flatMap((detector) => detector.inspect(asked, found).hits)
  }
  hitsOf('Anna Schuster, anna@firma.de, 4111 1111 1111 1111', detectors)
  collect()
  return {
    detector: { name: 'detector', run: (document) => hitsOf(document, others).length },
    withNames: { name: 'detector with names', run: (document) => hitsOf(document, detectors).length },
    regexes: { name: '16 regexes', run: countMatches },
    charLoop: { name: 'character loop', run: countClasses },
    hits: (document) => hitsOf(document, others),
    tableBytes: heldBytes() - before,
  }
}
