-- Template parameters: {database}; {engine} (MergeTree, or ReplicatedMergeTree on a cluster); {settings} (retention aside,
-- what every table shares: the window in which a repeated insert token is recognised, and fsync when configured);
-- {settings_synced}, the same with fsync always.
-- `day` is the UTC day on which the stream cut the batch: one insert never spans two partitions.

CREATE TABLE IF NOT EXISTS {database}.interactions (
  id String CODEC(ZSTD(1)),
  tenant LowCardinality(String),
  kind LowCardinality(String),
  day Date,
  received_at DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
  started_at DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
  time_implausible Bool,
  duration_us UInt64 CODEC(T64, ZSTD(1)),
  trace_id String CODEC(ZSTD(1)),
  span_id String CODEC(ZSTD(1)),
  parent_span_id String CODEC(ZSTD(1)),
  conversation_id String CODEC(ZSTD(1)),
  name LowCardinality(String),
  operation LowCardinality(String),
  service LowCardinality(String),
  service_version LowCardinality(String),
  service_instance LowCardinality(String),
  environment LowCardinality(String),
  actor_user String CODEC(ZSTD(1)),
  actor_agent LowCardinality(String),
  actor_on_behalf_of String CODEC(ZSTD(1)),
  actor_token_id String CODEC(ZSTD(1)),
  release LowCardinality(String),
  route LowCardinality(String),
  provider LowCardinality(String),
  requested_model LowCardinality(String),
  model LowCardinality(String),
  fingerprint LowCardinality(String),
  prompt_name LowCardinality(String),
  prompt_version LowCardinality(String),
  system String COMMENT 'JSON messages, masked' CODEC(ZSTD(1)),
  input String COMMENT 'JSON messages, masked' CODEC(ZSTD(1)),
  output String COMMENT 'JSON messages, masked' CODEC(ZSTD(1)),
  tools String COMMENT 'JSON, tools offered' CODEC(ZSTD(1)),
  tool_calls String COMMENT 'JSON, tool calls made' CODEC(ZSTD(1)),
  sources String COMMENT 'JSON, sources used' CODEC(ZSTD(1)),
  source_ids Array(String) CODEC(ZSTD(1)),
  input_tokens Nullable(UInt32),
  output_tokens Nullable(UInt32),
  cached_input_tokens Nullable(UInt32),
  cache_write_tokens Nullable(UInt32),
  reasoning_tokens Nullable(UInt32),
  cost Nullable(Float64),
  finish_reasons Array(LowCardinality(String)),
  error_type LowCardinality(String),
  error_message String CODEC(ZSTD(1)),
  evaluations String COMMENT 'JSON' CODEC(ZSTD(1)),
  capture_input LowCardinality(String),
  capture_output LowCardinality(String),
  capture_reason LowCardinality(String),
  dialect LowCardinality(String),
  collector LowCardinality(String),
  schema_url LowCardinality(String),
  scope LowCardinality(String),
  scope_version LowCardinality(String),
  decision LowCardinality(String),
  decision_rule LowCardinality(String),
  decision_reason String CODEC(ZSTD(1)),
  attributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  unscanned Array(String) COMMENT 'what was not wholly looked at, and why',
  signal_key LowCardinality(String),
  signal_input_chars UInt32,
  signal_output_chars UInt32,
  signal_error Bool,
  signal_leak Bool,
  signal_findings UInt32,
  signal_tool_calls UInt32,
  signal_unscanned UInt32,
  signal_finish_reason LowCardinality(String),
  origin_topic LowCardinality(String),
  origin_epoch UInt32,
  origin_partition UInt32,
  origin_offset UInt64 CODEC(Delta, ZSTD(1)),
  origin_batch UInt64 COMMENT 'first offset of the batch that stored it' CODEC(Delta, ZSTD(1)),
  INDEX by_id id TYPE bloom_filter(0.001) GRANULARITY 1,
  INDEX by_origin (origin_epoch, origin_offset) TYPE minmax GRANULARITY 1,
  INDEX by_trace trace_id TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX by_conversation conversation_id TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX input_text input TYPE text(tokenizer = 'splitByNonAlpha'),
  INDEX output_text output TYPE text(tokenizer = 'splitByNonAlpha'),
  PROJECTION by_minute (
    SELECT tenant, release, route, toStartOfMinute(received_at), count(), sum(signal_error), sum(signal_leak),
      sum(signal_findings), sum(signal_unscanned), sum(duration_us), sum(signal_input_chars), sum(signal_output_chars),
      sum(input_tokens), sum(output_tokens)
    GROUP BY tenant, release, route, toStartOfMinute(received_at)
  ),
  PROJECTION list (
    SELECT tenant, received_at, id, trace_id, conversation_id, operation, service, release, actor_user, error_type,
      duration_us, signal_leak, signal_findings
    ORDER BY tenant, received_at
  )
) ENGINE = {engine}
PARTITION BY day
ORDER BY (tenant, toStartOfHour(received_at), cityHash64(trace_id), span_id)
TTL day + INTERVAL {retention} DAY
SETTINGS {settings}, lightweight_mutation_projection_mode = 'rebuild';

