import { Ajv } from 'ajv'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findingSchema } from '../../schemas/finding.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import { interactionSchema } from '../../schemas/interaction.ts'
import { signalSchema } from '../../schemas/signal.ts'
import { fullInteraction } from '../mask/full.fixture.ts'
import { walkTexts } from '../mask/walk.ts'
import { textsOf } from '../mask/index.ts'
import type { Detector } from '../seam.ts'
import {
  chat,
  codeDetector,
  deepStrings,
  examinerOf,
  keyedHash,
  mailDetector,
  ORIGIN,
  patternDetector,
} from './examine.fixture.ts'

const examine = examinerOf()
const ajv = new Ajv({ strict: false })
const contentOf = (interaction: Interaction, direction: 'input' | 'output'): string =>
  interaction[direction][0]!.parts[0]!.content

describe('an interaction in which nothing is found', () => {
  it('comes back as the very same object', () => {
    const given = chat('hello', 'world')
    const { interaction, findings, unscanned, changed, unrecorded, signal } = examine(given, ORIGIN)
    expect(interaction).toBe(given)
    expect({ findings, unscanned, changed, unrecorded }).toEqual({
      findings: [],
      unscanned: [],
      changed: false,
      unrecorded: 0,
    })
    expect(signal.values).toEqual({
      durationUs: 12,
      inputChars: 5,
      outputChars: 5,
      inputTokens: 3,
      outputTokens: 4,
      error: false,
      leak: false,
      findings: 0,
      toolCalls: 0,
      unscanned: 0,
      finishReason: 'stop',
    })
    expect(signal).toMatchObject({ key: '/support openai/gpt-4o-2024-08-06', tenant: 'default', origin: ORIGIN })
  })
})

describe('the signal', () => {
  it('counts the tool calls that were made and those that the answer asks for', () => {
    const asked = { type: 'tool_call', content: '{}', name: 'pay' } as const
    const own = [{ name: 'pay' }]
    const output = [{ role: 'assistant', parts: [asked, asked] }]
    expect(examine(chat('', '', { output, toolCalls: own }), ORIGIN).signal.values.toolCalls).toBe(3)
  })
  it('takes its labels from what is masked', () => {
    const secret = { finishReasons: ['SEED1234'], release: { route: '/SEED1234', model: 'SEED1234' } }
    expect(deepStrings(examine(chat('', '', secret), ORIGIN).signal).join('\n')).not.toContain('SEED')
  })
})

describe('findings', () => {
  const { interaction, findings, signal } = examine(
    chat('I am 👋 ann@x.org', 'Hi ann@x.org, write to bob@y.org or eve@z.org.', {
      sources: [{ id: 's', content: 'contact: eve@z.org' }],
    }),
    ORIGIN,
  )
  const [echo, leak, retrieved, given, source] = findings

  it('say what, where and how bad', () => {
    expect(findings.map(({ provenance, severity, place }) => [place.direction, provenance, severity])).toEqual([
      ['output', 'echoed', 'info'],
      ['output', 'introduced', 'serious'],
      ['output', 'retrieved', 'warning'],
      ['input', 'none', 'info'],
      ['source', 'none', 'info'],
    ])
    expect(leak).toMatchObject({
      kind: 'hit',
      release: 'openai/gpt-4o-2024-08-06',
      route: '/support',
      service: 'shop',
      detector: 'mail',
      type: 'EMAIL_ADDRESS',
      place: { direction: 'output', message: 0, part: 0, field: 'content' },
      range: { start: 23, end: 32 },
      snippet: expect.stringMatching(/write to \[EMAIL_ADDRESS:[0-9a-f]{8}\] or/) as string,
      hashKey: 'k1',
      origin: ORIGIN,
    })
    expect(signal.values).toMatchObject({ leak: true, findings: 5 })
  })
  it('count in code points, and in the tokens of the model', () => {
    expect(given?.range).toEqual({ start: 7, end: 16 })
    expect(given?.tokens).toMatchObject({ tokenizer: 'o200k_base', estimate: false })
    expect(source?.tokens).toBeUndefined()
  })
  it('join by hash and by token where the value is the same', () => {
    expect(echo?.valueHash).toBe(given?.valueHash)
    expect(retrieved?.valueHash).toBe(source?.valueHash)
    expect(leak?.valueHash).toBe(keyedHash('default', 'EMAIL_ADDRESS', 'bob@y.org'))
    const token = `[EMAIL_ADDRESS:${echo!.valueHash.slice(0, 8)}]`
    expect(contentOf(interaction, 'input')).toBe(`I am 👋 ${token}`)
    expect(contentOf(interaction, 'output').startsWith(`Hi ${token},`)).toBe(true)
  })
  it('have ids that leave out the detector version and tell places apart', () => {
    const renewed = examinerOf({ detectors: [{ ...mailDetector, version: '2' }] })
    const twice = chat('ann@x.org', 'ann@x.org ann@x.org')
    const [first, second] = [examine(twice, ORIGIN), renewed(twice, { ...ORIGIN, offset: 8 })]
    expect(second.findings.map(({ id }) => id)).toEqual(first.findings.map(({ id }) => id))
    expect(new Set(first.findings.map(({ id }) => id)).size).toBe(3)
  })
  it('are bounded, answers first; what is beyond is masked and counted', () => {
    const bounded = examinerOf({ maxFindings: 3 })
    const result = bounded(chat('a@x.org b@x.org c@x.org', 'd@x.org e@x.org'), ORIGIN)
    expect(result.findings.map(({ place }) => place.direction)).toEqual(['output', 'output', 'input'])
    expect(result.unrecorded).toBe(2)
    expect(result.signal.values.findings).toBe(5)
    expect(JSON.stringify(result)).not.toMatch(/@x\.org/)
  })
})

