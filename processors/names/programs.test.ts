import { describe, expect, it } from 'vitest'
import { isOfProgram } from './programs.ts'

/** The name stands between two bars. */
const decide = (marked: string): boolean => {
  const [before, name, behind] = marked.split('|') as [string, string, string]
  return isOfProgram(before + name + behind, before.length, before.length + name.length)
}

describe('of a program is', () => {
  it.each([
    '/^[|A-Z|]/.test(x)',
    'write(os.|Stdout|)',
    'class Go(base.|Group|):',
    'use Pod::|Perldoc|;',
    'lea (%|rax|)',
    '"|Max|": 1000',
    'cc -Wsign-compare -|O3| -Wall',
    'aws wafv2 --|resource-arn arn|:aws:x',
    'GREEK SMALL LETTER ETA WITH |DASIA| AND OXIA',
    "'q' # 0x98 -> |LATIN| SMALL LETTER Q",
    'af0b1b /usr/bin/|groff|\n',
    'checking |sys|/random.h usability',
    'x.|catchall(z|.any())',
    '|hex_char_re| = r"x"',
  ])('%s', (text) => expect(decide(text)).toBe(true))
  it.each([
    'Dear |Anna|, how are you',
    'thanks.|Anna| will call',
    'dr.|Weber|, please',
    'many thanks.|Anna|, will you',
    'many thanks.|Anna|\n',
    '"|Anna Weber|": 42',
    '{"name":"|Anna|","age":42}',
    '"sender: |Anna|"',
    'love -|Anna|',
    'I met -- |Anna| there',
    'linkedin.com/in/|anna-weber|',
    '/home/|anna|/x',
    '|Smith (Jones)| said',
    '|ANNA WEBER| LIVES HERE',
    '|Jean-Luc|, hi',
    '_|Anna|_ said',
  ])('not: %s', (text) => expect(decide(text)).toBe(false))
})
