import fc from 'fast-check'
import { compress } from 'snappy'
import { describe, expect, test } from 'vitest'
import { lz4, snappy, zstd } from './codecs.ts'

const contents = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 2_000 }).map((bytes) => Buffer.from(bytes)),
  fc.integer({ min: 1, max: 200_000 }).map((length) => Buffer.alloc(length, 'weir ')),
)

describe.each([
  ['snappy', snappy],
  ['lz4', lz4],
  ['zstd', zstd],
])('%s', (_name, codec) => {
  test('gives back what it was given', async () => {
    await fc.assert(
      fc.asyncProperty(contents, async (buffer) => {
        const back = await codec.decompress(await codec.compress({ buffer }))
        expect(back.equals(buffer)).toBe(true)
      }),
      { numRuns: 30 },
    )
  })

  test('rejects what is broken', async () => {
    const packed = await codec.compress({ buffer: Buffer.alloc(100_000, 'weir ') })
    await expect(codec.decompress(packed.subarray(0, packed.length - 9))).rejects.toThrow()
    await expect(codec.decompress(Buffer.from('not compressed at all'))).rejects.toThrow()
  })
})

test('snappy without framing, as other clients write it, is read too', async () => {
  const content = Buffer.alloc(70_000, 'from the Collector ')
  const bare = (await compress(content)) as Buffer
  expect((await snappy.decompress(bare)).equals(content)).toBe(true)
})

test('a zstd frame that does not say its size, as Java writes it, is read', async () => {
  const header = '28b52ffd' + '00' + '58' // magic, no size, window
  const block = '290000' + Buffer.from('hello').toString('hex') // the last, raw, 5 bytes
  expect((await zstd.decompress(Buffer.from(header + block, 'hex'))).toString()).toBe('hello')
})

test('loading zstd does not take over what ends the process', async () => {
  const before = process.rawListeners('uncaughtException').length + process.rawListeners('unhandledRejection').length
  await zstd.compress({ buffer: Buffer.from('x') })
  const after = process.rawListeners('uncaughtException').length + process.rawListeners('unhandledRejection').length
  expect(after).toBe(before)
})
