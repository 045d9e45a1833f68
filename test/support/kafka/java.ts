import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { messageOf } from '../../../core/errors.ts'

/** The repository, from the source and from its compiled copy under dist/. */
const ROOT = fileURLToPath(new URL('../../..', import.meta.url)).replace(/dist\/$/, '')
const POM = join(ROOT, 'test', 'support', 'kafka', 'pom.xml')
const JAVA_OLDEST = 17
const VERSION_MS = 30_000
const MAVEN_MS = 300_000

export type Availability = { ok: true } | { ok: false; why: string }

let known: Availability | undefined

/**
 * Whether a real Kafka can be started here: Java, and the broker's jars, which Maven fetches once. Without them a suite
 * skips, and says so; where real servers are required (in CI, or with WEIR_REQUIRE_SERVERS=1) this throws instead.
 */
export function kafkaAvailable(): Availability {
  if (known) return known
  const found = look()
  if (found.ok) return (known = found)
  if (isSet('CI') || isSet('WEIR_REQUIRE_SERVERS')) throw new Error(`no Kafka for the tests: ${found.why}`)
  process.stderr.write(`\nskipped: tests against a real Kafka, because ${found.why}\n\n`)
  return (known = found)
}

function look(): Availability {
  try {
    javaVersion()
    jars()
    return { ok: true }
  } catch (error) {
    return { ok: false, why: messageOf(error) }
  }
}

const isSet = (name: string): boolean => !['', '0', 'false'].includes(process.env[name] ?? '')

/** A program of the Java installation: that of JAVA_HOME, else the one on the path. */
export function javaProgram(name: 'java' | 'keytool'): string {
  const home = process.env['JAVA_HOME'] ?? ''
  const own = join(home, 'bin', name)
  return home !== '' && existsSync(own) ? own : name
}

/** Tells which Java this is, and refuses one that cannot run the broker. */
function javaVersion(): string {
  const need = `Java ${JAVA_OLDEST} or newer is needed: install a JRE, or set JAVA_HOME`
  const { status, stderr } = spawnSync(javaProgram('java'), ['-version'], { encoding: 'utf8', timeout: VERSION_MS })
  if (status !== 0) throw new Error(`${need} (java is not there)`)
  const version = /version "(?:1\.)?(\d+)/.exec(stderr)?.[1] ?? '0'
  if (Number(version) < JAVA_OLDEST) throw new Error(`${need} (java is version ${version})`)
  return stderr
}

/** How to run one of Kafka's programs: bounded in memory, compiled quickly rather than well, quiet. */
export function javaCommand(program: string, jvm: readonly string[]): [string, ...string[]] {
  const bounds = ['-Xms64m', '-Xmx320m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:+ExitOnOutOfMemoryError']
  const log = ['defaultLogLevel=warn', 'showDateTime=true', 'dateTimeFormat=HH:mm:ss.SSS', `log.${STARTER}=info`]
  const quiet = log.map((setting) => `-Dorg.slf4j.simpleLogger.${setting}`)
  return [javaProgram('java'), ...bounds, ...quiet, ...jvm, '-cp', join(jars(), '*'), program]
}

/** Says when the broker serves; all others say only what went wrong. */
const STARTER = 'kafka.server.KafkaRaftServer'

/** The folder that keeps what is made once for this list of jars. */
function cacheFolder(): string {
  const pom = readFileSync(POM, 'utf8')
  const version = /<kafka\.version>([^<]+)</.exec(pom)?.[1] ?? 'unknown'
  return join(ROOT, 'node_modules', '.cache', `weir-kafka-${version}-${print(pom)}`)
}

const print = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8)

/** Where the classes that a broker loads are kept ready for the next one, for this Java and these jars. */
export const archiveFile = (): string => join(cacheFolder(), `classes-${print(javaVersion() + ROOT)}.jsa`)

/** The folder of the broker's jars; Maven fetches them the first time, by whatever settings it has here. */
function jars(): string {
  const folder = join(cacheFolder(), 'lib')
  if (existsSync(folder)) return folder
  mkdirSync(cacheFolder(), { recursive: true })
  // Fetched aside and renamed when whole: test files start at the same time, and any may be stopped on the way.
  const aside = mkdtempSync(join(cacheFolder(), 'fetch-'))
  try {
    maven(['-f', POM, 'dependency:copy-dependencies', `-DoutputDirectory=${aside}`])
    renameSync(aside, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
  return folder
}

function maven(args: readonly string[]): void {
  const options = { encoding: 'utf8', timeout: MAVEN_MS, maxBuffer: 16 * 1024 * 1024 } as const
  const { status, error, stdout } = spawnSync('mvn', ['-B', '-q', '-ntp', '-Dstyle.color=never', ...args], options)
  if (status === 0) return
  if (error && 'code' in error && error.code === 'ENOENT') {
    throw new Error('Maven is needed to fetch the jars of Kafka: install it (mvn is not there)')
  }
  const line = (stdout ?? '').split('\n').find((text) => text.includes('ERROR'))
  throw new Error(`Maven could not fetch the jars of Kafka: ${line ?? error?.message ?? `it ended with ${status}`}`)
}
