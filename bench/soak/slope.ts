export interface Point {
  /** Milliseconds. */
  at: number
  value: number
}

export interface Slope {
  /** Per hour. */
  slope: number
  /** Of the slope, with what neighbouring samples have in common counted once. */
  standardError: number
}

const HOUR_MS = 3_600_000
/** Beyond it a handful of samples says nothing. */
const MOST_CORRELATION = 0.95

/** A straight line through the points, by least squares. */
export function slopeOf(points: readonly Point[]): Slope {
  const n = points.length
  if (n < 4) return { slope: 0, standardError: Number.POSITIVE_INFINITY }
  const mean = (of: (point: Point) => number): number => points.reduce((sum, point) => sum + of(point), 0) / n
  const [meanAt, meanValue] = [mean(({ at }) => at), mean(({ value }) => value)]
  const spread = points.reduce((sum, { at }) => sum + (at - meanAt) ** 2, 0)
  const slope = points.reduce((sum, { at, value }) => sum + (at - meanAt) * (value - meanValue), 0) / spread
  const residuals = points.map(({ at, value }) => value - meanValue - slope * (at - meanAt))
  const squares = residuals.reduce((sum, residual) => sum + residual ** 2, 0)
  const plain = Math.sqrt(squares / (n - 2) / spread)
  const correlation = squares === 0 ? 0 : neighbours(residuals) / squares
  const bounded = Math.min(Math.max(correlation, 0), MOST_CORRELATION)
  return { slope: slope * HOUR_MS, standardError: plain * Math.sqrt((1 + bounded) / (1 - bounded)) * HOUR_MS }
}

const neighbours = (residuals: readonly number[]): number =>
  residuals.slice(1).reduce((sum, residual, index) => sum + residual * residuals[index]!, 0)

/** Whether the slope is above a bound with all but a few per cent of certainty. */
export const isAbove = ({ slope, standardError }: Slope, most: number): boolean => slope - 2 * standardError > most
