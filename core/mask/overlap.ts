/*
 * Overlapping hits are resolved once: a guess gives way, then the longest wins, then the most confident, then the leftmost, then by type and
 * detector name. Only winners become findings, but nothing of a loser stays: a cluster of hits that overlap is masked as
 * one stretch, from its first to its last character, by its winners' tokens in order.
 */

export interface Ranged {
  readonly start: number
  readonly end: number
  readonly confidence: number
  readonly type: string
  readonly detector: string
  readonly guess?: boolean
}

export interface Cluster<H extends Ranged> {
  readonly start: number
  readonly end: number
  /** Left to right, not overlapping. */
  readonly winners: readonly H[]
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function byPrecedence(a: Ranged, b: Ranged): number {
  return (
    Number(a.guess === true) - Number(b.guess === true) ||
    b.end - b.start - (a.end - a.start) ||
    b.confidence - a.confidence ||
    a.start - b.start ||
    compareText(a.type, b.type) ||
    compareText(a.detector, b.detector)
  )
}

/** The index of the first winner that starts at or after `start`; `winners` is sorted. */
function insertionPoint(winners: readonly Ranged[], start: number): number {
  let low = 0
  let high = winners.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (winners[middle]!.start < start) low = middle + 1
    else high = middle
  }
  return low
}

function winnersOf<H extends Ranged>(hits: readonly H[]): readonly H[] {
  if (hits.length === 1) return hits
  const winners: H[] = []
  for (const hit of hits.toSorted(byPrecedence)) {
    const at = insertionPoint(winners, hit.start)
    const before = winners[at - 1]
    const after = winners[at]
    if ((before === undefined || before.end <= hit.start) && (after === undefined || after.start >= hit.end)) {
      winners.splice(at, 0, hit)
    }
  }
  return winners
}

/** The hits of one text as stretches that do not overlap, left to right. The order of `hits` does not matter. */
export function clustersOf<H extends Ranged>(hits: readonly H[]): Cluster<H>[] {
  const sorted = hits.length === 1 ? hits : hits.toSorted((a, b) => a.start - b.start || byPrecedence(a, b))
  const clusters: Cluster<H>[] = []
  let members: H[] = []
  let end = -1
  const close = (): void => {
    if (members.length > 0) clusters.push({ start: members[0]!.start, end, winners: winnersOf(members) })
  }
  for (const hit of sorted) {
    if (hit.start >= end) {
      close()
      members = []
    }
    members.push(hit)
    end = Math.max(end, hit.end)
  }
  close()
  return clusters
}
