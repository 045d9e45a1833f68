import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Scenario } from '../support/provider-answers.ts'
import { rootFolder } from '../support/python.ts'
import { WeirHome } from '../support/weir.ts'
import { install, languagesHere, type Language } from './install.ts'
import { measure, type PackageResult, type Surroundings } from './measure.ts'
import { PACKAGES, type Package } from './packages.ts'
import type { Captured } from './recorder.ts'
import { readExport } from './sent.ts'
import { readPage, runSnippet, snippetsIn, type Snippet } from './snippets.ts'
import { pageWith, sectionOf, sectionsOf } from './table.ts'

/* `npm run test:traffic -- --json`. What is told goes to standard error; standard output is the result. */

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** Packages by name, or `page` for what docs/instrument.md shows; all where it is left out. */
    only: { type: 'string', multiple: true, default: [] },
    /** Writes what is measured into docs/instrumentations.md instead of comparing with it. */
    write: { type: 'boolean', default: false },
    /** A folder to write what each exporter sent into, as OTLP/JSON. */
    keep: { type: 'string' },
    /** How many run at the same time. */
    jobs: { type: 'string', default: '2' },
  },
})

const PAGE = join(rootFolder, 'docs', 'instrumentations.md')
const SCENARIOS = JSON.parse(readFileSync(join(rootFolder, 'test', 'traffic', 'scenarios.json'), 'utf8')) as Record<
  string,
  Scenario
>
const say = (text: string): void => void process.stderr.write(`${text}\n`)
const now = (): number => new Date().getTime()
const pageText = (): string => (existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '')
const isAsked = (name: string): boolean => values.only.length === 0 || values.only.includes(name)

interface Outcome {
  readonly name: string
  readonly failures: readonly string[]
}
type Measured = readonly [Package, PackageResult]

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

/** Gives the work a Weir of its own. */
async function withWeir<T>(work: (weir: { home: WeirHome; http: string; grpc: string }) => Promise<T>): Promise<T> {
  const grpc = `127.0.0.1:${await freePort()}`
  const home = await WeirHome.make({ collectors: { otlp: { grpc: { listen: grpc } } } })
  try {
    const { otlp } = await home.up()
    return await work({ home, http: otlp, grpc: `http://${grpc}` })
  } finally {
    await home.remove()
  }
}

/** A few at a time, in order; results in the order of the list. */
async function pooled<T, R>(list: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  const left = [...list.entries()]
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) results[next[0]] = await work(next[1])
  }
  await Promise.all(Array.from({ length: Math.max(1, Number(values.jobs)) }, worker))
  return results
}

function keepSent({ name }: Package, captured: readonly Captured[]): void {
  const folder = values.keep
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  captured.forEach((one, index) => {
    const text = `${JSON.stringify(readExport(one), null, 1)}\n`
    writeFileSync(join(folder, `${name}-${index}-${one.signal}.json`), text)
  })
}

async function measured(one: Package, around: Surroundings): Promise<Measured> {
  const result = await measure(one, around)
  const lossy = result.scenarios.filter(({ lost }) => lost.length > 0).length
  say(`${one.name}: ${result.scenarios.length} scenarios, ${lossy} with losses of its own`)
  return [one, result]
}

async function shown(one: Snippet, around: Surroundings): Promise<Outcome> {
  const failures = await runSnippet(one, around)
  say(`page: ${one.title}${failures.length === 0 ? ' runs as it stands' : ' FAILED'}`)
  return { name: `page: ${one.title}`, failures }
}

/** The page must say what was measured now. */
function outcomeOf([one, result]: Measured, sections: ReadonlyMap<string, string>, around: Surroundings): Outcome {
  const section = sectionOf(one, result, around.tools).trimEnd()
  const isStale = !values.write && sections.get(one.name) !== section
  const stale = isStale ? [`docs/instrumentations.md says otherwise; measured now:\n${section}`] : []
  return { name: one.name, failures: [...result.failures, ...stale] }
}

function writePage(results: readonly Measured[], { tools }: Surroundings): void {
  writeFileSync(PAGE, pageWith(pageText(), PACKAGES, { results, scenarios: Object.keys(SCENARIOS), tools }))
  say(`written: ${PAGE.slice(rootFolder.length)}`)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))

const packages = PACKAGES.filter(({ name }) => isAsked(name))
const snippets = isAsked('page') ? snippetsIn(readPage()) : []
if (packages.length + snippets.length === 0)
  throw new Error(`--only is page or one of ${PACKAGES.map(({ name }) => name).join(', ')}`)

const asked = [...packages, ...snippets]
const needed = new Set<Language>(asked.map(({ language }) => language))
const here = languagesHere(needed)
const canRun = ({ language }: { language: Language }): boolean => here.has(language)
const tools = install(asked.filter(canRun), say)
const skipped = asked.filter((one) => !canRun(one)).length
const { results, outcomes } = await withWeir(async ({ home, http, grpc }) => {
  const around: Surroundings = { home, weir: { http, grpc }, scenarios: SCENARIOS, tools, now, onSent: keepSent }
  const results = await pooled(packages.filter(canRun), (one) => measured(one, around))
  if (values.write && skipped === 0) writePage(results, around)
  const sections = sectionsOf(pageText())
  const pages = await pooled(snippets.filter(canRun), (one) => shown(one, around))
  return { results, outcomes: [...results.map((one) => outcomeOf(one, sections, around)), ...pages] }
})

for (const { name, failures } of outcomes) for (const failure of failures) say(`FAILED ${name}: ${failure}`)
const failing = outcomes.filter(({ failures }) => failures.length > 0).length
const missing = process.env['WEIR_REQUIRE_SERVERS'] === '1' ? skipped : 0
if (skipped > 0)
  say(`${skipped} SKIPPED: ${[...needed].filter((language) => !here.has(language)).join(' and ')} is not here`)
const totals = { passed: outcomes.length - failing, failed: failing + missing, skipped }
if (values.json) process.stdout.write(`${JSON.stringify({ ...totals, results: results.map(([, one]) => one) })}\n`)
else say(`${totals.passed} passed, ${totals.failed} failed, ${skipped} skipped`)
process.exit(totals.failed === 0 && totals.passed > 0 ? 0 : 1)
