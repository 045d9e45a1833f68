import type { Admin } from 'kafkajs'
import type { Clock } from '../../../seam.ts'
import { within } from '../../deadline.ts'
import { noAnswer } from './failures.ts'

interface Lease {
  readonly admin: Promise<Admin>
  readonly madeAt: number
  users: number
  retired: boolean
}

/** An admin client believes for five minutes what it once heard of leaders and partitions, and cannot be told otherwise. */
const MAX_AGE_MS = 5_000
/** Enough for a silent broker to be given up and the next one to be tried. */
const CONNECT_MS = 8_000
const LEAVE_MS = 5_000

/** One admin client that all questions share, made anew when it has grown old or has failed. */
export class Asking {
  readonly #make: () => Admin
  readonly #clock: Clock
  readonly #retiring = new Set<Promise<void>>()
  #lease: Lease | undefined

  constructor(make: () => Admin, clock: Clock) {
    this.#make = make
    this.#clock = clock
  }

  async ask<T>(question: (admin: Admin) => Promise<T>): Promise<T> {
    const lease = this.#current()
    lease.users++
    try {
      return await question(await lease.admin)
    } catch (error) {
      this.#retire(lease)
      throw error
    } finally {
      lease.users--
      if (lease.retired && lease.users === 0) this.#disconnect(lease)
    }
  }

  async close(): Promise<void> {
    if (this.#lease) this.#retire(this.#lease)
    await within(Promise.all(this.#retiring), LEAVE_MS, this.#clock)
  }

  #current(): Lease {
    const now = this.#clock.now()
    if (this.#lease && now - this.#lease.madeAt > MAX_AGE_MS) this.#retire(this.#lease)
    this.#lease ??= { admin: this.#connect(), madeAt: now, users: 0, retired: false }
    return this.#lease
  }

  async #connect(): Promise<Admin> {
    const admin = this.#make()
    try {
      if ((await within(admin.connect(), CONNECT_MS, this.#clock)) === 'late') throw noAnswer()
      return admin
    } catch (error) {
      void admin.disconnect().catch(() => {})
      throw error
    }
  }

  /** Whoever is asking with it may end. */
  #retire(lease: Lease): void {
    if (this.#lease === lease) this.#lease = undefined
    if (lease.retired) return
    lease.retired = true
    if (lease.users === 0) this.#disconnect(lease)
  }

  #disconnect(lease: Lease): void {
    const gone = lease.admin
      .then((admin) => admin.disconnect())
      .catch(() => {})
      .finally(() => this.#retiring.delete(gone))
    this.#retiring.add(gone)
  }
}
