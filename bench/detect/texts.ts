import { createProse } from '../support/prose.ts'
import { seeded } from '../support/random.ts'
import { positive } from '../../test/quality/cases.ts'
import { createRng, HEX, LOWER, UPPER, type Rng } from '../../test/quality/rng.ts'
import { secretCases } from '../../test/quality/secrets.ts'
import { KINDS } from '../../test/quality/values/index.ts'

/** Documents of about 2 KB, each of one sort. */
export interface Texts {
  readonly name: string
  readonly documents: readonly string[]
}

const DOCUMENT = 2_048
const DOCUMENTS = 150

/** A string that is one piece in memory, as one that came from the network. */
const flat = (text: string): string => Buffer.from(text).toString()

function document(part: () => string): string {
  let text = ''
  while (text.length < DOCUMENT) text += part()
  return flat(text.slice(0, DOCUMENT))
}

const many = (part: () => string): string[] => Array.from({ length: DOCUMENTS }, () => document(part))

/** Every third sentence holds a value; types and languages as in the examination, the development half. */
function chat(rng: Rng): string[] {
  const prose = createProse(seeded(11))
  const secrets = secretCases('development', 1).filter(({ gold, made }) => gold !== undefined && made !== 'private key')
  const turn = (): string => {
    const value = rng.chance(0.05) ? rng.pick(secrets) : positive(rng, rng.pick(KINDS), 'development')
    return `user: ${value.text}\nassistant: ${prose.text(rng.int(60, 160), false)}\n`
  }
  return many(turn)
}

function prose(): string[] {
  const words = createProse(seeded(12))
  return Array.from({ length: DOCUMENTS }, (_, n) => flat(words.text(DOCUMENT, n % 4 === 0)))
}

const name = (rng: Rng): string => rng.text(rng.int(3, 9), LOWER)
function code(rng: Rng): string[] {
  const camel = (): string => `${name(rng)}${rng.text(1, UPPER)}${name(rng)}`
  const line = (): string =>
    rng.pick([
      () => `  const ${camel()} = await ${name(rng)}.${camel()}(${camel()}, ${rng.int(0, 4096)})\n`,
      () => `  if (${camel()}.length > ${rng.int(1, 64)} && !${camel()}) return ${camel()}\n`,
      () => `import { ${camel()} } from './${name(rng)}/${name(rng)}.ts'\n`,
      () => `  // ${name(rng)} ${name(rng)} before ${name(rng)}: see #${rng.int(1, 9999)}\n`,
      () => `export function ${camel()}(${name(rng)}: string, ${name(rng)} = 0x${rng.text(8, HEX)}): void {\n`,
      () => `  assert.equal(${camel()}[${rng.int(0, 9)}], '${name(rng)}-${rng.digits(4)}')\n`,
      () => `}\n\n`,
      () => `  "${name(rng)}": "^${rng.int(0, 20)}.${rng.int(0, 30)}.${rng.int(0, 9)}",\n`,
      () => `commit ${rng.text(40, HEX)}\n`,
    ])()
  return many(line)
}

function json(rng: Rng): string[] {
  const words = createProse(seeded(13))
  const field = (): Record<string, string> => {
    const kind = rng.pick(KINDS)
    return { [rng.pick(kind.keys)]: kind.value(rng) }
  }
  const record = (): string =>
    `${JSON.stringify({
      id: `${rng.text(8, HEX)}-${rng.text(4, HEX)}-4${rng.text(3, HEX)}-9${rng.text(3, HEX)}-${rng.text(12, HEX)}`,
      ts: 1_790_000_000_000 + rng.int(0, 999_999_999),
      status: rng.pick(['open', 'done', 'failed']),
      score: rng.next(),
      customer: { plan: name(rng), ...(rng.chance(0.3) ? field() : { note: name(rng) }) },
      message: words.text(80, false).trim(),
      tags: [name(rng), name(rng)],
    })}\n`
  return many(record)
}

export const makeTexts = (): readonly Texts[] => [
  { name: 'dense chat', documents: chat(createRng('bench chat')) },
  { name: 'sparse prose', documents: prose() },
  { name: 'code', documents: code(createRng('bench code')) },
  { name: 'JSON', documents: json(createRng('bench json')) },
]
