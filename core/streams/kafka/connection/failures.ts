import kafkajs from 'kafkajs'
import { WeirError } from '../../../errors.ts'

/** What kafkajs's errors have in common; the outer ones carry the reason in `cause`. */
interface KafkaFailure {
  readonly name?: unknown
  readonly message?: unknown
  readonly type?: unknown
  readonly code?: unknown
  readonly cause?: unknown
  /** Of several, as when topics are made: the first says enough. */
  readonly errors?: unknown
  readonly retriable?: unknown
}

const isFailure = (error: unknown): error is KafkaFailure => typeof error === 'object' && error !== null

/** From the error to its first cause. */
function* causes(error: unknown): Generator<KafkaFailure> {
  for (let depth = 0, at = error; isFailure(at) && depth < 6; depth++) {
    yield at
    at = Array.isArray(at.errors) ? (at.errors[0] as unknown) : at.cause
  }
}

/** Kafka's own name for what went wrong, such as MESSAGE_TOO_LARGE. */
export function kafkaType(error: unknown): string | undefined {
  for (const { type } of causes(error)) if (typeof type === 'string' && /^[A-Z_]+$/.test(type)) return type
  return undefined
}

/** The group goes on without us, or gives out its partitions anew. kafkajs joins it again when eachBatch rejects with it. */
const LOST_GROUP = new Set([
  'UNKNOWN_MEMBER_ID',
  'ILLEGAL_GENERATION',
  'FENCED_INSTANCE_ID',
  'REBALANCE_IN_PROGRESS',
  'NOT_COORDINATOR_FOR_GROUP',
])

export const isLostGroup = (error: unknown): boolean => LOST_GROUP.has(kafkaType(error) ?? '')

const UNREACHABLE = new Set([
  'KafkaJSBrokerNotFound',
  'KafkaJSConnectionError',
  'KafkaJSConnectionClosedError',
  'KafkaJSRequestTimeoutError',
])

/** The broker that was asked is away, perhaps for good. */
export const isUnreachable = (error: unknown): boolean =>
  [...causes(error)].some(({ name }) => typeof name === 'string' && UNREACHABLE.has(name))

/** What kafkajs joins the group again for, and looks for its coordinator. */
export const coordinatorGone = (): Error =>
  new kafkajs.KafkaJSProtocolError({
    ...{ type: 'NOT_COORDINATOR_FOR_GROUP', code: 16, retriable: true, name: 'KafkaJSProtocolError' },
    message: 'the coordinator of the group is away',
  })

/** kafkajs has no class of its own for it. */
const NO_ANSWER = 'Broker not connected'

/** What kafkajs tries another broker for. */
export const noAnswer = (): Error => new kafkajs.KafkaJSConnectionError(NO_ANSWER)

export const isNoAnswer = (error: unknown): boolean =>
  [...causes(error)].some(({ name }) => name === 'KafkaJSRequestTimeoutError')

/** Passes by itself within moments: of a new cluster's first group, and of a broker that takes over another's groups. */
export const isStillLoading = (error: unknown): boolean => kafkaType(error) === 'GROUP_LOAD_IN_PROGRESS'

export const isTooLarge = (error: unknown): boolean =>
  ['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE'].includes(kafkaType(error) ?? '')

const STALE = new Set([
  'NOT_LEADER_FOR_PARTITION',
  'LEADER_NOT_AVAILABLE',
  'FENCED_LEADER_EPOCH',
  'UNKNOWN_LEADER_EPOCH',
])

/**
 * Somebody else leads the partition by now: asking again helps, with what the brokers say today. kafkajs itself stumbles
 * with a TypeError over a topic that is not yet among those it knows leaders of.
 */
export const isStale = (error: unknown): boolean =>
  STALE.has(kafkaType(error) ?? '') || [...causes(error)].some(({ name }) => name === 'TypeError')

