import { execFile } from 'node:child_process'
import { randomBytes, randomInt } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { javaCommand } from './java.ts'
import { SCRAM_MECHANISMS, dataFolder, type Node } from './properties.ts'

/**
 * Below the range from which systems take the ports of outgoing connections: there, a client that tries the port of a
 * killed broker may be given that very port and be connected to itself, and the broker cannot come back.
 */
const PORT_LEAST = 20_000
const PORT_MOST = 32_000
const FORMAT_MS = 60_000

/** `port` is that of the first broker's client listener, and the next brokers follow; without it all are free ones. */
export async function makeNodes(folder: string, count: number, port: number | undefined): Promise<Node[]> {
  await refuseOtherCount(folder, count)
  const ports = await freePorts(count * 3)
  return Array.from({ length: count }, (_, index) => {
    const [free = 0, internalPort = 0, controllerPort = 0] = ports.slice(index * 3)
    const clientPort = port === undefined ? free : port + index
    return { id: index + 1, folder: join(folder, `node-${index + 1}`), clientPort, internalPort, controllerPort }
  })
}

async function refuseOtherCount(folder: string, count: number): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  const there = names.filter((name) => /^node-\d+$/.test(name)).length
  if (there !== 0 && there !== count) {
    throw new Error(
      `${folder} holds the data of ${there} broker(s), not ${count}: ask for ${there}, or name another folder`,
    )
  }
}

export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>()
  for (let tries = 0; ports.size < count && tries < 1000; tries++) {
    const port = randomInt(PORT_LEAST, PORT_MOST)
    if (await isFree(port)) ports.add(port)
  }
  if (ports.size < count) throw new Error(`no ${count} free ports between ${PORT_LEAST} and ${PORT_MOST}`)
  return [...ports]
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)))
  })
}

/** Writes what each node runs by, and formats its folder of data unless it has been. */
export async function prepareNodes(
  nodes: readonly Node[],
  properties: (node: Node) => string,
  users: Readonly<Record<string, string>>,
  jvm: readonly string[],
): Promise<void> {
  for (const node of nodes) {
    await mkdir(node.folder, { recursive: true })
    await writeFile(join(node.folder, 'server.properties'), properties(node))
  }
  const [first, ...others] = nodes
  if (!first || isFormatted(first)) return
  await format(first, users, jvm)
  for (const node of others) await formatLike(first, node)
}

const META = 'meta.properties'
const isFormatted = (node: Node): boolean => existsSync(join(dataFolder(node), META))

/** As Kafka writes its ids, but without a "-" at the start, which its tools would take for an option. */
const newId = (): string => randomBytes(16).toString('base64url').replace(/^-/, 'A')

/** What the script kafka-storage runs. */
async function format(node: Node, users: Readonly<Record<string, string>>, jvm: readonly string[]): Promise<void> {
  const scram = Object.entries(users).flatMap(([name, password]) =>
    SCRAM_MECHANISMS.flatMap((mechanism) => ['--add-scram', `${mechanism}=[name=${name},password=${password}]`]),
  )
  const cluster = ['-t', newId(), '-c', join(node.folder, 'server.properties')]
  const [java, ...args] = javaCommand('kafka.tools.StorageTool', jvm)
  await promisify(execFile)(java, [...args, 'format', ...cluster, ...scram], { timeout: FORMAT_MS })
}

/** The nodes of one cluster are formatted alike but for two lines, and each start of Java takes most of a second. */
async function formatLike(first: Node, node: Node): Promise<void> {
  await rm(dataFolder(node), { recursive: true, force: true })
  await cp(dataFolder(first), dataFolder(node), { recursive: true })
  const meta = await readFile(join(dataFolder(first), META), 'utf8')
  const own = meta
    .replace(/^node\.id=.*$/m, `node.id=${node.id}`)
    .replace(/^directory\.id=.*$/m, `directory.id=${newId()}`)
  await writeFile(join(dataFolder(node), META), own)
}
