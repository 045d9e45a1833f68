import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { usage } from './command.ts'

/** Whether a stream gets colour: `--color` decides, then NO_COLOR and TERM=dumb, then whether it is a terminal. */
export function wantsColor(stream: Writable, env: NodeJS.ProcessEnv, when = 'auto'): boolean {
  if (when === 'always') return true
  if (when === 'never') return false
  if (when !== 'auto') throw usage(`--color is auto, always or never, not ${JSON.stringify(when)}`)
  if (env['NO_COLOR'] || env['TERM'] === 'dumb') return false
  return 'isTTY' in stream && stream.isTTY === true
}

const STYLES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const
export type Style = keyof typeof STYLES

/** A function that puts a style around a text, or leaves it alone where colour is not wanted. */
export function painter(color: boolean): (style: Style, text: string) => string {
  return color ? (style, text) => `\u001b[${STYLES[style]}m${text}\u001b[0m` : (_, text) => text
}

/** Writes, and waits while the reader is slow: a long result never piles up in memory. */
export async function print(stream: Writable, text: string): Promise<void> {
  if (stream.destroyed || stream.writableEnded) return
  if (stream.write(text)) return
  const waited = new AbortController()
  const { signal } = waited
  await Promise.race([once(stream, 'drain', { signal }), once(stream, 'close', { signal })]).finally(() =>
    waited.abort(),
  )
}

export const printLine = (stream: Writable, line: string): Promise<void> => print(stream, `${line}\n`)

/** One JSON value on one line. */
export const printJson = (stream: Writable, value: unknown): Promise<void> => printLine(stream, JSON.stringify(value))

/** `1 line`, `2 lines`. */
export const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`

export type Cell = string | number | boolean | null | undefined

// oxlint-disable-next-line no-control-regex -- stored text must not steer the terminal it is shown on
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g

/** One line of text that is safe to show: what would move the cursor or break the line is written as an escape. */
export function visible(value: string): string {
  return value.replace(CONTROL, (character) => {
    if (character === '\n') return '\\n'
    if (character === '\t') return '\\t'
    return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`
  })
}

const shown = (cell: Cell): string => (cell === null || cell === undefined ? '' : visible(String(cell)))

/** Columns as wide as their widest cell; numbers stand right. The last line has no line end. */
export function table(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const names = header.map(visible)
  const cells = rows.map((row) => row.map(shown))
  const widths = names.map((name, column) => Math.max(name.length, ...cells.map((row) => (row[column] ?? '').length)))
  const right = header.map((_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === 'number'))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (right[column] ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd()
  return [line(names), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join('\n')
}
