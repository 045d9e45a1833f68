/**
 * Kafka's own hash, as the Java producer computes it over a key's bytes: every client that is asked where a key belongs
 * gives the same answer.
 */
export function murmur2(key: Uint8Array): number {
  const M = 0x5bd1e995
  const { length } = key
  const words = length & ~3
  let h = 0x9747b28c ^ length
  for (let at = 0; at < words; at += 4) {
    let k = key[at]! | (key[at + 1]! << 8) | (key[at + 2]! << 16) | (key[at + 3]! << 24)
    k = Math.imul(k, M)
    k ^= k >>> 24
    h = Math.imul(h, M) ^ Math.imul(k, M)
  }
  const rest = length - words
  if (rest === 3) h ^= key[words + 2]! << 16
  if (rest >= 2) h ^= key[words + 1]! << 8
  if (rest >= 1) h = Math.imul(h ^ key[words]!, M)
  h = Math.imul(h ^ (h >>> 13), M)
  return h ^ (h >>> 15)
}

export function partitionOf(key: Uint8Array, partitions: number): number {
  return (murmur2(key) & 0x7fffffff) % partitions
}
