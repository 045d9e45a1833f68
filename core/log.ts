import { pino, type DestinationStream } from 'pino'
import { WeirError } from './errors.ts'
import { LOG_FIELDS, type LogFields } from './logfields.ts'
import type { Clock } from './seam.ts'

/*
 * Logging that can never print content. Weir handles other people's prompts, and a log is the classic place where they
 * leak, so nothing is printed because it is harmless: a field is printed because its name is on a list here and its value
 * has the shape that the list gives that name. Everything else becomes NOT_LOGGED.
 *
 * Errors: a WeirError's message is written by us and printed. Any other error shows its name, code and where it came from,
 * never its message: a store's error quotes the row that it refused. So no foreign message may be copied into a WeirError.
 * Messages are string literals in the source (a test reads all sources for that), never built from values.
 */

export type { LogFields } from './logfields.ts'

export const NOT_LOGGED = '[not logged]'

export interface Logger {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
  child(fields: LogFields): Logger
}

const MESSAGE_LENGTH_MAX = 300
const WORD = /^[A-Za-z0-9_.:/+=,-]{1,160}$/
// oxlint-disable-next-line no-control-regex -- control characters are what must not reach a terminal
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/
const FRAMES_MAX = 3

type Shape = (value: unknown) => unknown
const text = (ok: (value: string) => boolean): Shape => {
  return (value) => (typeof value === 'string' && ok(value) ? value : NOT_LOGGED)
}
const isPlain = (value: string, longest: number): boolean => value.length <= longest && !CONTROL.test(value)

/** Without user, password and query, which may hold secrets. */
const urlShape: Shape = (value) => {
  if (typeof value !== 'string' || value.length > 2048 || !URL.canParse(value)) return NOT_LOGGED
  const { protocol, host, pathname } = new URL(value)
  return isPlain(pathname, 200) ? `${protocol}//${host}${pathname}` : NOT_LOGGED
}

const SHAPES: Readonly<Record<(typeof LOG_FIELDS)[keyof typeof LOG_FIELDS], Shape>> = {
  number: (value) => (typeof value === 'number' ? value : NOT_LOGGED),
  flag: (value) => (typeof value === 'boolean' ? value : NOT_LOGGED),
  word: text((value) => WORD.test(value)),
  file: text((value) => isPlain(value, 512)),
  url: urlShape,
}
const FIELD_SHAPES: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ...Object.entries(LOG_FIELDS).map(([name, kind]): [string, Shape] => [name, SHAPES[kind]]),
  ['error', describeError],
])

const safeMessages = new WeakSet<Error>()

/** Lets the log print the message of a foreign error. Only for errors that cannot quote content, e.g. of reading a file. */
export function messageIsSafe<E extends Error>(error: E): E {
  safeMessages.add(error)
  return error
}

const word = (value: unknown): string | undefined =>
  typeof value === 'string' && WORD.test(value) ? value : typeof value === 'number' ? String(value) : undefined

/** File, line and column of the innermost frames. Only where the stack begins with exactly this error's message. */
function framesOf(error: Error): string[] {
  const header = `${error.name}: ${error.message}\n`
  if (typeof error.stack !== 'string' || !error.stack.startsWith(header)) return []
  return error.stack
    .slice(header.length)
    .split('\n', FRAMES_MAX)
    .map((line) => /([\w.-]{1,80}:\d+:\d+)\)?$/.exec(line)?.[1] ?? '')
    .filter((frame) => frame !== '')
}

/** Getters and proxies may throw; the log never does. */
function describeError(error: unknown): unknown {
  try {
    return describe(error, 0)
  } catch {
    return NOT_LOGGED
  }
}

function describe(error: unknown, depth: number): unknown {
  if (!(error instanceof Error)) return NOT_LOGGED
  const isOurs = error instanceof WeirError
  const code = word((error as { code?: unknown }).code)
  const frames = isOurs && error.code !== 'WEIR_BUG' ? [] : framesOf(error)
  return {
    name: word(error.name) ?? NOT_LOGGED,
    ...(code !== undefined && { code }),
    ...((isOurs || safeMessages.has(error)) && { message: error.message.slice(0, 2000) }),
    ...(frames.length > 0 && { at: frames.join(' < ') }),
    ...(error.cause !== undefined && depth < 3 && { cause: describe(error.cause, depth + 1) }),
  }
}

function safeFields(fields: LogFields): Record<string, unknown> {
  const safe: Record<string, unknown> = Object.create(null)
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue
    const shape = FIELD_SHAPES.get(name)
    // The name of an unknown field may itself be content.
    if (shape === undefined) safe['unknownFields'] = NOT_LOGGED
    else safe[name] = shape(value)
  }
  return safe
}

const safeMessage = (message: unknown): string =>
  typeof message === 'string' && message.length <= MESSAGE_LENGTH_MAX ? message : NOT_LOGGED

function flat(fields: Record<string, unknown>, prefix = ''): string {
  let line = ''
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'object' && value !== null) line += flat(value as Record<string, unknown>, `${prefix}${name}.`)
    else line += ` ${prefix}${name}=${typeof value === 'string' && !/\s/.test(value) ? value : JSON.stringify(value)}`
  }
  return line
}

/** One short line for a person: `16:21:05 warn  message  name=value`. */
function humanLine(json: string): string {
  const { time, level, msg, ...fields } = JSON.parse(json) as { time: string; level: string; msg: string }
  const rest = flat(fields)
  const line = `${time.slice(11, 19)} ${level.padEnd(5)} ${msg}${rest === '' ? '' : ` ${rest}`}`
  return `${line.replaceAll(new RegExp(CONTROL, 'g'), ' ')}\n`
}

/**
 * Standard error, written without waiting and bounded: a reader that stands still loses log lines and never stops the
 * flow. What is waiting is written when the process exits.
 */
function standardError(): DestinationStream {
  return pino.destination({ fd: 2, sync: false, maxLength: 1024 * 1024 })
}

export interface LoggerOptions {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly clock: Clock
  /** Lines for a person instead of JSON. Default: when standard error is a terminal. */
  readonly human?: boolean
  /** Default: standard error. */
  readonly destination?: { write(line: string): void }
}

export function createLogger(options: LoggerOptions): Logger {
  const to = options.destination ?? standardError()
  const human = options.human ?? (options.destination === undefined && process.stderr.isTTY)
  const sink = pino(
    {
      level: options.level,
      base: null,
      timestamp: () => `,"time":"${new Date(options.clock.now()).toISOString()}"`,
      formatters: { level: (level) => ({ level }) },
    },
    human ? { write: (line: string) => to.write(humanLine(line)) } : to,
  )
  const under = (inherited: Record<string, unknown>): Logger => {
    const at = (level: LoggerOptions['level']) => {
      return (message: string, fields?: LogFields): void => {
        if (!sink.isLevelEnabled(level)) return
        sink[level]({ ...inherited, ...(fields && safeFields(fields)) }, safeMessage(message))
      }
    }
    return {
      debug: at('debug'),
      info: at('info'),
      warn: at('warn'),
      error: at('error'),
      child: (fields) => under({ ...inherited, ...safeFields(fields) }),
    }
  }
  return under({})
}

/** For code under test and for commands that say what they do themselves. */
export const silentLogger: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  child: () => silentLogger,
}
