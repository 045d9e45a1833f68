import { describe, expect, it } from 'vitest'
import { hitsIn } from '../pii.fixture.ts'

const found = (text: string): string[] =>
  hitsIn(text)
    .filter(({ type }) => type === 'EMAIL_ADDRESS')
    .map(({ normal }) => normal)

describe('addresses in words', () => {
  it.each([
    ['ann (at) example (dot) com', 'ann@example.com'],
    ['write to Ann.Smith [at] example.co.uk please', 'ann.smith@example.co.uk'],
    ['ann at example dot com', 'ann@example.com'],
    ['ann dot smith at mail dot example dot org', 'ann.smith@mail.example.org'],
    ['ann{at}example{dot}com', 'ann@example.com'],
    ['ann (arroba) ejemplo (punto) es', 'ann@ejemplo.es'],
    ['ann(at)example(punkt)de', 'ann@example.de'],
    ['erika punkt muster at beispiel punkt de', 'erika.muster@beispiel.de'],
    ['ana arroba ejemplo punto es', 'ana@ejemplo.es'],
    ['jean arobase exemple point fr', 'jean@exemple.fr'],
    ['anna snabel-a eksempel punkt dk', 'anna@eksempel.dk'],
    ['ola małpa przyklad kropka pl', 'ola@przyklad.pl'],
  ])('%s', (text, address) => expect(found(text)).toEqual([address]))

  it.each([
    'look at example dot com',
    'meet at noon',
    'we met (at last) in York.',
    'available at example.com',
    'a dot at the end',
    'at at at',
    'early would at river point rereconlo',
    'run at he point hot',
    'we looked at every single dot carefully',
    'ann (at) last (dot) nowhere',
  ])('%s has none', (text) => expect(found(text)).toEqual([]))
})
