import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { createNormaliser, DIALECTS, type Normalised } from '../../collectors/dialects/index.ts'
import { decodeRequest } from '../../collectors/dialects/wire/index.ts'
import { interactionSchema } from '../../schemas/interaction.ts'

/*
 * Each .golden file: comment lines, an OTLP/JSON request, a divider, and the interactions Weir makes of it.
 * `UPDATE_GOLDEN=1 npx vitest run test/golden` writes what it makes now; read the difference before you commit it.
 */
const DIVIDER = '\n----------\n'
const WIDTH = 110
const CONTEXT = { tenant: 'golden', collector: 'otlp', receivedAt: Date.UTC(2026, 8, 22) * 1000 }

const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(interactionSchema)
const goldenFiles = (folder: string): string[] =>
  readdirSync(join(import.meta.dirname, folder)).filter((file) => file.endsWith('.golden'))
const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && goldenFiles(entry.name).length > 0)
  .map((entry) => entry.name)

for (const folder of folders) {
  describe(`dialect ${folder}`, () => {
    for (const file of goldenFiles(folder)) {
      it(`${file}`, () => {
        const path = join(import.meta.dirname, folder, file)
        const [input = '', expected = ''] = readFileSync(path, 'utf8').split(DIVIDER)
        const made = interactionsOf(input)
        if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, `${input}${DIVIDER}${pretty(made)}\n`)
        else expect(made).toEqual(JSON.parse(expected))
      })
    }
  })
}

it('every dialect has a golden directory', () => {
  expect(folders).toEqual(DIALECTS.map((dialect) => dialect.name).toSorted())
})

function interactionsOf(input: string): Normalised[] {
  const json = input.replaceAll(/^#.*\n/gm, '')
  const normalise = createNormaliser()
  const { records, refused } = decodeRequest(
    json.includes('"resourceLogs"') ? 'logs' : 'traces',
    'json',
    Buffer.from(json),
  )
  expect(refused).toEqual([])
  const made = records.map((record) => normalise(record, CONTEXT))
  for (const result of made) {
    if ('ignored' in result) continue
    validate(result)
    expect(validate.errors).toBeNull()
    expect(Object.keys(result.attributes)).not.toContain('weir.unread')
    expect(JSON.parse(JSON.stringify(result))).toEqual(result)
  }
  return made
}

/** JSON for people: what fits on a line stands on a line. */
function pretty(value: unknown, indent = '', lead = 0): string {
  const line = JSON.stringify(value)
  if (typeof value !== 'object' || value === null || indent.length + lead + line.length <= WIDTH) return line
  const inner = `${indent}  `
  if (Array.isArray(value)) return `[\n${value.map((item) => inner + pretty(item, inner)).join(',\n')}\n${indent}]`
  const entries = Object.entries(value).map(([key, item]) => {
    const name = JSON.stringify(key)
    return `${inner}${name}: ${pretty(item, inner, name.length + 2)}`
  })
  return `{\n${entries.join(',\n')}\n${indent}}`
}
