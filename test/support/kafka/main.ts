import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { messageOf } from '../../../core/errors.ts'
import { startKafka, type KafkaCluster } from './index.ts'

const USAGE = `npm run kafka -- [--brokers 1|3] [--port 9092] [--directory <folder>] [--json]

Starts an Apache Kafka and keeps it until Ctrl-C. Needs Java 17 and, the first time, Maven.

  --brokers 3          three brokers instead of one
  --port <number>      the first broker's port; the next ones follow (default: free ports)
  --directory <folder> where its data stays (default: a temporary folder, removed at the end)
  --json               one line of JSON instead of words
`

const options = {
  brokers: { type: 'string', default: '1' },
  port: { type: 'string' },
  directory: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

async function main(): Promise<void> {
  const { values } = parseArgs({ options })
  if (values.help) return void process.stdout.write(USAGE)
  const brokers = values.brokers === '3' ? 3 : 1
  const port = values.port === undefined ? undefined : Number(values.port)
  if (String(brokers) !== values.brokers) throw new Error('--brokers is 1 or 3')
  if (port !== undefined && !(port > 0 && port < 65_534)) throw new Error('--port is a number from 1 to 65533')
  const stop = Promise.race(['SIGINT', 'SIGTERM'].map((signal) => once(process, signal)))
  const cluster = await startKafka({
    brokers,
    ...(values.directory === undefined ? {} : { directory: values.directory }),
    ...(port === undefined ? {} : { port }),
  })
  process.stdout.write(values.json ? `${JSON.stringify(asJson(cluster))}\n` : asWords(cluster, values.directory))
  await stop
  await cluster.close()
}

const asJson = (cluster: KafkaCluster): object => ({
  bootstrap: cluster.bootstrap,
  directory: cluster.folder,
  pids: cluster.bootstrap.map((_, index) => cluster.pid(index + 1)),
})

const asWords = (cluster: KafkaCluster, directory: string | undefined): string => `
Kafka is up at ${cluster.bootstrap.join(',')}

weir.yaml:

  stream:
    kind: kafka
    brokers: ${cluster.bootstrap.join(',')}
    replicationFactor: ${cluster.bootstrap.length}
  sealing:
    masterKeys:
      main: \${WEIR_MASTER_KEY}

Then, beside it:

  export WEIR_MASTER_KEY=$(openssl rand -base64 32)
  npx weir run --create-topics && npx weir up

Data: ${cluster.folder}${directory === undefined ? ' (removed at the end)' : ''}
Ctrl-C ends it.
`

try {
  await main()
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`)
  process.exitCode = 1
}
