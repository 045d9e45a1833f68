/** Counts what happens, for Weir's own telemetry. Names are words with dots; labels come from small closed sets, never from data. */
export interface Meter {
  add(name: string, value: number, labels?: Record<string, string>): void
}
