const ROUNDS = 3

/** What work costs at best, in microseconds of CPU: how long it takes says little on a shared machine. */
export function leastCost(work: () => void): number {
  let least = Infinity
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(before)
    least = Math.min(least, user + system)
  }
  return least
}
