-- A call may come in pieces: its span, and log records with what was said. Each is stored by itself; they are joined when
-- they are read, by tenant, trace and span, so it does not matter which came first: docs/decisions/021. A span is joined
-- with the log records received on its day, on the day before and on the day after.

-- The log records of a span that were received on a day; one that names no span is by itself (`lone`). Texts and reasons have
-- the order of their events: by time, then as they came.
CREATE VIEW IF NOT EXISTS {database}.log_days AS
SELECT tenant, trace_id, span_id, day, if(trace_id = '' OR span_id = '', id, '') AS lone,
  groupArray(at) AS records, min(id) AS first_id, max(received_at) AS last_received_at, min(started_at) AS first_at,
  max(started_at) AS last_at,
  argMin(name, at) AS name, argMin(operation, (operation = 'unknown', at)) AS operation, argMin(service, at) AS service,
  argMin(environment, at) AS environment, argMin(dialect, at) AS dialect, argMin(scope, at) AS scope,
  argMin(scope_version, at) AS scope_version, max(conversation_id) AS conversation_id, max(actor_user) AS actor_user,
  max(actor_agent) AS actor_agent, max(actor_on_behalf_of) AS actor_on_behalf_of, max(release) AS release,
  max(route) AS route, max(provider) AS provider, max(requested_model) AS requested_model, max(model) AS model,
  max(response_id) AS response_id,
  groupArrayIf((at, system), system != '') AS system,
  groupArrayIf((at, input), input != '') AS input,
  groupArrayIf((at, output), output != '') AS output,
  groupArrayIf((at, tool_calls), tool_calls != '') AS tool_calls,
  groupArrayIf((at, sources), sources != '') AS sources,
  groupArrayIf((at, evaluations), evaluations != '') AS evaluations,
  max(input_tokens) AS input_tokens, max(output_tokens) AS output_tokens, max(cached_input_tokens) AS cached_input_tokens,
  max(cache_write_tokens) AS cache_write_tokens, max(reasoning_tokens) AS reasoning_tokens, max(cost) AS cost,
  max(price_version) AS price_version, groupArrayIf((at, finish_reasons), notEmpty(finish_reasons)) AS finish_reasons,
  max(error_type) AS error_type, max(error_message) AS error_message,
  -- the greatest by the alphabet is the worst: absent, full, masked, withheld
  max(capture_input) AS capture_input, max(capture_output) AS capture_output,
  groupArrayArray(interactions.unscanned) AS unscanned, sum(signal_findings) AS findings, max(signal_leak) AS leak,
  sum(signal_input_chars) AS input_chars, sum(signal_output_chars) AS output_chars
FROM (SELECT *, response_id, (started_at, origin_epoch, origin_offset, id) AS at FROM {database}.interactions) AS interactions
WHERE kind = 'log'
GROUP BY tenant, trace_id, span_id, day, lone;