describe('an answer with more values than are recorded', () => {
  const echoed = Array.from({ length: 1200 }, (_, number) => `a${number}@x.org`).join(' ')
  const result = examine(
    chat(echoed, `${echoed} and ret@x.org, then new@y.org at last`, { sources: [{ content: 'ret@x.org' }] }),
    ORIGIN,
  )
  it('is a leak when the value beyond them is one', () => expect(result.signal.values.leak).toBe(true))
  it('has findings of the worst first, in the order of the text, each with its own snippet', () => {
    expect(result.findings).toHaveLength(1000)
    expect(result.unrecorded).toBe(2402 + 1 - 1000)
    expect(result.findings.map(({ provenance }) => provenance).slice(-3)).toEqual(['echoed', 'retrieved', 'introduced'])
    const leak = result.findings.at(-1)!
    expect(leak.snippet).toContain(`then [EMAIL_ADDRESS:${leak.valueHash.slice(0, 8)}] at last`)
    expect(leak.valueHash).toBe(keyedHash('default', 'EMAIL_ADDRESS', 'new@y.org'))
  })
  it('is a leak also when nothing at all is recorded', () => {
    const { findings, signal } = examinerOf({ maxFindings: 0 })(chat('hello', 'new@y.org'), ORIGIN)
    expect(findings).toEqual([])
    expect(signal.values.leak).toBe(true)
  })
})

describe('more hits than are worked on', () => {
  const few = examinerOf({ maxHits: 3 })
  it('withhold the texts that hold them, and never pass them', () => {
    const { interaction, unscanned, signal, findings } = few(chat('a@x.org b@x.org c@x.org', 'd@x.org'), ORIGIN)
    expect(contentOf(interaction, 'input')).toBe('[withheld: too many hits]')
    expect(contentOf(interaction, 'output')).toMatch(/^\[EMAIL_ADDRESS:[0-9a-f]{8}\]$/)
    expect(unscanned.map(({ reason }) => reason)).toEqual(['too many hits'])
    expect(signal.values).toMatchObject({ leak: true, unscanned: 1, findings: 3 })
    expect(findings.map(({ place }) => place.direction)).toEqual(['output', 'input', 'input'])
    expect(deepStrings(interaction).join('\n')).not.toContain('@x.org')
  })
  it('are none when there are just as many', () => {
    expect(few(chat('a@x.org b@x.org', 'c@x.org'), ORIGIN).unscanned).toEqual([])
  })
})

