import { describe, expect, test } from 'vitest'
import type { SeenCall } from '../support/provider.ts'
import { compare, type Finding } from './facts.ts'
import type { SentRecord } from './sent.ts'
import { isRowOf, type StoredCall, type StoredRow } from './stored.ts'

/* Who lost a fact: the package, when it stands in nothing that was sent; Weir otherwise. */

const SCENARIO = { prompt: 'Which lantern?', answer: 'The green one.' }
const seen: SeenCall = {
  ...{ api: 'chat', model: 'gpt', stream: false, request: SCENARIO.prompt, toldUsage: true, scenario: 'chat', at: 0 },
  ...{ tookMs: 1, status: 200, sent: SCENARIO.answer, brokenOff: false },
  answer: {
    ...{ id: 'c1', model: 'gpt-2026', status: 200, silent: false, slow: false, text: SCENARIO.answer },
    ...{ toolCall: undefined, finish: 'stop', inputs: 1 },
    usage: { input: 10_007, output: 70_001, cached: 5_009, reasoning: 0 },
  },
}
const said = (role: string, content: string): StoredRow['input'] => [{ role, parts: [{ type: 'text', content }] }]
const row: StoredRow = {
  ...{
    id: '1',
    kind: 'span',
    halves: [],
    trace: 't',
    span: 's',
    startMs: 0,
    operation: 'chat',
    dialect: 'd',
    error: '',
  },
  ...{ requestedModel: 'gpt', model: 'gpt-2026', inputTokens: 10_007, outputTokens: 70_001, cachedTokens: 5_009 },
  ...{
    reasoningTokens: null,
    system: [],
    input: said('user', SCENARIO.prompt),
    output: said('assistant', SCENARIO.answer),
  },
  toolCalls: [],
}
const sent: SentRecord = {
  ...{ kind: 'span', traceId: 't', spanId: 's', startMs: 0, scope: 'x', name: 'chat', failed: false },
  ...{ operation: 'chat', service: 'shop' },
  text: `${SCENARIO.prompt}\n${SCENARIO.answer}\ngpt\ngpt-2026`,
  numbers: new Set([10_007, 70_001, 5_009]),
}
const callOf = (stored: StoredRow): StoredCall => ({ billed: stored, text: stored, views: [stored] })

function lost(stored: StoredRow | undefined, told: readonly SentRecord[] = [sent]): Partial<Finding>[] {
  const findings = compare(seen, SCENARIO, stored && callOf(stored), told, stored ? [stored] : [])
  return findings.filter(({ arrived }) => !arrived)
}

test('a record is found by its ids, and without a trace by its time', () => {
  expect(isRowOf(row, sent)).toBe(true)
  expect(isRowOf(row, { ...sent, spanId: 'other' })).toBe(false)
  expect(isRowOf({ ...row, halves: ['2'] }, { ...sent, kind: 'log' })).toBe(true)
  const log: StoredRow = { ...row, kind: 'log', halves: ['1'], trace: '', span: '', startMs: 5.5 }
  const lone: SentRecord = { ...sent, kind: 'log', traceId: '', spanId: '', startMs: 5.50001 }
  expect(isRowOf(log, lone)).toBe(true)
  expect(isRowOf(log, { ...lone, startMs: 7 })).toBe(false)
})

describe('a fact', () => {
  test('that is stored as the provider knows it has arrived', () => {
    expect(lost(row)).toEqual([])
    expect(compare(seen, SCENARIO, callOf(row), [sent], [row])).toHaveLength(8)
  })

  test('that was sent and is not stored, or not as it was, is a mistake of Weir', () => {
    expect(lost({ ...row, output: said('assistant', 'The green') })).toEqual([
      { fact: 'answer', arrived: false, sent: true },
    ])
    expect(lost({ ...row, model: 'gpt' })).toEqual([
      { fact: 'model answered', arrived: false, sent: true, instead: 'gpt' },
    ])
    expect(lost({ ...row, cachedTokens: 1 })).toEqual([
      { fact: 'cached tokens', arrived: false, sent: true, instead: '1' },
    ])
    expect(lost(undefined)[0]).toEqual({ fact: 'call', arrived: false, sent: true })
  })

  test('that a framework puts words around is stored as it was asked, or alone', () => {
    const system = 'Answer like a pilot.'
    const whole = `You are an agent. ${system}`
    const asked = { ...seen, request: JSON.stringify({ messages: [{ content: SCENARIO.prompt }, { content: whole }] }) }
    const findingOf = (told: string): Partial<Finding> | undefined => {
      const stored = { ...row, system: said('system', told) }
      const named = { ...sent, text: `${sent.text}\n${whole}` }
      const findings = compare(asked, { ...SCENARIO, system }, callOf(stored), [named], [stored])
      return findings.find(({ fact }) => fact === 'system prompt')
    }
    expect(findingOf(whole)?.arrived).toBe(true)
    expect(findingOf(system)?.arrived).toBe(true)
    expect(findingOf(`${system} And more.`)).toEqual({ fact: 'system prompt', arrived: false, sent: true })
  })

  test("of which only an agent's record tells is lost by the package, and a call is not", () => {
    const agents = { ...sent, operation: 'invoke_agent', name: 'invoke_agent pilot' }
    expect(lost(undefined, [agents])[0]).toEqual({ fact: 'call', arrived: false, sent: false })
    expect(lost(undefined, [agents, sent])[0]).toEqual({ fact: 'call', arrived: false, sent: true })
  })

  test('that a tool answered stands in the call, or with the tool when only that was sent', () => {
    const result = 'rain and a gale'
    const scenario = { ...SCENARIO, tool: { name: 'weather', description: '', arguments: {}, result } }
    const asked = {
      ...seen,
      request: JSON.stringify({ messages: [SCENARIO.prompt, { role: 'tool', content: result }] }),
    }
    const tools = { ...sent, operation: 'execute_tool', text: result }
    const stored = { ...row, toolCalls: [{ name: 'weather', result }] }
    const isTold = (told: readonly SentRecord[], by: StoredRow): boolean | undefined =>
      compare(asked, scenario, callOf(by), told, [by]).find(({ fact }) => fact === 'tool result')?.arrived
    expect(isTold([sent, tools], stored)).toBe(true)
    expect(isTold([sent, tools], row)).toBe(false)
    expect(isTold([{ ...sent, text: `${sent.text}\n${result}` }, tools], stored)).toBe(false)
  })

  test('that was not sent is lost by the package', () => {
    const silent = { ...sent, text: 'gpt', numbers: new Set<number>() }
    const bare = { ...row, input: [], output: [], model: '', inputTokens: null, outputTokens: null, cachedTokens: null }
    expect(lost(bare, [silent]).map(({ fact, sent: told }) => [fact, told])).toEqual(
      ['prompt', 'model answered', 'answer', 'input tokens', 'output tokens', 'cached tokens'].map((fact) => [
        fact,
        false,
      ]),
    )
  })
})
