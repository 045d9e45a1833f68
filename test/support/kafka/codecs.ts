import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { decompressFrame } from 'lz4-napi'
import { uncompress } from 'snappy'

/** The part that is used here of a package without types. */
interface ZstdPackage {
  ZstdCodec: {
    run(ready: (zstd: { Streaming: new () => { decompress(bytes: Uint8Array): Uint8Array } }) => void): void
  }
}

const XERIAL_MAGIC = Buffer.from('82534e4150505900', 'hex')
const XERIAL_HEAD = 16

/** By the number that a record batch carries. */
export async function decompress(codec: number, bytes: Buffer): Promise<Buffer> {
  if (codec === 0) return bytes
  if (codec === 1) return await promisify(gunzip)(bytes)
  if (codec === 2) return await unsnappy(bytes)
  if (codec === 3) return await decompressFrame(bytes)
  if (codec === 4) return await unzstd(bytes)
  throw new Error(`a record batch is compressed by the unknown codec ${codec}`)
}

/** Java writes blocks in a frame of its own kind, others one bare block. */
async function unsnappy(bytes: Buffer): Promise<Buffer> {
  if (!bytes.subarray(0, XERIAL_MAGIC.length).equals(XERIAL_MAGIC)) return Buffer.from(await uncompress(bytes))
  const blocks: Buffer[] = []
  for (let at = XERIAL_HEAD; at < bytes.length;) {
    const from = at + 4
    at = from + bytes.readInt32BE(at)
    blocks.push(Buffer.from(await uncompress(bytes.subarray(from, at))))
  }
  return Buffer.concat(blocks)
}

async function unzstd(bytes: Buffer): Promise<Buffer> {
  const { ZstdCodec } = createRequire(import.meta.url)('zstd-codec') as ZstdPackage
  const zstd = await new Promise<Parameters<Parameters<typeof ZstdCodec.run>[0]>[0]>((resolve) => {
    ZstdCodec.run(resolve)
  })
  return Buffer.from(new zstd.Streaming().decompress(bytes))
}
