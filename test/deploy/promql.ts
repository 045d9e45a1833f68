/*
 * As much of PromQL as deploy/prometheus uses, with Prometheus' own arithmetic: what `promtool test rules` says of the same
 * files is what this says. Whatever else an expression holds is a syntax error here.
 */

export type Labels = Readonly<Record<string, string>>
/** `__name__` is a label like the others. Times are seconds, in order. */
export interface Series {
  readonly labels: Labels
  readonly samples: [at: number, value: number][]
}
export interface Sample {
  readonly labels: Labels
  readonly value: number
}

interface Selector {
  readonly kind: 'selector'
  readonly matchers: readonly { label: string; not: boolean; value: string }[]
  readonly range: number | undefined
  readonly offset: number
}
type Aggregate = 'sum' | 'count' | 'max'
type Grouping = readonly string[] | undefined
type Expression =
  | Selector
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'time' }
  | {
      readonly kind: 'aggregate'
      readonly name: Aggregate
      readonly by: readonly string[]
      readonly of: Expression
    }
  | { readonly kind: 'call'; readonly name: 'rate' | 'increase' | 'absent'; readonly of: Selector }
  | {
      readonly kind: 'binary'
      readonly op: string
      readonly on: Grouping
      readonly left: Expression
      readonly right: Expression
    }

const TOKEN = /\s*(?:(\d+[smh])|(\d+(?:\.\d+)?)|([a-zA-Z_][\w:]*)|("[^"\\]*")|(==|!=|>=|<=|[-+*/<>=(){}[\],]))/y
const LOOKBACK = 300
/** Weakest first. */
const LEVELS: readonly (readonly string[])[] = [['or'], ['and', 'unless'], ['==', '>', '<'], ['-'], ['/']]
const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 }

export const seconds = (duration: string): number => Number.parseInt(duration, 10) * SECONDS[duration.at(-1)!]!

function tokensOf(text: string): string[] {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  while (text.slice(TOKEN.lastIndex).trim() !== '') {
    const at = TOKEN.lastIndex
    const match = TOKEN.exec(text)
    if (match === null) throw new Error(`not understood: ${text.slice(at)}`)
    tokens.push(match[0].trim())
  }
  return tokens
}

export function parse(text: string): Expression {
  const tokens = tokensOf(text)
  let at = 0
  const expression = level(0)
  if (at < tokens.length) throw new Error(`more than an expression: ${tokens.slice(at).join(' ')}`)
  return expression

  function take(expected: string): void {
    if (tokens[at] !== expected)
      throw new Error(`${expected} is missing before ${tokens.slice(at).join(' ')} in ${text}`)
    at++
  }
  function accept(wanted: string): boolean {
    if (tokens[at] !== wanted) return false
    at++
    return true
  }
  function level(depth: number): Expression {
    const ops = LEVELS[depth]
    if (ops === undefined) return primary()
    let left = level(depth + 1)
    while (ops.includes(tokens[at] ?? '')) {
      const op = tokens[at++]!
      const on = accept('on') ? names() : undefined
      left = { kind: 'binary', op, on, left, right: level(depth + 1) }
    }
    return left
  }
  function names(): string[] {
    const list: string[] = []
    take('(')
    while (!accept(')')) {
      list.push(tokens[at++]!)
      accept(',')
    }
    return list
  }
  function primary(): Expression {
    const token = tokens[at++] ?? ''
    if (/^\d/.test(token)) return { kind: 'number', value: Number(token) }
    if (token === '(') {
      const inner = level(0)
      take(')')
      return inner
    }
    if (token === 'time') {
      take('(')
      take(')')
      return { kind: 'time' }
    }
    if (token === 'sum' || token === 'count' || token === 'max') {
      const by = accept('by') ? names() : []
      take('(')
      const of = level(0)
      take(')')
      return { kind: 'aggregate', name: token, by, of }
    }
    if (token === 'rate' || token === 'increase' || token === 'absent') {
      take('(')
      const of = selector(tokens[at++] ?? '')
      take(')')
      if ((of.range === undefined) !== (token === 'absent')) throw new Error(`${token} of the wrong thing in ${text}`)
      return { kind: 'call', name: token, of }
    }
    return selector(token)
  }
  function selector(name: string): Selector {
    if (!/^[a-zA-Z_]/.test(name)) throw new Error(`${name} is no metric in ${text}`)
    const matchers = [{ label: '__name__', not: false, value: name }]
    if (accept('{'))
      while (!accept('}')) {
        const label = tokens[at++]!
        const not = tokens[at] === '!='
        if (!accept('!=')) take('=')
        matchers.push({ label, not, value: JSON.parse(tokens[at++]!) as string })
        accept(',')
      }
    let range: number | undefined
    if (accept('[')) {
      range = seconds(tokens[at++]!)
      take(']')
    }
    return { kind: 'selector', matchers, range, offset: accept('offset') ? seconds(tokens[at++]!) : 0 }
  }
}

