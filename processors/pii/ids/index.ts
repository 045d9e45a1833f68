import type { IdRule } from '../shapes/rule.ts'
import { BANK_ACCOUNTS } from './bank-accounts.ts'
import { AFRICA } from './africa.ts'
import { ALPINE } from './alpine.ts'
import { AMERICA } from './america.ts'
import { BALKANS } from './balkans.ts'
import { BALTIC } from './baltic.ts'
import { BENELUX } from './benelux.ts'
import { BRITAIN } from './britain.ts'
import { CENTRAL_EUROPE } from './central-europe.ts'
import { EAST_ASIA } from './east-asia.ts'
import { EAST_EUROPE } from './east-europe.ts'
import { FRANCE } from './france.ts'
import { GERMANY } from './germany.ts'
import { IBERIA } from './iberia.ts'
import { INDIA } from './india.ts'
import { ITALY } from './italy.ts'
import { LATIN_AMERICA } from './latin-america.ts'
import { MIDDLE_EAST } from './middle-east.ts'
import { withNationality } from './nationalities.ts'
import { NORDIC } from './nordic.ts'
import { OCEANIA } from './oceania.ts'
import { PAPERS } from './papers.ts'
import { PLATES } from './plates.ts'
import { REGISTERS } from './registers.ts'
import { SOUTHEAST_ASIA } from './southeast-asia.ts'
import { WORLD } from './world.ts'

/**
 * Every identifier that has a shape. Of two rules that say the same of a value the earlier one is meant, so what most
 * people mean by a word comes first.
 */
export const ID_RULES: readonly IdRule[] = [
  ...[WORLD, AMERICA, BRITAIN, GERMANY, FRANCE, IBERIA, ITALY],
  ...[NORDIC, BENELUX, ALPINE, CENTRAL_EUROPE, BALKANS, BALTIC, EAST_EUROPE],
  ...[INDIA, EAST_ASIA, SOUTHEAST_ASIA, OCEANIA, LATIN_AMERICA, MIDDLE_EAST, AFRICA],
  ...[BANK_ACCOUNTS, PLATES, PAPERS, REGISTERS],
]
  .flat()
  .map(withNationality)
