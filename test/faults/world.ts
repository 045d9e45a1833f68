import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../core/clock.ts'
import type { Problem } from './checks.ts'
import type { Load } from './senders.ts'

/** Directories of rounds that are not over, so that a suite that is broken off leaves none. */
const open = new Set<string>()
process.on('exit', () => {
  for (const directory of open) rmSync(directory, { recursive: true, force: true })
})

/** A running Weir with all that it needs, restarted whenever it is killed, as a supervisor of processes would. */
export abstract class World {
  readonly directory: string = mkdtempSync(join(tmpdir(), 'weir-faults-'))
  readonly handedFile: string = join(this.directory, 'handed')
  readonly problems: Problem[] = []
  load!: Load
  /** Processes of Weir that were started. */
  lives = 0
  protected readonly faultsFile: string = join(this.directory, 'faults')
  readonly #moments: bigint[] = []

  constructor() {
    open.add(this.directory)
    for (const file of [this.handedFile, this.faultsFile]) writeFileSync(file, '')
  }

  /** Where senders send to. */
  abstract readonly port: number
  /** The store's process, which must run. */
  abstract storePid(): number
  /** Resolves when all of Weir runs, also what has just been started again. */
  abstract settled(): Promise<void>
  /** Ends Weir as an operator would, without a successor. */
  abstract terminate(): Promise<void>
  abstract close(): Promise<void>

  /** Marks the moment of a fault that the round makes from outside. */
  strike(): void {
    this.#moments.push(process.hrtime.bigint())
  }
  struckAt(moment: bigint): void {
    this.#moments.push(moment)
  }

  /** Every moment at which a fault struck. */
  moments(): bigint[] {
    const inside = readFileSync(this.faultsFile, 'utf8').split('\n').filter(Boolean)
    return [...this.#moments, ...inside.map((line) => BigInt(line.split(' ')[0]!))]
  }

  async freezeStore(ms: number): Promise<void> {
    const pid = this.storePid()
    this.strike()
    process.kill(pid, 'SIGSTOP')
    await systemClock.sleep(ms)
    process.kill(pid, 'SIGCONT')
  }

  protected removeDirectory(): void {
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 5 })
    open.delete(this.directory)
  }
}
