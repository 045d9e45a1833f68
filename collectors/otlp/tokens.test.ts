import { createHash } from 'node:crypto'
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { messageOf } from '../../core/errors.ts'
import { parseTokens, Tokens } from './tokens.ts'

const hash = (token: string): string => createHash('sha256').update(token).digest('hex')
const line = (tenant: string, token: string): string => `${tenant} ${hash(token)}\n`

let folder: string
let file: string
let now: number
let warnings: string[]
let errors: string[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weir-tokens-'))
  file = join(folder, 'tokens')
  now = Date.now()
  warnings = []
  errors = []
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const make = (config: { file?: string; inline?: string }): Tokens =>
  new Tokens(config, {
    clock: { now: () => now },
    meter: { add: (_name, _value, labels) => errors.push(labels?.['reason'] ?? '') },
    logger: { warn: (message, fields) => warnings.push(`${message} ${messageOf(fields?.error)}`) },
  })
const later = (ms: number): void => {
  now += ms
}

describe('who it is', () => {
  test('the token decides the tenant, whatever the case of the scheme and of the hash', () => {
    const tokens = make({ inline: line('acme', 'a').toUpperCase().replace('ACME', 'acme') + line('globex', 'g') })
    expect(tokens.tenantOf('Bearer a')).toBe('acme')
    expect(tokens.tenantOf('bearer  g ')).toBe('globex')
  })

  test.each([undefined, '', 'Bearer', 'Bearer ', 'Bearer x', 'Basic YTph', 'a', `Bearer ${hash('a')}`, 'Bearer a a'])(
    'nobody: %s',
    (authorization) => {
      expect(make({ inline: line('acme', 'a') }).tenantOf(authorization)).toBeUndefined()
    },
  )

  test('without configured tokens everybody is the default tenant', () => {
    for (const config of [{}, { inline: '' }, { inline: '# none\n' }]) {
      const tokens = make(config)
      expect(tokens.configured).toBe(false)
      expect(tokens.tenantOf('Bearer a')).toBe('default')
    }
  })

  test('an empty file means tokens, none of which is valid', () => {
    writeFileSync(file, '')
    const tokens = make({ file })
    expect(tokens.configured).toBe(true)
    expect(tokens.tenantOf('Bearer a')).toBeUndefined()
  })

  test('file and inline count both', () => {
    writeFileSync(file, line('acme', 'a'))
    const tokens = make({ file, inline: line('globex', 'g') })
    expect([tokens.tenantOf('Bearer a'), tokens.tenantOf('Bearer g')]).toEqual(['acme', 'globex'])
  })
})

describe('lines', () => {
  test.each([
    ['a tenant with a slash', `a/b ${hash('x')}`],
    ['a tenant of 65 characters', `${'a'.repeat(65)} ${hash('x')}`],
    ['no tenant', hash('x')],
    ['the token itself', 'acme my-secret-token'],
    ['a short hash', `acme ${hash('x').slice(1)}`],
    ['three words', `acme ${hash('x')} x`],
  ])('%s is refused by its number, and not quoted', (_, bad) => {
    const text = `# tokens\n\n${line('acme', 'a')}${bad}\n`
    expect(() => parseTokens(text, 'here')).toThrow('here: line 4 is not `tenant sha256-of-token-in-hex`')
  })

  test('one token for two tenants is refused; the same line twice is not', () => {
    expect(() => parseTokens(line('a', 'x') + line('b', 'x'), 'here')).toThrow(
      /line 2 gives the token of tenant a to b/,
    )
    expect(parseTokens(line('a', 'x') + line('a', 'x'), 'here').size).toBe(1)
  })

  test('every character that a tenant may have', () => {
    expect([...parseTokens(`A-z_0.9 ${hash('x')}\r\n`, 'here').values()]).toEqual(['A-z_0.9'])
  })
})

describe('the file changes', () => {
  test('a revoked token is refused, a new one taken, at most a second later', () => {
    writeFileSync(file, line('acme', 'old') + line('acme', 'stays'))
    const tokens = make({ file })
    expect(tokens.tenantOf('Bearer old')).toBe('acme')
    writeFileSync(file, line('acme', 'new') + line('acme', 'stays'))
    later(1_000)
    expect(['old', 'new', 'stays'].map((token) => tokens.tenantOf(`Bearer ${token}`))).toEqual([
      undefined,
      'acme',
      'acme',
    ])
  })

  test('also when it was replaced by another file of the same size and time', () => {
    writeFileSync(file, line('acme', 'a'))
    const tokens = make({ file })
    later(10_000)
    expect(tokens.tenantOf('Bearer a')).toBe('acme')
    writeFileSync(`${file}.new`, line('acme', 'b'))
    renameSync(`${file}.new`, file)
    later(1_000)
    expect(tokens.tenantOf('Bearer a')).toBeUndefined()
  })

  test('also when it changes right after it was read', () => {
    writeFileSync(file, line('acme', 'a'))
    const tokens = make({ file })
    for (const token of ['b', 'c', 'd', 'e']) {
      writeFileSync(file, line('acme', token))
      later(500)
      expect(tokens.tenantOf(`Bearer ${token}`)).toBe('acme')
    }
  })

  test('a broken file keeps what was known, and says so once', () => {
    writeFileSync(file, line('acme', 'a'))
    const tokens = make({ file })
    writeFileSync(file, 'half a li')
    for (let n = 0; n < 10; n++) {
      later(1_000)
      expect(tokens.tenantOf('Bearer a')).toBe('acme')
    }
    expect(warnings).toEqual([expect.stringMatching(/the tokens read before stay valid.*line 1 is not /)])
    expect(errors).toEqual(['broken'])
    writeFileSync(file, line('acme', 'b'))
    later(1_000)
    expect([tokens.tenantOf('Bearer a'), tokens.tenantOf('Bearer b')]).toEqual([undefined, 'acme'])
  })

  test('a vanished file takes its tokens with it, and brings them back', () => {
    writeFileSync(file, line('acme', 'a'))
    const tokens = make({ file, inline: line('globex', 'g') })
    rmSync(file)
    for (let n = 0; n < 10; n++) {
      later(1_000)
      expect([tokens.tenantOf('Bearer a'), tokens.tenantOf('Bearer g')]).toEqual([undefined, 'globex'])
    }
    expect(errors).toEqual(['gone'])
    writeFileSync(file, line('acme', 'a'))
    later(1_000)
    expect(tokens.tenantOf('Bearer a')).toBe('acme')
  })

  test('a clock that is set back does not stop the looking', () => {
    writeFileSync(file, line('acme', 'a'))
    const tokens = make({ file })
    later(-3_600_000)
    writeFileSync(file, line('acme', 'b'))
    expect(tokens.tenantOf('Bearer a')).toBeUndefined()
  })
})

describe('at start', () => {
  test('a missing file is refused', () => {
    expect(() => make({ file })).toThrow(expect.objectContaining({ code: 'WEIR_CONFIG_UNREADABLE' }))
  })

  test('a broken file or inline list is refused', () => {
    writeFileSync(file, 'rubbish')
    expect(() => make({ file })).toThrow(expect.objectContaining({ code: 'WEIR_CONFIG_INVALID' }))
    expect(() => make({ inline: 'rubbish' })).toThrow(/collectors.otlp.tokens.inline: line 1/)
  })
})
