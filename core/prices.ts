import type { PriceTable, TokenPrices } from '../schemas/config.ts'
import type { Interaction } from '../schemas/interaction.ts'

/** What a call cost in US dollars; undefined where no price is known, or the tokens are not. */
export type Pricing = (interaction: Pick<Interaction, 'operation' | 'release' | 'usage'>) => number | undefined

const PER = 1_000_000

/** Their answer is no text, so that nothing is said about its tokens is no lack. */
const WITHOUT_OUTPUT: ReadonlySet<string> = new Set(['embeddings', 'rerank'])

/** How many models are remembered with what the table says of them. */
const MAX_REMEMBERED = 1_000

export function createPricing({ models }: PriceTable): Pricing {
  const exact = new Map<string, TokenPrices>()
  const starts: [start: string, prices: TokenPrices][] = []
  for (const [name, prices] of Object.entries(models)) {
    if (name.endsWith('*')) starts.push([name.slice(0, -1), prices])
    else exact.set(name, prices)
  }
  starts.sort(([a], [b]) => b.length - a.length)
  const pricesOf = remembered((name) => exact.get(name) ?? starts.find(([start]) => name.startsWith(start))?.[1])
  return ({ operation, release, usage }) => {
    // Another model than the one asked for may have served, at another price: the one asked for only stands in.
    const model = release.model || release.requestedModel
    if (model === undefined || model === '') return undefined
    const prices = pricesOf(`${release.provider ?? ''}/${model}`) ?? pricesOf(model)
    const { input, output = WITHOUT_OUTPUT.has(operation) ? 0 : undefined } = usage
    if (prices === undefined || input === undefined || output === undefined) return undefined
    const { cachedInput = 0, cacheWrite = 0 } = usage
    const plain = Math.max(0, input - cachedInput - cacheWrite)
    const paid =
      plain * prices.input +
      cachedInput * (prices.cachedInput ?? prices.input) +
      cacheWrite * (prices.cacheWrite ?? prices.input) +
      output * prices.output
    return paid / PER
  }
}

/** Says on an interaction what it cost, and by which table. What has no known price stays without. */
export function createPricer(table: PriceTable): (interaction: Interaction) => void {
  const costOf = createPricing(table)
  return (interaction) => {
    const cost = costOf(interaction)
    if (cost === undefined) return
    interaction.cost = cost
    interaction.priceVersion = table.version
  }
}

function remembered<T>(find: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>()
  return (name) => {
    if (known.has(name)) return known.get(name) as T
    if (known.size >= MAX_REMEMBERED) known.clear()
    const found = find(name)
    known.set(name, found)
    return found
  }
}
