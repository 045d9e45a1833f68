import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { configSchema, type Config } from '../../schemas/config.ts'
import { WeirError } from '../errors.ts'
import { ConfigError, loadConfig, parseConfig } from './index.ts'
import { leaves } from './schema.ts'

const HEX_KEY = 'ab'.repeat(32)
const DIRECTORY = '/etc/weir'

interface World {
  env?: Record<string, string>
  files?: Record<string, string>
}

function read(text: string, world: World = {}): Promise<Config> {
  const readFile = (path: string): Promise<string> => {
    const content = world.files?.[path]
    return content === undefined
      ? Promise.reject(Object.assign(new Error(`quotes ${path}`), { code: 'ENOENT' }))
      : Promise.resolve(content)
  }
  return parseConfig(text, { name: 'weir.yaml', directory: DIRECTORY, env: world.env ?? {}, readFile })
}

async function problems(text: string, world?: World): Promise<string[]> {
  try {
    await read(text, world)
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.message.split('\n')
  }
}

describe('defaults', () => {
  test('come from the schema alone: every leaf with a default has it', async () => {
    const config = await read('')
    for (const [path, schema] of leaves(configSchema)) {
      const value = path.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], config)
      const isPath = schema.format === 'path' && typeof schema.default === 'string'
      const expected = isPath ? join(DIRECTORY, schema.default) : schema.default
      expect({ path, value }).toEqual({ path, value: expected })
    }
    expect(config.sealing.masterKeys).toEqual({})
    expect(config.collectors.otlp.tokens).toEqual({})
    expect('tls' in config.collectors.otlp).toBe(false)
  })

  test.each(['', '# only a comment\n', '{}', 'collectors:\n', 'collectors:\n  otlp:\n', 'store: {}\n'])(
    'nothing in it means defaults: %j',
    async (text) => expect(await read(text)).toEqual(await read('')),
  )

  test('JSON is accepted, with tabs too', async () => {
    const config = await read('{\n\t"log": {\n\t\t"level": "debug"\n\t}\n}\n')
    expect(config.log.level).toBe('debug')
  })

  test('paths are relative to the folder of the file', async () => {
    const text = 'dataDirectory: data\ncollectors: {otlp: {tls: {certificate: /a.pem, key: keys/b.pem}}}'
    const config = await read(text)
    expect(config.dataDirectory).toBe('/etc/weir/data')
    expect(config.collectors.otlp.tls).toEqual({ certificate: '/a.pem', key: '/etc/weir/keys/b.pem' })
  })
})

