import type { SetScore } from '../golden/names/evaluate.ts'
import type { Fault, Figures, Tally } from './score.ts'

/* What people read, on standard error. Figures without a star reach their floor. */

const percent = (value: number): string => (value * 100).toFixed(1).padStart(6)

/** A structured type's floor, as the issue has it. */
export function reaches(type: string, { precision, recall, f2 }: Figures): boolean {
  return type === 'PHONE_NUMBER' ? recall >= 0.92 && precision >= 0.95 : f2 >= 0.98
}

export interface TypeRow {
  readonly type: string
  readonly figures: Figures
  readonly tally: Tally
  /** Texts of other types in which this one is found: beside the score, for it depends on the mix. */
  readonly elsewhere: number
}

export function typeTable(rows: readonly TypeRow[]): string {
  const lines = rows.map(({ type, figures, tally, elsewhere }) => {
    const { precision, recall, f2 } = figures
    const mark = reaches(type, figures) ? ' ' : '*'
    return `${mark} ${type.padEnd(28)}${percent(precision)}${percent(recall)}${percent(f2)}${String(tally.missed).padStart(7)}${String(tally.mistaken).padStart(7)}${String(tally.alarms).padStart(7)}${String(elsewhere).padStart(10)}`
  })
  return [`  ${'type'.padEnd(28)}     P     R    F2 missed mistkn alarms elsewhere`, ...lines].join('\n')
}

export function nameTable(names: Readonly<Record<string, SetScore>>): string {
  const pair = ({ recall, precision }: SetScore['ANY']): string =>
    `${percent(recall)}/${percent(precision).trim().padStart(5)}`
  const lines = Object.entries(names).map(
    ([set, score]) =>
      `  ${set.padEnd(26)}${pair(score.PERSON)} ${pair(score.LOCATION)} ${pair(score.ORGANIZATION)} ${pair(score.ANY)}${percent(score.personsTouched)}`,
  )
  return [
    `  ${'recall/precision'.padEnd(26)}      PERSON     LOCATION ORGANIZATION          ANY touched`,
    ...lines,
  ].join('\n')
}

export function faultLine({ verdict, one, detections }: Fault): string {
  const value = one.gold === undefined ? '' : ` value=${JSON.stringify(one.text.slice(one.gold.start, one.gold.end))}`
  const found = detections.map(
    ({ type, start, end, confidence }) => `${type}@${confidence}${JSON.stringify(one.text.slice(start, end))}`,
  )
  return `${verdict} ${one.type} [${one.made}]${value}${found.length > 0 ? ` found=${found.join(' ')}` : ''} text=${JSON.stringify(one.text)}`
}
