/** How the load at saturation is made: so many apps, each with a connection of its own and one request in flight. */
export const SHAPE = {
  connections: 20,
  /** As an SDK's batches come under load; its default goes up to 512. */
  spansPerRequest: 256,
  /** Different ones, sent by turns, so that no batch of Weir's holds a text twice. */
  requestsPerConnection: 2,
} as const
