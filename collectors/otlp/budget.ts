/** Bytes of request bodies held at once over all connections, received, inflated or waiting to be durable. */
export const MAX_BODY_BYTES_HELD: number = 256 * 1024 * 1024
/** What a request costs besides its body, so that very many tiny ones are bounded too. */
const REQUEST_BYTES = 16 * 1024

/** The bytes that one request holds. */
export interface Holding {
  /** False when there is no room for so many more. */
  grow(bytes: number): boolean
  shrink(bytes: number): void
  /** Gives everything back; safe twice. */
  release(): void
}

export class Budget {
  private readonly limit: number
  private held = 0

  constructor(limit: number) {
    this.limit = limit
  }

  get bytes(): number {
    return this.held
  }

  /** Undefined when there is no room for another request. */
  open(): Holding | undefined {
    let mine = 0
    const holding: Holding = {
      grow: (bytes) => {
        if (this.held + bytes > this.limit) return false
        mine += bytes
        this.held += bytes
        return true
      },
      shrink: (bytes) => {
        mine -= bytes
        this.held -= bytes
      },
      release: () => {
        this.held -= mine
        mine = 0
      },
    }
    return holding.grow(REQUEST_BYTES) ? holding : undefined
  }
}
