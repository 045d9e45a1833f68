import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { configSchema, type Config } from '../../schemas/config.ts'
import { parseConfig, printConfig, redact, REDACTED } from './index.ts'
import { leaves } from './schema.ts'

const read = (text: string): Promise<Config> => parseConfig(text, { directory: '/etc/weir', env: {} })

describe('redaction', () => {
  /** Keys that are named like a secret and are none. A new one must be looked at by a person. */
  const NO_SECRET = [
    'collectors.otlp.tls.key',
    'collectors.otlp.tokens.file',
    'detectors.secrets.enabled',
    'sealing.activeKey',
    'stream.tls.key',
  ]

  test('every key named like a secret is marked as one', () => {
    const unmarked = leaves(configSchema)
      .filter(([path, schema]) => /pass|secret|token|key|credential|auth/i.test(path.join('.')) && !schema.writeOnly)
      .map(([path]) => path.join('.'))
    expect(unmarked.toSorted()).toEqual(NO_SECRET)
  })

  test('a seed in every text key: only those that are no secret come out', async () => {
    const config = await read('')
    const planted: string[] = []
    for (const [path, schema] of leaves(configSchema)) {
      if (schema.type !== 'string') continue
      const seed = `seed-${planted.length}-x`
      planted.push(`${schema.writeOnly ? 'secret' : 'open'} ${seed}`)
      let block = config as unknown as Record<string, Record<string, unknown>>
      for (const key of path.slice(0, -1)) block = (block[key] ??= {}) as typeof block
      const last = path.at(-1) === '*' ? 'one' : (path.at(-1) ?? '')
      block[last] = (schema.format === 'uri' ? `https://${seed}:${seed}@host/p?k=${seed}#${seed}` : seed) as never
      if (schema.format === 'uri') planted[planted.length - 1] = `secret ${seed}`
    }
    const printed = printConfig(config)
    expect(planted.filter((line) => line.startsWith('secret')).length).toBeGreaterThanOrEqual(6)
    for (const line of planted) {
      const [kind, seed = ''] = line.split(' ')
      expect({ line, isPrinted: printed.includes(seed) }).toEqual({ line, isPrinted: kind === 'open' })
    }
    expect(printed).toContain(`https://${REDACTED}@host/p?${REDACTED}`)
    expect(parse(printed)).toEqual(redact(config))
  })

  test('a key that the schema does not know is a secret', async () => {
    const config = { ...(await read('')), surprise: { deep: 'seed' } }
    expect(redact(config as Config)).toMatchObject({ surprise: { deep: REDACTED } })
  })

  test('what is printed without secrets is read again to the same', async () => {
    const config = await read('store: {memoryMb: 500, database: abc}\nlog: {level: error}')
    expect(await read(printConfig(config))).toEqual(config)
  })
})
