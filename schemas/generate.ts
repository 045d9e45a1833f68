import { readFileSync, writeFileSync } from 'node:fs'
import { configSchema } from './config.ts'
import { controlEventSchema } from './control.ts'
import { findingSchema } from './finding.ts'
import { incidentSchema } from './incident.ts'
import { interactionSchema } from './interaction.ts'
import type { JsonSchema } from './jsonschema.ts'
import { signalSchema } from './signal.ts'

/** File name to content of every committed schema file. */
export function schemaFiles(): Map<string, string> {
  const schemas: Record<string, JsonSchema> = {
    config: configSchema,
    'control-event': controlEventSchema,
    finding: findingSchema,
    incident: incidentSchema,
    interaction: interactionSchema,
    signal: signalSchema,
  }
  const draft = 'https://json-schema.org/draft/2020-12/schema'
  return new Map(
    Object.entries(schemas).map(([name, schema]) => [
      `${name}.schema.json`,
      JSON.stringify({ $schema: draft, ...schema }, null, 2) + '\n',
    ]),
  )
}

/** `npm run generate` writes them; `--check` exits 1 and names those that are not current. */
function main(): void {
  const stale: string[] = []
  for (const [name, content] of schemaFiles()) {
    const path = `schemas/json/${name}`
    if (process.argv.includes('--check')) {
      if (readFileSync(path, 'utf8') !== content) stale.push(path)
    } else writeFileSync(path, content)
  }
  if (stale.length > 0) {
    process.stderr.write(`not current, run npm run generate: ${stale.join(', ')}\n`)
    process.exitCode = 1
  }
}

if (import.meta.url === `file://${process.argv[1]}`) main()
