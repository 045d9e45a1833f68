import { readFileSync, writeSync } from 'node:fs'
import { startStages } from '../../../cli/compose.ts'
import { systemClock } from '../../../core/clock.ts'
import { loadConfig } from '../../../core/config/index.ts'
import { createLogger } from '../../../core/log.ts'
import { createHooks, type Fault, type Point } from '../hooks.ts'
import { brokenParts, breakProducer } from './breaks.ts'
import { createPoints, isOurs, victimOf, watchInserts } from './points.ts'
import type { StageSettings } from './settings.ts'
import { watchWire } from './wire.ts'

/* The process that the rounds start and kill: `weir run --stage ...` with hooks. Its settings are a file. */

const settings = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as StageSettings
const { config } = await loadConfig({ path: settings.configFile, env: {} })
const hooks = createHooks({
  ...settings,
  faults: settings.strikes
    .filter((strike) => !isOurs(strike))
    .map(({ point, nth, target, afterMs }): Fault => {
      return {
        ...{ point: point as Point, nth, life: 0, target: target === 'self' ? 'weir' : 'store' },
        ...(afterMs !== undefined && { afterMs }),
      }
    }),
})
hooks.storePid = () => victimOf(settings, 'store')
const reach = createPoints(settings)
if (settings.broken.includes('several_partitions_per_send')) breakProducer()
watchWire(new Set(settings.brokerPorts), reach)

const stop = new AbortController()
process.once('SIGTERM', () => stop.abort())
const running = await startStages(config, createLogger({ level: 'info', clock: systemClock, human: false }), {
  stages: settings.stages,
  migrate: false,
  parts: brokenParts(watchInserts(hooks.parts, reach), settings.broken),
})
// At once, as `weir run` says it: who waits for it reads as it comes.
writeSync(2, `OTLP: ${running.otlp ?? ''}\nHealth and metrics: ${running.telemetry}\n`)
if (!stop.signal.aborted) await new Promise((resolve) => stop.signal.addEventListener('abort', resolve, { once: true }))
await running.stop()
process.exit() // as the command does
