import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { afterAll, describe, expect, it } from 'vitest'
import { weir } from '../../cli/weir.ts'
import { customRuleSchema } from '../../schemas/customrule.ts'
import { DIRECTIONS, PROVENANCES, SEVERITIES } from '../../schemas/finding.ts'
import { policyRuleSchema, MASK_OPERATORS } from '../../schemas/policy.ts'
import { fencesOf } from '../tidy/documents.ts'

/* docs/policy.md promises what a text becomes. Tokens differ from run to run; that equal ones are equal stays. */

const PAGE = 'docs/policy.md'
const page = readFileSync(join(process.cwd(), PAGE), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'weir-policy-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Example {
  readonly line: number
  readonly config: string
  readonly text: string
  readonly masked: string
}

/** A text and what it becomes, by the YAML right before it under the same heading. */
function examples(): Example[] {
  const fences = fencesOf(PAGE, page)
  return fences.flatMap(({ file, line, text: masked }, index) => {
    if (file !== 'masked') return []
    const [given, before] = [fences[index - 1]!, fences[index - 2]]
    const config = before?.language === 'yaml' ? before.text : ''
    return [{ line, config, text: given.text, masked }]
  })
}

async function scanMasked(config: string, input: string): Promise<string> {
  const path = join(folder, 'weir.yaml')
  writeFileSync(path, config)
  let output = ''
  const stdout = new PassThrough().on('data', (chunk) => (output += String(chunk)))
  const stderr = new PassThrough().resume()
  const around = { stdin: Readable.from([input]), stdout, stderr, env: {}, signal: new AbortController().signal }
  await weir(['scan', '-', '--masked', '--config', path], around)
  await new Promise((resolve) => setImmediate(resolve))
  return output
}

/** Tokens numbered by their first appearance. */
function numbered(text: string): string {
  const seen: string[] = []
  return text.replaceAll(/:([0-9a-f]{8})\]/g, (_, digits: string) => {
    if (!seen.includes(digits)) seen.push(digits)
    return `:token ${seen.indexOf(digits)}]`
  })
}

describe('docs/policy.md', () => {
  it('has examples', () => expect(examples().length).toBeGreaterThanOrEqual(5))

  it.each(examples().map((example) => [example.line, example] as const))(
    'says what becomes of the text of line %i',
    async (_, { config, text, masked }) => {
      expect(numbered((await scanMasked(config, text)).trimEnd())).toBe(numbered(masked))
    },
  )

  it('names every key, and every value that a key may have', () => {
    const { when, then } = policyRuleSchema.properties!
    const keys = [when, then, customRuleSchema].flatMap((schema) => Object.keys(schema!.properties!))
    const values = [...MASK_OPERATORS, ...DIRECTIONS, ...PROVENANCES, ...SEVERITIES]
    for (const key of [...keys, ...values]) expect(page).toMatch(new RegExp(`\`[^\`\n]*\\b${key}\\b`))
  })
})

it('a rule that cannot be run stops a command, with its name and the reason', async () => {
  const path = join(folder, 'bad.yaml')
  writeFileSync(path, "detectors: { rules: [{ name: staff, type: STAFF, pattern: '(?=x)' }] }\n")
  let said = ''
  const stderr = new PassThrough().on('data', (chunk) => (said += String(chunk)))
  const around = { stdin: Readable.from(['x']), stdout: new PassThrough(), stderr, env: {} }
  const code = await weir(['scan', '-', '--config', path], { ...around, signal: new AbortController().signal })
  await new Promise((resolve) => setImmediate(resolve))
  expect(code).toBe(78)
  expect(said).toContain('detectors.rules.0.pattern of the rule "staff" is refused: invalid or unsupported Perl syntax')
  expect(said).toContain('[WEIR_CONFIG_INVALID]')
})
