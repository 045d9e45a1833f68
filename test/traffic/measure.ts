import { join } from 'node:path'
import type { Scenario } from '../support/provider-answers.ts'
import { startTrafficProvider, type SeenCall } from '../support/provider.ts'
import type { WeirHome } from '../support/weir.ts'
import { drive, type Run } from './drive.ts'
import { compare, FACTS, type Fact, type Finding } from './facts.ts'
import type { Tools } from './install.ts'
import type { Package } from './packages.ts'
import { startRecorder, type Captured } from './recorder.ts'
import { recordsIn, type SentRecord } from './sent.ts'
import { isRowOf, storedOf, type StoredCall, type StoredRow } from './stored.ts'

/** What became of one scenario's calls. */
export interface ScenarioResult {
  readonly scenario: string
  /** Calls that the provider saw. */
  readonly calls: number
  /** Calls that Weir counts. */
  readonly counted: number
  /** What is stored of every one of them. */
  readonly arrived: readonly Fact[]
  /** What the package did not send, in words. */
  readonly lost: readonly string[]
}

export interface PackageResult {
  readonly name: string
  readonly transport: string
  readonly dialects: readonly string[]
  readonly scenarios: readonly ScenarioResult[]
  /** What was sent and is not stored, or not as it was: each is a mistake of Weir's, or of this suite. */
  readonly failures: readonly string[]
}

export interface Surroundings {
  readonly home: WeirHome
  readonly weir: { readonly http: string; readonly grpc: string }
  readonly scenarios: Readonly<Record<string, Scenario>>
  readonly tools: Tools
  readonly now: () => number
  /** Is told what each exporter sent. */
  readonly onSent?: (of: Package, captured: readonly Captured[]) => void
}

/** The first run also compiles what Python imports. */
const PACKAGE_MS_MAX = 300_000

export async function measure(one: Package, around: Surroundings): Promise<PackageResult> {
  const provider = await startTrafficProvider(around.scenarios, around.now)
  const recorder = await startRecorder(around.weir)
  try {
    const { command, args, folder } = around.tools.commandOf(one)
    const env = {
      PROVIDER_URL: provider.url,
      PROVIDER_ORIGIN: provider.origin,
      OTEL_EXPORTER_OTLP_ENDPOINT: one.protocol === 'gRPC' ? recorder.grpc : recorder.http,
      OTEL_SERVICE_NAME: one.name,
      OTEL_METRICS_EXPORTER: 'none',
      WEIR_SDK: join(around.tools.dist, 'collectors', 'sdk', 'index.js'),
      ...Object.fromEntries(
        Object.entries(one.env ?? {}).map(([name, value]) => [name, value.replace('PROVIDER', provider.origin)]),
      ),
    }
    const driven = await drive(command, args, env, { cwd: folder, limitMs: PACKAGE_MS_MAX })
    const broke = driven.finished ? [] : [`the run broke off: ${driven.stderr.slice(-1_500)}`]
    around.onSent?.(one, recorder.captured)
    const sent = recordsIn(recorder.captured)
    const stored = await storedOf(around.home, sent)
    const judged = judge(driven.runs, provider.seen, sent, stored, around.scenarios)
    return {
      name: one.name,
      transport: transportOf(recorder.captured),
      dialects: [...new Set(stored.rows.map(({ dialect }) => dialect))].toSorted(),
      scenarios: judged.scenarios,
      failures: withoutOpen(one.open ?? [], [
        ...broke,
        ...refusedIn(recorder.captured),
        ...missingRows(sent, stored.rows, around.scenarios),
        ...judged.failures,
      ]),
    }
  } finally {
    await Promise.all([provider.close(), recorder.close()])
  }
}

/** Open failures must occur, and nothing else may. */
function withoutOpen(open: readonly string[], failures: readonly string[]): string[] {
  const gone = open
    .filter((failure) => !failures.includes(failure))
    .map((failure) => `does not occur any more: ${failure}`)
  return [...failures.filter((failure) => !open.includes(failure)), ...gone]
}

