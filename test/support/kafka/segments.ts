import { open, readdir, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { decompress } from './codecs.ts'

export interface DumpedRecord {
  partition: number
  offset: number
  timestamp: number
  key: Buffer | null
  value: Buffer | null
  headers: [name: string, value: Buffer | null][]
}

/*
 * Kafka's record batch, version 2, which is the same on the wire and on disk:
 * https://kafka.apache.org/documentation/#recordbatch
 */
const LENGTH_END = 12
const BATCH_HEAD = 61
const CODEC_BITS = 0b111
const CONTROL_BIT = 0b10_0000

/** The topics that have a log in the folder, Kafka's own ones too. */
export async function topicsIn(folder: string): Promise<string[]> {
  return [...new Set((await partitionsIn(folder)).map(({ topic }) => topic))].toSorted()
}

/**
 * Every record of a topic as the folder's segments hold it, decompressed, by partition and offset. Reads what any broker
 * has, running or not, and needs no client: what is checked with it is not checked by its own means.
 */
export async function recordsIn(folder: string, topic: string, partition?: number): Promise<DumpedRecord[]> {
  const records: DumpedRecord[] = []
  for (const found of await partitionsIn(folder)) {
    if (found.topic !== topic || (partition !== undefined && found.partition !== partition)) continue
    const log = join(folder, found.name)
    const segments = (await namesIn(log)).filter((name) => name.endsWith('.log')).toSorted()
    for (const segment of segments) records.push(...(await readSegment(join(log, segment), found.partition)))
  }
  return records
}

async function partitionsIn(folder: string): Promise<{ name: string; topic: string; partition: number }[]> {
  return (await namesIn(folder)).flatMap((name) => {
    const [, topic, partition] = /^(.+)-(\d+)$/.exec(name) ?? []
    return topic === undefined ? [] : [{ name, topic, partition: Number(partition) }]
  })
}

/** Topics and segments are deleted while we read. */
async function namesIn(folder: string): Promise<string[]> {
  return await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
}

async function readSegment(path: string, partition: number): Promise<DumpedRecord[]> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (!file) return []
  try {
    const records: DumpedRecord[] = []
    for (let at = 0; ;) {
      const batch = await readBatch(file, at)
      if (!batch) return records
      records.push(...(await recordsOf(batch, partition)))
      at += batch.length
    }
  } finally {
    await file.close()
  }
}

/** Nothing at the end, also where a killed broker left half a batch. */
async function readBatch(file: FileHandle, at: number): Promise<Buffer | undefined> {
  const head = await readExactly(file, at, LENGTH_END)
  return head && (await readExactly(file, at, LENGTH_END + head.readInt32BE(8)))
}

async function readExactly(file: FileHandle, at: number, length: number): Promise<Buffer | undefined> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await file.read(buffer, 0, length, at)
  return bytesRead === length ? buffer : undefined
}

async function recordsOf(batch: Buffer, partition: number): Promise<DumpedRecord[]> {
  const magic = batch.readInt8(16)
  if (magic !== 2) throw new Error(`a record batch of version ${magic}; only version 2 is known`)
  const attributes = batch.readInt16BE(21)
  if (attributes & CONTROL_BIT) return []
  const firstOffset = Number(batch.readBigInt64BE(0))
  const firstTimestamp = Number(batch.readBigInt64BE(27))
  const count = batch.readInt32BE(57)
  const reader = new Reader(await decompress(attributes & CODEC_BITS, batch.subarray(BATCH_HEAD)))
  return Array.from({ length: count }, () => {
    reader.varint() // the record's length
    reader.skip(1) // its attributes, of which there are none
    const timestamp = firstTimestamp + reader.varint()
    const offset = firstOffset + reader.varint()
    const key = reader.bytes()
    const value = reader.bytes()
    const headers = Array.from({ length: reader.varint() }, (): [string, Buffer | null] => {
      return [reader.bytes()?.toString() ?? '', reader.bytes()]
    })
    return { partition, offset, timestamp, key, value, headers }
  })
}

class Reader {
  readonly #buffer: Buffer
  #at = 0

  constructor(buffer: Buffer) {
    this.#buffer = buffer
  }

  skip(count: number): void {
    this.#at += count
  }

  /** Zigzag, as far as JavaScript's integers reach. */
  varint(): number {
    let value = 0
    for (let factor = 1; ; factor *= 128) {
      const byte = this.#buffer.readUInt8(this.#at++)
      value += (byte & 0x7f) * factor
      if (byte < 0x80) return value % 2 === 0 ? value / 2 : -(value + 1) / 2
    }
  }

  bytes(): Buffer | null {
    const length = this.varint()
    if (length < 0) return null
    const from = this.#at
    this.#at += length
    if (this.#at > this.#buffer.length) throw new Error('a record is longer than its batch')
    return this.#buffer.subarray(from, this.#at)
  }
}
