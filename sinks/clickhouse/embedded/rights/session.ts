import { WRITER_ROLE, READER_ROLE } from '../engine/engine-config.ts'
import { EngineError, engineError, identifier, literal } from '../engine/engine.ts'
import type { Classification, Connection, Engine, InsertResult, QueryResult } from '../engine/engine.ts'
import type { StoreLimits } from '../options.ts'
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

/** One connection with its role, database, settings and parameters. Nothing of it outlives it. */
export class Session {
  readonly #engine: Engine
  readonly #connection: Connection
  readonly #start: string
  #running = 0
  #begun = false
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

  /** Takes on role, database and parameters. Nothing runs before: the connection still has all rights. */
  async begin(): Promise<void> {
    await this.#first('')
  }

  /** Begins, and gives the statement as the engine's parser prints it, on one line. A syntax error is thrown. */
  async beginWith(sql: string): Promise<string> {
    try {
      const result = await this.#first(`; SELECT formatQuerySingleLine(${literal(sql)})`)
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

  async #first(more: string): Promise<QueryResult> {
    const run = (): Promise<QueryResult> =>
      this.#engine.QueryAsyncConnection(this.#connection, this.#start + more, 'RawBLOB')
    const result = await this.#call(run)
    this.#begun = true
    return result
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    if (!this.#begun) throw new EngineError(49, 'LOGICAL_ERROR', 'The session has not begun')
    return this.#call(work)
  }

  query(sql: string, format: string): Promise<QueryResult> {
    return this.#next(() => this.#engine.QueryAsyncConnection(this.#connection, sql, format))
  }

  /** `head` names table, columns and format and must not end with a line break. */
  insert(head: string, data: Buffer): Promise<InsertResult> {
    return this.#next(() => this.#engine.InsertRawAsyncConnection(this.#connection, head, data, false))
  }

  classify(sql: string): Promise<Classification> {
    return this.#next(() => this.#engine.DurableClassifyAsync(this.#connection, sql, ''))
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    if (this.#running === 0) this.#engine.CloseConnection(this.#connection)
  }
}

/** A session for one piece of work, which begins it. */
export async function withSession<T>(
  open: OpenEngine,
  ask: SessionAsk,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const session = new Session(open, ask)
  try {
    return await work(session)
  } finally {
    session.close()
  }
}
