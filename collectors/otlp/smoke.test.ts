import { afterEach, expect, test } from 'vitest'
import { gzipSync } from 'node:zlib'
import { protobufTraces, send, sendJson, span, start, stopAll, traces } from './client.fixture.ts'
afterEach(stopAll)
test('x', async () => {
  const r = await start()
  let a = await send(r.port, { body: protobufTraces([span(1), span(2)]) })
  expect([a.status, a.body.length]).toEqual([200, 0])
  a = await send(r.port, { body: gzipSync(protobufTraces([span(3), span(4)])), headers: { 'Content-Encoding': 'gzip' } })
  expect([a.status, a.body.length]).toEqual([200, 0])
  a = await sendJson(r.port, traces([span(5), span(6, { traceId: 'xx' })]))
  expect(a.body.toString()).toMatch(/rejected/)
  console.log(a.body.toString(), r.taken.length, [...r.counts])
  const t = Date.now(); await r.stop(); console.log(Date.now() - t)
})