/** Every metric that an expression looks at. */
export function metricsOf(of: Expression): string[] {
  if (of.kind === 'number' || of.kind === 'time') return []
  if (of.kind === 'selector') return [of.matchers[0]!.value]
  return of.kind === 'binary' ? [...metricsOf(of.left), ...metricsOf(of.right)] : metricsOf(of.of)
}

const without = (labels: Labels, dropped: string): Labels =>
  Object.fromEntries(Object.entries(labels).filter(([name]) => name !== dropped))
const keyOf = (labels: Labels, on: Grouping): string =>
  JSON.stringify(
    Object.entries(labels)
      .filter(([name]) => (on ? on.includes(name) : name !== '__name__'))
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )

export function evaluate(of: Expression, series: readonly Series[], at: number): Sample[] {
  switch (of.kind) {
    case 'number':
      return [{ labels: {}, value: of.value }]
    case 'time':
      return [{ labels: {}, value: at }]
    case 'selector':
      return matching(of, series).flatMap(({ labels, samples }) => {
        const to = at - of.offset
        const last = samples.findLast(([when]) => when <= to && when > to - LOOKBACK)
        return last ? [{ labels, value: last[1] }] : []
      })
    case 'call': {
      if (of.name === 'absent') {
        if (evaluate(of.of, series, at).length > 0) return []
        const equal = of.of.matchers.slice(1).filter(({ not }) => !not)
        return [{ labels: Object.fromEntries(equal.map(({ label, value }) => [label, value])), value: 1 }]
      }
      const { range = 0, offset } = of.of
      return matching(of.of, series).flatMap(({ labels, samples }) => {
        const value = increase(samples, at - offset - range, at - offset)
        if (value === undefined) return []
        return [{ labels: without(labels, '__name__'), value: of.name === 'rate' ? value / range : value }]
      })
    }
    case 'aggregate': {
      const groups = new Map<string, Sample>()
      for (const { labels, value } of evaluate(of.of, series, at)) {
        const key = keyOf(labels, of.by)
        const kept = Object.fromEntries(Object.entries(labels).filter(([name]) => of.by.includes(name)))
        const before = groups.get(key)?.value
        groups.set(key, { labels: kept, value: AGGREGATES[of.name](before, value) })
      }
      return [...groups.values()]
    }
    case 'binary':
      return combine(of, evaluate(of.left, series, at), evaluate(of.right, series, at))
  }
}

const AGGREGATES: Readonly<Record<Aggregate, (before: number | undefined, value: number) => number>> = {
  sum: (before = 0, value) => before + value,
  count: (before = 0) => before + 1,
  max: (before = -Infinity, value) => Math.max(before, value),
}

const scalarOf = (of: Expression, values: readonly Sample[]): number | undefined =>
  of.kind === 'number' || of.kind === 'time' ? values[0]!.value : undefined

function matching({ matchers }: Selector, series: readonly Series[]): Series[] {
  return series.filter(({ labels }) =>
    matchers.every(({ label, not, value }) => ((labels[label] ?? '') === value) !== not),
  )
}

function combine(of: Expression & { kind: 'binary' }, left: Sample[], right: Sample[]): Sample[] {
  const { op, on } = of
  const keys = new Set((op === 'or' ? left : right).map(({ labels }) => keyOf(labels, on)))
  if (op === 'or') return [...left, ...right.filter(({ labels }) => !keys.has(keyOf(labels, on)))]
  if (op === 'and' || op === 'unless')
    return left.filter(({ labels }) => keys.has(keyOf(labels, on)) === (op === 'and'))
  const minuend = scalarOf(of.left, left)
  if (minuend !== undefined && op === '-')
    return right.map(({ labels, value }) => ({ labels: without(labels, '__name__'), value: minuend - value }))
  const scalar = scalarOf(of.right, right)
  return left.flatMap(({ labels, value }) => {
    const other = scalar ?? right.find((one) => keyOf(one.labels, on) === keyOf(labels, on))?.value
    if (other === undefined) return []
    if (op === '/' || op === '-')
      return [{ labels: without(labels, '__name__'), value: op === '/' ? value / other : value - other }]
    const holds = op === '==' ? value === other : op === '>' ? value > other : value < other
    return holds ? [{ labels, value }] : []
  })
}

/** How Prometheus extends what it saw between two samples to the whole range, and takes a counter's fall for a restart. */
function increase(all: Series['samples'], from: number, to: number): number | undefined {
  const samples = all.filter(([when]) => when > from && when <= to)
  const [first, last] = [samples[0], samples.at(-1)]
  if (first === undefined || last === undefined || samples.length < 2) return undefined
  let grown = last[1] - first[1]
  samples.forEach(([, value], index) => {
    const before = samples[index - 1]?.[1] ?? value
    if (value < before) grown += before
  })
  const seen = last[0] - first[0]
  const step = seen / (samples.length - 1)
  const reach = (gap: number): number => (gap >= step * 1.1 ? step / 2 : gap)
  let start = reach(first[0] - from)
  if (grown > 0) start = Math.min(start, seen * (first[1] / grown))
  return (grown * (seen + start + reach(to - last[0]))) / seen
}
