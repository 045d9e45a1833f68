import kafkajs from 'kafkajs'
import { compressFrame, decompressFrame } from 'lz4-napi'
import { compress as snappyBlock, uncompress as snappyUnblock } from 'snappy'
import type { Zstd } from 'zstd-codec'
import { WeirError } from '../../../errors.ts'

/*
 * kafkajs brings gzip and dies of a batch in any other codec. What Weir writes is sealed and is not compressed a second
 * time; what others wrote may come in any of them.
 */

interface Codec {
  compress(encoder: { buffer: Buffer }): Promise<Buffer>
  decompress(compressed: Buffer): Promise<Buffer>
}

/** The framing of Java's snappy streams: magic, two versions, then blocks with their length in front. */
const XERIAL_MAGIC = Buffer.from('82534e4150505900', 'hex')
const XERIAL_HEADER = Buffer.concat([XERIAL_MAGIC, Buffer.of(0, 0, 0, 1, 0, 0, 0, 1)])
const XERIAL_BLOCK_BYTES = 32 * 1024

const asBuffer = (bytes: string | Buffer): Buffer => (typeof bytes === 'string' ? Buffer.from(bytes) : bytes)

export const snappy: Codec = {
  async compress({ buffer }): Promise<Buffer> {
    const parts: Buffer[] = [XERIAL_HEADER]
    for (let at = 0; at < buffer.length; at += XERIAL_BLOCK_BYTES) {
      const block = await snappyBlock(buffer.subarray(at, at + XERIAL_BLOCK_BYTES))
      const length = Buffer.alloc(4)
      length.writeUInt32BE(block.length)
      parts.push(length, block)
    }
    return Buffer.concat(parts)
  },
  /** Go's clients write one bare block, without any framing. */
  async decompress(compressed): Promise<Buffer> {
    if (!compressed.subarray(0, XERIAL_MAGIC.length).equals(XERIAL_MAGIC)) return unblock(compressed)
    const parts: Buffer[] = []
    for (let at = XERIAL_HEADER.length; at < compressed.length;) {
      const start = at + 4
      const end = start + compressed.readUInt32BE(at)
      if (end > compressed.length) throw new WeirError('WEIR_DECODE', 'a snappy block is cut short')
      parts.push(await unblock(compressed.subarray(start, end)))
      at = end
    }
    return Buffer.concat(parts)
  },
}

const unblock = async (block: Buffer): Promise<Buffer> => asBuffer(await snappyUnblock(block, { asBuffer: true }))

export const lz4: Codec = {
  compress: ({ buffer }) => compressFrame(buffer),
  decompress: (compressed) => decompressFrame(compressed),
}

/** Java's frames do not say how large their content is, so only the streaming reader can open them. */
export const zstd: Codec = {
  async compress({ buffer }): Promise<Buffer> {
    const { Simple } = await loadZstd()
    return whole(new Simple().compress(buffer))
  },
  async decompress(compressed): Promise<Buffer> {
    const { Streaming } = await loadZstd()
    return whole(new Streaming().decompress(compressed))
  },
}

/** A frame cut short gives nothing, and says nothing; no batch of Kafka's is empty. */
function whole(bytes: Uint8Array | null): Buffer {
  if (bytes === null || bytes.length === 0) throw new WeirError('WEIR_DECODE', 'zstd content is broken')
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

const PROCESS_EVENTS = ['uncaughtException', 'unhandledRejection'] as const

let loading: Promise<Zstd> | undefined

/** A module of half a megabyte, so loaded at the first batch that needs it. It must not decide what ends the process. */
function loadZstd(): Promise<Zstd> {
  loading ??= (async () => {
    const before = PROCESS_EVENTS.map((event) => new Set<unknown>(process.rawListeners(event)))
    const { default: codec } = await import('zstd-codec')
    const ready = await new Promise<Zstd>((resolve) => codec.ZstdCodec.run(resolve))
    PROCESS_EVENTS.forEach((event, index) => {
      for (const listener of process.rawListeners(event))
        if (!before[index]!.has(listener)) process.off(event, listener as () => void)
    })
    return ready
  })()
  return loading
}

/** Tells kafkajs about them; it keeps one list for the whole process. */
export function registerCodecs(): void {
  const { CompressionCodecs, CompressionTypes } = kafkajs
  CompressionCodecs[CompressionTypes.Snappy] = () => snappy
  CompressionCodecs[CompressionTypes.LZ4] = () => lz4
  CompressionCodecs[CompressionTypes.ZSTD] = () => zstd
}
