/*
 * Addresses that say nothing about anybody: of this machine, of private networks, of documentation, of many machines at
 * once. The registries for special purposes list them.
 */

/** First address and prefix length, as a number of 32 bits. */
const V4: readonly (readonly [first: number, bits: number])[] = `
  0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24
  192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4`
  .trim()
  .split(/\s+/)
  .map((range) => {
    const [address, bits] = range.split('/') as [string, string]
    return [numberOf(address.split('.').map(Number)), Number(bits)]
  })

function numberOf(bytes: readonly number[]): number {
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0)
}

/** Whether four bytes are the address of one machine on the internet. */
export function isPublicV4(bytes: readonly number[]): boolean {
  const address = numberOf(bytes)
  return !V4.some(([first, bits]) => Math.floor(address / 2 ** (32 - bits)) === Math.floor(first / 2 ** (32 - bits)))
}

/** Whether eight groups are the address of one machine: what is not of the internet today may be so one day. */
export function isPublicV6(groups: readonly number[]): boolean {
  const [first, second] = groups as [number, number]
  if (first === 0 && groups.slice(0, 5).every((group) => group === 0)) return false
  // Unique local, link-local, multicast, discarded.
  if ((first & 0xfe00) === 0xfc00 || (first & 0xffc0) === 0xfe80 || first >= 0xff00 || first === 0x100) return false
  // Documentation, old and new.
  return !(first === 0x2001 && second === 0xdb8) && !(first === 0x3fff && second < 0x1000)
}

/** Of the part of the internet's addresses that is given out. */
export const isGlobalV6 = ([first = 0]: readonly number[]): boolean => first >= 0x2000 && first < 0x4000
