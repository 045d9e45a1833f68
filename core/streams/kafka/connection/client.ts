import kafkajs, { type Admin, type ISocketFactory, type Kafka, type LogEntry, type SASLOptions } from 'kafkajs'
import type { ConnectionOptions } from 'node:tls'
import type { Logger } from '../../../log.ts'
import type { Clock } from '../../../seam.ts'
import { Asking } from './asking.ts'
import { registerCodecs } from './codecs.ts'
import { isStale, isStillLoading, kafkaError } from './failures.ts'
import { mendFirstAnswer } from './first-answer.ts'
import { mendRequestQueue } from './request-queue.ts'
import { trackSockets } from './sockets.ts'

export interface KafkaClientOptions {
  /** `host:port` of some of the brokers. */
  readonly brokers: readonly string[]
  readonly clientId: string
  /** True for the system's authorities, or what TLS needs: ca, cert and key as PEM texts. */
  readonly tls?: boolean | Pick<ConnectionOptions, 'ca' | 'cert' | 'key' | 'servername'>
  readonly sasl?: { mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'; username: string; password: string }
  readonly logger: Logger
  readonly clock: Clock
  readonly connectionTimeoutMs?: number
  readonly requestTimeoutMs?: number
  /** How sockets are made; tests cut and swallow on them. */
  readonly socketFactory?: ISocketFactory
}

/** How long kafkajs goes by what it knows of leaders and partitions. */
export const METADATA_MAX_AGE_MS = 3_000

/** Of who sends and reads. Short waits, many tries: the defaults give up before a dead broker's partitions have a leader. */
export const RETRY: { initialRetryTime: number; maxRetryTime: number; retries: number } = {
  initialRetryTime: 100,
  maxRetryTime: 2_000,
  retries: 30,
}
/** Of connecting and asking: who waits for an answer must hear soon that there is none. */
const ASK_RETRY = { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5 }
const ASK_TRIES = 5
const ASK_AGAIN_MS = 200
const CONNECTION_TIMEOUT_MS = 1_000
const REQUEST_TIMEOUT_MS = 5_000

/** One connection's worth of settings, and the one admin client that all parts share. */
export interface KafkaClient {
  readonly kafka: Kafka
  /** As configured, for who is told a command. */
  readonly brokers: string
  /** Asks the cluster something; what goes wrong comes as a WeirError that names `doing`. */
  ask<T>(doing: string, question: (admin: Admin) => Promise<T>): Promise<T>
  /** After all that sends or reads through it has ended. */
  close(): Promise<void>
}

export function createKafkaClient(options: KafkaClientOptions): KafkaClient {
  registerCodecs()
  mendRequestQueue()
  mendFirstAnswer()
  const sockets = trackSockets(options.socketFactory)
  const kafka = new kafkajs.Kafka({
    clientId: options.clientId,
    brokers: [...options.brokers],
    connectionTimeout: options.connectionTimeoutMs ?? CONNECTION_TIMEOUT_MS,
    requestTimeout: options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS,
    enforceRequestTimeout: true,
    retry: ASK_RETRY,
    logLevel: kafkajs.logLevel.INFO,
    logCreator: () => logInto(options.logger),
    ...(options.tls !== undefined && { ssl: options.tls }),
    ...(options.sasl && { sasl: options.sasl as SASLOptions }),
    socketFactory: sockets.factory,
  })
  const asking = new Asking(() => kafka.admin({ retry: ASK_RETRY }), options.clock)
  return {
    kafka,
    brokers: options.brokers.join(','),
    async ask<T>(doing: string, question: (admin: Admin) => Promise<T>): Promise<T> {
      for (let tries = 1; ; tries++) {
        try {
          return await asking.ask(question)
        } catch (error) {
          if (tries >= ASK_TRIES || !(isStale(error) || isStillLoading(error))) throw kafkaError(doing, error)
        }
        await options.clock.sleep(ASK_AGAIN_MS)
      }
    },
    async close(): Promise<void> {
      await asking.close()
      sockets.destroy()
    },
  }
}

/**
 * What kafkajs notes on its way is for who looks closely: what matters is reported by us, as errors that say what to do.
 * Its texts may quote what went through it, so only their first words are kept, and no field.
 */
function logInto(logger: Logger): (entry: LogEntry) => void {
  return ({ namespace, log }) => {
    const reason = /^[^:"'{[]{1,100}/
      .exec(log.message)?.[0]
      .trim()
      .replaceAll(/[^A-Za-z0-9_.-]+/g, '-')
    logger.debug('the Kafka client says', { component: namespace || 'kafkajs', reason })
  }
}
