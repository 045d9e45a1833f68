import { createRequire } from 'node:module'
import { PieceMemory, ranksOf, type Ranks, type RankTable } from './bpe.ts'
import type { Encoding } from './models.ts'

/** What is needed to count in one encoding. */
export interface Vocabulary {
  readonly ranks: Ranks
  readonly pieces: PieceMemory
  /** Matches the next piece; pieces are encoded one by one. Sticky: set `lastIndex` first. */
  readonly piece: RegExp
}

const SPLITTERS: Record<Encoding, string> = {
  o200k_base: 'O200K_TOKEN_SPLIT_REGEX',
  cl100k_base: 'CL100K_TOKEN_SPLIT_REGEX',
}

// The tables are megabytes of source and most processes never need them. The examiner is synchronous, so they are
// required, not imported, when the first text with a finding asks.
const load = createRequire(import.meta.url)
const loaded = new Map<Encoding, Vocabulary>()

export function vocabulary(encoding: Encoding): Vocabulary {
  const known = loaded.get(encoding)
  if (known !== undefined) return known
  const { default: table } = load(`gpt-tokenizer/bpeRanks/${encoding}`) as { default: RankTable }
  const splitters = load('gpt-tokenizer/encodingParams/constants') as Record<string, RegExp>
  const made = {
    ranks: ranksOf(table),
    pieces: new PieceMemory(),
    piece: new RegExp(splitters[SPLITTERS[encoding]]!.source, 'uy'),
  }
  loaded.set(encoding, made)
  // Our map holds all that is used; the module's own copy would stay for good.
  delete load.cache[load.resolve(`gpt-tokenizer/bpeRanks/${encoding}`)]
  return made
}
