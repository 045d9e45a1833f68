import { fill, type Filled } from './fill.ts'
import { createRng, type Rng } from './rng.ts'
import { BLIND } from './templates/blind.ts'
import { DEVELOPMENT } from './templates/development.ts'
import { ELSEWHERE_FOR } from './templates/elsewhere.ts'
import { OWN_ONLY, type ByLang, type Half, type Templates } from './templates/templates.ts'
import { KINDS } from './values/index.ts'
import type { Kind, Lang } from './values/kind.ts'
import { LOOKALIKES } from './values/lookalikes.ts'

/** One text with one value of the type, or with something that only looks like one. */
export interface Case {
  readonly type: string
  /** What is to be found; absent where nothing of the type is in the text. */
  readonly gold?: Gold
  readonly text: string
  /** How the text was made, for the list of misses. */
  readonly made: string
}

export interface Gold {
  readonly start: number
  readonly end: number
  /** A shorter range that is right as well. */
  readonly core?: { readonly start: number; readonly end: number }
  /** A longer range that is right as well: the whole URL around credentials. */
  readonly outer?: { readonly start: number; readonly end: number }
}

export const TEMPLATES: Readonly<Record<Half, Templates>> = { development: DEVELOPMENT, blind: BLIND }

const byType = new Map(KINDS.map((kind) => [kind.type, kind]))

interface Sentence {
  readonly lang: Lang
  readonly sentence: string
  readonly made: string
}

/** Half in English where a type has other languages, the rest in those. */
function languageOf(rng: Rng, kind: Kind): Lang {
  const own = (Object.keys(kind.labels) as Lang[]).filter((lang) => lang !== 'en')
  return own.length === 0 || (kind.labels.en !== undefined && rng.chance(own.length > 5 ? 0.2 : 0.35))
    ? 'en'
    : rng.pick(own)
}

function pickFrom(rng: Rng, sentences: ByLang | undefined, lang: Lang, made: string): Sentence | undefined {
  const own = sentences?.[lang]
  return own === undefined ? undefined : { lang, sentence: rng.pick(own), made: `${made} ${lang}` }
}

function sentenceFor(rng: Rng, kind: Kind, templates: Templates): Sentence {
  const lang = languageOf(rng, kind)
  const ownOnly = OWN_ONLY.includes(kind.family)
  const family = templates.families[kind.family]
  const own = pickFrom(rng, family, lang, kind.family) ?? pickFrom(rng, ownOnly ? family : undefined, 'en', kind.family)
  const labelled = pickFrom(rng, templates.labelled, lang, 'labelled')!
  if (ownOnly) return own!
  const draw = rng.next()
  if (draw < 0.08 && kind.bare !== undefined) return { lang, sentence: rng.pick(templates.bare), made: 'bare' }
  if (draw < 0.3) return { lang, sentence: rng.pick(templates.machine), made: 'machine' }
  return own !== undefined && draw < 0.55 ? own : labelled
}

/** A URL's credentials may be found as such or with the URL around them. */
function outerOf({ family }: Kind, { text, start, end }: Filled): Gold['outer'] {
  if (family !== 'url') return undefined
  const before = /[^\s"'<>]*$/.exec(text.slice(0, start))![0]
  const after = /^[^\s"'<>]*/.exec(text.slice(end))![0]
  return { start: start - before.length, end: end + after.length }
}

export function positive(rng: Rng, kind: Kind, half: Half): Case {
  const { lang, sentence, made } = sentenceFor(rng, kind, TEMPLATES[half])
  const v = made === 'bare' ? kind.bare!(rng) : kind.value(rng, lang)
  const filled = fill(rng, sentence, {
    v,
    l: rng.pick(kind.labels[lang] ?? kind.labels.en ?? ['']),
    k: rng.pick(kind.keys),
  })
  const outer = outerOf(kind, filled)
  const core = kind.core?.exec(v)?.[0]
  const gold: Gold = {
    start: filled.start,
    end: filled.end,
    ...(outer === undefined ? {} : { outer }),
    ...(core === undefined ? {} : { core: { start: filled.start, end: filled.start + core.length } }),
  }
  return { type: kind.type, text: filled.text, made, gold }
}

function notIt(rng: Rng, kind: Kind, half: Half): { text: string; made: string } {
  const templates = TEMPLATES[half]
  const own = ELSEWHERE_FOR[half][kind.family]
  if (own !== undefined) return { text: fill(rng, rng.pick(own), { v: kind.broken(rng) }).text, made: 'elsewhere' }
  if (rng.chance(0.35))
    return { text: fill(rng, rng.pick(templates.noHint), { v: kind.broken(rng) }).text, made: 'no hint' }
  const languages = Object.keys(templates.elsewhere) as Lang[]
  const spoken = languages.filter((lang) => kind.labels[lang] !== undefined && lang !== 'en')
  const lang = spoken.length > 0 && rng.chance(0.5) ? rng.pick(spoken) : 'en'
  // A number that a word beside it must prove is an order's number where the text says so, valid or not.
  const v = kind.bare === undefined && rng.chance(0.25) ? kind.value(rng, lang) : kind.broken(rng)
  return { text: fill(rng, rng.pick(templates.elsewhere[lang]!), { v }).text, made: `elsewhere ${lang}` }
}

export function negative(rng: Rng, kind: Kind, half: Half): Case {
  const draw = rng.next()
  if (draw < 0.2) {
    const lookalike = rng.pick(LOOKALIKES)
    const { text } = fill(rng, rng.pick(lookalike.sentences[half]), { v: lookalike.make(rng) })
    return { type: kind.type, text, made: lookalike.name }
  }
  const neighbour = byType.get(rng.pick([...kind.neighbours, '']))
  if (draw < 0.4 && neighbour !== undefined) {
    return { type: kind.type, text: positive(rng, neighbour, half).text, made: `a ${neighbour.type}` }
  }
  return { type: kind.type, ...notIt(rng, kind, half) }
}

/** As many hard negatives as positives; no text twice, also not in the other half. */
export function casesOf(kind: Kind, half: Half, each: number): Case[] {
  const rng = createRng(`${half} ${kind.type}`)
  const seen = new Set<string>()
  const cases: Case[] = []
  for (const make of [positive, negative]) {
    for (let made = 0, tries = 0; made < each && tries < each * 20; tries++) {
      const one = make(rng, kind, half)
      if (seen.has(one.text)) continue
      seen.add(one.text)
      cases.push(one)
      made++
    }
  }
  return cases
}
