import { describe, expect, test } from 'vitest'
import { parityOf } from './parity.ts'
import { REGEXES } from './regexes.ts'
import { makeTexts } from './texts.ts'

const hit = (start: number, end: number) => ({ type: 'T', text: 0, start, end, confidence: 1, normal: '' })

describe('parity', () => {
  test('what is touched is detected, what fails its check is excused, the rest is unexplained', () => {
    const document = 'ann@firma.example 4111 1111 1111 1111, 4111 1111 1111 1112, 4242424242424242'
    const { email, card } = parityOf([document], () => [hit(18, 37)])
    expect(email).toEqual({ found: 1, detected: 0, excused: {}, unexplained: 1 })
    expect(card).toEqual({ found: 3, detected: 1, excused: { 'check digit': 1 }, unexplained: 1 })
  })
  test('versions and private addresses are none', () => {
    const { ipv4 } = parityOf(['version 10.2.3.4 and 192.168.1.1 and 81.2.69.160'], () => [])
    expect(ipv4!.unexplained).toBe(1)
  })
})

test('there are sixteen regexes, each with a name of its own and searching on', () => {
  expect(new Set(REGEXES.map(({ name }) => name)).size).toBe(16)
  for (const { pattern } of REGEXES) expect(pattern.flags).toBe('g')
})

test('texts: four sorts of documents of 2 KB, the same on every run', () => {
  const texts = makeTexts()
  expect(texts.map(({ name }) => name)).toEqual(['dense chat', 'sparse prose', 'code', 'JSON'])
  for (const { documents } of texts) {
    expect(documents.length).toBeGreaterThan(100)
    for (const document of documents) expect(document.length).toBeGreaterThan(1_800)
  }
  expect(makeTexts()).toEqual(texts)
})
