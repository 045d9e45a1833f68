import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Interaction } from '../../../schemas/interaction.ts'
import type { Hit } from '../../../core/seam.ts'
import { EMAIL_ADDRESS } from '../index.ts'
import { detector, hitsIn, scan } from '../pii.fixture.ts'
import { leastCost } from '../../../test/support/cost.ts'

const place = { direction: 'input', message: 0, part: 0, field: 'content' } as const
const hits = (text: string): Hit[] => hitsIn(text).filter(({ type }) => type === EMAIL_ADDRESS)
const emails = (text: string): string[] => hits(text).map(({ start, end }) => text.slice(start, end))

describe('addresses', () => {
  it.each([
    'ann@x.org',
    'Ann.Smith+tag@mail.example.co.uk',
    "o'brien@example.ie",
    '_svc-1@a-b.example.com',
    'x_y%z@example.com',
    '123@example.com',
    'ann@xn--bcher-kva.example',
    'ann@example.xn--p1ai',
    'jürgen@bücher.example',
    '用户@例え.jp',
    'почта@пример.рф',
    'ann@example.museum',
    'ann＠example.com',
    'ａｎｎ@ｅｘａｍｐｌｅ．ｃｏｍ',
    'an\u200bn@exam\u200bple.com',
    'ann%40example.com',
    String.raw`ann\u0040example.com`,
    String.raw`ann\x40example.com`,
    'ann&#64;example.com',
    'ann&#x40;example.com',
    `${'a'.repeat(64)}@example.com`,
  ])('%s is found whole', (address) => {
    expect(emails(`write to ${address} today`)).toEqual([address])
    expect(emails(`<${address}>`)).toEqual([address])
    expect(emails(address)).toEqual([address])
  })

  it('are found wherever they stand, with any punctuation around', () => {
    const local = fc.stringMatching(/^[a-z0-9](?:[a-z0-9._+-]{0,20}[a-z0-9])?$/).filter((text) => !text.includes('..'))
    const label = fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,10}[a-z0-9])?$/)
    const address = fc
      .tuple(
        local,
        fc.array(label, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('com', 'org', 'de', 'info', 'xn--p1ai'),
      )
      .map(([name, labels, top]) => `${name}@${labels.join('.')}.${top}`)
    const before = fc.constantFrom(
      '',
      ' ',
      '<',
      '(',
      '"',
      "'",
      '[',
      ':',
      '=',
      ',',
      ';',
      '\n',
      'mailto:',
      '\\n',
      '%20',
      '»',
      '：',
    )
    const after = fc.constantFrom(
      '',
      ' ',
      '>',
      ')',
      '"',
      "'",
      ']',
      ':',
      ',',
      ';',
      '!',
      '?',
      '. ',
      '.',
      '\n',
      '\\n',
      '%3E',
      '。',
      '/',
    )
    fc.assert(
      fc.property(before, address, after, (left, middle, right) => {
        fc.pre(!(middle.startsWith('git@') && (right === ':' || right === '/')))
        expect(emails(left + middle + right)).toEqual([middle])
      }),
      { numRuns: 2000 },
    )
  })
})