-- One row is a call as far as it is known: a span with what its log records say where it says nothing itself (`joined`), a
-- span that has none (`span_alone`), or log records whose span has not come (`log_alone`, for each day). `halves` are the log
-- records in it. Filters on tenant, trace_id and day reach the table.
CREATE VIEW IF NOT EXISTS {database}.calls AS
WITH
  halves AS (
    SELECT tenant, trace_id, span_id, day, groupArrayArray(records) AS records, max(conversation_id) AS conversation_id,
      max(actor_user) AS actor_user, max(actor_agent) AS actor_agent, max(actor_on_behalf_of) AS actor_on_behalf_of,
      max(model) AS model, max(response_id) AS response_id, groupArrayArray(log_days.system) AS system,
      groupArrayArray(log_days.input) AS input, groupArrayArray(log_days.output) AS output,
      groupArrayArray(log_days.tool_calls) AS tool_calls, groupArrayArray(log_days.sources) AS sources,
      groupArrayArray(log_days.evaluations) AS evaluations, max(input_tokens) AS input_tokens,
      max(output_tokens) AS output_tokens, max(cached_input_tokens) AS cached_input_tokens,
      max(cache_write_tokens) AS cache_write_tokens, max(reasoning_tokens) AS reasoning_tokens, max(cost) AS cost,
      max(price_version) AS price_version, groupArrayArray(log_days.finish_reasons) AS finish_reasons,
      max(error_type) AS error_type, max(error_message) AS error_message, max(capture_input) AS capture_input,
      max(capture_output) AS capture_output, groupArrayArray(log_days.unscanned) AS unscanned, sum(findings) AS findings,
      max(leak) AS leak, sum(input_chars) AS input_chars, sum(output_chars) AS output_chars
    FROM (
      SELECT * REPLACE (day - 1 AS day) FROM {database}.log_days
      UNION ALL
      SELECT * FROM {database}.log_days
      UNION ALL
      SELECT * REPLACE (day + 1 AS day) FROM {database}.log_days
    ) AS log_days
    WHERE lone = ''
    GROUP BY tenant, trace_id, span_id, day
  ),
  spans AS (SELECT *, response_id FROM {database}.interactions WHERE kind != 'log'),
  span_days AS (
    SELECT tenant, trace_id, span_id, day, '' AS lone FROM spans
    UNION ALL
    SELECT tenant, trace_id, span_id, day - 1 AS day, '' AS lone FROM spans
    UNION ALL
    SELECT tenant, trace_id, span_id, day + 1 AS day, '' AS lone FROM spans
  ),
  (texts -> if(empty(texts), '', concat('[', arrayStringConcat(
    arrayMap(text -> substring(text.2, 2, length(text.2) - 2), arraySort(texts)), ','), ']'))) AS written,
  pieces AS (
    SELECT
      s.tenant AS tenant, s.day AS day, s.trace_id AS trace_id, s.span_id AS span_id,
      if(empty(h.records), 'span_alone', 'joined') AS joined, h.records AS records, s.id AS id, s.kind AS kind,
      s.parent_span_id AS parent_span_id, s.received_at AS received_at, s.started_at AS started_at,
      s.duration_us AS duration_us, s.name AS name, s.operation AS operation, s.service AS service,
      s.environment AS environment, s.dialect AS dialect, s.scope AS scope, s.scope_version AS scope_version,
      if(s.conversation_id != '', s.conversation_id, h.conversation_id) AS conversation_id,
      if(s.actor_user != '', s.actor_user, h.actor_user) AS actor_user,
      if(s.actor_agent != '', s.actor_agent, h.actor_agent) AS actor_agent,
      if(s.actor_on_behalf_of != '', s.actor_on_behalf_of, h.actor_on_behalf_of) AS actor_on_behalf_of,
      if(s.model != '', s.model, h.model) AS model,
      if(s.response_id != '', s.response_id, h.response_id) AS response_id, s.release AS release, s.route AS route,
      s.provider AS provider, s.requested_model AS requested_model, s.prompt_name AS prompt_name,
      s.prompt_version AS prompt_version, coalesce(s.input_tokens, h.input_tokens) AS input_tokens,
      coalesce(s.output_tokens, h.output_tokens) AS output_tokens,
      coalesce(s.cached_input_tokens, h.cached_input_tokens) AS cached_input_tokens,
      coalesce(s.cache_write_tokens, h.cache_write_tokens) AS cache_write_tokens,
      coalesce(s.reasoning_tokens, h.reasoning_tokens) AS reasoning_tokens, coalesce(s.cost, h.cost) AS cost,
      if(s.price_version != '', s.price_version, h.price_version) AS price_version,
      if(s.error_type != '', s.error_type, h.error_type) AS error_type,
      if(s.error_type != '', s.error_message, h.error_message) AS error_message,
      if(s.capture_input != 'absent' OR h.capture_input = '', s.capture_input, h.capture_input) AS capture_input,
      if(s.capture_output != 'absent' OR h.capture_output = '', s.capture_output, h.capture_output) AS capture_output,
      s.capture_reason AS capture_reason, arrayConcat(s.unscanned, h.unscanned) AS unscanned,
      s.signal_findings + h.findings AS findings, s.signal_leak OR h.leak AS leak,
      s.signal_input_chars + h.input_chars AS input_chars, s.signal_output_chars + h.output_chars AS output_chars,
      s.finish_reasons AS own_finish_reasons, h.finish_reasons AS finish_reasons, s.system AS own_system,
      h.system AS system, s.input AS own_input, h.input AS input, s.output AS own_output, h.output AS output,
      s.tool_calls AS own_tool_calls, h.tool_calls AS tool_calls, s.sources AS own_sources, h.sources AS sources,
      s.evaluations AS own_evaluations, h.evaluations AS evaluations
    FROM spans AS s
    LEFT JOIN halves AS h USING (tenant, trace_id, span_id, day)
    UNION ALL
    SELECT
      l.tenant, l.day, l.trace_id, l.span_id, 'log_alone' AS joined, l.records, l.first_id AS id, 'log' AS kind,
      '' AS parent_span_id, l.last_received_at AS received_at, l.first_at AS started_at,
      toUInt64(dateDiff('microsecond', l.first_at, l.last_at)) AS duration_us, l.name, l.operation, l.service,
      l.environment, l.dialect, l.scope, l.scope_version, l.conversation_id, l.actor_user, l.actor_agent,
      l.actor_on_behalf_of, l.model, l.response_id, l.release, l.route, l.provider, l.requested_model,
      '' AS prompt_name, '' AS prompt_version, l.input_tokens, l.output_tokens, l.cached_input_tokens,
      l.cache_write_tokens, l.reasoning_tokens, l.cost, l.price_version, l.error_type, l.error_message,
      l.capture_input, l.capture_output, 'no span of this call has come' AS capture_reason, l.unscanned, l.findings,
      l.leak, l.input_chars, l.output_chars, [] AS own_finish_reasons, l.finish_reasons, '' AS own_system, l.system,
      '' AS own_input, l.input, '' AS own_output, l.output, '' AS own_tool_calls, l.tool_calls, '' AS own_sources,
      l.sources, '' AS own_evaluations, l.evaluations
    FROM span_days AS s
    RIGHT ANTI JOIN {database}.log_days AS l USING (tenant, trace_id, span_id, day, lone)
  )
