import { WeirError, type ErrorCode } from '../errors.ts'

/** One thing that is wrong with the configuration. */
export interface Problem {
  /** Keys from the root. */
  readonly path: readonly string[]
  readonly message: string
  readonly code: ErrorCode
  /** From 1. Undefined when the key does not stand in the file. */
  readonly line?: number | undefined
  readonly column?: number | undefined
}

const PROBLEMS_SHOWN = 50

/** `weir.yaml:12:5: collectors.otlp.lisen is not a known key; did you mean "listen"?` */
export function problemLine(problem: Problem, file: string | undefined): string {
  const place = problem.line === undefined ? [file] : [file ?? 'configuration', problem.line, problem.column]
  const prefix = place.filter((part) => part !== undefined).join(':')
  const key = problem.path.join('.')
  return `${prefix && `${prefix}: `}${key && `${key} `}${problem.message}`
}

/** All that is wrong, in the order of the file. Its code is the problems' own when they share one. */
export class ConfigError extends WeirError {
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[], file: string | undefined) {
    const last = Number.MAX_SAFE_INTEGER
    const sorted = [...problems].toSorted(
      (a, b) => (a.line ?? last) - (b.line ?? last) || (a.column ?? last) - (b.column ?? last),
    )
    const lines = sorted.slice(0, PROBLEMS_SHOWN).map((problem) => problemLine(problem, file))
    if (sorted.length > PROBLEMS_SHOWN) lines.push(`... and ${sorted.length - PROBLEMS_SHOWN} more`)
    const codes = new Set(sorted.map((problem) => problem.code))
    const [code = 'WEIR_CONFIG_INVALID'] = codes
    super(codes.size === 1 ? code : 'WEIR_CONFIG_INVALID', lines.join('\n'))
    this.name = 'ConfigError'
    this.problems = sorted
  }
}
