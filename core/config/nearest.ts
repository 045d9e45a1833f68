/** How many letters must be typed otherwise: insert, delete, replace or swap neighbours. */
function distance(a: string, b: string): number {
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + same)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) best = Math.min(best, (before[j - 2] ?? 0) + 1)
      row.push(best)
    }
    before = above
    above = row
  }
  return above[b.length] ?? 0
}

const LONGEST_KEY = 64

/** What was probably meant, if anything is close enough to be worth saying. */
export function nearest(given: string, known: readonly string[]): string | undefined {
  if (given.length > LONGEST_KEY) return undefined
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[-_]/g, '')
  let best: { name: string; off: number } | undefined
  for (const name of known) {
    const off = distance(plain(given), plain(name))
    if (off <= Math.max(1, Math.floor(name.length / 3)) && (best === undefined || off < best.off)) best = { name, off }
  }
  return best?.name
}