SELECT
  tenant, id, kind, joined, arrayMap(record -> record.4, arraySort(records)) AS halves, day, trace_id, span_id,
  parent_span_id, conversation_id, received_at, started_at, duration_us, name, operation, service, environment,
  actor_user, actor_agent, actor_on_behalf_of, release, route, provider, requested_model, model, response_id,
  prompt_name, prompt_version, if(own_system != '', own_system, written(pieces.system)) AS system,
  if(own_input != '', own_input, written(pieces.input)) AS input,
  if(own_output != '', own_output, written(pieces.output)) AS output,
  if(own_tool_calls != '', own_tool_calls, written(pieces.tool_calls)) AS tool_calls,
  if(own_sources != '', own_sources, written(pieces.sources)) AS sources,
  multiIf(own_evaluations = '', written(pieces.evaluations), empty(pieces.evaluations), own_evaluations,
    concat(substring(own_evaluations, 1, length(own_evaluations) - 1), ',', substring(written(pieces.evaluations), 2)))
    AS evaluations,
  input_tokens, output_tokens, cached_input_tokens, cache_write_tokens, reasoning_tokens, cost, price_version,
  if(notEmpty(own_finish_reasons), own_finish_reasons,
    arrayFlatten(arrayMap(reason -> reason.2, arraySort(pieces.finish_reasons)))) AS finish_reasons,
  error_type, error_message, capture_input, capture_output,
  if(capture_input != 'absent' AND capture_output != 'absent', '', pieces.capture_reason) AS capture_reason, dialect,
  scope, scope_version, unscanned, findings, leak, input_chars, output_chars
FROM pieces;

