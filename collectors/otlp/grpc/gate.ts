/** Lets a few through at once; the others wait their turn, in order. */
export class Gate {
  private readonly atOnce: number
  private readonly maxWaiting: number
  private inside = 0
  private readonly waiting = new Set<() => void>()

  constructor(atOnce: number, maxWaiting: number) {
    this.atOnce = atOnce
    this.maxWaiting = maxWaiting
  }

  /**
   * Calls `enter` when it is this one's turn. The answer leaves, or gives up waiting, and may be called twice; undefined
   * when too many wait.
   */
  open(enter: () => void): (() => void) | undefined {
    let state: 'waiting' | 'inside' | 'gone' = 'waiting'
    const turn = (): void => {
      state = 'inside'
      this.inside++
      enter()
    }
    if (this.inside < this.atOnce) turn()
    else if (this.waiting.size >= this.maxWaiting) return undefined
    else this.waiting.add(turn)
    return () => {
      if (state === 'waiting') this.waiting.delete(turn)
      if (state === 'inside') {
        this.inside--
        this.next()
      }
      state = 'gone'
    }
  }

  private next(): void {
    const [turn] = this.waiting
    if (turn === undefined) return
    this.waiting.delete(turn)
    turn()
  }
}