describe('what is wrong is said with line and column', () => {
  test('all of it at once, in the order of the file', async () => {
    const text = [
      'log:',
      '  levl: debug',
      'collectors:',
      '  otlp:',
      '    enabled: yes',
      '    maxConnections: "5"',
      '    deadlineMs: 12',
      '    toknes: {}',
      'store:',
      '  kind: servr',
      '  password: 1234',
      '  url: ${WEIR_URL}',
      'listen: 1',
      'sealing:',
      '  masterKeys:',
      '    a: ${file:nope}',
      '    "b c": x',
      'dataDirectory:',
    ].join('\n')
    expect(await problems(text)).toEqual([
      'weir.yaml:2:3: log.levl is not a known key; did you mean "level"?',
      'weir.yaml:5:5: collectors.otlp.enabled must be true or false, without quotes',
      'weir.yaml:6:5: collectors.otlp.maxConnections must be a whole number, without quotes',
      'weir.yaml:7:5: collectors.otlp.deadlineMs must be 100 or more',
      'weir.yaml:8:5: collectors.otlp.toknes is not a known key; did you mean "tokens"?',
      'weir.yaml:10:3: store.kind must be one of embedded, server; did you mean "server"?',
      'weir.yaml:11:3: store.password must be text; put it in quotes',
      'weir.yaml:12:3: store.url needs the environment variable WEIR_URL, which is not set; set it, or write ${WEIR_URL:-default}',
      'weir.yaml:13:1: listen is not a known key here; did you mean collectors.otlp.listen or collectors.otlp.grpc.listen or store.listen?',
      'weir.yaml:16:5: sealing.masterKeys.a names the file nope, which cannot be read (ENOENT)',
      'weir.yaml:17:5: sealing.masterKeys.b c is not a name of the form ^[A-Za-z0-9_-]{1,32}$: "b c"',
      'weir.yaml:18:1: dataDirectory has no value; must be text; put it in quotes',
    ])
  })

  test.each([
    ['- a', 'weir.yaml: the file must be a block of keys'],
    [
      'log: {level: 5',
      'weir.yaml:1:15: is not YAML: Flow map in block collection must be sufficiently indented and end with a }',
    ],
    ['log:\n  level: info\n  level: warn', 'weir.yaml:3:3: log.level stands here a second time'],
    ['store: {user: *nobody}', 'weir.yaml:1:9: store.user names an anchor that does not stand above it'],
    ['log: !!js/function x', 'weir.yaml:1:6: is not YAML: Unresolved tag: tag:yaml.org,2002:js/function'],
    ['? [a]\n: 1', 'weir.yaml: has a key that is not a plain name'],
    ['__proto__: {x: 1}', /^weir\.yaml:1:1: __proto__ is not a known key; known here: dataDirectory, /],
    ['constructor: 1', /^weir\.yaml:1:1: constructor is not a known key; known here: /],
    [
      'sealing: {activeKey: ${X}}',
      /^weir\.yaml:1:\d+: is not YAML: .*; inside \{ \} and \[ \], put \$\{\.\.\.\} in quotes$/,
    ],
    ['a: 1\n---\nb: 2', /^weir\.yaml:2:1: is not YAML: /],
  ])('%j', async (text, message) => {
    const [first] = await problems(text)
    if (typeof message === 'string') expect(first).toBe(message)
    else expect(first).toMatch(message)
  })

  test('a value is never quoted', async () => {
    const seed = 'hunter2hunter2'
    const texts = [
      `store: {password: ["${seed}"]}`,
      `log: {level: ${seed}}`,
      `store: {kind: "\${SECRET}"}`,
      `store: {memoryMb: "\${SECRET}", url: "\${SECRET}"}`,
      `sealing: {masterKeys: {a: ${seed}}}`,
      `store: {password: "${seed}" "${seed}"}`,
      `store:\n  password: ${seed}\n ${seed}`,
      `store: {listen: ${seed}}`,
      `telemetry: {otlpEndpoint: ${seed}}`,
    ]
    for (const text of texts) {
      const said = (await problems(text, { env: { SECRET: seed } })).join('\n')
      expect({ text, said: said !== '', quoted: said.includes(seed) }).toEqual({ text, said: true, quoted: false })
    }
  })

  test('a mistake in one block does not hide those between keys of another', async () => {
    const said = await problems('log: {levl: info}\nsealing: {activeKey: x}\nstore: {knd: server, url: "http://a"}')
    expect(said).toEqual([
      'weir.yaml:1:7: log.levl is not a known key; did you mean "level"?',
      'weir.yaml:2:11: sealing.activeKey must be one of sealing.masterKeys (which has none)',
      'weir.yaml:3:9: store.knd is not a known key; did you mean "kind"?',
    ])
  })
})

describe('expansion', () => {
  test('fills in the environment and files, and converts to what the schema wants', async () => {
    const text = [
      'log: {level: "${LEVEL}"}',
      'collectors:',
      '  otlp:',
      '    listen: ${HOST:-127.0.0.1}:${PORT}',
      '    enabled: ${ENABLED}',
      '    maxConnections: ${MAX}',
      '    tokens:',
      '      inline: "${EMPTY:-fallback: x # y}"',
      'store:',
      '  password: ${NUMERIC}',
      '  reader: a$${b}$c',
      'sealing:',
      '  masterKeys:',
      '    one: ${file:one.key}',
    ].join('\n')
    const env = { LEVEL: 'warn', PORT: '14318', ENABLED: 'False', MAX: '7', EMPTY: '', NUMERIC: '12345' }
    const config = await read(text, { env, files: { '/etc/weir/one.key': `${HEX_KEY}\r\n\n` } })
    expect(config.log.level).toBe('warn')
    expect(config.collectors.otlp.listen).toBe('127.0.0.1:14318')
    expect(config.collectors.otlp.enabled).toBe(false)
    expect(config.collectors.otlp.maxConnections).toBe(7)
    expect(config.collectors.otlp.tokens.inline).toBe('fallback: x # y')
    expect(config.store.password).toBe('12345')
    expect(config.store.reader).toBe('a${b}$c')
    expect(config.sealing.masterKeys).toEqual({ one: HEX_KEY })
  })

  test.each([
    ['${}', 'has a ${...} that is not'],
    ['${A', 'has a ${ without its }'],
    ['${A-b}', 'has a ${...} that is not'],
    ['${1A}', 'has a ${...} that is not'],
    ['${file:}', 'has ${file:} without a path'],
    ['${UNSET}', 'needs the environment variable UNSET, which is not set'],
    ['${__proto__}', 'needs the environment variable __proto__'],
  ])('%s is refused', async (value, message) => {
    const said = await problems(`log:\n  level: info\nstore:\n  user: 'x ${value}'`, { env: Object.create(null) })
    expect(said).toHaveLength(1)
    expect(said[0]).toContain(`weir.yaml:4:3: store.user ${message}`)
  })

  test('what comes out is neither parsed nor expanded again', async () => {
    const nasty = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'))
    await fc.assert(
      fc.asyncProperty(nasty, async (value) => {
        const config = await read('store:\n  user: ${V}\n  database: weir', { env: { V: value } })
        expect(config.store.user).toBe(value)
        expect(config.store.database).toBe('weir')
      }),
    )
    const config = await read('store: {user: "${V}"}', { env: { V: '${W}\n  url: http://evil', W: 'x' } })
    expect(config.store.user).toBe('${W}\n  url: http://evil')
    expect(config.store.url).toBeUndefined()
  })

  test('any text without ${ comes through unchanged, and any text at all when escaped', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
        const escaped = JSON.stringify(text.replaceAll('${', '$${'))
        fc.pre(!text.includes('$${'))
        expect((await read(`{"store": {"user": ${escaped}}}`)).store.user).toBe(text)
      }),
    )
  })

  test('a huge file is refused', async () => {
    const files = { '/etc/weir/big': 'x'.repeat(2 ** 20 + 1) }
    expect(await problems('store: {user: "${file:big}"}', { files })).toEqual([
      'weir.yaml:1:9: store.user names big, which is larger than 1 MiB',
    ])
  })
})

