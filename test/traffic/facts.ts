import type { Message } from '../../schemas/interaction.ts'
import type { Scenario } from '../support/provider-answers.ts'
import type { SeenCall } from '../support/provider.ts'
import type { SentRecord } from './sent.ts'
import type { StoredCall, StoredRow } from './stored.ts'

/** What a call is known by, in the order in which it is told. */
export const FACTS = [
  'call',
  'system prompt',
  'prompt',
  'tool result',
  'answer',
  'tool call',
  'model asked',
  'model answered',
  'input tokens',
  'output tokens',
  'cached tokens',
  'reasoning tokens',
  'error',
] as const
export type Fact = (typeof FACTS)[number]

/** One fact of one call: what the provider knows of it, what the exporter sent and what Weir stored. */
export interface Finding {
  readonly fact: Fact
  readonly arrived: boolean
  /** It stands in what the exporter sent for this scenario. */
  readonly sent: boolean
  /** What is stored instead. */
  readonly instead?: string
}

interface Expected {
  readonly fact: Fact
  /** Whether the value is what the row has; a text that is told instead is returned. */
  readonly stored: (call: StoredCall) => boolean | string
  readonly sent: (records: readonly SentRecord[]) => boolean
}

export function compare(
  seen: SeenCall,
  scenario: Scenario,
  call: StoredCall | undefined,
  sent: readonly SentRecord[],
  rows: readonly StoredRow[],
): Finding[] {
  // Some tell a text only on the agent's row above the call.
  const told = call && { ...call, views: [...call.views, ...rows.filter(({ trace }) => trace === call.billed.trace)] }
  return expectedOf(seen, scenario, sent).map(({ fact, stored, sent: inSent }): Finding => {
    const found = told === undefined ? false : stored(told)
    return {
      fact,
      arrived: found === true,
      sent: inSent(sent) && !isContradicted(fact, found, sent) && !isTakenAsAnswer(fact, seen, call),
      ...(typeof found === 'string' && found !== '' && { instead: found }),
    }
  })
}

/** Another number stands in what was sent: the package contradicts itself. */
const isContradicted = (fact: Fact, found: boolean | string, sent: readonly SentRecord[]): boolean =>
  fact.endsWith('tokens') &&
  typeof found === 'string' &&
  found !== '' &&
  sent.some(({ numbers }) => numbers.has(Number(found)))

/** A package that names one model does not say which it is. */
const isTakenAsAnswer = (fact: Fact, seen: SeenCall, call: StoredCall | undefined): boolean =>
  fact === 'model asked' && call?.billed.requestedModel === '' && call.billed.model === seen.model

function expectedOf(seen: SeenCall, scenario: Scenario, sent: readonly SentRecord[]): Expected[] {
  const { answer, request } = seen
  const facts: Expected[] = [
    { fact: 'call', stored: () => true, sent: (records) => records.some((record) => isAbout(record, seen, scenario)) },
    said('prompt', [scenario.prompt], (row) => [...row.input, ...row.system]),
    named('model asked', seen.model, (row) => row.requestedModel),
  ]
  if (scenario.system !== undefined && request.includes(scenario.system))
    facts.push(said('system prompt', wholes(scenario.system, request), (row) => row.system))
  if (scenario.tool !== undefined && request.includes(scenario.tool.result))
    facts.push(resulted(scenario.tool.result, sent, request))
  if (seen.status !== 200) return [...facts, failed]
  facts.push(named('model answered', answer.model, (row) => row.model))
  if (answer.toolCall !== undefined) facts.push(called(answer.toolCall))
  else if (seen.brokenOff) facts.push(begun(answer.text))
  else if (seen.api !== 'embeddings') facts.push(said('answer', [answer.text], (row) => row.output))
  if (seen.toldUsage && !seen.brokenOff) facts.push(...usageOf(seen))
  return facts
}

/** An agent's record tells what the agent was asked, and that is no record of the calls below it. */
const isAbout = ({ text, kind, operation }: SentRecord, { model }: SeenCall, { prompt }: Scenario): boolean =>
  !/_(agent|workflow)$/.test(operation) && (text.includes(prompt) || (kind === 'span' && text.includes(model)))

/** A text, alone or as it really was asked: some frameworks put words of their own around it. The text itself is the first. */
const wholes = (text: string, request: string): string[] => [
  text,
  ...textsWithin(JSON.parse(request)).filter((whole) => whole.includes(text)),
]