CREATE TABLE IF NOT EXISTS {database}.findings (
  id String CODEC(ZSTD(1)),
  tenant LowCardinality(String),
  kind LowCardinality(String),
  day Date,
  received_at DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
  interaction_id String CODEC(ZSTD(1)),
  trace_id String CODEC(ZSTD(1)),
  span_id String CODEC(ZSTD(1)),
  release LowCardinality(String),
  route LowCardinality(String),
  service LowCardinality(String),
  detector LowCardinality(String),
  detector_version LowCardinality(String),
  type LowCardinality(String),
  confidence Float64,
  severity LowCardinality(String),
  provenance LowCardinality(String),
  direction LowCardinality(String),
  message UInt32,
  part UInt32,
  field LowCardinality(String),
  range_start UInt64 COMMENT 'code points of the original text',
  range_end UInt64,
  token_start Nullable(UInt64),
  token_end Nullable(UInt64),
  tokenizer LowCardinality(String),
  token_estimate Bool,
  value_hash String CODEC(ZSTD(1)),
  hash_key LowCardinality(String),
  snippet String CODEC(ZSTD(1)),
  origin_topic LowCardinality(String),
  origin_epoch UInt32,
  origin_partition UInt32,
  origin_offset UInt64,
  origin_batch UInt64,
  INDEX by_id id TYPE bloom_filter(0.001) GRANULARITY 1,
  INDEX by_origin (origin_epoch, origin_offset) TYPE minmax GRANULARITY 1,
  INDEX by_interaction interaction_id TYPE bloom_filter(0.001) GRANULARITY 1,
  INDEX by_value value_hash TYPE bloom_filter(0.001) GRANULARITY 1
) ENGINE = {engine}
PARTITION BY day
ORDER BY (tenant, toStartOfHour(received_at), type, interaction_id)
TTL day + INTERVAL {retention} DAY
SETTINGS {settings};

CREATE TABLE IF NOT EXISTS {database}.originals (
  interaction_id String,
  tenant LowCardinality(String),
  day Date,
  received_at DateTime64(6, 'UTC'),
  key_id String,
  sealed String COMMENT 'base64 of the sealed interaction as it arrived' CODEC(NONE),
  origin_topic LowCardinality(String),
  origin_epoch UInt32,
  origin_partition UInt32,
  origin_offset UInt64,
  origin_batch UInt64,
  INDEX by_interaction interaction_id TYPE bloom_filter(0.001) GRANULARITY 1
) ENGINE = {engine}
PARTITION BY day
ORDER BY (tenant, toStartOfHour(received_at), interaction_id)
TTL day + INTERVAL {originals_retention} DAY
SETTINGS {settings};

CREATE TABLE IF NOT EXISTS {database}.dead_letters (
  id String,
  tenant LowCardinality(String),
  day Date,
  received_at DateTime64(6, 'UTC'),
  topic LowCardinality(String),
  reason LowCardinality(String),
  key_id String,
  sealed String COMMENT 'base64 of the sealed record; empty once dropped' CODEC(NONE),
  state LowCardinality(String) DEFAULT 'kept' COMMENT 'kept, replayed or dropped',
  origin_topic LowCardinality(String),
  origin_epoch UInt32,
  origin_partition UInt32,
  origin_offset UInt64,
  origin_batch UInt64,
  INDEX by_id id TYPE bloom_filter(0.001) GRANULARITY 1
) ENGINE = {engine}
PARTITION BY day
ORDER BY (tenant, received_at, id)
TTL day + INTERVAL {retention} DAY
SETTINGS {settings};

