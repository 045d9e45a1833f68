/** A map that forgets what was not used for longest. `evicted` is told, so that hitting the bound can be counted. */
export class LeastRecentlyUsed<V> {
  readonly #entries = new Map<string, V>()
  readonly #limit: number
  readonly #evicted: (() => void) | undefined

  constructor(limit: number, evicted?: () => void) {
    this.#limit = limit
    this.#evicted = evicted
  }

  get(key: string): V | undefined {
    const value = this.#entries.get(key)
    if (value !== undefined) {
      this.#entries.delete(key)
      this.#entries.set(key, value)
    }
    return value
  }

  set(key: string, value: V): void {
    this.#entries.delete(key)
    this.#entries.set(key, value)
    if (this.#entries.size <= this.#limit) return
    const oldest = this.#entries.keys().next()
    if (!oldest.done) this.#entries.delete(oldest.value)
    this.#evicted?.()
  }

  /** Removes the entry only while it still holds this very value. */
  remove(key: string, value: V): void {
    if (this.#entries.get(key) === value) this.#entries.delete(key)
  }

  get size(): number {
    return this.#entries.size
  }
}
