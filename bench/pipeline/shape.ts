/** How the load at saturation is made: so many apps, each with a connection of its own and one request in flight. */
export const SHAPE = {
  connections: 20,
  /** As an SDK's batches come under load; its default goes up to 512. */
  spansPerRequest: 256,
  /** Different ones, sent by turns, so that no batch of Weir's holds a text twice. */
  requestsPerConnection: 2,
} as const

/** Under half load, so that there are enough requests for a percentile, but not for ever on a slow machine. */
export const LEAST_PACED = 6_400
export const MOST_PACED_SECONDS = 45
/** Bounds of the bare loops' inserts, in rows. */
export const LEAST_ROWS = 1_000
export const MOST_ROWS = 3_000

export type Say = (text: string) => void
