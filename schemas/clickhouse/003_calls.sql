-- The id that the provider gave its answer, the same in every view of the call. Computed for rows stored before, too.
ALTER TABLE {database}.interactions ADD COLUMN IF NOT EXISTS response_id String
  MATERIALIZED if(attributes['gen_ai.response.id'] != '', attributes['gen_ai.response.id'], attributes['ai.response.id'])
  CODEC(ZSTD(1));

ALTER TABLE {database}.interactions ADD COLUMN IF NOT EXISTS price_version LowCardinality(String)
  COMMENT 'of the price table that cost was computed with';

-- One row is one call of a provider, however many instrumentations saw it: docs/decisions/016. `id` is the view that is
-- billed, `text_id` the one with most text, `views` all of them. A filter on tenant and trace_id reaches the table.
CREATE VIEW IF NOT EXISTS {database}.billable_calls AS
WITH
  seen AS (
    SELECT tenant, trace_id, if(trace_id = '', cityHash64(id), 0) AS alone,
      cityHash64(if(span_id = '', id, span_id)) AS node,
      if(trace_id = '' OR parent_span_id = '', 0, cityHash64(parent_span_id)) AS parent,
      operation IN ('chat', 'generate_content', 'text_completion', 'embeddings', 'rerank', 'transcribe', 'speak') AS is_model,
      (input_tokens IS NOT NULL) + (output_tokens IS NOT NULL) AS totals,
      (cached_input_tokens IS NOT NULL) + (cache_write_tokens IS NOT NULL) + (reasoning_tokens IS NOT NULL) AS details,
      (capture_input IN ('full', 'masked')) + (capture_output IN ('full', 'masked')) AS texts,
      toUnixTimestamp64Micro(started_at) AS start_us, start_us + duration_us AS end_us,
      -- of views, the greatest is billed, and the greatest by text tells what was said
      (response_id,
        toUInt16(is_model * 512 + totals * 128 + details * 32 + texts * 8 + (model != '') * 2 + (kind = 'span')),
        toUInt16(texts * 512 + is_model * 256 + totals * 64 + details * 8 + (kind = 'span')), id) AS view
    FROM {database}.interactions
    WHERE operation != 'fetch_response' AND (is_model OR totals > 0)
  ),
  -- By span: what was seen of it, and how many calls of models stand directly below.
  spans AS (
    SELECT tenant, trace_id, alone, at.1 AS span, groupArrayIf(view, at.2) AS views, uniqExactIf(node, NOT at.2) AS below,
      maxIf(node, NOT at.2) AS one_below
    FROM seen
    ARRAY JOIN if(parent = 0, [(node, true)], [(node, true), (parent, false)]) AS at
    WHERE is_model
    GROUP BY tenant, trace_id, alone, span
    HAVING length(views) > 0
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
      groupArrayIf((node, start_us, end_us, view), NOT is_model) AS agents
    FROM seen
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
  )
SELECT tenant, trace_id, if(known_as != '', known_as, concat('span ', span_id)) AS call, id, text_id, views, received_at, started_at, duration_us, conversation_id, operation, service,
  environment, actor_user, actor_agent, release, route, provider, requested_model, model, input_tokens, output_tokens,
  cached_input_tokens, cache_write_tokens, reasoning_tokens, cost, if(cost IS NULL, 'unknown', price_version) AS price_version,
  error_type, dialect, scope
FROM {database}.interactions
INNER JOIN calls USING (tenant, trace_id, id)
-- large stores are asked about as a whole within the memory that a reader has
SETTINGS max_bytes_before_external_group_by = 134217728;

-- Every stored interaction with what a conversation is told from; filters on tenant, id, trace_id and conversation_id reach
-- the table's indexes.
CREATE VIEW IF NOT EXISTS {database}.turns AS
SELECT tenant, id, kind, trace_id, span_id, parent_span_id, conversation_id, received_at, started_at, duration_us, name,
  operation, service, environment, actor_user, actor_agent, actor_on_behalf_of, release, route, provider, requested_model,
  model, prompt_name, prompt_version, system, input, output, tool_calls, sources, evaluations, input_tokens, output_tokens,
  cost, finish_reasons, error_type, error_message, capture_input, capture_output, capture_reason, dialect, scope,
  scope_version, unscanned, signal_findings AS findings
FROM {database}.interactions;

-- What was found in them and where, without the value.
CREATE VIEW IF NOT EXISTS {database}.turn_findings AS
SELECT tenant, interaction_id, trace_id, id, type, severity, confidence, provenance, direction, message, part, field,
  range_start, range_end, snippet, detector
FROM {database}.findings
WHERE kind = 'hit';

-- A day of one service as one instrumentation shows it. A call's text may come in log records of its own, which are not
-- counted as calls beside their span. Sums may be added up over days.
CREATE VIEW IF NOT EXISTS {database}.service_days AS
SELECT tenant, day, service, environment, scope, scope_version,
  argMax(dialect, (is_model, kind = 'span', received_at)) AS newest_dialect,
  greatest(countIf(kind = 'span'), uniqExactIf(span, kind = 'log')) AS calls, max(received_at) AS last_seen,
  greatest(countIf(kind = 'span' AND is_model), uniqExactIf(span, kind = 'log' AND is_model)) AS model_calls,
  least(model_calls,
    countIf(kind = 'span' AND is_model AND has_text) + uniqExactIf(span, kind = 'log' AND is_model AND has_text)) AS with_text,
  least(model_calls, countIf(is_model AND model != '')) AS release_known,
  least(model_calls, countIf(is_model AND (actor_user != '' OR actor_on_behalf_of != ''))) AS actor_known,
  countIf(notEmpty(interactions.unscanned)) AS unscanned, sum(signal_error) AS errors,
  argMaxIf(capture_reason, received_at, kind = 'span' AND is_model AND NOT has_text) AS no_text_reason
FROM (
  SELECT *, if(span_id = '', cityHash64(id), cityHash64(trace_id, span_id)) AS span,
    capture_input != 'absent' OR capture_output != 'absent' AS has_text,
    operation IN ('chat', 'generate_content', 'text_completion', 'embeddings', 'rerank', 'transcribe', 'speak') AS is_model
  FROM {database}.interactions
) AS interactions
GROUP BY tenant, day, service, environment, scope, scope_version;

-- Which models are in use, by whom, on a day. The model asked for stands in where the one that served is not told.
CREATE VIEW IF NOT EXISTS {database}.model_days AS
SELECT tenant, day, service, provider, if(model != '', model, requested_model) AS used_model,
  notEmpty(CAST(model, 'String')) AS served,
  uniqExact(trace_id, if(response_id != '', response_id, span_id)) AS calls, max(received_at) AS last_seen,
  groupUniqArrayIf(100)(actor_user, actor_user != '') AS users, groupUniqArrayIf(100)(actor_agent, actor_agent != '') AS agents
FROM {database}.interactions
WHERE used_model != ''
  AND operation IN ('chat', 'generate_content', 'text_completion', 'embeddings', 'rerank', 'transcribe', 'speak')
GROUP BY tenant, day, service, provider, used_model, served;
