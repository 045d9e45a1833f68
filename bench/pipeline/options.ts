import { parseArgs } from 'node:util'

export interface Options {
  /** Bytes of text per interaction: one run each. */
  sizes: readonly number[]
  /** About how long Weir is under full load in a run, the warm-up aside. */
  seconds: number
  /** How often Weir and the bare loop take turns. */
  pairs: number
  json: boolean
  /** Fail when a target is missed. */
  check: boolean
  /** Where `weir up` and its store leave V8 profiles, if anywhere. A profiled run's figures are worth nothing. */
  profile: string | undefined
}

const SIZES = [4096, 512]
const SECONDS = 24
const QUICK_SECONDS = 8

export const USAGE: string = `npm run bench:pipeline -- [--json] [--only 4096|512] [--seconds ${SECONDS}] [--quick] [--check] [--profile FOLDER]
`

export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      seconds: { type: 'string' },
      profile: { type: 'string' },
    },
  })
  const { json, check, quick, only, profile } = values
  const seconds = Number(values.seconds ?? (quick ? QUICK_SECONDS : SECONDS))
  if (!(seconds >= 2 && seconds <= 600)) throw new Error('--seconds is a number from 2 to 600')
  const sizes = SIZES.filter((size) => only === undefined || size === Number(only))
  if (sizes.length === 0) throw new Error(`--only is one of ${SIZES.join(', ')}`)
  return { sizes, seconds, pairs: quick ? 2 : 4, json, check, profile }
}
