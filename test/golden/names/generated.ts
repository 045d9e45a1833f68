import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LISTS } from '../../../processors/names/lists.generated.ts'
import { factOf, unpackEntries } from '../../../processors/names/lists.ts'
import { changed } from '../../../processors/names/training/generate.ts'
import type { LabelledText, Span } from '../../../processors/names/training/labelled.ts'
import { Random } from '../../../processors/names/training/random.ts'
import { FOLDER } from './sets.ts'

/*
 * Sentences only to measure with. Their templates were written apart from those of training and share none with them;
 * `|` is a line break. Names come from the lists, or from those that were taken out of the lists for this.
 */
const TEMPLATES = `
could you check whether {f} {l} already paid her deposit?
morning! {f} from accounting asked me to ping you
the new tenant is called {f} {l} and moves in on the first
u should ask {f} about that, he knows everything
i had lunch with {f} and {f} yesterday, it was great
please book a table for four under {l}
has {f} replied yet?
my daughter {f} started school today
draft a reply to {f} {l} rejecting the offer politely
summarize what {f} said about the roadmap
{f} can't make it tonight
so {f} told me that {f} quit
i'm looking for a gift for my wife {f}
remind me to phone {f} after lunch
our landlord mr {l} raised the rent again
i have an appointment with dr. {l} at noon
{f} {l} here, calling about the boiler
Ticket raised by {f} {l}: printer on the second floor is jammed.
Complainant {f} {l} states that the parcel never arrived at her flat in {c}.
Case worker: {f} {l} - next visit planned for Tuesday.
Phone call with {f} {l} (purchasing): wants a discount, decide by Monday.
Hello {f},|following up on our chat last week. Any news?|Thank you|{f} {l}
Hi {f} and {f},|see below.|{f}
Good afternoon Mr. {l},|I am afraid the item is out of stock.|Yours,|{f} {l}
74 year old man, Mr. {l}, seen today for follow-up of his diabetes.
{f} {l} tolerated the procedure well and was moved to recovery.
Mother ({f} {l}) reports that the child sleeps badly.
Discharge letter for {f} {l}, resident of {c}.
Handover: bed 4 {l}, bed 5 {l}, bed 6 empty.
{"customer":"{f} {l}","note":"prefers morning calls"}
{"to":"{f} {l}","text":"Running late, sorry!"}
[2025-03-01 10:22] agent={f} customer="{f} {l}" status=resolved
reviewer: {f} {l}; verdict: accept
Minutes|Chair: {f} {l}|Minute taker: {f} {l}
The painting was sold by {f} {l}, a dealer from {c}.
We spent three days in {c} before heading to {c}.
is there a direct bus between {c} and {c}?
i grew up near {c}
{f} moved from {c} to {c} for work
Our office in {c} is closed for renovation.
Ich möchte einen Termin für meinen Sohn {f} vereinbaren.
Guten Abend {f}, hast du den Schlüssel gefunden?
Unser Nachbar Herr {l} beschwert sich ständig über den Lärm.
Die Mitarbeiterin {f} {l} hat zum Monatsende gekündigt.
je cherche un cadeau pour ma femme {f}
Le locataire, M. {l}, a quitté {c} sans payer.
Pouvez-vous rappeler {f} {l} demain matin ?
mi hija {f} empieza el colegio en {c}
La señora {l} pidió hablar con {f}.
O senhor {l} pediu para falar com a {f}.
minha filha {f} começou a escola hoje
La signora {l} vuole parlare con {f}.
mijn dochter {f} is vandaag jarig
min dotter {f} börjar skolan i {c}
moja córka {f} ma dziś urodziny
`
  .split('\n')
  .filter((line) => line !== '')

type Names = Readonly<Record<'f' | 'l' | 'c', readonly string[]>>

function fill(template: string, names: Names, random: Random): LabelledText {
  let text = ''
  const spans: Span[] = []
  const parts = template.replaceAll('{f} {l}', '{p}').split(/(\{[flcp]\})/)
  for (const part of parts) {
    const slot = /^\{([flcp])\}$/.exec(part)?.[1]
    const filled =
      slot === undefined
        ? part.replaceAll('|', '\n')
        : slot === 'p'
          ? `${random.pick(names.f)} ${random.pick(names.l)}`
          : random.pick(names[slot as 'f' | 'l' | 'c'])
    if (slot !== undefined)
      spans.push({ start: text.length, end: text.length + filled.length, type: slot === 'c' ? 'LOCATION' : 'PERSON' })
    text += filled
  }
  return { text, spans }
}

function listed(): Names {
  const entries = unpackEntries(Buffer.from(LISTS, 'base64')).filter(({ surface }) =>
    /^\p{Script=Latin}+$/u.test(surface),
  )
  const of = (name: 'first' | 'last' | 'city', least: number): string[] =>
    entries
      .filter(
        ({ surface, facts }) =>
          factOf(facts, name) >= least && factOf(facts, 'common') === 0 && surface !== surface.toLowerCase(),
      )
      .map(({ surface }) => surface)
  return { f: of('first', 2), l: of('last', 2), c: of('city', 2) }
}

/** Names that no list holds. */
function withheld(): Names {
  const names = readFileSync(join(FOLDER, 'withheld-names.txt'), 'utf8')
    .split('\n')
    .filter((name) => name !== '')
  return { f: names, l: names, c: listed().c }
}

/** By name: lists or not, with capitals or without. */
export function generatedSets(): Readonly<Record<string, LabelledText[]>> {
  const make = (names: Names, seed: number): LabelledText[] => {
    const random = new Random(seed)
    return Array.from({ length: 12 }, () => TEMPLATES.map((template) => fill(template, names, random))).flat()
  }
  const lower = (texts: readonly LabelledText[]): LabelledText[] =>
    texts.map((text) => changed(text, (part) => part.toLowerCase()))
  const known = make(listed(), 101)
  const unknown = make(withheld(), 102)
  return {
    'generated-listed': known,
    'generated-listed-lower': lower(known),
    'generated-unlisted': unknown,
    'generated-unlisted-lower': lower(unknown),
  }
}
