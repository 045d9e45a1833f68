import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { cureOf, LACKS } from '../../cli/commands/cures.ts'
import { DIALECTS } from '../../collectors/dialects/index.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import { rootFolder } from '../support/python.ts'
import { PACKAGES } from './packages.ts'
import { readPage, snippetsIn } from './snippets.ts'
import { sectionsOf } from './table.ts'

/* What can be said of docs/instrument.md without installing anything; `npm run test:traffic` runs what it shows. */

const page = readPage()

/** Of each language that `weir services` tells apart. */
const SCOPES = ['@x/instrumentation', 'opentelemetry.instrumentation.x', 'io.x']

/** What the collector says where text is missing, in every golden case. */
function reasonsOfGoldens(): Set<string> {
  const golden = join(rootFolder, 'test', 'golden')
  const files = readdirSync(golden, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.golden'))
  const made = files.flatMap((file) => {
    const [, expected = '[]'] = readFileSync(join(golden, file), 'utf8').split('\n----------\n')
    return JSON.parse(expected) as Partial<Interaction>[]
  })
  return new Set(made.flatMap(({ capture }) => (/was sent: /.test(capture?.reason ?? '') ? [capture!.reason!] : [])))
}

describe('docs/instrument.md', () => {
  test('has every line that weir services prints', () => {
    const lines = new Set(
      DIALECTS.flatMap(({ name: dialect, remedy }) =>
        SCOPES.flatMap((scope) =>
          LACKS.map((lack) => {
            const noTextReason = remedy === undefined ? '' : `no text was sent: ${remedy}`
            return cureOf(lack, { dialect, scope, noTextReason })
          }),
        ),
      ),
    )
    for (const reason of reasonsOfGoldens()) lines.add(cureOf('text', { dialect: '', scope: '', noTextReason: reason }))
    // What no line brings is said as what it is: "the conventions have no attribute for ...".
    const cures = [...lines].filter((line) => !line.startsWith('the '))
    expect(cures.length).toBeGreaterThan(30)
    expect(cures.filter((line) => !page.includes(`\`${line}\``))).toEqual([])
  })

  test('has a section that is run for each ecosystem', () => {
    const snippets = snippetsIn(page)
    expect(snippets.map(({ title }) => title)).toEqual([
      ...['OpenAI, JavaScript', 'OpenAI, Python', 'Anthropic, JavaScript', 'Anthropic, Python', 'Vercel AI SDK'],
      ...['LangChain, JavaScript', 'LangChain, Python', 'LlamaIndex', 'LiteLLM', 'Python with OpenLLMetry', 'Java'],
      'weir/sdk',
    ])
    for (const { files, command, title } of snippets) {
      const last = command.split(' ').at(-1)!
      expect(files.has(last) || files.has('pom.xml'), title).toBe(true)
    }
  })

  test('a Collector is told to send spans and log records to Weir', () => {
    const [, yaml = ''] = /```yaml\n([^]*?)```/.exec(page) ?? []
    const { exporters, service } = parse(yaml) as {
      exporters: Record<string, { endpoint: string }>
      service: { pipelines: Record<string, { exporters: string[] }> }
    }
    const [[name, { endpoint }] = ['', { endpoint: '' }]] = Object.entries(exporters)
    expect(endpoint).toBe('http://127.0.0.1:4318')
    expect(Object.entries(service.pipelines)).toEqual([
      ['traces', { receivers: ['otlp'], exporters: [name] }],
      ['logs', { receivers: ['otlp'], exporters: [name] }],
    ])
  })
})

test('docs/instrumentations.md has a section for each package, in their order', () => {
  const text = readFileSync(join(rootFolder, 'docs', 'instrumentations.md'), 'utf8')
  expect([...sectionsOf(text).keys()]).toEqual(PACKAGES.map(({ name }) => name))
})
