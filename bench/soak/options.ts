import { parseArgs } from 'node:util'
import type { Mode } from '../pipeline/options.ts'

export interface Options {
  mode: Mode
  minutes: number
  /** Bytes of text per interaction. */
  bytes: number
  /** kafka: copies of detect. */
  copies: number
  json: boolean
}

export const USAGE: string = 'bench/soak: [--mode embedded|kafka] [--minutes 10] [--bytes 512] [--copies 2] [--json]\n'

export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      mode: { type: 'string', default: 'embedded' },
      minutes: { type: 'string', default: '10' },
      bytes: { type: 'string', default: '512' },
      copies: { type: 'string', default: '2' },
      json: { type: 'boolean', default: false },
    },
  })
  const { mode, json } = values
  if (mode !== 'embedded' && mode !== 'kafka') throw new Error('--mode is embedded or kafka')
  const between = (name: 'minutes' | 'bytes' | 'copies', least: number, most: number): number => {
    const value = Number(values[name])
    if (!(value >= least && value <= most)) throw new Error(`--${name} is a number from ${least} to ${most}`)
    return value
  }
  return {
    ...{ mode, json, minutes: between('minutes', 0.25, 24 * 60) },
    ...{ bytes: between('bytes', 64, 65_536), copies: between('copies', 1, 4) },
  }
}
