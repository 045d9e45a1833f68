/** The value below which so many of all lie. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