function transportOf(captured: readonly Captured[]): string {
  const ways = captured.map(({ transport, encoding, signal }) => `${transport} ${encoding}, ${signal}`)
  return [...new Set(ways)].toSorted().join('; ') || 'nothing'
}

const refusedIn = (captured: readonly Captured[]): string[] =>
  captured.filter(({ accepted }) => !accepted).map(({ signal }) => `an export of ${signal} was refused`)

/** Records about a call that are in no row. */
function missingRows(
  sent: readonly SentRecord[],
  rows: readonly StoredRow[],
  scenarios: Readonly<Record<string, Scenario>>,
): string[] {
  const prompts = Object.values(scenarios).map(({ prompt }) => prompt)
  return sent
    .filter(({ text }) => prompts.some((prompt) => text.includes(prompt)))
    .filter((record) => !rows.some((row) => isRowOf(row, record)))
    .map(({ kind, name, scope }) => `a ${kind} ${name} of ${scope} holds a prompt and has no row`)
}

function judge(
  runs: readonly Run[],
  seen: readonly SeenCall[],
  sent: readonly SentRecord[],
  stored: { calls: readonly StoredCall[]; rows: readonly StoredRow[] },
  scenarios: Readonly<Record<string, Scenario>>,
): { scenarios: ScenarioResult[]; failures: string[] } {
  const failures: string[] = []
  const results = runs.map((run): ScenarioResult => {
    const within = (ms: number): boolean => ms >= run.from && ms <= run.to
    const asked = seen.filter(({ scenario }) => scenario === run.scenario)
    const calls = stored.calls.filter(({ billed }) => within(billed.startMs))
    const rows = stored.rows.filter(({ startMs }) => within(startMs))
    const records = sent.filter(({ startMs }) => within(startMs))
    if (asked.length === 0) failures.push(`${run.scenario}: the provider was not asked (${run.outcome})`)
    if (calls.length > asked.length)
      failures.push(`${run.scenario}: ${asked.length} calls are stored as ${calls.length}`)
    const findings = asked.map((call, index) =>
      compare(call, scenarios[run.scenario]!, calls[index], withoutOthers(records, calls, index), rows),
    )
    failures.push(...mistakes(run.scenario, findings))
    return {
      scenario: run.scenario,
      calls: asked.length,
      counted: calls.length,
      arrived: arrivedIn(findings),
      lost: lostIn(findings),
    }
  })
  return { scenarios: results, failures }
}

/** Without the records of other calls: a later one may tell an earlier one's tokens within what it asks. */
const withoutOthers = (sent: readonly SentRecord[], calls: readonly StoredCall[], own: number): SentRecord[] =>
  sent.filter((record) => !calls.some(({ views }, index) => index !== own && views.some((row) => isRowOf(row, record))))

/** What was sent and is not stored. Of a call without a row, only that. */
const mistakes = (scenario: string, findings: readonly Finding[][]): string[] =>
  told(findings).flatMap(({ fact, arrived, sent, instead }) =>
    arrived || !sent
      ? []
      : [`${scenario}: ${fact} was sent and ${instead ? `"${instead}" is stored` : 'is not stored'}`],
  )

const told = (findings: readonly Finding[][]): Finding[] =>
  findings.flatMap((of) => (of.some(({ fact, arrived }) => fact === 'call' && !arrived) ? of.slice(0, 1) : of))

function arrivedIn(findings: readonly Finding[][]): Fact[] {
  const all = findings.flat()
  return FACTS.filter((fact) => {
    const own = all.filter((finding) => finding.fact === fact)
    return own.length > 0 && own.every(({ arrived }) => arrived)
  })
}

function lostIn(findings: readonly Finding[][]): string[] {
  const lost = told(findings).filter(({ arrived, sent }) => !arrived && !sent)
  const words = lost.map(({ fact, instead }) => (instead ? `${fact} (it says ${instead})` : fact))
  return FACTS.flatMap((fact) => [...new Set(words.filter((word) => word.split(' (')[0] === fact))])
}
