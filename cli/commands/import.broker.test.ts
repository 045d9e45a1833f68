import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rowsOf } from '../../sinks/clickhouse/client.ts'
import { Distributed } from '../../test/support/distributed.ts'
import { kafkaAvailable } from '../../test/support/kafka/index.ts'
import { otlpRequest } from '../../test/support/otlp-json.ts'

/* On Kafka an import writes to the topic, as any copy of collect does; detect does the rest. */

const CALLS = 2_500

describe.skipIf(!kafkaAvailable().ok)('weir import, on Kafka', () => {
  let all: Distributed
  let folder: string
  beforeAll(async () => {
    all = await Distributed.open({ partitions: 2 })
    folder = await mkdtemp(join(tmpdir(), 'weir-import-'))
  }, 200_000)
  afterAll(async () => {
    await all?.close()
    await rm(folder, { recursive: true, force: true })
  }, 60_000)

  it('publishes each call, and once more the same ids: stored once', async () => {
    const config = await all.configure('importer')
    const span = (n: number) => ({ traceId: `${n}`.padStart(32, 'a'), spanId: `${n}`.padStart(16, 'b'), input: `${n}` })
    const lines = Array.from({ length: CALLS }, (_, n) => otlpRequest([span(n + 1)]))
    const file = join(folder, 'calls.json')
    await writeFile(file, `${lines.join('\n')}\n`)
    await all.run('detect')
    for (const more of [[], ['--from-start']]) {
      const { code, log } = await all.command(['import', file, ...more, '--config', config])
      expect(log).toContain(`${CALLS} interactions imported`)
      expect(code).toBe(0)
    }
    const counted = async (): Promise<object> =>
      (
        await rowsOf<object>(
          all.client,
          `SELECT toFloat64(count()) AS rows, toFloat64(uniqExact(id)) AS ids,
             (SELECT toFloat64(sum(length(duplicates))) FROM weir.ledger) AS duplicates FROM weir.interactions`,
        )
      )[0]!
    await expect
      .poll(counted, { timeout: 60_000, interval: 250 })
      .toEqual({ rows: CALLS, ids: CALLS, duplicates: CALLS })
  }, 150_000)
})
