import { EAST_ASIA_LATIN, INDIA_SOUTH_EAST } from './asia-latin.ts'
import { BRITAIN } from './britain.ts'
import { COMPANIES } from './companies.ts'
import { CONTACT } from './contact.ts'
import { EAST_EUROPE } from './east-europe.ts'
import { GERMANY_FRANCE } from './germany-france.ts'
import type { Kind } from './kind.ts'
import { MONEY } from './money.ts'
import { NORTH_AMERICA } from './north-america.ts'
import { NORTH_EUROPE } from './north-europe.ts'
import { OFFICES } from './offices.ts'
import { PAPERS } from './papers.ts'
import { REGISTERS } from './registers.ts'
import { SOUTH_EUROPE } from './south-europe.ts'
import { THINGS } from './things.ts'

/** Every structured type. PASSWORD is measured with the secrets. */
export const KINDS: readonly Kind[] = [
  ...MONEY,
  ...THINGS,
  ...CONTACT,
  ...NORTH_AMERICA,
  ...BRITAIN,
  ...GERMANY_FRANCE,
  ...SOUTH_EUROPE,
  ...NORTH_EUROPE,
  ...EAST_EUROPE,
  ...INDIA_SOUTH_EAST,
  ...EAST_ASIA_LATIN,
  ...PAPERS,
  ...COMPANIES,
  ...REGISTERS,
  ...OFFICES,
]

export const STRUCTURED: ReadonlySet<string> = new Set([...KINDS.map(({ type }) => type), 'PASSWORD'])
