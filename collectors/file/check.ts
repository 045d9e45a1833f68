import type { ErrorObject } from 'ajv'
import { textsOf } from '../../core/mask/index.ts'
import { interactionSchema, type Interaction } from '../../schemas/interaction.ts'
import { wellFormed } from '../dialects/reading/text.ts'

/** What is wrong with an interaction that somebody else wrote; undefined when nothing is. Never quotes a value. */
export type Check = (value: unknown) => string | undefined

let made: Promise<Check> | undefined

/** Made at first need: most who start Weir import nothing. */
export const interactionCheck = (): Promise<Check> => (made ??= make())

async function make(): Promise<Check> {
  const { Ajv } = await import('ajv')
  const validate = new Ajv({ strict: true }).compile(interactionSchema)
  return (value) => {
    if (!validate(value)) return describe(validate.errors?.[0])
    return beyondSchema(value as unknown as Interaction)
  }
}

function describe(error: ErrorObject | undefined): string {
  // The keys of attributes are the sender's own words.
  const where = (error?.instancePath ?? '').replace(/^\/attributes\/.*/s, '/attributes')
  return `is not an interaction: ${where === '' ? 'it' : where} ${error?.message ?? 'does not fit the schema'}`
}

/** Names that Weir gives, which nothing masks: a few words with hyphens, and a version too short to be a number of somebody's. */
const OWN_NAME = /^[a-z]{1,24}(?:-[a-z]{1,16}){0,3}(?:-\d{1,2}(?:\.\d{1,2})?)?$/
/** Nothing masks a price either, and none has so many digits. */
const MOST_COST = 1e9
export const TENANT: RegExp = /^[A-Za-z0-9_.-]{1,64}$/

/** What no schema says: numbers that the store can hold, names that are none of the sender's, text that is text. */
function beyondSchema(interaction: Interaction): string | undefined {
  const { startedAt, durationUs, usage, cost = 0, arrival, tenant } = interaction
  const counts = [startedAt, durationUs, arrival.receivedAt, ...Object.values(usage)]
  if (!counts.every(Number.isSafeInteger)) return 'holds a number beyond what can be stored exactly'
  if (cost > MOST_COST) return 'is not an interaction: /cost is no price'
  if (!OWN_NAME.test(arrival.dialect)) return 'is not an interaction: /arrival/dialect is no name of a dialect'
  if (!OWN_NAME.test(arrival.collector)) return 'is not an interaction: /arrival/collector is no name of a collector'
  if (!TENANT.test(tenant)) return 'is not an interaction: /tenant is no name of a tenant'
  if (textsOf(interaction).some(({ text }) => wellFormed(text) !== text)) return 'holds half a surrogate pair'
  return undefined
}
