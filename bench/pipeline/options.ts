import { parseArgs } from 'node:util'

export type Mode = 'embedded' | 'kafka'

export interface Options {
  modes: readonly Mode[]
  /** Bytes of text per interaction: one run each. */
  sizes: readonly number[]
  /** About how long Weir is under full load in a run, the warm-up aside. */
  seconds: number
  /** How often Weir and the bare loop take turns. */
  pairs: number
  quick: boolean
  json: boolean
  /** Fail when a target is missed. */
  check: boolean
  /** Where Weir's processes leave V8 profiles, if anywhere. A profiled run's figures are worth nothing. */
  profile: string | undefined
}

const MODES: readonly Mode[] = ['embedded', 'kafka']
const SIZES = [4096, 512]
const SECONDS = 24
const QUICK_SECONDS = 8

export const USAGE: string = `npm run bench:pipeline -- [--json] [--mode embedded|kafka] [--only 4096|512] [--seconds ${SECONDS}] [--quick] [--check] [--profile FOLDER]
`

export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      mode: { type: 'string' },
      only: { type: 'string' },
      seconds: { type: 'string' },
      profile: { type: 'string' },
    },
  })
  const { json, check, quick, mode, only, profile } = values
  const seconds = Number(values.seconds ?? (quick ? QUICK_SECONDS : SECONDS))
  if (!(seconds >= 2 && seconds <= 600)) throw new Error('--seconds is a number from 2 to 600')
  const sizes = SIZES.filter((size) => only === undefined || size === Number(only))
  if (sizes.length === 0) throw new Error(`--only is one of ${SIZES.join(', ')}`)
  const modes = MODES.filter((one) => mode === undefined || one === mode)
  if (modes.length === 0) throw new Error(`--mode is one of ${MODES.join(', ')}`)
  return { modes, sizes, seconds, pairs: quick ? 2 : 4, quick, json, check, profile }
}

/** Node's options for the processes that are to be profiled. */
export const profiling = ({ profile }: Options): string[] =>
  profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`, '--cpu-prof-interval=500']
