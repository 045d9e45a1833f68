import type { Tools } from './install.ts'
import type { PackageResult, ScenarioResult } from './measure.ts'
import type { Package } from './packages.ts'

/** docs/instrumentations.md as measured: one section for each package, so that a part of it can be held against a part. */
export function sectionOf(one: Package, result: PackageResult, tools: Tools): string {
  const versions = one.packages.map((name) => `${name} ${tools.versionOf(one, name)}`).join(', ')
  const switches = Object.entries(one.env ?? {})
    .filter(([, value]) => value !== 'PROVIDER')
    .map(([name, value]) => `\`${name}=${value}\``)
  const told = [
    `Versions: ${versions}.`,
    `Sent by ${result.transport}; read as ${result.dialects.map((name) => `\`${name}\``).join(', ') || 'nothing'}.`,
    ...(switches.length > 0 ? [`Set: ${switches.join(', ')}.`] : []),
    ...(one.note === undefined ? [] : [one.note]),
    ...(one.open ?? []).map((failure) => `Not right yet: ${failure}.`),
  ]
  const rows = result.scenarios.map(
    (scenario) => `| ${scenario.scenario} | ${arrivedText(scenario)} | ${lostText(scenario)} |`,
  )
  return [
    `### ${one.name}`,
    '',
    ...told,
    '',
    '| scenario | arrived | lost by the package |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}

function arrivedText({ arrived, lost, calls, counted }: ScenarioResult): string {
  if (counted > calls) return `all, but ${calls} counted as ${counted}`
  if (lost.length === 0) return 'all'
  return arrived.length === 0 ? 'nothing' : arrived.join(', ')
}

function lostText({ lost }: ScenarioResult): string {
  if (lost.length === 0) return ''
  return lost[0] === 'call' ? 'the call: no record of it is sent' : `${lost.join(', ')}: not sent`
}

/** How many facts each scenario lost. */
function lineOf(one: Package, result: PackageResult, scenarios: readonly string[]): string {
  const cells = scenarios.map((name) => cellOf(result.scenarios.find(({ scenario }) => scenario === name)))
  return `| [${one.name}](#${one.name}) (${one.language === 'node' ? 'JS' : 'Python'}) | ${cells.join(' | ')} |`
}

function cellOf(result: ScenarioResult | undefined): string {
  if (result === undefined) return ''
  if (result.counted > result.calls) return '**twice**'
  if (result.lost.length === 0) return 'all'
  return result.lost[0] === 'call' ? '**no call**' : `− ${result.lost.length}`
}

const HEAD = `# What instrumentations send

Made by \`npm run test:traffic -- --write\`, which drives each package against a provider of its own, sends what it exports to
a real Weir, and holds the stored calls against what the provider saw. What Weir is sent, it stores: the same test fails
otherwise. What stands here as lost was never sent; \`watchCall\` of \`weir/sdk\` records calls that an instrumentation loses.

"All" is: each call once, system prompt, prompt, answer, tool calls with their arguments and results, the model that was asked
and the one that answered, tokens in and out, cached and reasoning tokens, and the error. A number is how many of these are
missing; empty means that the package has no such call, "twice" that Weir does not see that two records are one call.
`

export interface Measured {
  readonly results: readonly (readonly [Package, PackageResult])[]
  /** What can be asked, in the order of the columns. */
  readonly scenarios: readonly string[]
  readonly tools: Tools
}

/** The page with what was measured now; packages that were not keep what it says of them. */
export function pageWith(page: string, packages: readonly Package[], { results, scenarios, tools }: Measured): string {
  const head = `| | ${scenarios.join(' | ')} |`
  const lines = page.includes(head) ? linesOf(page) : new Map<string, string>()
  const sections = new Map(sectionsOf(page))
  for (const [one, result] of results) {
    lines.set(one.name, lineOf(one, result, scenarios))
    sections.set(one.name, sectionOf(one, result, tools).trimEnd())
  }
  const unknown = packages.filter(({ name }) => !lines.has(name) || !sections.has(name))
  if (unknown.length > 0) throw new Error(`measure these too: ${unknown.map(({ name }) => name).join(', ')}`)
  const overview = [head, `| --- |${' --- |'.repeat(scenarios.length)}`, ...packages.map(({ name }) => lines.get(name))]
  const told = packages.map(({ name }) => `${sections.get(name)}\n`)
  return [HEAD, ...overview, '', '## By package', '', ...told].join('\n').trimEnd() + '\n'
}

const linesOf = (page: string): Map<string, string> =>
  new Map([...page.matchAll(/^\| \[([^\]]+)\]\(#.*$/gm)].map(([line, name = '']) => [name, line]))

/** The sections of a page, by package. */
export function sectionsOf(page: string): ReadonlyMap<string, string> {
  return new Map(
    page
      .split(/^(?=### )/m)
      .slice(1)
      .map((section) => [/^### (\S+)/.exec(section)?.[1] ?? '', section.trimEnd()]),
  )
}
