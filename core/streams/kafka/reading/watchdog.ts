/** What the watchdog sees of one partition that is being read. */
export interface Watched {
  readonly partition: number
  /** Where the next fetch begins. */
  readonly position: number
  /** A batch is in hand, or the partition was put aside: it rests on purpose. */
  readonly resting: boolean
}

/**
 * Partitions that have records nobody fetches. kafkajs sometimes stops without a word, in one partition or in all, and
 * goes on calling itself running; then only a new consumer helps. While one partition is handled the others of its
 * broker wait for it, so nothing has stalled as long as any batch is in hand.
 */
export function stalledPartitions(watched: readonly Watched[], ends: ReadonlyMap<number, number>): number[] {
  if (watched.some(({ resting }) => resting)) return []
  return watched
    .filter(({ partition, position }) => (ends.get(partition) ?? 0) > position)
    .map(({ partition }) => partition)
}
