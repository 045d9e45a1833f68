import { hash } from 'node:crypto'
import type { Batch, Incoming, Topic } from '../seam.ts'

/** Cuts a batch from consecutive records of one partition. Its token names exactly these records, so a repeat is recognised. */
export function cutBatch(topic: Topic, records: readonly Incoming[]): Batch<Incoming> {
  const first = records[0]!.origin
  const last = records.at(-1)!.origin
  let ids = ''
  for (const record of records) ids += record.id + '\n'
  const digest = hash('sha256', ids, 'hex').slice(0, 32)
  return {
    topic,
    epoch: first.epoch,
    partition: first.partition,
    first: first.offset,
    last: last.offset,
    token: `${topic}:${first.epoch}:${first.partition}:${first.offset}-${last.offset}:${digest}`,
    records,
  }
}
