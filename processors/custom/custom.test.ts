import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ConfigError } from '../../core/config/index.ts'
import { MAX_HITS, TOO_MANY_HITS } from '../../core/examine/index.ts'
import type { CustomRule } from '../../schemas/customrule.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import { found, hitsIn, inspect, place, scan } from './custom.fixture.ts'
import { createCustomDetector } from './index.ts'
import { compilePattern, type Pattern } from './pattern.ts'

const staff: CustomRule = { name: 'staff numbers', type: 'EMPLOYEE_ID', pattern: '\\bEMP-\\d{6}\\b' }
const projects: CustomRule = {
  name: 'code names',
  type: 'PROJECT',
  words: ['Blue Bird', 'Falcon-9', 'C++', '.NET', 'AT&T', 'Müller', '蓝鸟', 'Жар-птица', 'Q & A'],
}
const pattern = (source: string): CustomRule => ({ name: 'p', type: 'P', pattern: source })

function problemsOf(...rules: readonly CustomRule[]): string[] {
  try {
    createCustomDetector(rules)
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    const { code, problems } = error as ConfigError
    expect(code).toBe('WEIR_CONFIG_INVALID')
    return problems.map(({ path, message }) => `${path.join('.')} ${message}`)
  }
  return []
}

describe('patterns', () => {
  it('are found where they stand, with the name of their rule', () => {
    expect(hitsIn('😀 ask EMP-123456 and EMP-12345', staff)).toEqual([
      { type: 'EMPLOYEE_ID', text: 0, start: 7, end: 17, confidence: 0.9, why: 'staff numbers', normal: 'emp 123456' },
    ])
    expect(hitsIn('EMP-123456', { ...staff, confidence: 0.4 })).toMatchObject([{ confidence: 0.4 }])
  })

  it.each([
    ['ask EMP%2D123456 now', 'EMP%2D123456'],
    ['ask \\u0045MP-123456 now', '\\u0045MP-123456'],
    ['ask E\u200bMP-12\u200b3456 now', 'E\u200bMP-12\u200b3456'],
    ['ask ＥＭＰ－１２３４５６ now', 'ＥＭＰ－１２３４５６'],
    ['ask &#69;MP-123456 now', '&#69;MP-123456'],
    ['{"a":"{\\"b\\":\\"EMP-123456\\"}"}', 'EMP-123456'],
  ])('are found disguised: %j', (text, value) => expect(found(text, staff)).toEqual([value]))

  it('are found in what is wrapped up', () => {
    const wrapped = Buffer.from('the number is EMP-123456, as ever').toString('base64')
    const [hit] = hitsIn(`see ${wrapped} there`, staff)
    expect(hit).toMatchObject({ normal: 'emp 123456' })
    expect(hit!.start).toBeGreaterThanOrEqual(4)
    expect(hit!.end).toBeLessThanOrEqual(4 + wrapped.length)
  })

  it('are found in a text in which the scan marks nothing, disguised or not', () => {
    expect(scan([{ place, text: 'qq zz' }]).views).toEqual([])
    expect(found('qq zz', pattern('zz'))).toEqual(['zz'])
    expect(found('qq z\u200bz', pattern('zz'))).toEqual(['z\u200bz'])
  })

  it('know the beginning and end of a text, and of words, also across windows', () => {
    const long = 'x '.repeat(6000)
    expect(found(`${long}x`, pattern('^x'))).toEqual(['x'])
    expect(hitsIn(`${long}x`, pattern('x$'))).toMatchObject([{ start: long.length }])
    expect(found('y'.repeat(20_000), pattern('\\by'))).toEqual(['y'])
  })

  it('miss nothing and count nothing twice where windows meet', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9000 }), fc.integer({ min: 0, max: 1000 }), (before, size) => {
        const value = `<${'😀'.repeat(size / 2)}>`
        const text = `${'é '.repeat(before / 2)}${value} ${value}`
        expect(found(text, pattern('<[^<>]*>'))).toEqual([value, value])
      }),
      { numRuns: 60 },
    )
  })

  it('that match too long a value leave nothing of it', () => {
    const hits = hitsIn(`a ${'7'.repeat(10_001)} b`, pattern('\\d+'))
    expect(hits[0]!.start).toBe(2)
    expect(hits.at(-1)!.end).toBe(10_003)
    for (const [index, hit] of hits.slice(1).entries()) expect(hit.start).toBe(hits[index]!.end)
  })

  it.each([
    ['\\bab\\b', 'ab cab ab', 2],
    ['a\\Bb', 'ab a b', 1],
    ['a{\\b2}', 'a{2}', 1],
    ['a\\b*', 'aa', 2],
    ['\\Q.b\\E\\b', 'a.b', 1],
    ['a\\b{1}', 'a aa', 2],
    ['(?:\\b|x)1', '1 x1 y1', 2],
  ])('with word boundaries: %s in %j', (source, text, times) => {
    expect(found(text, pattern(source))).toHaveLength(times)
  })

  it('tell a word boundary from a backslash and a letter', () => {
    const starts: number[] = []
    const compiled = compilePattern('\\\\b') as Pattern
    compiled.search('a\\b', (start) => starts.push(start) > 0)
    expect(starts).toEqual([1])
  })

  it('find no empty values', () => {
    expect(hitsIn('a b c', pattern('\\b'))).toEqual([])
    expect(found('a bb c', pattern('\\bb*'))).toEqual(['bb'])
  })

  it('wait for a keyword, in whatever reading of the text', () => {
    const rule: CustomRule = { ...pattern('\\d{4}'), keywords: ['badge', 'Ausweis Nr'] }
    expect(found('room 1234', rule)).toEqual([])
    expect(found('badges 1234', rule)).toEqual([])
    expect(found('1234 is my BADGE', rule)).toEqual(['1234'])
    expect(found('b\u200badge 1234', rule)).toEqual(['1234'])
    expect(found('ausweis_nr=1234', rule)).toEqual(['1234'])
    const wrapped = Buffer.from('the code is 4321, thank you').toString('base64')
    expect(hitsIn(`badge ${wrapped}`, rule).map(({ normal }) => normal)).toContain('4321')
  })
})

