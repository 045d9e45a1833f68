import { spawnSync } from 'node:child_process'
import { posix } from 'node:path'
import { parseDocument } from 'yaml'
import { parseArguments, type Command } from '../../cli/terminal/command.ts'
import { COMMANDS } from '../../cli/commands/index.ts'
import { parseConfig } from '../../core/config/index.ts'
import { ERROR_CODES, messageOf } from '../../core/errors.ts'
import { configSchema } from '../../schemas/config.ts'
import { linesOf, type Problems, type Tree } from './tree.ts'

export interface Fence {
  readonly path: string
  readonly line: number
  readonly language: string
  /** The file it is, where the fence names one after the language. */
  readonly file?: string | undefined
  readonly text: string
}

const isDocument = (path: string): boolean => path.endsWith('.md')

/** A fence inside a list is taken without its indentation. */
export function fencesOf(path: string, text: string): Fence[] {
  const fences: Fence[] = []
  let open: (Omit<Fence, 'text'> & { indent: string; mark: string; inside: string[] }) | undefined
  linesOf(text).forEach((line, index) => {
    const [, indent = '', mark, language = '', file] = /^(\s*)(`{3,})([\w-]*)(?: (\S+))?/.exec(line) ?? []
    if (open === undefined && mark) open = { path, line: index + 1, language, file, indent, mark, inside: [] }
    else if (open !== undefined && line.trim() === open.mark) {
      const { indent: _indent, mark: _mark, inside, ...fence } = open
      fences.push({ ...fence, text: inside.join('\n') })
      open = undefined
    } else open?.inside.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line)
  })
  return fences
}

export const fences = (tree: Tree): Fence[] =>
  [...tree].filter(([path]) => isDocument(path)).flatMap(([path, text]) => fencesOf(path, text))

/** Any name has a value that serves as text, and as 32 bytes of key. */
const anyValue = Buffer.alloc(32, 1).toString('base64')
const anyEnvironment = new Proxy<Record<string, string>>({}, { get: () => anyValue, has: () => true })

/** YAML that does not parse, and configuration that Weir would refuse. */
export async function yamlProblems(all: readonly Fence[]): Promise<Problems> {
  const problems: Problems = []
  for (const fence of all.filter(({ language }) => language === 'yaml' || language === 'yml')) {
    const document = parseDocument(fence.text)
    const at = `${fence.path}:${fence.line}`
    for (const error of document.errors) problems.push(`${at} is not YAML: ${error.message}`)
    if (document.errors.length > 0 || !looksLikeConfig(document.toJS())) continue
    const options = { directory: '/', env: anyEnvironment, readFile: () => Promise.resolve(anyValue) }
    const withDefaults = fence.text.replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1')
    await parseConfig(withDefaults, options).catch((error: unknown) => problems.push(`${at}: ${messageOf(error)}`))
  }
  return problems
}

function looksLikeConfig(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const known = Object.keys(configSchema.properties ?? {})
  return Object.keys(value).some((key) => known.includes(key))
}

/** Shell that does not parse, commands and scripts that are not there, options a command does not know. */
export async function shellProblems(all: readonly Fence[], scripts: readonly string[]): Promise<Problems> {
  const problems: Problems = []
  for (const fence of all.filter(({ language }) => language === 'sh' || language === 'bash')) {
    const at = `${fence.path}:${fence.line}`
    const parsed = spawnSync('bash', ['-n'], { input: fence.text, encoding: 'utf8' })
    if (parsed.status !== 0) problems.push(`${at} is not shell: ${parsed.stderr.trim()}`)
    for (const line of commandLines(fence.text)) {
      const why = await commandProblem(line, scripts)
      if (why !== undefined) problems.push(`${at}: ${why}`)
    }
  }
  return problems
}

/** Commands named in running text: `weir x` and `npm run x`. */
export async function inlineProblems(tree: Tree, scripts: readonly string[]): Promise<Problems> {
  const problems: Problems = []
  for (const [path, text] of [...tree].filter(([name]) => isDocument(name))) {
    const prose = text.replaceAll(/^\s*```[^]*?^\s*```\s*$/gm, '')
    for (const [, code = ''] of prose.matchAll(/`([^`\n]+)`/g)) {
      const why = await commandProblem(code, scripts)
      if (why !== undefined) problems.push(`${path}: ${why}`)
    }
  }
  return problems
}

function commandLines(text: string): string[] {
  return text
    .replaceAll('\\\n', ' ')
    .split(/\n|&&|\|\||[|;]/)
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '')
}

const NPM_OWN = new Set(['install', 'ci', 'pack'])
const NPM_SCRIPTS = new Set(['start', 'test'])

async function commandProblem(line: string, scripts: readonly string[]): Promise<string | undefined> {
  const words = line
    .replace(/^\$ /, '')
    .replace(/^(\w+=\S*\s+)+/, '')
    .replace(/^npx\s+/, '')
    .split(/\s+/)
  const [program, first = '', second = ''] = words
  if (program === 'npm') {
    const script = first === 'run' ? second : NPM_SCRIPTS.has(first) ? first : undefined
    if (script === undefined) return NPM_OWN.has(first) ? undefined : `npm ${first} is not what a newcomer runs`
    return scripts.includes(script) ? undefined : `package.json has no script ${script}`
  }
  return program === 'weir' && words.length > 1 ? weirProblem(first, words.slice(2)) : undefined
}

async function weirProblem(name: string, rest: readonly string[]): Promise<string | undefined> {
  if (name === '--help' || name === '--version' || name.startsWith('<')) return undefined
  const entry = COMMANDS.find((candidate) => candidate.name === name)
  if (entry === undefined) return `there is no command weir ${name}`
  const { command }: { command: Command } = await entry.load()
  const words = rest.filter((word) => !/^[<>]/.test(word))
  const loose = command.positionals.map((positional) => ({ ...positional, required: false }))
  try {
    parseArguments(
      words.map((word) => word.replaceAll(/^['"]|['"]$/g, '')),
      `weir ${name}`,
      { ...command, positionals: loose },
    )
  } catch (error) {
    return messageOf(error).includes('one argument too many') ? undefined : messageOf(error)
  }
  return undefined
}

/** Links to files that are not there. */
export function linkProblems(tree: Tree): Problems {
  const problems: Problems = []
  for (const [path, text] of [...tree].filter(([name]) => isDocument(name))) {
    for (const [, target = ''] of text.matchAll(/\]\(([^)\s#]+)[^)]*\)/g)) {
      if (/^[a-z]+:/.test(target)) continue
      const file = posix.normalize(posix.join(posix.dirname(path), target)).replace(/\/$/, '')
      const there = tree.has(file) || [...tree.keys()].some((name) => name.startsWith(`${file}/`))
      if (!there) problems.push(`${path} links to ${target}, which is not there`)
    }
  }
  return problems
}

/** Variables and error codes that documents name and no code knows. */
export function variableProblems(tree: Tree): Problems {
  const code = [...tree]
    .filter(([path]) => path.endsWith('.ts') && !path.startsWith('test/tidy'))
    .map(([, text]) => text)
    .join('\n')
  const problems: Problems = []
  for (const [path, text] of [...tree].filter(([name]) => isDocument(name))) {
    const outside = text.replaceAll(/\$\{WEIR_\w+(:-[^}]*)?\}/g, '')
    for (const [name] of outside.matchAll(/\bWEIR_[A-Z][A-Z_]+\b/g)) {
      if (!Object.hasOwn(ERROR_CODES, name) && !code.includes(name))
        problems.push(`${path} names ${name}, which no code knows`)
    }
  }
  return problems
}

const RECORD = /^docs\/decisions\/(\d{3})-[a-z0-9-]+\.md$/
const RECORD_PARTS: Readonly<Record<string, RegExp>> = {
  'a heading "# NNN Title"': /^# \d{3} \S/m,
  'a line that starts "Accepted" or "Superseded by NNN"': /^(Accepted|Superseded by \d{3})\b/m,
  'a paragraph "**Why.**"': /^\*\*Why\.\*\* \S/m,
  'a paragraph "**So.**"': /^\*\*So\.\*\* \S/m,
}

/** Decision records: numbered from 001 without a gap, all in one form. */
export function decisionProblems(tree: Tree): Problems {
  const records = [...tree]
    .filter(([path]) => path.startsWith('docs/decisions/'))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  const problems: Problems = records.length === 0 ? ['docs/decisions holds no record'] : []
  records.forEach(([path, text], index) => {
    const number = RECORD.exec(path)?.[1]
    const expected = String(index + 1).padStart(3, '0')
    if (number === undefined) problems.push(`${path} is not named NNN-title.md`)
    else if (number !== expected) problems.push(`${path} should be number ${expected}`)
    if (number !== undefined && !text.startsWith(`# ${number} `))
      problems.push(`${path} does not start with "# ${number} "`)
    for (const [what, part] of Object.entries(RECORD_PARTS))
      if (!part.test(text)) problems.push(`${path} lacks ${what}`)
  })
  return problems
}

/** Keep a Changelog: a place for what comes next, and a heading for what was released. */
export function changelogProblems(text: string | undefined): Problems {
  if (text === undefined) return ['CHANGELOG.md is not there']
  return /^## \[Unreleased\]$/m.test(text) ? [] : ['CHANGELOG.md has no section "## [Unreleased]"']
}
