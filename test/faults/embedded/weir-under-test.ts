import { readFileSync } from 'node:fs'
import { startWeir } from '../../../cli/running/compose.ts'
import { systemClock } from '../../../core/clock.ts'
import { loadConfig } from '../../../core/config/index.ts'
import { createLogger } from '../../../core/log.ts'
import { createHooks, type Settings } from '../hooks.ts'
import { createReach } from '../strikes.ts'

/* The process that the rounds start and kill: `weir up` with the hooks of `hooks.ts`. Its settings are a file. */

const settings = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as Settings
const { config } = await loadConfig({ path: settings.configFile, env: {} })
let storePid: () => number | undefined = () => undefined
const victim = (target: string): number | undefined => (target === 'self' ? process.pid : storePid())
const parts = createHooks(settings, createReach(settings.strikes, settings.faultsFile, victim))
const stop = new AbortController()
process.once('SIGTERM', () => stop.abort())

const running = await startWeir(config, createLogger({ level: 'info', clock: systemClock, human: false }), parts)
storePid = () => running.store.childPid()
process.stdout.write(`${JSON.stringify({ ready: true, telemetry: running.telemetry })}\n`)
if (!stop.signal.aborted) await new Promise((resolve) => stop.signal.addEventListener('abort', resolve, { once: true }))
await running.stop()
