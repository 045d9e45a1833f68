import { readFileSync } from 'node:fs'
import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { fold, hashText } from '../hashing.ts'
import { LISTS } from '../lists.generated.ts'
import { factOf, packEntries, unpackEntries, WordTable, type ListEntry } from '../lists.ts'
import { packModel, unpackModel } from '../model.ts'
import { Tagger } from '../tagger.ts'
import { tokenise } from '../tokens.ts'
import { TECHNICAL_CUE } from '../words.ts'
import { joinSentence, parseConll } from './conll.ts'
import { CUES } from './cues.ts'
import { changed, Generator, piecesOf } from './generate.ts'
import { Corpus, Learner, Mean } from './learn.ts'
import { poolsOf } from './pools.ts'
import { labelsOf, Preparer } from './prepare.ts'
import { Random } from './random.ts'

const entries = unpackEntries(Buffer.from(LISTS, 'base64'))
const pools = poolsOf(entries)
const read = (conll: string, source = 'x'): { text: string; names: string[] } => {
  const { text, spans } = joinSentence(parseConll(conll.replaceAll(' ', '\n').replaceAll('/', '\t'))[0] ?? [], source)
  return { text, names: spans.map(({ start, end, type }) => `${type} ${text.slice(start, end)}`) }
}

describe('labelled files', () => {
  it.each([
    ['Ann/B-PER Lee/I-PER lives/O in/O Rome/B-LOC ./O', 'Ann Lee lives in Rome.', ['PERSON Ann Lee', 'LOCATION Rome']],
    ['@/B-PER colgo/B-PER hey/O Bob/B-PER', '@colgo hey Bob', ['PERSON Bob']],
    ["the/B-ORG Bank/I-ORG of/I-ORG Italy/I-ORG 's/O", "the Bank of Italy's", ['ORGANIZATION Bank of Italy']],
    ['U./B-LOC S./I-LOC news/O', 'U.S. news', ['LOCATION U.S.']],
    ['Apple/I-ORG sued/O Lee/I-PER', 'Apple sued Lee', ['ORGANIZATION Apple', 'PERSON Lee']],
  ])('%s', (conll, text, names) => expect(read(conll)).toEqual({ text, names }))
  it('defined parties of contracts and pronouns are no names', () => {
    expect(read('Borrower/I-PER owes/O Lee/I-PER', 'filings').names).toEqual(['PERSON Lee'])
    expect(read('He/B-Person met/O Assad/B-Person', 'government').names).toEqual(['PERSON Assad'])
  })
})

describe('generated texts', () => {
  it('are the same for the same seed, and their spans stand where the names are', () => {
    const make = (): string => {
      const generator = new Generator(pools, new Random(5))
      return JSON.stringify(
        Array.from({ length: 200 }, () => [generator.named(), generator.plain(), generator.strange()]),
      )
    }
    expect(make()).toBe(make())
    const generator = new Generator(pools, new Random(6))
    for (let index = 0; index < 500; index++) {
      const { text, spans } = generator.named()
      expect(text).not.toMatch(/\{(?:p|f|l|fl|c|o|k|n|d|w|W)\}/)
      let at = 0
      for (const { start, end } of spans) {
        expect(start).toBeGreaterThanOrEqual(at)
        expect(end).toBeGreaterThan(start)
        expect(end).toBeLessThanOrEqual(text.length)
        at = end
      }
    }
  })
  it('can be rewritten without losing their labels', () => {
    const labelled = { text: 'Hi Ann!', spans: [{ start: 3, end: 6, type: 'PERSON' as const }] }
    expect(piecesOf(labelled).map(({ text }) => text)).toEqual(['Hi ', 'Ann', '!'])
    expect(changed(labelled, (text) => `${text}${text}`).spans).toEqual([{ start: 6, end: 12, type: 'PERSON' }])
  })
  it('labels every token of a name', () => {
    const text = 'Ann Lee-Ray met Bob'
    const spans = [
      { start: 0, end: 11, type: 'PERSON' as const },
      { start: 16, end: 19, type: 'PERSON' as const },
    ]
    expect([...labelsOf(tokenise(text), spans)]).toEqual([1, 2, 2, 2, 0, 1])
  })
})

describe('learning', () => {
  const table = new WordTable([])
  const learn = (): Buffer => {
    const random = new Random(3)
    const corpus = new Corpus()
    const preparer = new Preparer(table, random, corpus)
    const spans = [{ start: 3, end: 7, type: 'PERSON' as const }]
    for (let index = 0; index < 60; index++) preparer.add({ text: `hi ${'xyzvw'[index % 5]}oro and goodbye`, spans })
    const mean = new Mean()
    new Learner().learn(corpus, { epochs: 4, averageFrom: 2, random }, mean)
    return packModel(mean.model(24, 0.05))
  }
  it('is the same every time, and what was learnt is found', () => {
    const packed = learn()
    expect(learn().equals(packed)).toBe(true)
    const tagger = new Tagger(unpackModel(packed), table, [0, 0, 0])
    const text = 'hi toro and goodbye'
    const mentions = tagger.tag(text, tokenise(text))
    expect(mentions.map(({ type, first, end }) => ({ type, first, end }))).toEqual([
      { type: 'PERSON', first: 1, end: 2 },
    ])
  })
})

describe('lists', () => {
  it('number the cues as the tagger knows them', () => expect(CUES[TECHNICAL_CUE - 1]?.[0]).toBe('technical'))
  it('survive packing', () => {
    const some: ListEntry[] = [
      { surface: 'Anna', facts: 3 },
      { surface: 'Annabel', facts: 1 },
      { surface: 'São Paulo', facts: 48 },
      { surface: 'ähnlich', facts: 0xc000 },
    ]
    expect(unpackEntries(deflateRawSync(packEntries(some)))).toEqual(some)
  })
  it('hold no name that was withheld', () => {
    const withheld = readFileSync('test/golden/names/withheld-names.txt', 'utf8').trim().split('\n')
    const table = new WordTable(entries)
    expect(withheld.length).toBeGreaterThan(500)
    const isName = (facts: number): boolean => factOf(facts, 'first') > 0 || factOf(facts, 'last') > 0
    expect(withheld.filter((name) => isName(table.find(hashText(fold(name)))))).toEqual([])
    for (const name of ['Anna', 'Berlin', 'Siemens']) expect(table.find(hashText(fold(name)))).not.toBe(0)
  })
})