-- One row per batch, written last: every offset from `first` to `last` is accounted for by exactly one of the columns.
CREATE TABLE IF NOT EXISTS {database}.ledger (
  topic LowCardinality(String),
  epoch UInt32,
  partition UInt32,
  first UInt64,
  last UInt64,
  day Date,
  written_at DateTime64(6, 'UTC'),
  token String,
  stored UInt64,
  dead UInt64,
  duplicates Array(UInt64) COMMENT 'offsets of retries of records stored before',
  joined Array(UInt64) COMMENT 'offsets that became part of another record',
  refused Array(UInt64) COMMENT 'offsets whose sender was told that they are refused for good',
  unanswered Array(UInt64) COMMENT 'offsets of an unfinished batch of which nothing is stored',
  empty UInt64 COMMENT 'offsets at which the log holds no record',
  unfinished Bool COMMENT 'its process died in it; the next one wrote down what was stored of it',
  findings UInt64,
  originals UInt64
) ENGINE = {engine}
PARTITION BY day
ORDER BY (topic, epoch, partition, first)
TTL day + INTERVAL {retention} DAY
SETTINGS {settings};

-- How far each reading stage has come in streams that are read again from stored rows. The greatest position counts.
CREATE TABLE IF NOT EXISTS {database}.positions (
  topic LowCardinality(String),
  consumer LowCardinality(String),
  epoch UInt32,
  position UInt64,
  saved_at DateTime64(6, 'UTC')
) ENGINE = {engine}
ORDER BY (topic, consumer, epoch, position)
TTL toDate(saved_at) + INTERVAL {retention} DAY
SETTINGS {settings};

CREATE TABLE IF NOT EXISTS {database}.data_keys (
  key_id String,
  tenant String,
  day Date,
  master_key_id LowCardinality(String),
  wrapped String COMMENT 'base64',
  created_at DateTime64(6, 'UTC')
) ENGINE = {engine}
ORDER BY key_id
SETTINGS {settings_synced};

CREATE TABLE IF NOT EXISTS {database}.monitor_state (
  monitor LowCardinality(String),
  tenant LowCardinality(String),
  key String,
  epoch UInt32,
  position UInt64,
  state String COMMENT 'base64' CODEC(ZSTD(1)),
  saved_at DateTime64(6, 'UTC')
) ENGINE = {engine}
ORDER BY (monitor, tenant, key, epoch, position)
TTL toDate(saved_at) + INTERVAL {retention} DAY
SETTINGS {settings};

CREATE TABLE IF NOT EXISTS {database}.incidents (
  id String,
  incident_id String,
  tenant LowCardinality(String),
  at DateTime64(6, 'UTC'),
  type LowCardinality(String),
  rule LowCardinality(String),
  key String,
  severity LowCardinality(String),
  finding_ids Array(String),
  cause String
) ENGINE = {engine}
ORDER BY (tenant, incident_id, at, id)
SETTINGS {settings};

CREATE TABLE IF NOT EXISTS {database}.actions (
  id String,
  action_id String,
  incident_id String,
  tenant LowCardinality(String),
  at DateTime64(6, 'UTC'),
  sink LowCardinality(String),
  state LowCardinality(String),
  detail String
) ENGINE = {engine}
ORDER BY (tenant, action_id, at, id)
SETTINGS {settings};

CREATE TABLE IF NOT EXISTS {database}.control_log (
  position UInt64,
  id String,
  at DateTime64(6, 'UTC'),
  type LowCardinality(String),
  tenant LowCardinality(String),
  actor String,
  command_id String,
  reason String,
  body String,
  previous String,
  hash String,
  signature String,
  key_id String
) ENGINE = {engine}
ORDER BY position
SETTINGS {settings_synced};
