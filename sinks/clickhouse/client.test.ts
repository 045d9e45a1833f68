import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WeirError } from '../../core/errors.ts'
import { createStoreClient, rowsOf, type StoreClient } from './client.ts'
import { startTestStore, type TestStore } from './embedded/testkit.fixture.ts'

/** All that came, and the error it ended with, if any. */
async function consume(stream: Readable): Promise<{ text: string; error: unknown }> {
  let text = ''
  try {
    for await (const chunk of stream) text += String(chunk)
    return { text, error: undefined }
  } catch (error) {
    return { text, error }
  }
}

const causeOf = (error: unknown): string => String((error as WeirError).cause)

describe('a result of the embedded store', () => {
  let kit: TestStore
  let client: StoreClient
  beforeAll(async () => {
    kit = await startTestStore()
    const { url, reader } = kit.store
    client = createStoreClient({ url, ...reader, password: '', database: 'default', requestTimeoutMs: 30_000 })
  })
  afterAll(async () => {
    await client?.close()
    await kit?.close()
  })

  test.each(['JSONEachRow', 'CSVWithNames', 'JSONCompactEachRowWithNames', 'RowBinary'])(
    'that breaks off as %s ends with an error and holds rows only',
    async (format) => {
      const sql = `SELECT throwIf(number = 900000, 'late trouble') AS x, number FROM numbers(1000000) FORMAT ${format}`
      const { text, error } = await consume(await client.stream(sql))
      expect(error).toBeInstanceOf(WeirError)
      expect(error).toMatchObject({ code: 'WEIR_QUERY_REFUSED', message: expect.stringContaining('395') as string })
      expect(causeOf(error)).toMatch(/Code: 395\. DB::Exception: .*late trouble/)
      expect(causeOf(error)).not.toContain('__exception__')
      expect(text.length).toBeGreaterThan(100_000)
      expect(text).not.toContain('xception')
    },
  )

  test('that is whole is whole, whatever it says', async () => {
    const sql = "SELECT number, '\\r\\n__exception__\\r\\n' AS said FROM numbers(100000) FORMAT TabSeparatedRaw"
    const { text, error } = await consume(await client.stream(sql))
    expect(error).toBeUndefined()
    expect(text.length).toBe(
      Array.from({ length: 100_000 }, (_, n) => `${n}\t\r\n__exception__\r\n\n`).reduce(
        (sum, row) => sum + row.length,
        0,
      ),
    )
  })

  test('that nobody waits for any more ends with the stop, not with an outage', async () => {
    const stop = new AbortController()
    const stream = await client.stream('SELECT number FROM numbers(100000000) FORMAT CSV', {}, stop.signal)
    setTimeout(() => stop.abort(), 50)
    const { error } = await consume(stream)
    expect(error).toBeInstanceOf(Error)
    expect(error).not.toBeInstanceOf(WeirError)
  })
})

describe('a store that answers badly', () => {
  const TAG = 'abcdefghijklmnop'
  const block = `\r\n__exception__\r\n${TAG}\r\nCode: 1. DB::Exception: no\n22 ${TAG}\r\n__exception__\r\n`
  let server: Server
  let respond: (response: ServerResponse) => unknown
  beforeAll(async () => {
    server = createServer((request, response) => {
      request.resume()
      void respond(response)
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  async function withClient<R>(work: (client: StoreClient) => Promise<R>): Promise<R> {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const client = createStoreClient({ url, user: 'u', password: '', database: 'd', requestTimeoutMs: 500 })
    try {
      return await work(client)
    } finally {
      await client.close()
    }
  }

  test.each([1, 2, 7, 40])('the block is found in pieces of %i bytes', async (size) => {
    respond = async (response) => {
      response.setHeader('X-ClickHouse-Exception-Tag', TAG)
      const body = `1\n2\n${block}`
      for (let at = 0; at < body.length; at += size) {
        response.write(body.slice(at, at + size))
        await pause(1)
      }
      response.end()
    }
    const { text, error } = await withClient(async (client) => consume(await client.stream('SELECT')))
    expect(text).toBe('1\n2\n')
    expect(causeOf(error)).toBe('Error: Code: 1. DB::Exception: no')
  })

  test.each([
    ['another tag', `1\n${block.replaceAll(TAG, 'x'.repeat(16))}`],
    ['the beginning of a block', `1\n${block.slice(0, 20)}`],
  ])('%s is data', async (_, body) => {
    respond = (response) => response.setHeader('X-ClickHouse-Exception-Tag', TAG).end(body)
    const { text, error } = await withClient(async (client) => consume(await client.stream('SELECT')))
    expect({ text, error }).toEqual({ text: body, error: undefined })
  })

  test('a connection that breaks is an outage', async () => {
    respond = (response) => {
      response.setHeader('X-ClickHouse-Exception-Tag', TAG)
      response.write('1\n', () => setTimeout(() => response.destroy(), 20))
    }
    const { error } = await withClient(async (client) => consume(await client.stream('SELECT')))
    expect(error).toMatchObject({ code: 'WEIR_STORE_UNREACHABLE' })
  })

  test('silence says how long it was waited and that the query may be slow', async () => {
    respond = () => {}
    const message = expect.stringMatching(/within 0\.5 s: the query took too long/) as string
    await withClient((client) => expect(rowsOf(client, 'SELECT')).rejects.toMatchObject({ message }))
    await withClient((client) => expect(client.stream('SELECT')).rejects.toMatchObject({ message }))
  })
})

test('the database is made by a request that does not name it', async () => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    request.resume().once('end', () => response.end())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const client = createStoreClient({ url, user: 'w', password: '', database: 'weir', requestTimeoutMs: 10_000 })
  await client.createDatabase()
  await client.command('SELECT 1')
  await client.close()
  server.close()
  expect(asked.map((one) => new URL(one, url).searchParams.get('database'))).toEqual([null, 'weir'])
})
