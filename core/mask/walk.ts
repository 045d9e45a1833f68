import type { Direction } from '../../schemas/finding.ts'
import type { AttributeValue, Interaction, Message } from '../../schemas/interaction.ts'

/*
 * The one walk over every string of an interaction. Listing the texts and replacing them are the same walk, so what is
 * masked can never differ from what was scanned. Exempt is only what Weir made itself or what is fixed in form: id,
 * tenant, kind, traceId, spanId, parentSpanId, version, dialect, collector and the closed lists (part type, capture
 * state, action); an import is held to these forms. Nothing is copied until a text changes.
 */

/** Called once for every text, in an order that never varies. What it returns takes the text's place. */
export type Visit = (text: string, direction: Direction, message: number, part: number, field: string) => string

/** The place's field of an attribute's key; `message` is then the attribute's number, so the key itself is not in the path. */
export const ATTRIBUTE_KEY = 'attributeKeys'
export const ATTRIBUTE_PREFIX = 'attributes.'

/** Numbers below this have fewer digits than any value worth finding in them. */
const LONG_NUMBER = 1e11

type Names = readonly (readonly [name: string, path: string])[]

const names = (prefix: string, list: readonly string[]): Names => list.map((name) => [name, prefix + name] as const)

const TOP = names('', ['conversationId', 'name', 'operation', 'priceVersion'])
const SERVICE = names('service.', ['name', 'version', 'instance', 'environment'])
const ACTOR = names('actor.', ['user', 'agent', 'onBehalfOf', 'tokenId'])
const RELEASE = names('release.', [
  'route',
  'provider',
  'requestedModel',
  'model',
  'fingerprint',
  'promptName',
  'promptVersion',
])
const MESSAGE = names('message.', ['role', 'name', 'finishReason'])
const PART = names('', ['content', 'id', 'name', 'modality', 'mimeType'])
const TOOL = names('tools.', ['name', 'type', 'description', 'parameters'])
const TOOL_CALL = names('toolCalls.', ['name', 'id', 'type', 'arguments', 'result'])
const SOURCE = names('sources.', ['id', 'uri', 'contentHash', 'content'])
const ERROR = names('error.', ['type', 'message'])
const EVALUATION = names('evaluations.', ['name', 'label', 'explanation'])
const CAPTURE = names('capture.', ['reason'])
const ARRIVAL = names('arrival.', ['schemaUrl', 'scope', 'scopeVersion'])
const DECISION = names('decision.', ['rule', 'reason'])

function fields<T extends object>(
  owner: T,
  list: Names,
  visit: Visit,
  direction: Direction,
  message: number,
  part: number,
): T {
  const from = owner as Record<string, unknown>
  let copy: Record<string, unknown> | undefined
  for (const [name, path] of list) {
    const value = from[name]
    if (typeof value !== 'string' || value === '') continue
    const next = visit(value, direction, message, part, path)
    if (next !== value) (copy ??= { ...from })[name] = next
  }
  return (copy as T | undefined) ?? owner
}

function each<T>(list: T[], change: (item: T, index: number) => T): T[] {
  let copy: T[] | undefined
  for (let index = 0; index < list.length; index++) {
    const item = list[index]!
    const next = change(item, index)
    if (next !== item) (copy ??= [...list])[index] = next
  }
  return copy ?? list
}

function messages(list: Message[], visit: Visit, direction: Direction): Message[] {
  return each(list, (message, index) => {
    const parts = each(message.parts, (part, number) => fields(part, PART, visit, direction, index, number))
    const head = fields(message, MESSAGE, visit, direction, index, 0)
    return parts === message.parts ? head : { ...head, parts }
  })
}

function freeName(wanted: string, taken: ReadonlyMap<string, unknown>): string {
  let name = wanted
  for (let copy = 2; taken.has(name); copy++) name = `${wanted}~${copy}`
  return name
}

/** `renamed` maps the keys that changed; keys that did not change keep their names, and renamed ones make way for them. */
function rebuild(
  attributes: Record<string, AttributeValue>,
  renamed: ReadonlyMap<string, string>,
  replaced: ReadonlyMap<string, string>,
): Record<string, AttributeValue> {
  const result = new Map<string, AttributeValue>()
  for (const key of Object.keys(attributes))
    if (!renamed.has(key)) result.set(key, replaced.get(key) ?? attributes[key]!)
  for (const [key, wanted] of renamed) result.set(freeName(wanted, result), replaced.get(key) ?? attributes[key]!)
  return Object.fromEntries(result)
}

