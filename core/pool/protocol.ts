import type { KeyObject } from 'node:crypto'
import type { Examined } from '../examine/index.ts'
import type { Packed } from '../sealing/index.ts'
import type { Interaction } from '../../schemas/interaction.ts'

/* What goes to a worker, and what comes back. */

/** The tenant's own key comes along: a worker never holds a master key. */
export interface Job {
  readonly interaction: Interaction
  readonly hashKey: KeyObject
  readonly hashKeyId: string
}

export interface Made {
  /** Without the interaction where it did not change, and without an origin, which it may not have yet. */
  readonly examined: Omit<Examined, 'interaction'> & { readonly interaction?: Interaction }
  /** The interaction as it arrived, packed for sealing, where configuration keeps it. */
  readonly packed?: Packed
}

/** `threw`: the work itself, so that a repeat would too. No message: it may quote content. */
export type Answer<M> = { readonly kind: 'made'; readonly made: M } | { readonly kind: 'threw' }
