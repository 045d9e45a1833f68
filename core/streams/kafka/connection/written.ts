import type { RecordMetadata } from 'kafkajs'

/**
 * Whether the answer names every partition that was sent to. Where kafkajs has not heard yet of a partition, as when it was
 * added just now, it sends nothing there and says that all went well.
 */
export function isWritten(partitions: ReadonlySet<number>, answer: readonly RecordMetadata[]): boolean {
  const written = new Set(answer.filter(({ errorCode }) => errorCode === 0).map(({ partition }) => partition))
  return [...partitions].every((partition) => written.has(partition))
}
