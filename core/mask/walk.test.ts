import { describe, expect, it } from 'vitest'
import type { Interaction } from '../../schemas/interaction.ts'
import { applyMask, textsOf } from './index.ts'
import { fullInteraction } from './full.fixture.ts'
import { walkTexts } from './walk.ts'

/** Every string of a value with its path, keys of attributes included. */
function stringsOf(value: unknown, path = ''): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) => {
    const inner = stringsOf(item, `${path}.${key}`)
    return path === '.attributes' ? [[`${path}#`, key] as [string, string], ...inner] : inner
  })
}

/** Made by Weir itself, or one of a closed list. */
const EXEMPT =
  /^\.(?:id|tenant|kind|traceId|spanId|parentSpanId|arrival\.(?:dialect|collector)|capture\.(?:input|output)|decision\.action|(?:system|input|output)\.\d+\.parts\.\d+\.type)$/

describe('textsOf', () => {
  it('lists every string of an interaction that is not exempt, each once', () => {
    const interaction = fullInteraction()
    const expected = stringsOf(interaction).filter(([path]) => !EXEMPT.test(path))
    expect(expected.length).toBeGreaterThan(55)
    expect(new Set(expected.map(([, text]) => text)).size).toBe(expected.length)
    expect(
      textsOf(interaction)
        .map(({ text }) => text)
        .toSorted(),
    ).toEqual(expected.map(([, text]) => text).toSorted())
  })

  it('says where each text stands, and no two stand in the same place', () => {
    const places = textsOf(fullInteraction()).map(({ place }) => place)
    expect(new Set(places.map((place) => JSON.stringify(place))).size).toBe(places.length)
    expect(places).toContainEqual({ direction: 'output', message: 1, part: 2, field: 'content' })
    expect(places).toContainEqual({ direction: 'tool', message: 1, part: 0, field: 'toolCalls.arguments' })
    expect(places).toContainEqual({ direction: 'source', message: 0, part: 0, field: 'sources.uri' })
    expect(places).toContainEqual({ direction: 'meta', message: 0, part: 0, field: 'error.message' })
    expect(places).toContainEqual({ direction: 'meta', message: 0, part: 0, field: 'attributes.user.mail' })
  })

  it('takes long numbers among the attributes for texts, and leaves out what is empty', () => {
    const interaction = fullInteraction({
      attributes: { card: 4111111111111111, small: 42, on: true, empty: '', '': 'x' },
    })
    const texts = textsOf(interaction).filter(({ place }) => place.field.startsWith('attribute'))
    expect(texts.map(({ text }) => text)).toEqual(['card', '4111111111111111', 'small', 'on', 'empty', 'x'])
  })
})

describe('scores', () => {
  const scored = (score: number): Interaction =>
    fullInteraction({ evaluations: [{ name: 'e', score, label: 'l' }], sources: [{ id: 's', score }] })
  const isScore = (field: string): boolean => field.endsWith('.score')

  it('that are long are texts, others are none', () => {
    const scores = (score: number): string[] =>
      textsOf(scored(score)).flatMap(({ place, text }) => (isScore(place.field) ? [`${place.direction} ${text}`] : []))
    expect(scores(4111111111111111)).toEqual(['source 4111111111111111', 'meta 4111111111111111'])
    expect(scores(-4111111111111111)).toEqual(['source -4111111111111111', 'meta -4111111111111111'])
    expect(scores(0.5)).toEqual([])
  })
  it('go when something was found in them, and the rest stays', () => {
    const given = scored(4111111111111111)
    const masked = walkTexts(given, (text, _d, _m, _p, field) => (isScore(field) ? '[X:00000000]' : text))
    expect(masked.evaluations).toEqual([{ name: 'e', label: 'l' }])
    expect(masked.sources).toEqual([{ id: 's' }])
    expect(given).toEqual(scored(4111111111111111))
    expect(walkTexts(given, (text) => text)).toBe(given)
  })
})

