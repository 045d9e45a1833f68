import { mkdirSync } from 'node:fs'
import { writeEngineConfig } from './engine-config.ts'
import { EngineError, engineError, identifier, literal } from './engine.ts'
import type { Engine, EngineError as EngineErrorType } from './engine.ts'
import { refusedNames } from './gate.ts'
import type { Refused } from './gate.ts'
import { Lane } from './lane.ts'
import type { ChildSettings } from './options.ts'
import { Pipes } from './pipes.ts'
import { Session, withSession } from './session.ts'
import type { OpenEngine, SessionAsk } from './session.ts'
import type { Role } from './settings.ts'

/** Connections kept for inserts, one per database named in requests. */
const KEPT_SESSIONS = 4

const READONLY = 164
const ACCESS_DENIED = 497

const NOTHING: ReadonlyMap<string, string> = new Map()

/**
 * The opened engine with its lanes: queries run beside each other, writes one after the other. One lane for all writes is
 * what makes an insert that arrives twice at the same moment find its own token.
 */
export class StoreEngine {
  readonly open: OpenEngine
  readonly version: string
  readonly pipes: Pipes
  readonly queries: Readonly<Record<Role, Lane>>
  readonly writes: Lane
  readonly refused: Refused
  readonly #control: Session
  readonly #inserters = new Map<string, Session>()
  #tags = 0

  private constructor(open: OpenEngine, control: Session, facts: { version: string; refused: Refused }, pipes: Pipes) {
    const { readerQueries, writerQueries, waiting, waitMs } = open.limits
    this.open = open
    this.#control = control
    this.version = facts.version
    this.refused = facts.refused
    this.pipes = pipes
    this.queries = {
      reader: new Lane('queries', readerQueries, waiting, waitMs),
      writer: new Lane('queries', writerQueries, waiting, waitMs),
    }
    this.writes = new Lane('writes', 1, waiting, waitMs)
  }

  static async start(engine: Engine, settings: ChildSettings): Promise<StoreEngine> {
    const { dataDirectory, runDirectory, database, limits } = settings
    mkdirSync(dataDirectory, { recursive: true, mode: 0o700 })
    const open = { engine, dataDirectory, configFile: writeEngineConfig(runDirectory, database, limits), limits }
    const ask: SessionAsk = { role: 'writer', database: 'default', settings: NOTHING, params: NOTHING, tag: 'control' }
    const control = new Session(open, ask)
    await control.begin()
    await control.query(`CREATE DATABASE IF NOT EXISTS ${identifier(database)} ENGINE = Atomic`, 'TSV')
    const lines = async (sql: string): Promise<string[]> =>
      (await control.query(sql, 'TSV')).bytes.toString().trim().split('\n')
    const [version = ''] = await lines('SELECT version()')
    const refused = refusedNames(
      await lines('SELECT name FROM system.functions'),
      await lines('SELECT name FROM system.table_functions'),
    )
    const store = new StoreEngine(
      open,
      control,
      { version, refused },
      new Pipes(runDirectory, limits.readerQueries + limits.writerQueries),
    )
    await store.#proveReader(database)
    return store
  }

  nextTag(): string {
    this.#tags++
    return `request-${process.pid}-${this.#tags}`
  }

  /**
   * With a broken configuration the engine opens with full rights and says nothing. So the reader's session is tried: it
   * must neither write, nor change a setting, nor reach what its role does not name.
   */
  async #proveReader(database: string): Promise<void> {
    const ask: SessionAsk = { role: 'reader', database, settings: NOTHING, params: NOTHING, tag: 'proof' }
    const attempts: [string, number[]][] = [
      [`CREATE TABLE ${identifier(database)}.weir_reader_proof (a UInt8) ENGINE = Memory`, [READONLY, ACCESS_DENIED]],
      ['SET max_threads = 3', [READONLY]],
      ["SELECT * FROM file('nothing', 'CSV', 'a String')", [ACCESS_DENIED]],
    ]
    await withSession(this.open, ask, async (session) => {
      await session.begin()
      for (const [sql, expected] of attempts) {
        const code = await session.query(sql, 'TSV').then(
          () => 0,
          (error: unknown) => engineError(error).code,
        )
        if (!expected.includes(code))
          throw new EngineError(49, 'LOGICAL_ERROR', `the read-only user is not held back from: ${sql}`)
      }
    })
  }

  /** The connection that inserts into `database` without settings or parameters of its own. */
  async inserter(database: string): Promise<Session> {
    const kept = this.#inserters.get(database)
    if (kept) return kept
    const session = new Session(this.open, {
      role: 'writer',
      database,
      settings: NOTHING,
      params: NOTHING,
      tag: 'insert',
    })
    try {
      await session.begin()
    } catch (error) {
      session.close()
      throw error
    }
    if (this.#inserters.size >= KEPT_SESSIONS) {
      const [oldest, old] = this.#inserters.entries().next().value as [string, Session]
      this.#inserters.delete(oldest)
      old.close()
    }
    this.#inserters.set(database, session)
    return session
  }

  /** A kept connection that failed in an unknown way is not used again. */
  dropInserter(database: string): void {
    this.#inserters.get(database)?.close()
    this.#inserters.delete(database)
  }

  /** Ends what runs under a tag. Nothing to end is no error. */
  async kill(tag: string): Promise<void> {
    const sql = `KILL QUERY WHERE query_id IN (SELECT query_id FROM system.processes WHERE Settings['log_comment'] = ${literal(tag)}) ASYNC`
    await this.#control.query(sql, 'Null').catch((error: EngineErrorType) => {
      if (error.code !== 60) throw error
    })
  }

  close(): void {
    for (const session of this.#inserters.values()) session.close()
    this.#control.close()
  }
}
