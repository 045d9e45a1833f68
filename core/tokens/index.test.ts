import fc from 'fast-check'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { encodingOf, tokenRange, tokenRanges, type Encoding } from './index.ts'

interface Reference {
  encode(text: string, options: object): number[]
  decode(tokens: number[]): string
}
const load = createRequire(import.meta.url)
const MODELS: Record<Encoding, string> = { o200k_base: 'gpt-4o', cl100k_base: 'gpt-4' }
const references = new Map(
  (['o200k_base', 'cl100k_base'] as const).map((name) => [name, load(`gpt-tokenizer/encoding/${name}`) as Reference]),
)
const encode = (encoding: Encoding, text: string): number[] =>
  references.get(encoding)!.encode(text, { disallowedSpecial: new Set() })

/** Where each token of the whole text ends, in UTF-8 bytes. */
function tokenEnds(encoding: Encoding, text: string): number[] {
  const reference = references.get(encoding) as unknown as {
    default: { bytePairEncodingCoreProcessor: { tryDecodeToken(token: number): string | Uint8Array } }
  }
  let end = 0
  return encode(encoding, text).map((token) => {
    const bytes = reference.default.bytePairEncodingCoreProcessor.tryDecodeToken(token)
    return (end += typeof bytes === 'string' ? Buffer.byteLength(bytes) : bytes.length)
  })
}

function expected(encoding: Encoding, text: string, start: number, end: number): { start: number; end: number } {
  const ends = tokenEnds(encoding, text)
  const tokenWith = (byte: number): number => ends.findIndex((tokenEnd) => byte < tokenEnd)
  const lastCharacter = Buffer.byteLength(text.slice(0, end - 1))
  return { start: tokenWith(Buffer.byteLength(text.slice(0, start))), end: tokenWith(lastCharacter) + 1 }
}

describe('encodingOf', () => {
  it.each([
    ['gpt-4o-2024-08-06', 'o200k_base', false],
    ['openai/gpt-4.1-mini', 'o200k_base', false],
    ['gpt-5', 'o200k_base', false],
    ['o3-mini', 'o200k_base', false],
    ['o1', 'o200k_base', false],
    ['ft:gpt-4o-mini:acme::id', 'o200k_base', false],
    ['gpt-4-turbo', 'cl100k_base', false],
    ['gpt-4', 'cl100k_base', false],
    ['gpt-35-turbo', 'cl100k_base', false],
    ['text-embedding-3-small', 'cl100k_base', false],
    ['claude-sonnet-4', 'o200k_base', true],
    ['meta-llama/Llama-3-8B', 'o200k_base', true],
    ['olmo-2', 'o200k_base', true],
  ] as const)('of %s is %s', (model, encoding, estimate) => expect(encodingOf(model)).toEqual({ encoding, estimate }))
  it('of no model is none', () => {
    expect(encodingOf(' ')).toBeUndefined()
    expect(tokenRange('', 'text', 0, 4)).toBeUndefined()
  })
})

describe('token ranges', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ' ',
      '  ',
      '\n',
      '\n\n ',
      '\t',
      "'s",
      "I'LL",
      '1234567',
      '漢字かな',
      'привет',
      '👩‍💻',
      'é',
      'e\u0301',
      '<|endoftext|>',
    ),
    fc.constantFrom(
      'ann@x.org',
      '4111 1111 1111 1111',
      '{"a":[1,"b"]}',
      'https://x.org/a?b=c',
      'AbstractFactoryBean',
      '...---',
      '\u00a0',
    ),
    fc.string({ maxLength: 12 }),
    fc.string({ unit: 'grapheme', maxLength: 6 }),
  )
  it.each(['o200k_base', 'cl100k_base'] as const)('are those of the whole text in %s', (encoding) => {
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 20 }), fc.nat(), fc.nat(), (pieces, a, b) => {
        const points = Array.from(pieces.join(''))
        fc.pre(points.length > 0)
        const [from, to] = [a % points.length, b % points.length].toSorted((x, y) => x - y) as [number, number]
        const text = points.join('')
        const start = points.slice(0, from).join('').length
        const end = points.slice(0, to + 1).join('').length
        const range = tokenRange(MODELS[encoding], text, start, end)
        // The last unit of a pair is what the range ends with; its token is the pair's last.
        expect(range).toMatchObject({ ...expected(encoding, text, start, end), tokenizer: encoding, estimate: false })
      }),
      { numRuns: 400 },
    )
  })

  it('of several ranges are those of each alone', () => {
    const text = 'Write to ann@x.org or bob@y.org, or call. '.repeat(20)
    const ranges = [...text.matchAll(/\w+@\w+\.org/g)].map(({ index, 0: value }) => ({
      start: index,
      end: index + value.length,
    }))
    expect(ranges).toHaveLength(40)
    expect(tokenRanges('gpt-4o', text, ranges)).toEqual(
      ranges.map(({ start, end }) => tokenRange('gpt-4o', text, start, end)),
    )
  })

  it('far into a long text are estimates, and near the truth', () => {
    const line = 'The quarterly report is due on Monday, please send it to the office. '
    const text = line.repeat(3000) + 'ann@x.org'
    const range = tokenRange('gpt-4o', text, text.length - 9, text.length)!
    const truth = encode('o200k_base', text).length - 4
    expect(range.estimate).toBe(true)
    expect(Math.abs(range.start - truth)).toBeLessThan(truth * 0.02)
    expect(range.end).toBeGreaterThan(range.start)
  })

  it('behind one endless word are estimates', () => {
    expect(tokenRange('gpt-4o', 'b'.repeat(5000) + ' ann@x.org', 5001, 5010)).toMatchObject({ estimate: true })
  })

  it('take bounded work whatever the text is', () => {
    for (const unit of ['A', ' ', 'a', '\u0301', '漢', '!', 'Aa', '\n', "'"]) {
      const text = unit.repeat(4_000_000 / unit.length)
      const before = process.cpuUsage()
      tokenRanges('gpt-4o', text, [
        { start: 60_000, end: 60_010 },
        { start: 3_000_000, end: 3_000_010 },
      ])
      const { user, system } = process.cpuUsage(before)
      expect(user + system, JSON.stringify(unit)).toBeLessThan(10_000_000)
    }
  })
})