describe('surroundings', () => {
  it.each([
    [String.raw`{"text":"hello\nann@x.org\tbob@y.org"}`, ['ann@x.org', 'bob@y.org']],
    [String.raw`{\"text\":\"a\\nann@x.org\\n\"}`, ['ann@x.org']],
    [String.raw`"\u003cann@x.org\u003e"`, ['ann@x.org']],
    [String.raw`"\u0061nn@x.org"`, [String.raw`\u0061nn@x.org`]],
    [String.raw`{\"a\":\"ann\\u0040x.org\"}`, [String.raw`ann\\u0040x.org`]],
    ['?to=ann%40x.org&cc=bob%2Btag%40y.org', ['ann%40x.org', 'bob%2Btag%40y.org']],
    ['%3Cann%40x.org%3E', ['ann%40x.org']],
    ['[Ann](mailto:ann@x.org)', ['ann@x.org']],
    ['*ann@x.org* and _bob@y.org_', ['ann@x.org', 'bob@y.org']],
    ['ann@x.org...', ['ann@x.org']],
    ['wait...ann@x.org', ['ann@x.org']],
    ['请联系ann@x.org谢谢', ['ann@x.org']],
    ['ann@naver.com으로', ['ann@naver.com']],
    ['ann@x.com.Then we', ['ann@x.com']],
    ['ann@x.com-- ', ['ann@x.com']],
    ['a@x.org,b@y.org;c@z.org', ['a@x.org', 'b@y.org', 'c@z.org']],
    ['@ann@social.example', ['ann@social.example']],
  ])('%s', (text, expected) => expect(emails(text)).toEqual(expected))

  it.each([
    'user@localhost',
    'ann@x',
    'ann@.com',
    'ann@x.c',
    'ann@192.168.1.10',
    'react@18.2.0',
    '@types/node@20.19.43',
    'icon@2x.png',
    'git@github.com:org/repo.git',
    'ssh://deploy@host.example.com',
    'postgres://user:secret@db.example.com/x',
    '@app.route("/x")',
    'a @ b.com',
    '5 @ 3.com',
    `${'a'.repeat(65)}@example.com`,
    'ann@@x.org',
    'ann@-x.org',
  ])('%s is none', (text) => expect(emails(text)).toEqual([]))
})

describe('normal form', () => {
  const type = detector.types.find(({ name }) => name === EMAIL_ADDRESS)!
  const normal = (value: string): string | undefined => type.normal(value)
  it.each([
    ['Ann@X.ORG', 'ann@x.org'],
    [' <ann@x.org> ', 'ann@x.org'],
    ['mailto:ann@x.org', 'ann@x.org'],
    ['ann%40x.org', 'ann@x.org'],
    ['ａｎｎ＠ｘ．ｏｒｇ', 'ann@x.org'],
    ['a\u200bnn@x.org', 'ann@x.org'],
    [String.raw`\u0061nn\u0040x.org`, 'ann@x.org'],
    ['ann@XN--BCHER-KVA.example', 'ann@xn--bcher-kva.example'],
  ])('of %s', (value, expected) => expect(normal(value)).toBe(expected))

  it('is undefined for what is no address, or more than one', () => {
    for (const value of ['ann', 'ann@localhost', 'ann@x.org bob@y.org', 'see ann@x.org', ''])
      expect(normal(value)).toBeUndefined()
  })

  it('of a hit is the normal form of its value', () => {
    for (const text of ['to Ann@X.org now', 'to ann%2bx%40x.org', 'ａｎｎ＠ｘ．ｏｒｇ'])
      for (const hit of hits(text)) expect(normal(text.slice(hit.start, hit.end))).toBe(hit.normal)
  })
})

describe('the detector', () => {
  it('grows linearly with adversarial text', () => {
    const units = [
      'a.',
      'a@',
      'a@b.',
      'a@b.co ',
      '%40',
      '%2e',
      '.',
      'é',
      String.raw`\u0061`,
      String.raw`a\u0040b.co`,
      '4111 ',
      '4111111111111111 ',
      '4111.',
      '4111\t1111\t1111\t1111 x',
      '_',
      'card_4111111111111111_',
      '\\',
    ]
    const cost = (text: string): number => {
      const prepared = scan([{ place, text }])
      return leastCost(() => detector.inspect({} as Interaction, prepared))
    }
    for (const unit of units) {
      const small = cost(unit.repeat(10_000 / unit.length) + '@x.com')
      const large = cost(unit.repeat(80_000 / unit.length) + '@x.com')
      expect(large, unit).toBeLessThan(24 * Math.max(small, 1500))
    }
  })

  it('says the same of the same text, and finds nothing where there is nothing to look at', () => {
    const text = 'Ann ann@x.org paid with 4111 1111 1111 1111'
    expect(hits(text)).toEqual(hits(text))
    expect(detector.inspect({} as Interaction, { texts: [{ place, text }], views: [] })).toEqual({
      hits: [],
      unscanned: [],
    })
  })
})