describe('walkTexts', () => {
  it('returns the same object when nothing changes', () => {
    const interaction = fullInteraction()
    expect(walkTexts(interaction, (text) => text)).toBe(interaction)
  })

  it('replaces every text, keeps the rest, and never touches the original', () => {
    const interaction = fullInteraction()
    const before = structuredClone(interaction)
    const masked = walkTexts(interaction, (text) => `<${text}>`)
    expect(interaction).toEqual(before)
    const changed = stringsOf(masked).filter(([path]) => !EXEMPT.test(path))
    expect(changed.every(([, text]) => /^<.*>$/.test(text))).toBe(true)
    expect(walkTexts(masked, (text) => text.slice(1, -1))).toEqual(interaction)
  })

  it('shares what did not change', () => {
    const interaction = fullInteraction()
    const masked = walkTexts(interaction, (text, direction) => (direction === 'output' ? 'x' : text))
    expect(masked.output).not.toBe(interaction.output)
    for (const name of ['system', 'input', 'tools', 'toolCalls', 'sources', 'attributes', 'release'] as const)
      expect(masked[name]).toBe(interaction[name])
  })

  it('renames keys without losing one, whatever they become', () => {
    const attributes = { a: 1, b: '2', c: true, 'x~2': 'four', x: 'five' }
    const renamed = walkTexts(fullInteraction({ attributes }), (text, _d, _m, _p, field) =>
      field === 'attributeKeys' && 'abc'.includes(text) ? 'x' : text,
    )
    expect(renamed.attributes).toEqual({ x: 'five', 'x~2': 'four', 'x~3': 1, 'x~4': '2', 'x~5': true })
  })

  it('renames to and from names that objects treat specially', () => {
    const attributes = JSON.parse('{"__proto__":"own","b":"2"}') as Interaction['attributes']
    const interaction = fullInteraction({ attributes })
    const walked = walkTexts(interaction, (text) => (text === '__proto__' ? 'p' : text === 'b' ? '__proto__' : text))
    expect(Object.entries(walked.attributes)).toEqual([
      ['p', 'own'],
      ['__proto__', '2'],
    ])
    expect(Object.getPrototypeOf(walked.attributes)).toBe(Object.prototype)
  })
})

describe('applyMask', () => {
  const indexOf = (interaction: Interaction, direction: string, field: string): number =>
    textsOf(interaction).findIndex(({ place }) => place.direction === direction && place.field === field)

  it('gives back the same object for no edits, and for edits that change nothing', () => {
    const interaction = fullInteraction()
    expect(applyMask(interaction, new Map())).toBe(interaction)
    const same = new Map([[0, { kind: 'escaped', text: textsOf(interaction)[0]!.text } as const]])
    expect(applyMask(interaction, same)).toBe(interaction)
  })

  it.each([
    ['input', 'content', { input: 'masked', output: 'full' }],
    ['system', 'content', { input: 'masked', output: 'full' }],
    ['output', 'name', { input: 'full', output: 'masked' }],
    ['source', 'sources.content', { input: 'masked', output: 'full' }],
    ['tool', 'toolCalls.arguments', { input: 'masked', output: 'full' }],
    ['tool', 'toolCalls.result', { input: 'full', output: 'masked' }],
    ['meta', 'error.message', { input: 'full', output: 'full' }],
  ])('a masked %s %s shows in capture', (direction, field, states) => {
    const interaction = fullInteraction()
    const masked = applyMask(
      interaction,
      new Map([[indexOf(interaction, direction, field), { kind: 'masked', text: 'M' }]]),
    )
    expect(masked.capture).toEqual({ ...interaction.capture, ...states })
  })

  it('says what is withheld and why, once, after the reason that was there', () => {
    const interaction = fullInteraction()
    const edits = new Map(
      [...textsOf(interaction).entries()]
        .filter(([, { place }]) => place.direction === 'output')
        .map(([index]) => [index, { kind: 'withheld', text: '[withheld: slow]', reason: 'slow' } as const]),
    )
    expect(edits.size).toBeGreaterThan(3)
    const { capture } = applyMask(interaction, edits)
    expect(capture).toEqual({ input: 'full', output: 'withheld', reason: 'capture.reason; slow' })
  })

  it('leaves absent what was absent', () => {
    const interaction = fullInteraction({ capture: { input: 'absent', output: 'absent' } })
    const tool = new Map([[indexOf(interaction, 'tool', 'tools.description'), { kind: 'masked', text: 'M' } as const]])
    expect(applyMask(interaction, tool).capture).toEqual(interaction.capture)
  })
})
