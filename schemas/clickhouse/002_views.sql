-- What an investigator asks first. Every view is documented in docs/architecture.md.

CREATE VIEW IF NOT EXISTS {database}.leaks AS
SELECT received_at, tenant, type, severity, provenance, release, route, service, trace_id, interaction_id, message, part, field,
  range_start, range_end, token_start, token_end, confidence, snippet, value_hash, id
FROM {database}.findings
WHERE kind = 'hit' AND direction IN ('output', 'tool') AND severity IN ('serious', 'critical');

CREATE VIEW IF NOT EXISTS {database}.release_health AS
SELECT tenant, route, release, toStartOfMinute(received_at) AS minute, count() AS calls, sum(signal_error) AS errors,
  sum(signal_leak) AS leaks, sum(signal_findings) AS findings, sum(signal_unscanned) AS unscanned,
  sum(duration_us) / count() / 1000 AS mean_ms, sum(input_tokens) AS input_tokens, sum(output_tokens) AS output_tokens
FROM {database}.interactions
GROUP BY tenant, release, route, toStartOfMinute(received_at);

CREATE VIEW IF NOT EXISTS {database}.drift_timeline AS
SELECT tenant, route, release, toStartOfHour(received_at) AS hour, count() AS calls,
  avg(signal_output_chars) AS mean_output_chars, avg(signal_input_chars) AS mean_input_chars,
  avg(signal_error) AS error_share, avg(signal_leak) AS leak_share, quantile(0.5)(duration_us) / 1000 AS median_ms,
  avg(output_tokens) AS mean_output_tokens
FROM {database}.interactions
GROUP BY tenant, route, release, hour;

CREATE VIEW IF NOT EXISTS {database}.source_use AS
SELECT tenant, source_id, service, release, count() AS calls, min(received_at) AS first_seen, max(received_at) AS last_seen,
  uniqExact(actor_user) AS users
FROM {database}.interactions
ARRAY JOIN source_ids AS source_id
GROUP BY tenant, source_id, service, release;

CREATE VIEW IF NOT EXISTS {database}.conversation AS
SELECT tenant, if(conversation_id != '', conversation_id, trace_id) AS conversation, started_at, operation, service, actor_user,
  release, system, input, output, tool_calls, sources, error_type, error_message, signal_findings AS findings,
  signal_leak AS leak, trace_id, span_id, parent_span_id, id
FROM {database}.interactions
ORDER BY tenant, conversation, started_at, span_id;
