import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { writeEngineConfig } from './engine/engine-config.ts'
import { EngineError, engineError, identifier, literal } from './engine/engine.ts'
import type { Engine, EngineError as EngineErrorType } from './engine/engine.ts'
import { refusedNames } from './rights/gate.ts'
import type { Refused } from './rights/gate.ts'
import { Lane } from './engine/lane.ts'
import type { ChildSettings } from './options.ts'
import { mendTables } from './proof/mend.ts'
import { Pipes } from './engine/pipes.ts'
import { needRoom, notEnoughSpace } from './engine/room.ts'
import { Session, withSession } from './rights/session.ts'
import type { OpenEngine, SessionAsk } from './rights/session.ts'
import type { Role } from './rights/settings.ts'
import { WriteCheck } from './proof/write-check.ts'
import type { ActiveParts } from './proof/write-check.ts'

/** Connections kept for inserts, one per database named in requests. */
const KEPT_SESSIONS = 4

/** Parts that inserts have made; all others were made of these. */
const INSERTED = 'level = 0 AND min_block_number = max_block_number AND data_version = min_block_number'

const NOT_ENOUGH_SPACE = 243
const READONLY = 164
const ACCESS_DENIED = 497

const NOTHING: ReadonlyMap<string, string> = new Map()

/**
 * With a broken configuration the engine opens with full rights and says nothing. So the reader's session is tried: it
 * must neither write, nor change a setting, nor reach what its role does not name.
 */
async function proveReader(open: OpenEngine, database: string): Promise<void> {
  const ask: SessionAsk = { role: 'reader', database, settings: NOTHING, params: NOTHING, tag: 'proof' }
  const attempts: [string, number[]][] = [
    [`CREATE TABLE ${identifier(database)}.weir_reader_proof (a UInt8) ENGINE = Memory`, [READONLY, ACCESS_DENIED]],
    ['SET max_threads = 3', [READONLY]],
    ["SELECT * FROM file('nothing', 'CSV', 'a String')", [ACCESS_DENIED]],
  ]
  await withSession(open, ask, async (session) => {
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
  readonly #check: WriteCheck
  readonly #watch: NodeJS.Timeout
  readonly #inserters = new Map<string, Session>()
  #tags = 0

  private constructor(
    open: OpenEngine,
    control: Session,
    check: WriteCheck,
    facts: { version: string; refused: Refused },
    pipes: Pipes,
  ) {
    const { readerQueries, writerQueries, waiting, waitMs } = open.limits
    this.open = open
    this.#control = control
    this.#check = check
    this.version = facts.version
    this.refused = facts.refused
    this.pipes = pipes
    this.queries = {
      reader: new Lane('queries', readerQueries, waiting, waitMs),
      writer: new Lane('queries', writerQueries, waiting, waitMs),
    }
    this.writes = new Lane('writes', 1, waiting, waitMs)
    this.#watch = check.watch((look) => this.writes.run(look))
  }

  /** `end` ends this process at once, when what it wrote is not on the disk. */
  static async start(engine: Engine, settings: ChildSettings, end: (fault: string) => void): Promise<StoreEngine> {
    const { dataDirectory, runDirectory, database, limits } = settings
    mkdirSync(dataDirectory, { recursive: true, mode: 0o700 })
    if (!existsSync(join(dataDirectory, 'metadata', `${database}.sql`))) needRoom(dataDirectory)
    mendTables(dataDirectory, runDirectory)
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
    const activeParts: ActiveParts = async (which) => {
      const where = which === 'inserted' ? INSERTED : `NOT (${INSERTED})`
      const { bytes } = await control.query(
        `SELECT path FROM system.parts WHERE active AND ${where}`,
        'JSONCompactEachRow',
      )
      const rows = bytes.toString().split('\n').slice(0, -1)
      return rows.map((row) => (JSON.parse(row) as [string])[0].replace(/\/$/, ''))
    }
    await proveReader(open, database)
    return new StoreEngine(
      open,
      control,
      await WriteCheck.start({ dataDirectory, activeParts, end }),
      { version, refused },
      new Pipes(runDirectory, limits.readerQueries + limits.writerQueries),
    )
  }

  nextTag(): string {
    this.#tags++
    return `request-${process.pid}-${this.#tags}`
  }

  /**
   * Runs a write in its turn, and looks at what it wrote before anyone hears that it is done; also when it failed, which
   * may have been in its middle.
   */
  async write<T>(tokened: boolean, work: () => Promise<T>): Promise<T> {
    return this.writes.run(async () => {
      this.#check.assertRunning()
      try {
        return await work()
      } catch (error) {
        throw error instanceof EngineError && error.code === NOT_ENOUGH_SPACE
          ? notEnoughSpace(this.open.dataDirectory)
          : error
      } finally {
        await this.#check.inserted(tokened)
      }
    })
  }

  /** The same for what may do more than insert. */
  async change<T>(tokened: boolean, work: () => Promise<T>): Promise<T> {
    return this.write(tokened, async () => {
      try {
        return await work()
      } finally {
        await this.#check.merged()
      }
    })
  }

  /** A part that cannot be read may be a merge that failed. */
  heed(error: unknown): void {
    if (error instanceof EngineError && error.message.includes('reading from part')) this.#check.suspect()
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
    clearInterval(this.#watch)
    for (const session of this.#inserters.values()) session.close()
    this.#control.close()
  }
}