const REMEDIES: Readonly<Record<string, readonly [WeirError['code'], string]>> = {
  UNKNOWN_TOPIC_OR_PARTITION: ['WEIR_TOPICS', 'the topic does not exist: run `weir run --create-topics`'],
  INVALID_TOPIC_EXCEPTION: ['WEIR_TOPICS', 'the topic has a name that Kafka does not allow'],
  MESSAGE_TOO_LARGE: ['WEIR_TOO_LARGE', 'raise max.message.bytes of the topic, or lower stream.maxRecordBytes'],
  RECORD_LIST_TOO_LARGE: ['WEIR_TOO_LARGE', 'raise max.message.bytes of the topic, or lower stream.maxRecordBytes'],
  NOT_ENOUGH_REPLICAS: ['WEIR_STREAM_UNREACHABLE', 'too few replicas are in sync: bring the missing brokers back'],
  NOT_ENOUGH_REPLICAS_AFTER_APPEND: ['WEIR_STREAM_UNREACHABLE', 'too few replicas are in sync: bring the brokers back'],
  LEADER_NOT_AVAILABLE: ['WEIR_STREAM_UNREACHABLE', 'a partition has no leader: bring the missing brokers back'],
  NOT_LEADER_FOR_PARTITION: ['WEIR_STREAM_UNREACHABLE', 'a partition is moving to another broker: it passes'],
  REQUEST_TIMED_OUT: ['WEIR_STREAM_UNREACHABLE', 'the replicas did not answer in time: look at the brokers'],
  TOPIC_AUTHORIZATION_FAILED: [
    'WEIR_STREAM_REFUSED',
    'grant this user READ, WRITE, DESCRIBE and DESCRIBE_CONFIGS on the topic, and CREATE where Weir is to make it',
  ],
  GROUP_AUTHORIZATION_FAILED: [
    'WEIR_STREAM_REFUSED',
    'grant this user READ and DESCRIBE on the group (those of Weir itself begin with `weir.`)',
  ],
  CLUSTER_AUTHORIZATION_FAILED: ['WEIR_STREAM_REFUSED', 'grant this user what it asks of the cluster'],
  SASL_AUTHENTICATION_FAILED: ['WEIR_STREAM_REFUSED', 'check stream.sasl: user, password and mechanism'],
  UNSUPPORTED_SASL_MECHANISM: ['WEIR_STREAM_REFUSED', 'the brokers do not offer the mechanism of stream.sasl'],
  UNSUPPORTED_VERSION: ['WEIR_STREAM_REFUSED', 'these brokers are too old: Weir needs Kafka 2.1 or newer'],
  POLICY_VIOLATION: ['WEIR_STREAM_REFUSED', 'a policy of the cluster forbids it: make the topics by hand'],
  INVALID_REPLICATION_FACTOR: ['WEIR_TOPICS', 'there are fewer brokers than stream.replicationFactor'],
}

const NAMES: Readonly<Record<string, readonly [WeirError['code'], string]>> = {
  KafkaJSSASLAuthenticationError: ['WEIR_STREAM_REFUSED', 'check stream.sasl: user, password and mechanism'],
  KafkaJSServerDoesNotSupportApiKey: ['WEIR_STREAM_REFUSED', 'these brokers are too old or too new for this client'],
  KafkaJSRequestTimeoutError: ['WEIR_STREAM_UNREACHABLE', 'a broker did not answer in time: look at the brokers'],
  KafkaJSConnectionError: [
    'WEIR_STREAM_UNREACHABLE',
    'check stream.brokers, the network, and stream.tls on both sides',
  ],
  KafkaJSConnectionClosedError: ['WEIR_STREAM_UNREACHABLE', 'the broker closed the connection: look at the brokers'],
  KafkaJSBrokerNotFound: ['WEIR_STREAM_UNREACHABLE', 'a broker is not in the cluster any more: look at the brokers'],
  KafkaJSNoBrokerAvailableError: ['WEIR_STREAM_UNREACHABLE', 'no broker is left: look at the brokers'],
  KafkaJSMetadataNotLoaded: ['WEIR_TOPICS', 'the topic does not exist: run `weir run --create-topics`'],
  KafkaJSTopicMetadataNotLoaded: ['WEIR_TOPICS', 'the topic does not exist: run `weir run --create-topics`'],
  // kafkajs says the same of a group that is forbidden.
  KafkaJSGroupCoordinatorNotFound: [
    'WEIR_STREAM_UNREACHABLE',
    'the group has no coordinator, or this user may not use it: look at the brokers, and grant READ and DESCRIBE on the ' +
      'group (those of Weir itself begin with `weir.`)',
  ],
  [NO_ANSWER]: ['WEIR_STREAM_UNREACHABLE', 'a broker took the connection and did not answer: look at the brokers'],
  KafkaJSNotImplemented: ['WEIR_STREAM_REFUSED', 'the topic holds a compression that is not known here'],
}

/** In words of ours only: what kafkajs says may quote what a broker or a record said. */
export function kafkaError(doing: string, error: unknown): WeirError {
  if (error instanceof WeirError) return error
  const type = kafkaType(error)
  const known = type === undefined ? undefined : REMEDIES[type]
  if (known) return new WeirError(known[0], `Kafka refused ${doing} (${type}): ${known[1]}.`, { cause: error })
  for (const { name, message } of [...causes(error)].toReversed()) {
    const remedy = typeof name === 'string' ? NAMES[message === NO_ANSWER ? NO_ANSWER : name] : undefined
    if (!remedy) continue
    const code = socketCode(error)
    return new WeirError(remedy[0], `${doing} failed${code ? ` (${code})` : ''}: ${remedy[1]}.`, { cause: error })
  }
  const what = type ?? 'an error that Weir does not know'
  if ([...causes(error)].at(-1)?.retriable === true) {
    const message = `Kafka cannot take ${doing} now (${what}): it passes, unless the brokers are ill.`
    return new WeirError('WEIR_STREAM_UNREACHABLE', message, { cause: error })
  }
  return new WeirError('WEIR_STREAM_REFUSED', `Kafka refused ${doing} (${what}): look at the brokers’ logs.`, {
    cause: error,
  })
}

/** ECONNREFUSED, DEPTH_ZERO_SELF_SIGNED_CERT and their like. */
function socketCode(error: unknown): string | undefined {
  for (const { code } of causes(error)) if (typeof code === 'string' && /^[A-Z_]{3,60}$/.test(code)) return code
  return undefined
}
