import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Scenario } from '../support/provider-answers.ts'
import { startTrafficProvider, type TrafficProvider } from '../support/provider.ts'
import { rootFolder } from '../support/python.ts'
import { drive } from './drive.ts'
import { VENV, type Tools } from './install.ts'
import { recordsIn } from './sent.ts'
import { startRecorder } from './recorder.ts'
import { storedOf, type StoredCall } from './stored.ts'
import type { Surroundings } from './measure.ts'

/*
 * docs/instrument.md, run: the files that a section shows are written, its variables set, its command run against the fake
 * provider, and Weir must hold the call with its text. Only the address of Weir and those of the providers are ours.
 */

export interface Snippet {
  readonly title: string
  readonly language: 'node' | 'python' | 'java'
  readonly files: ReadonlyMap<string, string>
  readonly env: Readonly<Record<string, string>>
  readonly packages: readonly string[]
  readonly command: string
}

const FENCE = /^```(\w+)\n([^]*?)^```$/gm
const FILE_NAME = /^(?:\/\/|#|<!--) (\S+\.(?:mjs|py|java|xml))/
const COMMAND = /^(node|python|mvn) /
const SNIPPET_MS_MAX = 120_000
const JAVA_MS_MAX = 300_000

export function snippetsIn(page: string): Snippet[] {
  return page.split(/^(?=## )/m).flatMap((section) => {
    const title = /^## (.*)/.exec(section)?.[1] ?? ''
    const blocks = [...section.matchAll(FENCE)].map(([, tag = '', text = '']) => ({ tag, text }))
    const lines = blocks.filter(({ tag }) => tag === 'sh').flatMap(({ text }) => text.trim().split('\n'))
    const command = lines.find((line) => COMMAND.test(line))
    if (command === undefined) return []
    const named = blocks.flatMap(({ text }) => {
      const [, name] = FILE_NAME.exec(text) ?? []
      return name === undefined ? [] : [[name, text] as const]
    })
    const exported = lines.flatMap((line) => {
      const [, name, value] = /^export (\w+)=(.*)$/.exec(line) ?? []
      return name === undefined ? [] : [[name, value ?? ''] as const]
    })
    const installed = lines.flatMap((line) => /^(?:npm|pip) install (.*)$/.exec(line)?.[1]?.split(' ') ?? [])
    const language = command.startsWith('node') ? 'node' : command.startsWith('python') ? 'python' : 'java'
    return [
      {
        title,
        language,
        files: new Map(named),
        env: Object.fromEntries(exported),
        packages: installed,
        command,
      } as const,
    ]
  })
}

/** Runs one and says what is wrong; nothing is right. */
export async function runSnippet(one: Snippet, around: Surroundings): Promise<string[]> {
  const missing = one.packages.filter((name) => name !== 'weir' && !isListed(one, name, around.tools))
  if (missing.length > 0) return [`${missing.join(', ')} is not among the packages of this suite`]
  const provider = await startTrafficProvider(around.scenarios, around.now)
  const recorder = await startRecorder(around.weir)
  const folder = folderOf(one)
  try {
    rmSync(folder, { recursive: true, force: true })
    for (const [name, text] of one.files) write(join(folder, name), text)
    linkWeir(one, folder)
    const [command = '', ...args] = one.command.split(' ')
    const env = { ...one.env, ...environment(provider, recorder.http) }
    const program = one.language === 'node' ? process.execPath : command
    const limitMs = one.language === 'java' ? JAVA_MS_MAX : SNIPPET_MS_MAX
    const { code, stderr } = await drive(program, args, env, { cwd: folder, limitMs })
    if (code !== 0) return [`${one.command} ended with ${code}: ${stderr.slice(-1_500)}`]
    const { calls } = await storedOf(around.home, recordsIn(recorder.captured))
    return problemsOf(provider, calls, around.scenarios)
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await Promise.all([provider.close(), recorder.close()])
  }
}

function isListed(one: Snippet, name: string, tools: Tools): boolean {
  return one.language !== 'java' && tools.versionOf({ language: one.language }, name) !== 'unknown'
}

/** Where the packages of its language are found. */
function folderOf({ language, title }: Snippet): string {
  const made = join(rootFolder, 'test', 'traffic', language === 'python' ? 'python' : 'node', '.weir')
  return join(made, title.replace(/\W+/g, '-').toLowerCase())
}

/** `weir` is this checkout. */
function linkWeir({ packages }: Snippet, folder: string): void {
  if (!packages.includes('weir')) return
  mkdirSync(join(folder, 'node_modules'), { recursive: true })
  symlinkSync(rootFolder, join(folder, 'node_modules', 'weir'))
}

function write(path: string, text: string): void {
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, text)
}

const environment = (provider: TrafficProvider, otlp: string): Record<string, string> => ({
  OPENAI_BASE_URL: provider.url,
  OPENAI_API_BASE: provider.url,
  OPENAI_API_KEY: 'unused',
  ANTHROPIC_BASE_URL: provider.origin,
  ANTHROPIC_API_KEY: 'unused',
  OTEL_EXPORTER_OTLP_ENDPOINT: otlp,
  OTEL_SERVICE_NAME: 'my-app',
  OTEL_METRICS_EXPORTER: 'none',
  LITELLM_LOCAL_MODEL_COST_MAP: 'True', // otherwise it fetches one
  PATH: [join(VENV, 'bin'), process.env['PATH'] ?? ''].join(delimiter),
})

function problemsOf(
  provider: TrafficProvider,
  calls: readonly StoredCall[],
  scenarios: Readonly<Record<string, Scenario>>,
): string[] {
  const [seen, ...more] = provider.seen
  if (seen === undefined) return ['the provider was not asked']
  if (more.length > 0) return [`the provider was asked ${provider.seen.length} times`]
  const [call, ...others] = calls
  if (call === undefined || others.length > 0) return [`one call is stored as ${calls.length}`]
  const has = (side: 'input' | 'output', text: string): boolean =>
    call.views.some((row) => row[side].some(({ parts }) => parts.some(({ content }) => content === text)))
  const prompt = scenarios[seen.scenario]?.prompt ?? ''
  return [
    ...(has('input', prompt) ? [] : ['the prompt is not stored']),
    ...(has('output', seen.answer.text) ? [] : ['the answer is not stored']),
    ...(call.billed.requestedModel === seen.model || call.billed.model !== '' ? [] : ['no model is stored']),
  ]
}

export const readPage = (): string => readFileSync(join(rootFolder, 'docs', 'instrument.md'), 'utf8')