describe('words', () => {
  it.each([
    ['about blue bird.', ['blue bird']],
    ['about BLUE-BIRD, blue_bird, Blue\nBird', ['BLUE-BIRD', 'blue_bird', 'Blue\nBird']],
    ['bluebird, blue birds, blue    bird, blue. Bird', []],
    ['falcon 9 and Falcon-99', ['falcon 9']],
    ['c, c+, C++, c++11', ['C++', 'c++']],
    ['net and .Net', ['.Net']],
    ['at&t, at & t, at t', ['at&t', 'at & t']],
    ['MÜLLER, Mu\u0308ller, Muller, Müllers', ['MÜLLER', 'Mu\u0308ller']],
    ['关于蓝鸟的会议', ['蓝鸟']],
    ['жар-птица и жар птица', ['жар-птица', 'жар птица']],
    ['b\u200blue bi\u00adrd', ['b\u200blue bi\u00adrd']],
    ['blue blue bird bird', ['blue bird']],
    ['blue&#32;bird', ['blue&#32;bird']],
  ])('%j', (text, values) => expect(found(text, projects)).toEqual(values))

  it('have one normal form in every spelling, which a typed value has too', () => {
    const { types } = createCustomDetector([projects])
    for (const text of ['Blue Bird', 'BLUE-BIRD', 'blue_bird', 'b\u200blue bird'])
      expect([hitsIn(text, projects)[0]!.normal, types[0]!.normal(text)]).toEqual(['blue bird', 'blue bird'])
  })

  it('are found within one another and beside patterns', () => {
    const rules = [{ ...projects, words: ['blue', 'blue bird', 'bird house'] }, pattern('b\\w+ b\\w+')]
    expect(found('blue bird house', ...rules)).toEqual(['blue', 'blue bird', 'bird house', 'blue bird'])
  })

  it('find what any list holds', () => {
    const word = fc.stringMatching(/^[a-zé0-9蓝]{1,6}$/)
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), fc.array(word, { maxLength: 6 }), (words, around) => {
        const phrase = words.join(' ')
        const text = [...around, phrase.toUpperCase(), ...around].join(' ')
        const rule: CustomRule = { name: 'w', type: 'W', words: [phrase] }
        expect(found(text, rule)).toContain(phrase.toUpperCase())
      }),
    )
  })
})

describe('refused', () => {
  it.each([
    ['(a', 'missing closing ): (a'],
    ['a(?=b)', 'invalid or unsupported Perl syntax: (?='],
    ['(a)\\1', 'invalid escape sequence: \\1'],
    ['a{2000}', 'invalid repeat count: {2000}'],
    ['((a{10}){10}){10}b', 'it is too large'],
    ['a*', 'it matches the empty text'],
  ])('the pattern %s', (source, why) => {
    const [problem, ...others] = problemsOf(staff, pattern(source))
    expect(problem).toContain(`detectors.rules.1.pattern of the rule "p" is refused: ${why}`)
    expect(others).toEqual([])
  })

  it('all at once, and no listed word is told', () => {
    const problems = problemsOf(
      { name: 'a', type: 'A' },
      { name: 'a', type: 'a', words: ['secret '.repeat(40), '!!!'] },
      { name: 'c', type: 'C', words: ['c'], keywords: ['k'] },
    )
    expect(problems).toEqual([
      expect.stringContaining('detectors.rules.0.pattern of the rule "a" is needed'),
      expect.stringContaining('detectors.rules.1.name of the rule "a" is the name of another rule'),
      expect.stringContaining('detectors.rules.1.type of the rule "a" must have the form'),
      expect.stringContaining('have one of 280 characters'),
      expect.stringContaining('have one without a letter or digit'),
      expect.stringContaining('detectors.rules.2.keywords of the rule "c" are only asked before a pattern'),
    ])
    expect(problems.join()).not.toContain('secret')
    const many = Array.from({ length: 10_001 }, (_, at) => `word${at}`)
    expect(problemsOf({ name: 'm', type: 'M', words: many })).toEqual([expect.stringContaining('10001 words')])
  })
})

describe('the detector', () => {
  it('has a version that its rules decide', () => {
    const versions = [[staff], [staff], [projects]].map((rules) => createCustomDetector(rules).version)
    expect(versions[0]).toBe(versions[1])
    expect(versions[0]).not.toBe(versions[2])
  })

  it('says which texts it left when there are too many hits, and looks at answers first', () => {
    const text = 'EMP-123456 '.repeat(MAX_HITS + 1)
    expect(inspect(text, staff).unscanned).toEqual([{ text: 0, reason: TOO_MANY_HITS }])
    expect(inspect('a '.repeat(MAX_HITS), pattern('\\b')).unscanned).toEqual([{ text: 0, reason: TOO_MANY_HITS }])
    const answer = { ...place, direction: 'output' } as const
    const both = scan([
      { place, text },
      { place: answer, text: 'EMP-123456' },
    ])
    const { hits, unscanned } = createCustomDetector([staff]).inspect({} as Interaction, both)
    expect(hits[0]!.text).toBe(1)
    expect(unscanned).toEqual([{ text: 0, reason: TOO_MANY_HITS }])
    expect(hits).toHaveLength(MAX_HITS)
  })
})