-- One row is one call of a provider, however many instrumentations saw it and log records told of it: docs/decisions/016 and
-- 021. `id` is the record that is billed, `text_id` the one whose row in `calls` has most text, `views` all of them. A filter
-- on tenant and trace_id reaches the table.
DROP VIEW IF EXISTS {database}.billable_calls;
CREATE VIEW IF NOT EXISTS {database}.billable_calls AS
WITH
  rows AS (
    SELECT *, response_id, cityHash64(if(span_id = '', id, span_id)) AS node,
      operation IN ('chat', 'generate_content', 'text_completion', 'embeddings', 'rerank', 'transcribe', 'speak') AS is_model,
      (input_tokens IS NOT NULL) + (output_tokens IS NOT NULL) AS totals
    FROM {database}.interactions
    WHERE operation != 'fetch_response'
  ),
  -- Most traces are plain: each call of a model was seen once, by itself, and is billed as it is. Telling them apart first
  -- leaves little to what follows.
  traces AS (
    SELECT tenant, trace_id, groupArrayIf(node, is_model) AS nodes, groupArrayIf(cityHash64(parent_span_id), is_model) AS parents,
      groupArrayIf(cityHash64(response_id), is_model AND response_id != '') AS answers,
      trace_id != '' AND countIf(kind = 'log' OR (NOT is_model AND totals > 0)) = 0 AND empty(arrayIntersect(nodes, parents))
        AND length(arrayDistinct(nodes)) = length(nodes) AND length(arrayDistinct(answers)) = length(answers) AS is_plain
    FROM rows
    GROUP BY tenant, trace_id
  ),
  plain AS (SELECT tenant, trace_id FROM traces WHERE is_plain),
  others AS (SELECT tenant, trace_id FROM traces WHERE NOT is_plain),
  seen AS (
    SELECT tenant, trace_id, if(trace_id = '', cityHash64(id), 0) AS alone, node,
      if(trace_id = '' OR parent_span_id = '', 0, cityHash64(parent_span_id)) AS parent,
      is_model, totals,
      (cached_input_tokens IS NOT NULL) + (cache_write_tokens IS NOT NULL) + (reasoning_tokens IS NOT NULL) AS details,
      capture_input IN ('full', 'masked') AS has_input, capture_output IN ('full', 'masked') AS has_output,
      has_input + has_output AS texts, kind = 'log' AS is_log,
      toUnixTimestamp64Micro(started_at) AS start_us, start_us + duration_us AS end_us,
      -- of views, the greatest is billed, and the greatest by text tells what was said
      (response_id, toUInt16(is_model * 512 + totals * 128 + details * 32 + texts * 8 + (model != '') * 2 + NOT is_log),
        toUInt16(is_model * 256 + totals * 64 + details * 8 + NOT is_log), id, is_log, has_input, has_output) AS view
    FROM rows
    WHERE is_model OR NOT is_log
  ),
  -- By span: what was seen of it, and how many calls of models stand directly below. What log records say is said by the
  -- span; they are a call where there is no span, and none where it is no call of a model.
  spans AS (
    SELECT tenant, trace_id, alone, at.1 AS span, groupArrayIf(view, at.2 AND is_model) AS seen_views,
      countIf(at.2 AND NOT is_log AND is_model) AS model_spans, countIf(at.2 AND NOT is_log) AS all_spans,
      maxIf(has_input, at.2 AND is_log) AS logged_input, maxIf(has_output, at.2 AND is_log) AS logged_output,
      arrayMap(view -> (view.1, view.2, if(view.5 AND model_spans > 0, 0,
        toUInt16(view.3 + 512 * ((view.6 OR logged_input) + (view.7 OR logged_output)))), view.4), seen_views) AS views,
      uniqExactIf(node, NOT at.2) AS below, maxIf(node, NOT at.2) AS one_below
    FROM (SELECT seen.* FROM seen SEMI LEFT JOIN others USING (tenant, trace_id)) AS seen
    ARRAY JOIN if(parent = 0 OR NOT is_model, [(node, true)], [(node, true), (parent, false)]) AS at
    GROUP BY tenant, trace_id, alone, span
    HAVING length(seen_views) > 0 AND (model_spans > 0 OR all_spans = 0)
  ),
  -- A call with one call directly below is seen from further out: it goes with the one below, and that with its own.
  linked AS (
    SELECT tenant, trace_id, alone, at.1 AS target, groupArrayArrayIf(views, at.2) AS members,
      maxIf(below, at.3) AS below_target, maxIf(one_below, at.3) AS beyond
    FROM spans
    ARRAY JOIN if(below = 1, [(span, false, true), (one_below, true, false)], [(span, true, true)]) AS at
    GROUP BY tenant, trace_id, alone, target
  ),
  chains AS (
    SELECT tenant, trace_id, alone, if(below_target = 1, beyond, target) AS innermost, groupArrayArray(members) AS views
    FROM linked
    GROUP BY tenant, trace_id, alone, innermost
    HAVING max(below_target) < 2
  ),
  -- An agent's tokens are its own only when no call of a model was seen below it, or while it ran.
  agents AS (
    SELECT tenant, trace_id, alone, groupArrayIf(start_us, is_model) AS starts, groupUniqArrayIf(parent, is_model) AS parents,
      groupArrayIf((node, start_us, end_us, (view.1, view.2, view.3, view.4)), NOT is_model) AS agents
    FROM seen
    WHERE NOT is_log AND (is_model OR totals > 0)
    GROUP BY tenant, trace_id, alone
    HAVING length(agents) > 0
  ),
  candidates AS (
    SELECT tenant, trace_id, alone, innermost, views, arrayMax(arrayMap(view -> view.1, views)) AS any_response_id
    FROM chains
    UNION ALL
    SELECT tenant, trace_id, alone, agent.1 AS innermost, [agent.4] AS views, '' AS any_response_id
    FROM agents
    ARRAY JOIN agents AS agent
    WHERE NOT has(parents, agent.1) AND NOT arrayExists(start -> start BETWEEN agent.2 AND agent.3, starts)
  ),
  calls AS (
    SELECT tenant, trace_id,
      if(view.1 != '', view.1, any_response_id) AS known_as, if(known_as = '', innermost, 0) AS span,
      argMax(view.4, (view.2, view.4)) AS id, argMax(view.4, (view.3, view.4)) AS text_id,
      arraySort(groupUniqArray(view.4)) AS views
    FROM candidates
    ARRAY JOIN candidates.views AS view
    GROUP BY tenant, trace_id, alone, known_as, span
  ),
  billed AS (
    SELECT rows.*, response_id AS known_as, id AS text_id, [id] AS views
    FROM rows
    SEMI LEFT JOIN plain USING (tenant, trace_id)
    WHERE is_model
    UNION ALL
    SELECT rows.*, calls.known_as, calls.text_id, calls.views
    FROM rows
    INNER JOIN calls USING (tenant, trace_id, id)
  )