function textsWithin(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsWithin) : []
}

const textsOf = (messages: readonly Message[], type?: string): string[] =>
  messages.flatMap(({ parts }) =>
    parts.filter((part) => type === undefined || part.type === type).map((part) => part.content),
  )

const anyView = (call: StoredCall, test: (row: StoredRow) => boolean): boolean => call.views.some(test)

/** `texts` are forms of one, the shortest first. */
function said(
  fact: Fact,
  texts: readonly string[],
  where: (row: StoredRow) => readonly Message[],
  type?: string,
): Expected {
  const isIt = (told: string): boolean => texts.some((text) => told === text || sameJson(told, text))
  return {
    fact,
    stored: (call) => anyView(call, (row) => textsOf(where(row), type).some(isIt)),
    sent: (records) => records.some((record) => record.text.includes(texts[0] ?? '')),
  }
}

/** What a tool answered stands in the call that is told it, unless only the tool's own record was sent. */
function resulted(result: string, sent: readonly SentRecord[], request: string): Expected {
  // Gemini is told an object.
  const objects = [...request.matchAll(/"response":\s*(\{[^{}]*\})/g)].flatMap(([, object = '']) => object)
  const texts = [...wholes(result, request), ...objects.filter((object) => object.includes(result))]
  // Some frameworks tell it as a user's message.
  const type = /"role":\s*"tool"|"function_call_output"|"functionResponse"/.test(request) ? 'tool_response' : undefined
  const told = said('tool result', texts, ({ input }) => input, type)
  const isOwn = ({ operation }: SentRecord): boolean => operation === 'execute_tool'
  if (told.sent(sent.filter((record) => !isOwn(record)))) return told
  const ofTool = ({ toolCalls }: StoredRow): boolean => toolCalls.some((call) => texts.includes(call.result ?? ''))
  return { ...told, stored: (call) => anyView(call, ofTool) }
}

/** Of a stream that the client left: as much as it was given. */
function begun(text: string): Expected {
  const isBeginning = (told: string): boolean => told.trim() !== '' && text.startsWith(told)
  const [word = ''] = / \w+ /.exec(text) ?? []
  const start = text.slice(0, text.indexOf(word) + word.length).trim()
  return {
    fact: 'answer',
    stored: (call) => anyView(call, ({ output }) => textsOf(output).some(isBeginning)),
    sent: (records) => records.some((record) => record.text.includes(start)),
  }
}

function named(fact: Fact, name: string, where: (row: StoredRow) => string): Expected {
  const whole = new RegExp(`(?<![\\w-])${name}(?![\\w-])`)
  return {
    fact,
    stored: ({ billed }) => where(billed) === name || where(billed),
    sent: (records) => records.some(({ text }) => whole.test(text)),
  }
}

function called({ name, arguments: given }: { name: string; arguments: string }): Expected {
  const [value = ''] = Object.values(JSON.parse(given) as Record<string, string>)
  const isIt = ({ output }: StoredRow): boolean =>
    output.some(({ parts }) =>
      parts.some((part) => part.type === 'tool_call' && part.name === name && sameJson(part.content, given)),
    )
  return {
    fact: 'tool call',
    stored: (call) => anyView(call, isIt),
    sent: (records) => records.some(({ text }) => text.includes(value)),
  }
}

function sameJson(text: string, other: string): boolean {
  try {
    return JSON.stringify(JSON.parse(text)) === JSON.stringify(JSON.parse(other))
  } catch {
    return false
  }
}

function usageOf({ answer: { usage } }: SeenCall): Expected[] {
  const counts: readonly [fact: Fact, tokens: number, where: (row: StoredRow) => number | null][] = [
    ['input tokens', usage.input, (row) => row.inputTokens],
    ['output tokens', usage.output, (row) => row.outputTokens],
    ['cached tokens', usage.cached, (row) => row.cachedTokens],
    ['reasoning tokens', usage.reasoning, (row) => row.reasoningTokens],
  ]
  return counts
    .filter(([, tokens]) => tokens > 0)
    .map(([fact, tokens, where]) => ({
      fact,
      stored: ({ billed }) => where(billed) === tokens || String(where(billed) ?? ''),
      sent: (records) => records.some(({ numbers }) => numbers.has(tokens)),
    }))
}

const failed: Expected = {
  fact: 'error',
  stored: (call) => anyView(call, (row) => row.error !== ''),
  sent: (records) => records.some((record) => record.failed),
}
