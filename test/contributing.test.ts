import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Finding } from '../schemas/finding.ts'
import { fencesOf, type Fence } from './tidy/documents.ts'
import { componentProblems } from './tidy/layout.ts'
import { directionProblems, purityProblems, references } from './tidy/imports.ts'
import { readTree } from './tidy/tree.ts'

/* Walks the five steps of CONTRIBUTING.md to the letter, in a copy of the tree. */

const root = fileURLToPath(new URL('..', import.meta.url))
const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8')
const files = fencesOf('CONTRIBUTING.md', text).filter(({ file }) => file !== undefined)
const STEP_FILES = ['processors/orders/index.ts', 'processors/orders/orders.test.ts', 'cli/detectors.ts']

let copy: string
let itsTest: Outcome
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'weir-contributing-'))
  for (const [path, content] of readTree(root)) write(path, content)
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  for (const fence of files) {
    if (fence.language === 'diff') applyChange(fence)
    else write(fence.file!, `${fence.text}\n`)
  }
  write('processors/orders/README.md', '# Order numbers\n')
  itsTest = run('node_modules/.bin/vitest', 'run', 'processors/orders') // compiles the copy first, as npm test does
}, 240_000)
afterAll(() => rmSync(copy, { recursive: true, force: true }))

function write(path: string, content: string): void {
  mkdirSync(join(copy, dirname(path)), { recursive: true })
  writeFileSync(join(copy, path), content)
}

/** A line with - must stand in the file once, and becomes the line with + after it; other lines with + go to the top. */
function applyChange({ file, text: change }: Fence): void {
  const path = join(copy, file!)
  let content = readFileSync(path, 'utf8')
  let removed: string | undefined
  for (const line of change.split('\n')) {
    if (line.startsWith('-')) removed = line.slice(1)
    else if (removed === undefined) content = `${line.slice(1)}\n${content}`
    else {
      if (content.split(removed).length !== 2) throw new Error(`${file} does not have, once: ${removed}`)
      content = content.replace(removed, () => line.slice(1))
      removed = undefined
    }
  }
  writeFileSync(path, content)
}

interface Outcome {
  readonly status: number | null
  readonly output: string
}

const run = (command: string, ...args: string[]): Outcome => {
  const { status, stdout, stderr } = spawnSync(join(copy, command), args, { cwd: copy, encoding: 'utf8' })
  return { status, output: stdout + stderr }
}

/** What the whole examiner makes of a call, in a process that runs the compiled copy. */
const EXAMINE = `
import { createExaminer } from './dist/core/examine/index.js'
import { createOrderDetector } from './dist/processors/orders/index.js'
import { createScan, createVocabulary } from './dist/processors/scan/index.js'
const hash = Object.assign(() => 'ab'.repeat(16), { keyId: 'k' })
const examine = createExaminer({ detectors: [createOrderDetector()], scan: createScan(createVocabulary()), hash, identity: 'plain', tokenRanges: () => undefined })
const message = (role, content) => ({ role, parts: [{ type: 'text', content }] })
const { interaction, findings } = examine({
  version: 1, id: '0'.repeat(32), tenant: 't', kind: 'span', traceId: '', spanId: '', name: 'chat', operation: 'chat',
  startedAt: 0, durationUs: 0, service: { name: 's' }, actor: {}, release: {}, system: [],
  input: [message('user', 'Where is ORD-12345678?')], output: [message('assistant', 'ORD-12345678 is on its way.')],
  tools: [], toolCalls: [], sources: [], usage: {}, finishReasons: [], evaluations: [], attributes: {},
  capture: { input: 'full', output: 'full' }, arrival: { dialect: 'd', collector: 'c', receivedAt: 0 },
}, { topic: 'weir.interactions', epoch: 1, partition: 0, offset: 0 })
console.log(JSON.stringify({ stored: JSON.stringify(interaction), findings }))
`

describe('the five steps', () => {
  test('name the files they say', () => {
    expect(files.map(({ file }) => file)).toEqual(STEP_FILES)
    expect([...text.matchAll(/^(\d)\. \*\*/gm)].map(([, number]) => number)).toEqual(['1', '2', '3', '4', '5'])
  })

  test('compile, with what they touch', { timeout: 120_000 }, () => {
    const { output } = run('node_modules/.bin/tsc', '-p', 'tsconfig.json')
    const ours = output.split('\n').filter((line) => STEP_FILES.some((file) => line.startsWith(file)))
    expect(ours).toEqual([])
  })

  test('are formatted and linted', { timeout: 120_000 }, () => {
    const [detector = '', its = ''] = STEP_FILES
    expect(run('node_modules/.bin/oxlint', '--type-aware', dirname(detector)).output).toContain(
      'Found 0 warnings and 0 errors',
    )
    expect(run('node_modules/.bin/oxfmt', '--check', detector, its).status).toBe(0)
  })

  test('keep the house tidy', () => {
    const tree = readTree(copy)
    const all = references(tree)
    expect(directionProblems(all).filter((problem) => problem.includes('orders'))).toEqual([])
    expect(purityProblems(all)).toEqual([])
    expect(componentProblems(tree).filter((problem) => problem.includes('orders'))).toEqual([])
  })

  test('pass their own test', () => {
    expect(itsTest.output).toContain('2 passed')
    expect(itsTest.status).toBe(0)
  })

  test('make a detector that masks and finds', () => {
    write('examine.mjs', EXAMINE)
    const { stdout, stderr } = spawnSync(process.execPath, ['examine.mjs'], { cwd: copy, encoding: 'utf8' })
    expect(stderr).toBe('')
    const { stored, findings } = JSON.parse(stdout) as { stored: string; findings: Finding[] }
    expect(stored).not.toContain('ORD-12345678')
    expect(findings.toSorted((a, b) => (a.place.direction < b.place.direction ? -1 : 1))).toMatchObject([
      { detector: 'orders', type: 'ORDER_NUMBER', place: { direction: 'input' }, range: { start: 9, end: 21 } },
      { detector: 'orders', provenance: 'echoed', place: { direction: 'output' }, range: { start: 0, end: 12 } },
    ])
  })
})
