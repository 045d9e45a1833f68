import { readFileSync, writeSync } from 'node:fs'
import { startStages } from '../../../cli/running/compose.ts'
import { systemClock } from '../../../core/clock.ts'
import { loadConfig } from '../../../core/config/index.ts'
import { createLogger } from '../../../core/log.ts'
import { createHooks } from '../hooks.ts'
import { createReach, type Strike } from '../strikes.ts'
import { brokenParts, breakProducer } from './breaks.ts'
import type { StageSettings } from './settings.ts'
import { watchWire } from './wire.ts'

/* The process that the rounds start and kill: `weir run --stage ...` with hooks. Its settings are a file. */

const settings = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as StageSettings
const { config } = await loadConfig({ path: settings.configFile, env: {} })

/** Nothing where it is away just then. */
function victim(target: Strike['target']): number | undefined {
  if (target === 'self') return process.pid
  return (JSON.parse(readFileSync(settings.victimsFile, 'utf8')) as Record<string, number | undefined>)[target]
}
const reach = createReach(settings.strikes, settings.faultsFile, victim)
if (settings.broken.includes('several_partitions_per_send')) breakProducer()
watchWire(new Set(settings.brokerPorts), reach)

const stop = new AbortController()
process.once('SIGTERM', () => stop.abort())
const running = await startStages(config, createLogger({ level: 'info', clock: systemClock, human: false }), {
  stages: settings.stages,
  migrate: false,
  parts: brokenParts(createHooks(settings, reach), settings.broken),
})
// At once, as `weir run` says it: who waits for it reads as it comes.
writeSync(2, `OTLP: ${running.otlp ?? ''}\nHealth and metrics: ${running.telemetry}\n`)
if (!stop.signal.aborted) await new Promise((resolve) => stop.signal.addEventListener('abort', resolve, { once: true }))
await running.stop()
process.exit() // as the command does
