import { expect, test } from 'vitest'
import { WeirError } from '../../../core/errors.ts'
import type { Logger } from '../../../core/log.ts'
import type { Telemetry } from '../../../core/telemetry/index.ts'
import { events } from './open-stream.ts'

test('a store that is away for an hour does not fill the log, and each failure is counted', () => {
  const lines: object[] = []
  let counted = 0
  let nowMs = 0
  const logger = { warn: (_: string, fields: object) => lines.push(fields) } as unknown as Logger
  const telemetry = { meter: { add: () => counted++ } } as unknown as Telemetry
  const { onError, last } = events(logger, telemetry, { now: () => nowMs })
  const away = new WeirError('WEIR_STORE_UNREACHABLE', 'the store does not answer.')
  for (; nowMs < 3_600_000; nowMs += 2_000) onError('weir.interactions', away)
  onError('weir.interactions', new Error('another'))
  expect(counted).toBe(1_801)
  expect(lines).toHaveLength(121)
  expect(lines.slice(0, 2)).toEqual([1, 15].map((times) => ({ topic: 'weir.interactions', times, error: away })))
  expect(last.why).toBe('')
})
