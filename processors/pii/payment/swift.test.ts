import { describe, expect, it } from 'vitest'
import { valuesIn } from '../pii.fixture.ts'

const found = (text: string): string[] => valuesIn(text, 'BIC_CODE')

describe('banks in payment messages', () => {
  it.each([
    [':57A:DEUTDEFF\n:59:/DE89370400440532013000', ['DEUTDEFF']],
    [':52A:BNPAFRPPXXX', ['BNPAFRPPXXX']],
    [':53A:/FW021000089\r\nCHASUS33\r\n:57A:DEUTDEFF500\n-}', ['CHASUS33', 'DEUTDEFF500']],
  ])('%j', (text, codes) => expect(found(text)).toEqual(codes))

  it.each([
    ':57D:SOME BANK\nTOWN',
    ':57A:DEUTXXFF',
    ':23A:DEUTDEFF',
    '57A:DEUTDEFF',
    ':57A:DEUTDEFFED THE BILL',
    ':57A: DEUTDEFF',
  ])('%j has none', (text) => expect(found(text)).toEqual([]))
})
