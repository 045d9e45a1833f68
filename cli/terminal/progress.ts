import type { Writable } from 'node:stream'

/** One line on a terminal, written over about once a second; nothing elsewhere. */
export interface Progress<Counts> {
  show(counts: Counts): void
  /** Takes the line away. */
  end(): void
}

const PERIOD_MS = 1_000
const TAKE_LINE_AWAY = '\r\u001b[K'

export function createProgress<Counts>(
  stream: Writable,
  line: (counts: Counts) => string,
  now: () => number = Date.now,
): Progress<Counts> {
  const onTerminal = 'isTTY' in stream && stream.isTTY === true
  let last = now()
  let shown = false
  return {
    show(counts) {
      if (!onTerminal || now() - last < PERIOD_MS) return
      last = now()
      shown = true
      stream.write(TAKE_LINE_AWAY + line(counts))
    },
    end() {
      if (shown) stream.write(TAKE_LINE_AWAY)
    },
  }
}