describe('bounds', () => {
  test.each([
    ['an alias bomb', () => bomb(10, 30), 'holds more than 20000 values'],
    ['an alias of itself', () => 'log: &a {level: *a}', ''],
    ['brackets', () => '['.repeat(50_000), ''],
    ['braces', () => '{a: '.repeat(10_000), ''],
    [
      'deep blocks',
      () => Array.from({ length: 60 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
      'nested deeper',
    ],
    ['a huge file', () => `# ${'x'.repeat(2 ** 20)}`, 'is larger than'],
    [
      'many keys',
      () => Array.from({ length: 30_000 }, (_, index) => `k${index}: 1`).join('\n'),
      'more than 20000 values',
    ],
  ])('%s is refused', async (_name, make, message) => {
    const said = await problems(make())
    expect(said.length).toBeGreaterThan(0)
    expect(said.length).toBeLessThanOrEqual(51)
    expect(said.join('\n')).toContain(message)
    expect(said.join('\n').length).toBeLessThan(10_000)
  })

  test('many problems are cut', async () => {
    const said = await problems(Array.from({ length: 500 }, (_, index) => `k${index}: 1`).join('\n'))
    expect(said).toHaveLength(51)
    expect(said.at(-1)).toBe('... and 450 more')
  })

  test('an alias is fine when it is small', async () => {
    const config = await read('log: {level: &level warn}\nstore: {user: *level}')
    expect(config.store.user).toBe('warn')
  })

  test('no text ends in anything but a configuration or a ConfigError', async () => {
    const piece = fc.constantFrom(
      ...['log', ': ', '\n', '  ', '{', '}', '[', ']', '"', "'", '${', '}', '$$', '&a', '*a', '- ', '#', '!', '|', '>'],
      ...['level', 'store', 'url', 'null', '1', 'true', '%', '\t', '?', ',', '<<', '__proto__', '\u0000', '\ud800'],
    )
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
        expect(await problems(pieces.join(''))).toBeInstanceOf(Array)
      }),
      { numRuns: 300 },
    )
  })
})

function bomb(levels: number, width: number): string {
  const lines = ['a0: &a0 x']
  for (let level = 1; level < levels; level++) {
    lines.push(`a${level}: &a${level} [${Array.from({ length: width }, () => `*a${level - 1}`).join(', ')}]`)
  }
  return lines.join('\n')
}

