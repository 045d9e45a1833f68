import { WRITER_ROLE, READER_ROLE } from './engine-config.ts'
import { EngineError, engineError, identifier, literal } from './engine.ts'
import type { Classification, Connection, Engine, InsertResult, QueryResult } from './engine.ts'
import type { StoreLimits } from './options.ts'
import { roleSettings } from './settings.ts'
import type { Role } from './settings.ts'

/** The engine, opened on one directory with one configuration. */
export interface OpenEngine {
  engine: Engine
  dataDirectory: string
  configFile: string
  limits: StoreLimits
}

export interface SessionAsk {
  role: Role
  database: string
  settings: ReadonlyMap<string, string>
  params: ReadonlyMap<string, string>
  /** Marks everything this session runs, so that it can be found and ended. */
  tag: string
}

const UNKNOWN_DATABASE = 81

/** One connection with its role, database, settings and parameters. Nothing of it outlives it. */
export class Session {
  readonly #engine: Engine
  readonly #connection: Connection
  readonly #start: string
  #running = 0
  #closed = false

  constructor(open: OpenEngine, ask: SessionAsk) {
    const settings = new Map([...roleSettings(ask.role, open.limits), ...ask.settings, ['log_comment', ask.tag]])
    const args = [`--config-file=${open.configFile}`, ...[...settings].map(([name, value]) => `--${name}=${value}`)]
    this.#engine = open.engine
    const role = ask.role === 'writer' ? `${WRITER_ROLE}, ${READER_ROLE}` : READER_ROLE
    const params = [...ask.params].map(([name, value]) => `SET param_${name} = ${literal(value)}`)
    this.#start = [`SET ROLE ${role}`, `USE ${identifier(ask.database)}`, ...params].join('; ')
    try {
      this.#connection = open.engine.CreateConnection(open.dataDirectory, args)
    } catch (error) {
      throw engineError(error)
    }
  }

  async #call<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new EngineError(236, 'ABORTED', 'The session is closed')
    this.#running++
    try {
      return await work()
    } catch (error) {
      throw engineError(error)
    } finally {
      this.#running--
      // Closing a connection under a running call ends the whole engine.
      if (this.#closed && this.#running === 0) this.#engine.CloseConnection(this.#connection)
    }
  }

  /** Takes on role, database and parameters. Nothing may run before. */
  async begin(): Promise<void> {
    try {
      await this.query(this.#start, 'TabSeparated')
    } catch (error) {
      const known = engineError(error)
      if (known.code === UNKNOWN_DATABASE) throw known
      throw new EngineError(known.code, known.label, `The session could not begin: ${known.message}`)
    }
  }

  query(sql: string, format: string): Promise<QueryResult> {
    return this.#call(() => this.#engine.QueryAsyncConnection(this.#connection, sql, format))
  }

  /** `head` names table, columns and format and must not end with a line break. */
  insert(head: string, data: Buffer): Promise<InsertResult> {
    return this.#call(() => this.#engine.InsertRawAsyncConnection(this.#connection, head, data, false))
  }

  classify(sql: string): Promise<Classification> {
    return this.#call(() => this.#engine.DurableClassifyAsync(this.#connection, sql, ''))
  }

  /** The statement as the engine's parser prints it, on one line. Throws a syntax error for what is none. */
  async canonical(sql: string): Promise<string> {
    try {
      const result = await this.query(`SELECT formatQuerySingleLine(${literal(sql)})`, 'RawBLOB')
      return result.bytes.toString('utf8').trimEnd()
    } catch (error) {
      const { code, label, message } = engineError(error)
      throw new EngineError(
        code,
        label,
        message.replace(/: (?:In scope|While) [^:]*formatQuerySingleLine\([\s\S]*$/i, ''),
      )
    }
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    if (this.#running === 0) this.#engine.CloseConnection(this.#connection)
  }
}

export async function withSession<T>(
  open: OpenEngine,
  ask: SessionAsk,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const session = new Session(open, ask)
  try {
    await session.begin()
    return await work(session)
  } finally {
    session.close()
  }
}