SELECT tenant, trace_id, if(known_as != '', known_as, concat('span ', span_id)) AS call, id, text_id, views, received_at,
  started_at, duration_us, conversation_id, operation, service, environment, actor_user, actor_agent, release, route,
  provider, requested_model, model, input_tokens, output_tokens, cached_input_tokens, cache_write_tokens, reasoning_tokens,
  cost, if(cost IS NULL, 'unknown', price_version) AS price_version, error_type, dialect, scope
FROM billed
-- large stores are asked about as a whole within the memory that a reader has
SETTINGS max_bytes_before_external_group_by = 134217728;

-- What was found, and where a value in an answer came from when the whole call and the turns before it are looked at: equal
-- values have equal hashes. `provenance` and `severity` are those; as the record alone showed them, they are
-- `stored_provenance` and `stored_severity`. A severity that a rule gave stays. A turn is earlier when its call began earlier;
-- turns are of one conversation, or of one trace.
CREATE VIEW IF NOT EXISTS {database}.findings_in_context AS
WITH
  hits AS (
    SELECT *, if(trace_id = '' OR span_id = '', interaction_id, span_id) AS node, if(trace_id = '', interaction_id, '') AS alone
    FROM {database}.findings
    WHERE kind = 'hit'
  ),
  -- Each call in whose trace something was found.
  begun AS (
    SELECT tenant, trace_id, if(trace_id = '' OR span_id = '', id, span_id) AS node, max(conversation_id) AS conversation,
      min(started_at) AS began
    FROM {database}.interactions
    WHERE trace_id IN (SELECT trace_id FROM hits)
    GROUP BY tenant, trace_id, node
  ),
  -- Calls whose input is known, where a record showed an answer alone.
  asked AS (
    SELECT tenant, trace_id, if(trace_id = '' OR span_id = '', id, span_id) AS node, count() AS inputs
    FROM {database}.interactions
    WHERE trace_id IN (SELECT trace_id FROM hits WHERE provenance = 'unknown') AND input != '' AND capture_input != 'withheld'
    GROUP BY tenant, trace_id, node
  ),
  given AS (
    SELECT hits.tenant AS tenant, hits.trace_id AS trace_id, alone, conversation, hash_key, type, value_hash,
      direction = 'source' AS in_source, began
    FROM hits
    INNER JOIN begun USING (tenant, trace_id, node)
    WHERE direction IN ('input', 'system', 'source')
  ),
  by_trace AS (
    SELECT tenant, trace_id, alone, hash_key, type, value_hash, countIf(NOT in_source) AS said, countIf(in_source) AS sourced,
      minIf(began, NOT in_source) AS said_at, minIf(began, in_source) AS sourced_at
    FROM given
    GROUP BY tenant, trace_id, alone, hash_key, type, value_hash
  ),
  by_conversation AS (
    SELECT tenant, conversation, hash_key, type, value_hash, countIf(NOT in_source) AS said, countIf(in_source) AS sourced,
      minIf(began, NOT in_source) AS said_at, minIf(began, in_source) AS sourced_at
    FROM given
    WHERE conversation != ''
    GROUP BY tenant, conversation, hash_key, type, value_hash
  )
