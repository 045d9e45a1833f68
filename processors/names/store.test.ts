import { describe, expect, it } from 'vitest'
import { ROWS } from './features.ts'
import { STRIDE } from './labels.ts'
import { WordTable } from './lists.ts'
import { packWeights } from './packed.ts'
import { WordStore } from './store.ts'
import { tokenise } from './tokens.ts'
import { LOOK_SIZE } from './words.ts'

const packed = packWeights(new Int8Array(ROWS * STRIDE))
const newStore = (): WordStore => new WordStore(new WordTable([{ surface: 'Anna', facts: 3 }]), packed)

/** What is seen of each token, but by which number the store knows the word. */
function seenBy(store: WordStore, text: string): number[][] {
  const tokens = tokenise(text)
  const looks = store.looksOf(text, tokens)
  return tokens.map((_, at) => [...looks.subarray(at * LOOK_SIZE, at * LOOK_SIZE + LOOK_SIZE - 1)])
}

describe('what is kept of words', () => {
  const TEXT = 'Anna (anna@example.org) pays 12345 to @anna for #Anna on https://anna.org\nand 7 more, J\\u00f6rg.'

  it('does not depend on what was met before', () => {
    const store = newStore()
    for (const before of ['12\u200b34 or 9\u00ad9 https://www.example.com', 'anna ANNA #anna', '\u200e1'])
      seenBy(store, before)
    expect(seenBy(store, TEXT)).toEqual(seenBy(newStore(), TEXT))
  })

  it('does not depend on how often all was forgotten', () => {
    const store = newStore()
    let number = 0
    for (let round = 0; round < 30; round++) {
      const words = Array.from({ length: 3000 }, () => `word${(number++).toString(36)}x`)
      seenBy(store, words.join(' '))
    }
    expect(seenBy(store, TEXT)).toEqual(seenBy(newStore(), TEXT))
    const tokens = tokenise(TEXT)
    const looks = store.looksOf(TEXT, tokens)
    for (let at = 0; at < tokens.length; at++)
      for (let regime = 0; regime < 4; regime++)
        expect(store.sumsAt(looks[at * LOOK_SIZE + LOOK_SIZE - 1]!, regime)).toBeLessThan(store.sums.length)
  })
})
