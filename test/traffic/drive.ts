import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { PYCACHE } from './install.ts'

/** When a scenario ran, as the process said that ran it. */
export interface Run {
  readonly scenario: string
  readonly from: number
  readonly to: number
  readonly outcome: string
}

export interface Driven {
  readonly runs: readonly Run[]
  /** It reached its end; otherwise `stderr` says why not. */
  readonly finished: boolean
  readonly code: number | null
  readonly stderr: string
}

const STDERR_CHARS_MAX = 20_000

/** Runs one package's file to its end, or for as long as it may. */
export async function drive(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  options: { cwd: string; limitMs: number },
): Promise<Driven> {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...bareEnvironment(), PYTHONPYCACHEPREFIX: PYCACHE, ...env },
  })
  const runs: Run[] = []
  let finished = false
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-STDERR_CHARS_MAX)))
  createInterface({ input: child.stdout }).on('line', (line) => {
    const told = parse(line)
    if (told?.finished === true) finished = true
    else if (told?.scenario !== undefined) runs.push(told as Run)
    else stderr = `${stderr}${line}\n`.slice(-STDERR_CHARS_MAX)
  })
  const code = await ended(child, options.limitMs)
  return { runs, finished, code, stderr }
}

async function ended(child: ChildProcess, limitMs: number): Promise<number | null> {
  const timer = setTimeout(() => child.kill('SIGKILL'), limitMs)
  const [code] = (await once(child, 'close')) as [number | null]
  clearTimeout(timer)
  return code
}

function parse(line: string): (Partial<Run> & { finished?: true }) | undefined {
  try {
    return JSON.parse(line) as Partial<Run> & { finished?: true }
  } catch {
    return undefined
  }
}

/** Without what this process was told about telemetry and proxies. */
function bareEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(OTEL_|NODE_OPTIONS$|TRACELOOP|LANG|OPENAI|ANTHROPIC|https?_proxy$)/i.test(name),
    ),
  )
}