describe('snippets', () => {
  const snippets = (output: string): string[] =>
    examine(chat('', output), ORIGIN).findings.map(({ snippet }) => snippet)
  it('are one line of some eighty characters, cut between words, with the other hits masked', () => {
    const long = 'lorem ipsum dolor sit amet '.repeat(9)
    const [one, two] = snippets(`${long}\nann@x.org and\tbob@y.org ${long}`)
    for (const snippet of [one!, two!]) expect(snippet.length).toBeLessThanOrEqual(84)
    expect(one).toMatch(/^…\S.* \[EMAIL_ADDRESS:[0-9a-f]{8}\] and( \[EMAIL_ADDRESS:[0-9a-f]{8}\])?…$/)
    expect(one).not.toMatch(/\s{2}|\n/)
  })
  it('never cut a token or a character in two', () => {
    const unit = fc.constantFrom('ann@x.org', 'bob@y.org', ' ', '👋', 'x', 'word ', '漢字', '[EMAIL_ADDRESS:7f3a9c21]')
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 60 }), (units) => {
        for (const snippet of snippets(units.join(''))) {
          expect(snippet.length).toBeLessThanOrEqual(90)
          expect(snippet).toMatch(/\[EMAIL_ADDRESS:[0-9a-f]{8}\]/)
          // What is left when whole tokens are taken out: pieces of text, of escaped marks at most, never of a token.
          const rest = snippet.replaceAll(/\[EMAIL_ADDRESS:[0-9a-f]{8}\]/g, '')
          expect(rest).not.toMatch(/\[(?!~|…)/)
          for (const value of ['ann@x.org', 'bob@y.org']) {
            expect(rest).not.toContain(keyedHash('default', 'EMAIL_ADDRESS', value).slice(5, 8) + ']')
          }
          expect(/\p{Surrogate}/u.test(snippet)).toBe(false)
        }
      }),
    )
  })
})

describe('identities', () => {
  const userOf = (user: string, identity: 'keyEmail' | 'keyAll' | 'plain'): [string | undefined, number] => {
    const { interaction, findings } = examinerOf({ identity })(
      chat('', '', { actor: { user, onBehalfOf: user } }),
      ORIGIN,
    )
    expect(interaction.actor.onBehalfOf).toBe(interaction.actor.user)
    return [interaction.actor.user, findings.length]
  }
  const token = (type: string, normal: string): string => `[${type}:${keyedHash('default', type, normal).slice(0, 8)}]`
  it('that are e-mail addresses have the token they have in texts, and are no findings', () => {
    expect(userOf('Ann@X.org', 'keyEmail')).toEqual([token('EMAIL_ADDRESS', 'ann@x.org'), 0])
    expect(userOf('Ann@X.org', 'keyAll')).toEqual([token('EMAIL_ADDRESS', 'ann@x.org'), 0])
    expect(userOf('ann@corp', 'keyEmail')).toEqual([token('EMAIL_ADDRESS', 'ann@corp'), 0])
  })
  it('that are none are kept, or keyed, or masked by detectors, as configured', () => {
    expect(userOf('u-17', 'keyEmail')).toEqual(['u-17', 0])
    expect(userOf('u-17', 'keyAll')).toEqual([token('USER_ID', 'u-17'), 0])
    expect(userOf('Ann SEED1234', 'keyEmail')).toEqual([`Ann ${token('CODE', 'seed1234')}`, 2])
  })
  it('are stored as given under plain, but cannot pass for a token', () => {
    expect(userOf('ann@x.org', 'plain')).toEqual(['ann@x.org', 0])
    expect(userOf('[USER_ID:7f3a9c21]', 'plain')).toEqual(['[~USER_ID:7f3a9c21]', 0])
  })
})