SELECT tenant, id, day, received_at, interaction_id, trace_id, span_id, conversation, release, route, service, detector,
  detector_version, type, confidence,
  multiIf(stored_provenance NOT IN ('unknown', 'introduced', 'retrieved'), stored_provenance,
    (t.said > 0 AND t.said_at <= began) OR (c.said > 0 AND c.said_at <= began), 'echoed',
    (t.sourced > 0 AND t.sourced_at <= began) OR (c.sourced > 0 AND c.sourced_at <= began), 'retrieved',
    stored_provenance = 'unknown' AND asked.inputs > 0, 'introduced', stored_provenance) AS provenance,
  hits.provenance AS stored_provenance,
  multiIf(provenance = stored_provenance, stored_severity,
    stored_severity != if(stored_provenance = 'introduced' AND confidence >= 0.8, 'serious', 'warning'), stored_severity,
    provenance = 'echoed', 'info', provenance = 'introduced' AND confidence >= 0.8, 'serious', 'warning') AS severity,
  hits.severity AS stored_severity, direction, message, part, field, range_start, range_end, token_start, token_end,
  tokenizer, token_estimate, value_hash, hash_key, snippet
FROM hits
LEFT JOIN begun USING (tenant, trace_id, node)
LEFT JOIN asked USING (tenant, trace_id, node)
LEFT JOIN by_trace AS t USING (tenant, trace_id, alone, hash_key, type, value_hash)
LEFT JOIN by_conversation AS c USING (tenant, conversation, hash_key, type, value_hash);

DROP VIEW IF EXISTS {database}.leaks;
CREATE VIEW IF NOT EXISTS {database}.leaks AS
SELECT received_at, tenant, type, severity, provenance, release, route, service, trace_id, interaction_id, message, part, field,
  range_start, range_end, token_start, token_end, confidence, snippet, value_hash, id
FROM {database}.findings_in_context
WHERE direction IN ('output', 'tool') AND severity IN ('serious', 'critical');

DROP VIEW IF EXISTS {database}.conversation;
CREATE VIEW IF NOT EXISTS {database}.conversation AS
SELECT tenant, if(conversation_id != '', conversation_id, trace_id) AS conversation, started_at, operation, service, actor_user,
  release, system, input, output, tool_calls, sources, error_type, error_message, findings, leak, trace_id, span_id,
  parent_span_id, id, joined, day
FROM {database}.calls
ORDER BY tenant, conversation, started_at, span_id;

-- A log record is no call of its own, but what was found in it is.
ALTER TABLE {database}.interactions ADD PROJECTION IF NOT EXISTS by_minute_and_kind (
  SELECT tenant, kind, release, route, toStartOfMinute(received_at), count(), sum(signal_error), sum(signal_leak),
    sum(signal_findings), sum(signal_unscanned), sum(duration_us), sum(input_tokens), sum(output_tokens)
  GROUP BY tenant, kind, release, route, toStartOfMinute(received_at)
);

