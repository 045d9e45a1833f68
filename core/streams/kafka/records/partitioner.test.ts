import fc from 'fast-check'
import kafkajs, { type PartitionMetadata } from 'kafkajs'
import { expect, test } from 'vitest'
import { murmur2, partitionOf } from './partitioner.ts'

/** From the tests of the Java client. */
test.each([
  ['21', -973932308],
  ['foobar', -790332482],
  ['a-little-bit-long-string', -985981536],
  ['a-little-bit-longer-string', -1486304829],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
  ['abc', 479470107],
])('the hash of %j is that of the Java client', (key, hash) => {
  expect(murmur2(Buffer.from(key))).toBe(hash)
})

test('a key goes where kafkajs’s own partitioner sends it', () => {
  const partitioner = kafkajs.Partitioners.DefaultPartitioner()
  const metadata = (count: number): PartitionMetadata[] =>
    Array.from({ length: count }, (_, partitionId) => ({ partitionId, leader: 0 }) as PartitionMetadata)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.integer({ min: 1, max: 50 }), (bytes, count) => {
      const key = Buffer.from(bytes)
      const message = { key, value: null }
      expect(partitionOf(key, count)).toBe(partitioner({ topic: 't', partitionMetadata: metadata(count), message }))
    }),
  )
})
