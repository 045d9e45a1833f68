import { systemClock } from '../../../core/clock.ts'
import { silentLogger } from '../../../core/log.ts'
import { createKafkaClient, type KafkaClient } from '../../../core/streams/kafka/index.ts'
import type { DistributedWorld } from './world.ts'

/* What operators do to topics while Weir runs. */

const TOPIC = 'weir.interactions'
const GONE_MS = 20_000

async function asOperator<T>(world: DistributedWorld, work: (client: KafkaClient) => Promise<T>): Promise<T> {
  const client = createKafkaClient({
    brokers: world.all.kafka.bootstrap,
    clientId: 'operator',
    clock: systemClock,
    logger: silentLogger,
  })
  try {
    return await work(client)
  } finally {
    await client.close()
  }
}

function deleteTopic(world: DistributedWorld): Promise<void> {
  return asOperator(world, async (client) => {
    await client.ask('to delete a topic', (admin) => admin.deleteTopics({ topics: [TOPIC] }))
    for (let waited = 0; waited < GONE_MS; waited += 50) {
      if (!(await client.ask('topics', (admin) => admin.listTopics())).includes(TOPIC)) return
      await systemClock.sleep(50)
    }
    throw new Error(`${TOPIC} is not gone after ${GONE_MS} ms`)
  })
}

/** Deletes the topic and has Weir's own command make it again. */
export async function remakeTopic(world: DistributedWorld): Promise<void> {
  await deleteTopic(world)
  const config = await world.all.configure('operator')
  const { code, log } = await world.all.command(['run', '--create-topics', '--config', config])
  if (code !== 0) throw new Error(`weir run --create-topics ended with ${code}:\n${log}`)
}

export async function addPartitions(world: DistributedWorld, count: number): Promise<void> {
  await asOperator(world, (client) =>
    client.ask('to add partitions', (admin) => admin.createPartitions({ topicPartitions: [{ topic: TOPIC, count }] })),
  )
}

/**
 * Each partition has a leader of its own, and when the third is gone, the first takes its partition over. One copy in sync
 * is enough: what is lost then is what a client never sent.
 */
export async function leadersOfTheirOwn(world: DistributedWorld): Promise<void> {
  await deleteTopic(world)
  await asOperator(world, (client) =>
    client.ask('to make a topic', (admin) =>
      admin.createTopics({
        waitForLeaders: true,
        topics: [
          {
            topic: TOPIC,
            replicaAssignment: [
              [1, 2],
              [2, 1],
              [3, 1],
            ].map((replicas, partition) => ({ partition, replicas })),
            configEntries: Object.entries(LEADERS_SETTINGS).map(([name, value]) => ({ name, value })),
          },
        ],
      }),
    ),
  )
}

const LEADERS_SETTINGS = {
  'min.insync.replicas': '1',
  'max.message.bytes': String(20 * 1024 * 1024),
  'cleanup.policy': 'delete',
  'unclean.leader.election.enable': 'false',
}
