import { afterEach, expect, test } from 'vitest'
import { send, start, stopAll, wire } from './client.fixture.ts'
import { RefusalLog } from './refusals.ts'

/* A sender that is refused and tells nobody is seen by the operator: one line for each kind, however often it comes. */

afterEach(stopAll)

const MINUTE = 60_000

test('each kind is told at once, then now and then with how many there were, and clocks may be set back', () => {
  const lines: unknown[] = []
  let nowMs = 0
  const log = new RefusalLog('otlp', {
    logger: { warn: (_, fields) => lines.push(fields) },
    clock: { now: () => nowMs },
  })
  for (let time = 0; time < 21 * MINUTE; time += MINUTE) {
    nowMs = time
    log.refused(404, 'none')
  }
  const line = { collector: 'otlp', status: 404, signal: 'none', reason: 'unknown-path' }
  expect(lines.splice(0)).toEqual([1, 10, 10].map((refused) => ({ ...line, refused })))
  log.refused(503, 'traces')
  log.refused(200, 'traces')
  expect(lines).toEqual([])
  nowMs = -60 * MINUTE
  log.refused(404, 'none')
  log.notHttp('HPE_INVALID_METHOD')
  log.notHttp('HPE_INVALID_CONSTANT')
  expect(lines).toEqual([
    { ...line, refused: 1 },
    { collector: 'otlp', code: 'HPE_INVALID_METHOD', refused: 1 },
  ])
})

test('what a receiver refuses is in the log once, without a word of what was sent', async () => {
  const running = await start()
  const secret = 'jane.roe@example.com'
  for (let time = 0; time < 3; time++) {
    await send(running.port, { body: secret })
    await send(running.port, { body: secret, path: `/v1/${encodeURIComponent(secret)}` })
    await send(running.port, { body: secret, headers: { 'Content-Type': 'text/plain' } })
  }
  expect(running.warnings).toHaveLength(3)
  expect(running.warnings.join('\n')).toMatch(/400[^]*404[^]*415/)
  expect(running.warnings.join('\n')).not.toMatch(/jane|example/)
})

test('gRPC at the port of HTTP is answered, counted, and told with the cure', async () => {
  const running = await start()
  for (let time = 0; time < 3; time++) {
    const sender = await wire(running.port)
    sender.socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
    await sender.closed
  }
  const early = await wire(running.port)
  early.socket.end('POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Le')
  await early.closed
  const { counts, warnings } = running
  await expect.poll(() => counts.get('otlp.requests none not_http')).toBe(3)
  expect(warnings).toEqual([expect.stringMatching(/gRPC has another port.*HPE_PAUSED_H2_UPGRADE/)])
})
