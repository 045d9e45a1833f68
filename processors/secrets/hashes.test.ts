import { describe, expect, it } from 'vitest'
import { ALNUM, HEX, made, secretsIn } from './secrets.fixture.ts'

const salted = (head: string, ...lengths: number[]): string =>
  head + lengths.map((length, at) => made(ALNUM, length, at + 3)).join('$')

const HASHES = [
  salted('$2b$12$', 53),
  salted('$1$', 8, 22),
  salted('$apr1$', 8, 22),
  salted('$5$rounds=5000$', 16, 43),
  salted('$6$', 16, 86),
  salted('$9$', 14, 43),
  salted('$y$j9T$', 22, 43),
  salted('$argon2id$v=19$m=65536,t=3,p=4$', 22, 43),
  `${made(HEX, 32)}:${made(HEX, 32, 9)}`,
]

describe('hashes of passwords', () => {
  it.each(HASHES)('%s', (hash) => {
    for (const text of [
      hash,
      `INSERT INTO users VALUES (1,'mia','${hash}');`,
      `root:${hash}:19800:0:99999:7:::`,
      `enable secret 5 ${hash}\n!`,
    ])
      expect(secretsIn(text)).toEqual([hash])
  })

  it.each([
    made(HEX, 32),
    `sha256:${made(HEX, 64)}`,
    'it costs $2.50 or $5$ a piece',
    '$1$2$3',
    '$2b$12$tooShort',
    `$6$${made(ALNUM, 86)}`,
    `${made(HEX, 32)}: ${made(HEX, 32)}`,
    'daemon:*:19800:0:99999:7:::',
    'echo $1$2 $5',
  ])('%s is none', (text) => expect(secretsIn(text)).toEqual([]))
})