function attributes(map: Record<string, AttributeValue>, visit: Visit): Record<string, AttributeValue> {
  let renamed: Map<string, string> | undefined
  let replaced: Map<string, string> | undefined
  let number = 0
  for (const key in map) {
    if (key !== '') {
      const next = visit(key, 'meta', number, 0, ATTRIBUTE_KEY)
      if (next !== key) (renamed ??= new Map()).set(key, next)
    }
    number++
    const value = map[key]
    const text = typeof value === 'string' ? value : longNumber(value)
    if (text === '') continue
    const next = visit(text, 'meta', 0, 0, ATTRIBUTE_PREFIX + key)
    if (next !== text) (replaced ??= new Map()).set(key, next)
  }
  return renamed === undefined && replaced === undefined
    ? map
    : rebuild(map, renamed ?? new Map(), replaced ?? new Map())
}

function longNumber(value: AttributeValue | undefined): string {
  return typeof value === 'number' && Math.abs(value) >= LONG_NUMBER ? String(value) : ''
}

/**
 * A score long enough to hold a value is looked at like any text. It must stay a number, so what is found in it takes the
 * whole score away.
 */
function scored<T extends { score?: number }>(
  owner: T,
  visit: Visit,
  direction: Direction,
  at: number,
  path: string,
): T {
  const text = longNumber(owner.score)
  if (text === '' || visit(text, direction, at, 0, path) === text) return owner
  const { score: _, ...rest } = owner
  return rest as T
}

/** Every text once; returns the same object when no text changed. */
export function walkTexts(interaction: Interaction, visit: Visit): Interaction {
  const top = fields(interaction, TOP, visit, 'meta', 0, 0)
  const changes: Partial<Interaction> = {}
  let changed = false
  const keep = <K extends keyof Interaction>(name: K, next: Interaction[K]): void => {
    if (next === interaction[name]) return
    changes[name] = next
    changed = true
  }
  const { error, decision } = interaction
  keep('service', fields(interaction.service, SERVICE, visit, 'meta', 0, 0))
  keep('actor', fields(interaction.actor, ACTOR, visit, 'meta', 0, 0))
  keep('release', fields(interaction.release, RELEASE, visit, 'meta', 0, 0))
  keep('system', messages(interaction.system, visit, 'system'))
  keep('input', messages(interaction.input, visit, 'input'))
  keep('output', messages(interaction.output, visit, 'output'))
  keep(
    'tools',
    each(interaction.tools, (tool, index) => fields(tool, TOOL, visit, 'tool', index, 0)),
  )
  keep(
    'toolCalls',
    each(interaction.toolCalls, (call, index) => fields(call, TOOL_CALL, visit, 'tool', index, 0)),
  )
  keep(
    'sources',
    each(interaction.sources, (source, index) =>
      scored(fields(source, SOURCE, visit, 'source', index, 0), visit, 'source', index, 'sources.score'),
    ),
  )
  keep(
    'finishReasons',
    each(interaction.finishReasons, (reason, index) => finish(reason, index, visit)),
  )
  if (error !== undefined) keep('error', fields(error, ERROR, visit, 'meta', 0, 0))
  keep(
    'evaluations',
    each(interaction.evaluations, (item, index) =>
      scored(fields(item, EVALUATION, visit, 'meta', index, 0), visit, 'meta', index, 'evaluations.score'),
    ),
  )
  keep('capture', fields(interaction.capture, CAPTURE, visit, 'meta', 0, 0))
  keep('arrival', fields(interaction.arrival, ARRIVAL, visit, 'meta', 0, 0))
  if (decision !== undefined) keep('decision', fields(decision, DECISION, visit, 'meta', 0, 0))
  keep('attributes', attributes(interaction.attributes, visit))
  return changed ? { ...top, ...changes } : top
}

const finish = (reason: string, index: number, visit: Visit): string =>
  reason === '' ? reason : visit(reason, 'meta', index, 0, 'finishReasons')
