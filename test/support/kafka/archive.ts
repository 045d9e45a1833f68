import { existsSync } from 'node:fs'
import { mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Broker } from './broker.ts'
import { archiveFile } from './java.ts'
import { makeNodes, prepareNodes } from './nodes.ts'
import { serverProperties } from './properties.ts'

let flags: Promise<string[]> | undefined

/**
 * Java's options by which a broker starts in half the time and half the CPU: from an archive of the classes it loads,
 * which the first start ever makes by a broker that comes and goes. Without an archive brokers only start more slowly.
 */
export function archiveFlags(): Promise<string[]> {
  flags ??= findOrMake()
  return flags
}

async function findOrMake(): Promise<string[]> {
  const file = archiveFile()
  if (!existsSync(file)) await make(file).catch(() => {})
  return existsSync(file) ? [`-XX:SharedArchiveFile=${file}`] : []
}

async function make(file: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-kafka-'))
  const aside = `${file}.${process.pid}`
  try {
    const nodes = await makeNodes(folder, 1, undefined)
    await prepareNodes(nodes, (node) => serverProperties(node, nodes, {}, {}), {}, [])
    const broker = new Broker(join(folder, 'node-1'), [`-XX:ArchiveClassesAtExit=${aside}`], folder)
    try {
      await broker.start()
    } finally {
      await broker.stop()
    }
    await rename(aside, file)
  } finally {
    await rm(aside, { force: true })
    await rm(folder, { recursive: true, force: true })
  }
}