describe('rules between keys', () => {
  const server = `store: {kind: server, url: "https://ch:8443"}\nsealing: {masterKeys: {a: ${HEX_KEY}}}\n`
  test.each([
    ['sealing: {masterKeys: {a: x}}', 'WEIR_CONFIG_INVALID', 'sealing.masterKeys.a must be 32 bytes'],
    [
      `sealing: {masterKeys: {a: ${HEX_KEY}, b: ${HEX_KEY}}}`,
      'WEIR_CONFIG_INVALID',
      'which key wraps new data keys: a, b',
    ],
    [
      `sealing: {masterKeys: {a: ${HEX_KEY}}, activeKey: b}`,
      'WEIR_CONFIG_INVALID',
      'must be one of sealing.masterKeys (a)',
    ],
    ['store: {kind: server}', 'WEIR_CONFIG_INVALID', 'store.url is needed with store.kind: server'],
    ['store: {kind: server, url: "https://ch"}', 'WEIR_MASTER_KEY', 'openssl rand -base64 32'],
    ['store: {url: "https://ch"}', 'WEIR_CONFIG_INVALID', 'store.url is only used with store.kind: server'],
    [server.replace('https:', 'tcp:'), 'WEIR_CONFIG_INVALID', 'store.url must be an http:// or https:// address'],
    ['store: {listen: "0.0.0.0:8123"}', 'WEIR_LISTEN_UNSAFE', 'store.listen must be a loopback address'],
    ['store: {listen: "127.0.0.1"}', 'WEIR_CONFIG_INVALID', 'store.listen must be host:port'],
    ['telemetry: {listen: "127.0.0.1:4318"}', 'WEIR_CONFIG_INVALID', 'has the port of collectors.otlp.listen'],
    ['telemetry: {otlpEndpoint: "localhost:4318"}', 'WEIR_CONFIG_INVALID', 'must be an http:// or https:// address'],
    ['telemetry: {otlpEndpoint: "http://localhost:4318"}', 'WEIR_CONFIG_INVALID', "is Weir's own collector"],
    ['collectors: {otlp: {listen: "0.0.0.0:4318"}}', 'WEIR_LISTEN_UNSAFE', '`tokens` must be set'],
    [
      'collectors: {otlp: {listen: "0.0.0.0:4318", tokens: {inline: " "}, behindProxy: true}}',
      'WEIR_LISTEN_UNSAFE',
      '`tokens`',
    ],
    ['collectors: {otlp: {listen: "0.0.0.0:4318", tokens: {file: t}}}', 'WEIR_LISTEN_UNSAFE', '`tls` must be set'],
    [
      'collectors: {otlp: {tls: {certificate: a.pem}}}',
      'WEIR_CONFIG_INVALID',
      'collectors.otlp.tls needs the key "key"',
    ],
    ['stream: {maxRecordBytes: 33554432, maxQueuedBytes: 1048576}', 'WEIR_CONFIG_INVALID', 'stream.maxRecordBytes'],
  ])('%s', async (text, code, message) => {
    const error = await read(text).catch((reason: unknown) => reason as ConfigError)
    expect(error).toBeInstanceOf(ConfigError)
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) })
  })

  test.each([
    server,
    'collectors: {otlp: {listen: "127.0.0.1:0"}}\nstore: {listen: "127.0.0.1:0"}\ntelemetry: {listen: "127.0.0.1:0"}',
    'telemetry: {listen: "0.0.0.0:9464"}',
    'collectors: {otlp: {listen: "[::]:4318", tokens: {file: t}, behindProxy: true}}',
    'collectors: {otlp: {enabled: false}}\ntelemetry: {listen: "127.0.0.1:4318"}',
    'telemetry: {otlpEndpoint: "http://collector:4318"}',
  ])('fine: %s', async (text) => expect(await problems(text)).toEqual([]))
})

describe('loadConfig', () => {
  let directory: string
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'weir-config-'))
  })
  afterAll(() => rm(directory, { recursive: true }))

  test('no file at all: defaults', async () => {
    const { config, path } = await loadConfig({ env: {}, directory })
    expect(path).toBeUndefined()
    expect(config.dataDirectory).toBe(join(directory, '.weir'))
  })

  test('a named file that is missing, or is no file, is an error', async () => {
    for (const path of ['gone.yaml', '.']) {
      const error = await loadConfig({ path, env: {}, directory }).catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(WeirError)
      expect(error).toMatchObject({ code: 'WEIR_CONFIG_UNREADABLE', exitCode: 78 })
    }
  })

  test('weir.yaml is found; ${file:} is relative to it', async () => {
    await writeFile(join(directory, 'weir.yaml'), 'sealing:\n  masterKeys:\n    a: ${file:key}\n')
    await expect(loadConfig({ env: {}, directory })).rejects.toMatchObject({ code: 'WEIR_CONFIG_UNREADABLE' })
    await writeFile(join(directory, 'key'), `${HEX_KEY}\n`)
    const { config, path } = await loadConfig({ env: {}, directory })
    expect(path).toBe(join(directory, 'weir.yaml'))
    expect(config.sealing.masterKeys).toEqual({ a: HEX_KEY })
  })
})