describe('a detector that fails', () => {
  const failing = (when: (text: string) => boolean): Detector => ({
    name: 'frail',
    version: '1',
    types: [],
    inspect(_interaction, { texts }) {
      for (const { text } of texts) if (when(text)) throw new Error(`cannot read ${text}`)
      return { hits: [], unscanned: [] }
    },
  })
  it('withholds the text it failed on, passes the others, and says nothing of what stood there', () => {
    const frail = examinerOf({ detectors: [failing((text) => text.includes('poison')), mailDetector] })
    const result = frail(chat('harmless ann@x.org', 'poison bob@y.org'), ORIGIN)
    expect(contentOf(result.interaction, 'output')).toBe('[withheld: detector frail failed]')
    expect(contentOf(result.interaction, 'input')).toMatch(/^harmless \[EMAIL/)
    expect(result.interaction.capture).toEqual({ input: 'masked', output: 'withheld', reason: 'detector frail failed' })
    expect(result.unscanned).toEqual([
      { place: { direction: 'output', message: 0, part: 0, field: 'content' }, reason: 'detector frail failed' },
    ])
    expect(result.signal.values.unscanned).toBe(1)
    expect(JSON.stringify(result)).not.toMatch(/poison|cannot read|@/)
    const [output] = result.findings
    expect(output?.snippet).toMatch(/^\[EMAIL_ADDRESS:[0-9a-f]{8}\]$/)
  })
  it.each([
    ['an end beyond the text', { start: 0, end: 999 }],
    ['no length', { start: 2, end: 2 }],
    ['a fraction', { start: 0.5, end: 2 }],
    ['a negative start', { start: -1, end: 2 }],
    ['another text', { text: 9999 }],
    ['a confidence that is none', { confidence: Number.NaN }],
    ['a type that makes no token', { type: 'e-mail' }],
  ])('answers %s: has failed', (_, wrong) => {
    const hit = { type: 'A', text: 0, start: 0, end: 1, confidence: 1, normal: 'n', ...wrong }
    const liar: Detector = { name: 'liar', version: '1', types: [], inspect: () => ({ hits: [hit], unscanned: [] }) }
    const { interaction, unscanned } = examinerOf({ detectors: [liar] })(chat('secret', 'secret'), ORIGIN)
    expect(unscanned.length).toBe(textsOf(chat('secret', 'secret')).length)
    expect(deepStrings(interaction).join('\n')).not.toContain('secret')
  })
  it('and a scan that fails withhold everything', () => {
    const broken = examinerOf({
      scan() {
        throw new Error('secret')
      },
    })
    expect(deepStrings(broken(chat('secret', 'secret'), ORIGIN)).join('\n')).not.toContain('secret')
  })
  it('names what it did not look at: withheld for its reason', () => {
    const lazy: Detector = {
      name: 'lazy',
      version: '1',
      types: [],
      inspect: (_, { texts }) => ({
        hits: [],
        unscanned: texts.flatMap(({ place }, text) =>
          place.field === 'content' ? [{ text, reason: 'too long' }] : [],
        ),
      }),
    }
    const { interaction } = examinerOf({ detectors: [lazy] })(chat('a', 'b'), ORIGIN)
    expect(contentOf(interaction, 'input')).toBe('[withheld: too long]')
  })
})

describe('values in attribute keys', () => {
  const attributes = { 'user.ann@x.org.city': 'Bern SEED1234', 'user.Ann@X.org.city': 'Rome', SEED1111: true }
  const { interaction, findings } = examine(chat('', '', { attributes }), ORIGIN)
  it('are masked, and no attribute is lost', () => {
    const keys = Object.keys(interaction.attributes)
    expect(keys).toHaveLength(3)
    expect(deepStrings(interaction).join('\n')).not.toMatch(/SEED|@/)
  })
  it('stand in no place and no id', () => {
    expect(deepStrings(findings).join('\n')).not.toMatch(/SEED|@/)
    expect(findings.map(({ place }) => place.field.replaceAll(/:[0-9a-f]{8}/g, ''))).toEqual([
      'attributeKeys',
      'attributes.[EMAIL_ADDRESS].city',
      'attributeKeys',
      'attributeKeys',
    ])
  })
})

describe('properties', () => {
  const value = fc.constantFrom('ann@x.org', 'bob.b@y.org', 'SEED1234', 'SEED9999', 'Eve@Z.com')
  const noise = fc.oneof(
    fc.constantFrom(' ', '\n', ', ', '👋 ', '[', '[EMAIL_ADDRESS:7f3a9c21]', '[withheld: x]', '漢字 ', '"', '{', '\\'),
    fc.string({ maxLength: 5 }).filter((text) => !/[@\w.]/.test(text)),
  )
  const text = fc
    .array(
      fc.oneof(
        noise,
        value.map((word) => ` ${word} `),
      ),
      { maxLength: 12 },
    )
    .map((pieces) => pieces.join(''))
  const filled = fc.infiniteStream(text).map((texts) => {
    let number = 0
    return walkTexts(fullInteraction(), (original) => `${original} ${texts.next().value ?? ''}${number++}`)
  })
  const VALUES = /ann@x\.org|bob\.b@y\.org|SEED\d{4}|eve@z\.com/i

  it('a seed in every field is found in none of what is stored', () => {
    for (const identity of ['keyEmail', 'keyAll'] as const) {
      const seeded = walkTexts(fullInteraction(), (original, _d, _m, _p, field) =>
        field.startsWith('actor.') ? 'seed@x.org' : `${original} SEED1234 seed@x.org`,
      )
      const result = examinerOf({ identity })(seeded, ORIGIN)
      expect(deepStrings(result).join('\n')).not.toMatch(/SEED1234|seed@x\.org/i)
      expect(result.findings.length).toBeGreaterThan(300)
    }
  })

  it('nothing that was found survives anywhere, and ranges slice the values out of the original', () => {
    fc.assert(
      fc.property(filled, (interaction) => {
        const before = structuredClone(interaction)
        const result = examine(interaction, ORIGIN)
        expect(interaction).toEqual(before)
        expect(deepStrings(result).join('\n')).not.toMatch(VALUES)
        const texts = new Map(textsOf(interaction).map((item) => [JSON.stringify(item.place), item.text]))
        for (const { place, range, type, valueHash } of result.findings) {
          const original = texts.get(JSON.stringify(place))
          if (original === undefined) continue
          const sliced = Array.from(original).slice(range.start, range.end).join('')
          expect(keyedHash('default', type, sliced.toLowerCase())).toBe(valueHash)
        }
        expect(new Set(result.findings.map(({ id }) => id)).size).toBe(result.findings.length)
      }),
      { numRuns: 15 },
    )
  })

  it('the same interaction gives the same answer, and what is masked holds nothing more to find', () => {
    fc.assert(
      fc.property(filled, (interaction) => {
        const first = examine(interaction, ORIGIN)
        expect(examine(structuredClone(interaction), ORIGIN)).toEqual(first)
        expect(examine(first.interaction, ORIGIN).findings).toEqual([])
      }),
      { numRuns: 8 },
    )
  })

  it('everything that comes out keeps to its schema', () => {
    const [isInteraction, isFinding, isSignal] = [interactionSchema, findingSchema, signalSchema].map((schema) =>
      ajv.compile(schema),
    )
    fc.assert(
      fc.property(filled, (interaction) => {
        const result = examine(interaction, ORIGIN)
        expect(isInteraction!(result.interaction), JSON.stringify(isInteraction!.errors)).toBe(true)
        expect(isSignal!(result.signal)).toBe(true)
        for (const finding of result.findings) expect(isFinding!(finding)).toBe(true)
      }),
      { numRuns: 15 },
    )
  })

  it('arguments that are JSON stay JSON', () => {
    const digits = patternDetector('digits', 'NUMBER', /\d{6,}/g)
    const both = examinerOf({ detectors: [digits, mailDetector, codeDetector] })
    const leaf = fc.oneof(value, fc.integer({ min: 100_000 }), fc.double({ noNaN: true }), text, fc.boolean())
    const json = fc.oneof(
      leaf,
      fc.array(leaf),
      fc.dictionary(fc.oneof(value, fc.string()), fc.array(leaf, { maxLength: 3 })),
    )
    fc.assert(
      fc.property(json, fc.constantFrom(0, 2), (content, indent) => {
        const source = JSON.stringify(content, undefined, indent)
        const call = { name: 'pay', arguments: source }
        const { interaction } = both(chat('', '', { toolCalls: [call] }), ORIGIN)
        const masked = interaction.toolCalls[0]!.arguments!
        expect(() => void JSON.parse(masked), masked).not.toThrow()
        expect(masked).not.toMatch(VALUES)
      }),
      { numRuns: 500 },
    )
  })
})
