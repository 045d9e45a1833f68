import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { Interaction, Message } from '../../schemas/interaction.ts'
import { DIALECTS } from './list-of-dialects.ts'

/*
 * `npm run list:dialects` prints the coverage table; with file names it writes the table between the two marks of each.
 * What a dialect brings is not claimed but read from its golden cases, which the tests hold true.
 */
const GOLDEN = 'test/golden'
const DIVIDER = '\n----------\n'
export const START_MARK = '<!-- list:dialects -->'
export const END_MARK = '<!-- /list:dialects -->'

const COLUMNS = ['text', 'tools', 'sources', 'usage', 'errors', 'evaluations'] as const
type Column = (typeof COLUMNS)[number]

const holdsTool = (messages: readonly Message[]): boolean =>
  messages.some(({ parts }) => parts.some(({ type }) => type === 'tool_call' || type === 'tool_response'))

const BRINGS: Readonly<Record<Column, (made: Interaction) => boolean>> = {
  text: ({ input, output }) => input.length > 0 || output.length > 0,
  tools: ({ tools, toolCalls, input, output }) =>
    tools.length > 0 || toolCalls.length > 0 || holdsTool(input) || holdsTool(output),
  sources: ({ sources }) => sources.length > 0,
  usage: ({ usage }) => usage.input !== undefined || usage.output !== undefined,
  errors: ({ error }) => error !== undefined,
  evaluations: ({ evaluations }) => evaluations.length > 0,
}

/** The coverage table as Markdown. `root` is the folder that holds `test/golden`. */
export function coverageTable(root: string): string {
  const rows = DIALECTS.map(({ name, versions }) => {
    const cases = goldenCases(`${root}/${GOLDEN}/${name}`)
    const made = cases.flat().filter((result) => 'version' in result && result.arrival.dialect === name)
    const cells = COLUMNS.map((column) => (made.some(BRINGS[column]) ? 'yes' : ''))
    return [`\`${name}\``, versions, ...cells, String(cases.length)]
  })
  const head = ['dialect', 'written by', ...COLUMNS, 'golden cases']
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function goldenCases(folder: string): Interaction[][] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.golden'))
    .map((file) => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8').split(DIVIDER)[1] ?? '[]') as Interaction[])
}

/** The text with the table between its marks; undefined when it has no marks. */
export function withTable(text: string, table: string): string | undefined {
  const start = text.indexOf(START_MARK)
  const end = text.indexOf(END_MARK)
  if (start < 0 || end < start) return undefined
  return `${text.slice(0, start)}${START_MARK}\n\n${table}\n\n${text.slice(end)}`
}

function main(files: readonly string[]): void {
  const table = coverageTable('.')
  if (files.length === 0) process.stdout.write(`${table}\n`)
  for (const file of files) {
    const written = withTable(readFileSync(file, 'utf8'), table)
    if (written === undefined) {
      process.stderr.write(`${file}: no ${START_MARK} and ${END_MARK} to write the table between\n`)
      process.exitCode = 1
    } else writeFileSync(file, written)
  }
}

if (import.meta.url === `file://${process.argv[1]}`) main(process.argv.slice(2))