DROP VIEW IF EXISTS {database}.release_health;
CREATE VIEW IF NOT EXISTS {database}.release_health AS
SELECT tenant, route, release, minute, sumIf(n, kind = 'span') AS calls, sumIf(n_errors, kind = 'span') AS errors,
  sum(n_leaks) AS leaks, sum(n_findings) AS findings, sum(n_unscanned) AS unscanned,
  if(calls = 0, 0, sum(us) / calls / 1000) AS mean_ms, sumIf(in_tokens, kind = 'span') AS input_tokens,
  sumIf(out_tokens, kind = 'span') AS output_tokens
FROM (
  SELECT tenant, kind, route, release, toStartOfMinute(received_at) AS minute, count() AS n, sum(signal_error) AS n_errors,
    sum(signal_leak) AS n_leaks, sum(signal_findings) AS n_findings, sum(signal_unscanned) AS n_unscanned,
    sum(duration_us) AS us, sum(input_tokens) AS in_tokens, sum(output_tokens) AS out_tokens
  FROM {database}.interactions
  GROUP BY tenant, kind, release, route, toStartOfMinute(received_at)
)
GROUP BY tenant, route, release, minute;

DROP VIEW IF EXISTS {database}.drift_timeline;
CREATE VIEW IF NOT EXISTS {database}.drift_timeline AS
SELECT tenant, route, release, toStartOfHour(received_at) AS hour, count() AS calls, avg(output_chars) AS mean_output_chars,
  avg(input_chars) AS mean_input_chars, avg(error_type != '') AS error_share, avg(leak) AS leak_share,
  quantile(0.5)(duration_us) / 1000 AS median_ms, avg(known.output_tokens) AS mean_output_tokens
FROM {database}.calls AS known
GROUP BY tenant, route, release, hour;

-- A day of one service as one instrumentation shows it. Sums may be added up over days.
DROP VIEW IF EXISTS {database}.service_days;
CREATE VIEW IF NOT EXISTS {database}.service_days AS
SELECT tenant, day, service, environment, scope, scope_version,
  argMax(dialect, (is_model, kind = 'span', received_at)) AS newest_dialect, count() AS calls,
  max(received_at) AS last_seen, countIf(is_model) AS model_calls, countIf(is_model AND has_text) AS with_text,
  countIf(is_model AND model != '') AS release_known,
  countIf(is_model AND (actor_user != '' OR actor_on_behalf_of != '')) AS actor_known,
  countIf(notEmpty(known.unscanned)) AS unscanned, countIf(error_type != '') AS errors,
  argMaxIf(capture_reason, received_at, is_model AND NOT has_text) AS no_text_reason
FROM (
  SELECT *, capture_input != 'absent' OR capture_output != 'absent' AS has_text,
    operation IN ('chat', 'generate_content', 'text_completion', 'embeddings', 'rerank', 'transcribe', 'speak') AS is_model
  FROM {database}.calls
) AS known
GROUP BY tenant, day, service, environment, scope, scope_version;

-- Which models are in use, by whom, on a day. The model asked for stands in where the one that served is not told.
DROP VIEW IF EXISTS {database}.model_days;
CREATE VIEW IF NOT EXISTS {database}.model_days AS
SELECT tenant, day, service, provider, if(model != '', model, requested_model) AS used_model,
  notEmpty(CAST(model, 'String')) AS served,
  uniqExact(trace_id, if(response_id != '', response_id, span_id)) AS calls, max(received_at) AS last_seen,
  groupUniqArrayIf(100)(actor_user, actor_user != '') AS users, groupUniqArrayIf(100)(actor_agent, actor_agent != '') AS agents
FROM {database}.calls
WHERE used_model != ''
  AND operation IN ('chat', 'generate_content', 'text_completion', 'embeddings', 'rerank', 'transcribe', 'speak')
GROUP BY tenant, day, service, provider, used_model, served;
