import type { Figures } from './score.ts'
import { basisOf } from './document-basis.ts'

/* docs/detection.md, from the detectors and from what `main.ts --json` printed. */

interface Rate {
  readonly precision: number
  readonly recall: number
}

interface NameRate extends Rate {
  /** Names in the set. */
  readonly names: number
}

export interface Examined {
  readonly types: Readonly<Record<string, Figures>>
  readonly soft: Readonly<Record<string, Figures>>
  readonly secrets: Rate
  readonly names: Readonly<Record<string, NameScores>>
  readonly cleanAltered: number
  readonly cleanNamed: number
  readonly evasionFound: number
}

type NameScores = Readonly<Record<'PERSON' | 'LOCATION' | 'ORGANIZATION' | 'ANY', NameRate>> & {
  readonly personsTouched: number
}

/** A detector's name and the types it knows. */
export interface Known {
  readonly detector: string
  readonly types: readonly string[]
}

const INTRODUCTION = `# What Weir finds

Made by \`test/quality/document.ts\` from the detectors and an examination of them; do not edit. Figures are of the blind half of the project's own sets, in percent: generated texts of many shapes and languages for each type, with as many that only look like it. They say how detectors compare with one another and over time, and are no promise for your texts: \`weir scan\` and \`weir explain\` show what happens there. How it is measured: [test/quality](../test/quality/README.md). What is done with what is found, and how to find more: [policy.md](policy.md).

- **Validator.** \`check or structure\`: it says yes or no to every value. \`of some series\`: not every number of the scheme bears a check. \`structure\`: it can only say no. \`shape alone\`: nothing but length and kind of characters.
- **Words.** \`needed\`: found only beside a word that names it, in any of ten languages and more where the scheme is at home there. \`alone\`: how sure it is without.
- **Recall.** A value that is found, but as another type, counts as missed; it is masked all the same.
- **-** was not measured.`

const KNOWN_MISSES: Readonly<Record<string, string>> = {
  'Cards, accounts':
    'cards in odd groups, with slashes or in an exponent; one in ten digit strings with an issuer’s prefix passes Luhn.',
  Mail: 'quoted local parts; marks in them that text uses around addresses. There is no list of top-level domains.',
  Phones:
    'fewer than seven digits, with letters (`1-800-FLOWERS`), over two lines; grouped national numbers without 0 or word.',
  Identifiers:
    'values that only a word tells, where the word stands in another sentence, more than 80 characters away, or in a language the scheme’s words lack.',
  People:
    'birth dates without a year; streets in other scripts; ages in words; usernames without a sign or word before them.',
  Secrets:
    'values without a form and without a name before them; passwords of letters alone in a sentence; hashes of passwords.',
  Names:
    'common words written small (`will`, `rose`), small names of no list, nicknames, scripts without capitals (Chinese, Japanese, Arabic, Hindi), inflected Slavic names, organisations above all.',
  'Own rules': 'words glued together, inflected words; values of more than 1,024 characters.',
}

const NOT_SCANNED: readonly string[] = [
  'Images, sound and files: only what stands in a call as text. Base64 is read where it decodes to text.',
  'Quoted-printable, ROT13, compressed text, base64 broken over lines, more than three wrappings, values spelt out in words.',
  'A text of a call with more than 20,000 hits, or on which a detector fails, is not passed on unseen: it is withheld, marked with the reason, and listed as `unscanned`.',
  'Prompts and answers that never reach Weir: the sender’s capture settings decide. `capture` of each interaction says what was there.',
]

const percent = (value: number | undefined): string => (value === undefined ? '-' : (value * 100).toFixed(1))

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function typeTable(types: readonly string[], figures: Examined['types']): string {
  const rows = types.map((type) => {
    const { validator, words } = basisOf(type)
    const measured = figures[type]
    return [`\`${type}\``, validator, words, percent(measured?.precision), percent(measured?.recall)]
  })
  return table(['type', 'validator', 'words', 'precision', 'recall'], rows)
}

function nameTable(names: Examined['names']): string {
  const kinds = ['PERSON', 'LOCATION', 'ORGANIZATION', 'ANY'] as const
  const shown = ({ names: count, recall, precision }: NameRate): string =>
    count === 0 ? '-' : `${percent(recall)} / ${percent(precision)}`
  const rows = Object.entries(names).map(([set, scores]) => [
    set,
    String(scores.ANY.names),
    ...kinds.map((kind) => shown(scores[kind])),
    percent(scores.personsTouched),
  ])
  return table(['recall / precision', 'names', ...kinds.map((kind) => `\`${kind}\``), 'persons touched'], rows)
}

const sections = (parts: readonly (readonly [title: string, text: string])[]): string =>
  parts.map(([title, text]) => `## ${title}\n\n${text}`).join('\n\n')

export function detectionPage(known: readonly Known[], examined: Examined): string {
  const typesOf = (name: string): string[] => [
    ...new Set(known.filter(({ detector }) => detector === name).flatMap(({ types }) => types)),
  ]
  const isSoft = (type: string): boolean => type in examined.soft
  const { precision, recall } = examined.secrets
  const secrets = `Measured together, with connection strings, on as many decoys: precision ${percent(precision)}, recall ${percent(recall)}.`
  const all = { ...examined.types, ...examined.soft }
  const body = sections([
    [
      'Structured types',
      typeTable(
        typesOf('pii').filter((type) => !isSoft(type)),
        all,
      ),
    ],
    [
      'Soft types',
      `No structure decides them; right is what is touched.\n\n${typeTable(typesOf('pii').filter(isSoft), all)}`,
    ],
    ['Secrets', `${secrets}\n\n${typeTable(typesOf('secrets'), all)}`],
    [
      'Names',
      `By overlap, on each set; what was learnt from is measured on a held-back part.\n\n${nameTable(examined.names)}`,
    ],
    ['Disguises, and what is clean', clean(examined)],
    ['Known misses', bullets(Object.entries(KNOWN_MISSES).map(([family, text]) => `**${family}**: ${text}`))],
    ['Not scanned', bullets(NOT_SCANNED)],
  ])
  return `${INTRODUCTION}\n\n${body}\n`
}

const bullets = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n')

const clean = ({ evasionFound, cleanAltered, cleanNamed }: Examined): string =>
  bullets([
    `Of every structured type in every disguise that changes it (escapes, encodings, look-alikes, invisible marks), ${percent(evasionFound)} % are found.`,
    `Of sentences without any name or value, ${percent(cleanAltered)} % are altered by a structured type or secret, ${percent(cleanNamed)} % by a name.`,
  ])
