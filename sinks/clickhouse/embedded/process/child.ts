import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import type { AddressInfo } from 'node:net'
import type { Server } from 'node:http'
import { messageOf } from '../../../../core/errors.ts'
import { loadEngine } from '../engine/engine.ts'
import type { ChildSettings, ToChild, ToParent } from '../options.ts'
import { createStoreServer } from '../serving/server.ts'
import { StoreEngine } from '../store.ts'

/** The process that holds the engine. Started by supervisor.ts, speaks with it over IPC, and does not outlive it. */

const DRAIN_MS = 10_000
const LAST_ANSWERS_MS = 200

interface Running {
  server: Server
  store: StoreEngine
}

let running: Running | undefined
let stopping = false

const tell = (message: ToParent): Promise<void> =>
  new Promise((resolve) => {
    if (process.send) process.send(message, () => resolve())
    else resolve()
  })

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port, backlog: 511 }, () => {
      server.removeListener('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

async function start(settings: ChildSettings): Promise<void> {
  let reason: 'listen' | 'engine' = 'engine'
  try {
    const store = await StoreEngine.start(loadEngine(process.platform, process.arch), settings, endWith)
    const server = createStoreServer(store, settings)
    reason = 'listen'
    const port = await listen(server, settings.host, settings.port)
    running = { server, store }
    await tell({ type: 'ready', port, engineVersion: store.version })
  } catch (error) {
    await tell({ type: 'failed', reason, message: messageOf(error) })
    process.exit(1)
  }
}

/** The parent keeps the end of what was said here. */
function endWith(fault: string): void {
  try {
    process.stderr.write(`a write failed and is undone by a restart: ${fault}\n`)
  } finally {
    endNow()
  }
}

/** The engine's own exit may wait for its threads. Everything that was acknowledged is on disk, so nothing is lost. */
const endNow = (): void => void process.kill(process.pid, 'SIGKILL')

/** Stops listening, lets what runs come to its end, and goes; at the deadline it goes in any case. */
async function stop(deadlineMs: number): Promise<void> {
  if (stopping) return
  stopping = true
  setTimeout(endNow, deadlineMs).unref()
  if (running) {
    const { server, store } = running
    const closed = once(server, 'close')
    server.close()
    server.closeIdleConnections()
    await Promise.all([store.writes.idle(), store.queries.reader.idle(), store.queries.writer.idle()])
    // The last answers are on their way; a client that keeps its connection open is not waited for.
    await Promise.race([closed, pause(LAST_ANSWERS_MS)])
    store.close()
  }
  process.exit(0)
}

process.on('message', (message: ToChild) => {
  if (message.type === 'start') void start(message.settings)
  else void stop(message.deadlineMs)
})
// The parent is gone, however it went: a kill -9 closes the channel too.
process.on('disconnect', endNow)
process.on('SIGTERM', () => void stop(DRAIN_MS))
// Ctrl-C reaches the whole process group; the parent decides when the store may go.
process.on('SIGINT', () => {})
