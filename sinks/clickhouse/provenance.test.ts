import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Finding } from '../../schemas/finding.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import { finding, originAt } from '../../test/support/interactions.ts'
import { rowsOf, type StoreClient } from './client.ts'
import {
  answered,
  asked,
  NOON_US,
  openPiecesStore,
  said,
  spanOf,
  tenantOf,
  type Over,
  type PiecesStore,
} from '../../test/support/pieces.ts'

/* Where a value in an answer came from, when the whole call and the turns before it are looked at. */

let pieces: PiecesStore
let client: StoreClient
const keep: PiecesStore['keep'] = (...given) => pieces.keep(...given)

beforeAll(async () => {
  pieces = await openPiecesStore()
  client = pieces.client
})
afterAll(() => pieces?.close())

interface Placed {
  direction: Finding['place']['direction']
  provenance?: Finding['provenance']
  severity?: Finding['severity']
  confidence?: number
}

describe('provenance', () => {
  let numbers = 0
  const found = (of: Interaction, value: string, over: Placed): Finding => {
    const { direction, provenance = direction === 'output' ? 'unknown' : 'none', ...rest } = over
    const severity = direction === 'output' ? 'warning' : 'info'
    const place = { direction, message: 0, part: 0, field: 'content' }
    return { ...finding(of, originAt(0), numbers++), valueHash: value, place, provenance, severity, ...rest }
  }
  const inContext = (tenant: string): Promise<{ provenance: string; severity: string }[]> =>
    rowsOf(
      client,
      `SELECT provenance, severity FROM weir.findings_in_context
       WHERE tenant = {tenant:String} AND direction = 'output' ORDER BY value_hash`,
      { tenant },
    )

  it('of an answer that came alone is found in the other records of its call, in any order', async () => {
    for (const last of [false, true]) {
      const tenant = tenantOf('halves')
      const [question, answer] = [asked(tenant, 's1', 'q'), answered(tenant, 's1', 'a')]
      const findings = [
        found(question, 'given', { direction: 'input' }),
        found(answer, 'given', { direction: 'output' }),
        found(answer, 'new', { direction: 'output' }),
        found(answer, 'new and unsure', { direction: 'output', confidence: 0.5 }),
        found(answer, 'new and critical', { direction: 'output', severity: 'critical' }),
      ]
      await keep(last ? [answer, question] : [question, answer], 1, findings)
      expect(await inContext(tenant)).toEqual([
        { provenance: 'echoed', severity: 'info' },
        { provenance: 'introduced', severity: 'serious' },
        { provenance: 'introduced', severity: 'critical' },
        { provenance: 'introduced', severity: 'warning' },
      ])
      expect(await rowsOf(client, `SELECT type FROM weir.leaks WHERE tenant = '${tenant}'`)).toHaveLength(2)
    }
  })

  it('stays unknown where no input of the call is known', async () => {
    const tenant = tenantOf('unknown')
    const answer = answered(tenant, 's1', 'a')
    const withheld = { input: 'withheld', output: 'absent' } as const
    const [question, other] = [asked(tenant, 's2', 'q', { capture: withheld }), answered(tenant, 's2', 'a')]
    const findings = [answer, other].map((one) => found(one, one.spanId, { direction: 'output' }))
    await keep([answer, question, other], 1, findings)
    const same = { provenance: 'unknown', severity: 'warning' }
    expect(await inContext(tenant)).toEqual([same, same])
  })

  it('is found in earlier turns of the conversation or trace, never in later ones or in other talks', async () => {
    const tenant = tenantOf('turns')
    const introduced = { direction: 'output', provenance: 'introduced', severity: 'serious' } as const
    const at = (minute: number): Over => ({ startedAt: NOON_US + minute * 60_000_000 })
    const talk = { conversationId: 'conv-1' }
    const turns = [
      spanOf(tenant, 's1', { ...at(1), ...talk, traceId: 'trace-1', input: [said('user', 'x')] }),
      spanOf(tenant, 's2', { ...at(2), ...talk, traceId: 'trace-2' }),
      asked(tenant, 's2', 'q', { ...at(2), traceId: 'trace-2' }),
      answered(tenant, 's2', 'a', { ...at(3), traceId: 'trace-2' }),
      spanOf(tenant, 's3', { ...at(4), ...talk, traceId: 'trace-3' }),
      spanOf(tenant, 's4', { ...at(0), traceId: 'trace-4' }),
    ] as const
    const [first, , , answer, later, elsewhere] = turns
    await keep(turns, 3, [
      found(first, '1 before', { direction: 'input' }),
      found(first, '2 source', { direction: 'source' }),
      found(later, '3 after', { direction: 'input' }),
      found(elsewhere, '4 elsewhere', { direction: 'input' }),
      ...['1 before', '2 source', '3 after', '4 elsewhere'].map((value) => found(answer, value, introduced)),
    ])
    expect((await inContext(tenant)).map(({ provenance, severity }) => `${provenance} ${severity}`)).toEqual([
      'echoed info',
      'retrieved warning',
      'introduced serious',
      'introduced serious',
    ])
  })

  it('of what has no trace is of that record alone', async () => {
    const tenant = tenantOf('no trace')
    const [one, other] = [1, 2].map(() => spanOf(tenant, '', { traceId: '' })) as [Interaction, Interaction]
    await keep([one, other], 1, [
      found(one, 'v', { direction: 'input' }),
      found(other, 'v', { direction: 'output', provenance: 'introduced', severity: 'serious' }),
    ])
    expect(await inContext(tenant)).toEqual([{ provenance: 'introduced', severity: 'serious' }])
  })
})
