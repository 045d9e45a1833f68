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
  candidates AS (
    SELECT tenant, trace_id, if(trace_id = '', id, '') AS alone, if(span_id = '', id, span_id) AS node,
      operation IN ('chat', 'generate_content', 'text_completion', 'embeddings', 'rerank', 'transcribe', 'speak') AS is_model,
      if(is_model AND trace_id != '', parent_span_id, '') AS parent, response_id,
      (input_tokens IS NOT NULL) + (output_tokens IS NOT NULL) AS totals,
      (cached_input_tokens IS NOT NULL) + (cache_write_tokens IS NOT NULL) + (reasoning_tokens IS NOT NULL) AS details,
      (capture_input IN ('full', 'masked')) + (capture_output IN ('full', 'masked')) AS texts,
      toUnixTimestamp64Micro(started_at) AS start_us, start_us + duration_us AS end_us,
      (is_model, totals, details, texts, model != '', kind = 'span', id) AS rank,
      (texts, is_model, totals, details, kind = 'span', id) AS text_rank,
      (id, received_at, started_at, duration_us, conversation_id, operation, service, environment, actor_user, actor_agent,
        release, route, provider, requested_model, model, input_tokens, output_tokens, cached_input_tokens,
        cache_write_tokens, reasoning_tokens, cost, price_version, error_type, dialect, scope) AS row
    FROM {database}.interactions
    WHERE operation != 'fetch_response' AND (is_model OR totals > 0)
  ),
  -- An agent's tokens are its own only when no call of a model was seen while it ran.
  timed AS (
    SELECT *, minIf(toNullable(start_us), is_model) OVER (
        PARTITION BY tenant, trace_id, alone ORDER BY start_us RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
      ) AS next_model_us
    FROM candidates
  ),
  -- By span: what was seen of it, and how many calls of models stand directly below.
  spans AS (
    SELECT tenant, trace_id, alone, at.1 AS span, max(at.2 AND is_model) AS is_model_span,
      groupArrayIf((rank, text_rank, response_id, row), at.2) AS views,
      uniqExactIf(node, NOT at.2) AS below, maxIf(node, NOT at.2) AS one_below
    FROM timed
    ARRAY JOIN if(parent = '', [(node, true)], [(node, true), (parent, false)]) AS at
    WHERE is_model OR next_model_us IS NULL OR next_model_us > end_us
    GROUP BY tenant, trace_id, alone, span
    HAVING length(views) > 0
  ),
  -- A call with one call directly below is seen from further out: it goes with the one below, and that with its own.
  linked AS (
    SELECT tenant, trace_id, alone, at.1 AS target, groupArrayArrayIf(views, at.2) AS members,
      anyIf(is_model_span AND below = 1, at.3) AS goes_on, maxIf(one_below, at.3) AS beyond,
      maxIf(below > 1 OR (below = 1 AND NOT is_model_span), at.3) AS is_wrapper
    FROM spans
    ARRAY JOIN if(is_model_span AND below = 1, [(span, false, true), (one_below, true, false)], [(span, true, true)]) AS at
    GROUP BY tenant, trace_id, alone, target
  ),
  chains AS (
    SELECT tenant, trace_id, alone, if(goes_on, beyond, target) AS innermost, groupArrayArray(members) AS views,
      arrayMax(arrayMap(view -> view.3, views)) AS any_response_id
    FROM linked
    GROUP BY tenant, trace_id, alone, innermost
    HAVING NOT max(is_wrapper)
  ),
  calls AS (
    SELECT tenant, trace_id, alone,
      multiIf(view.3 != '', view.3, any_response_id != '', any_response_id, concat('span ', innermost)) AS call,
      argMax(view.4, view.1) AS billed, argMax(view.4.1, view.2) AS text_id, arraySort(groupUniqArray(view.4.1)) AS views
    FROM chains
    ARRAY JOIN chains.views AS view
    GROUP BY tenant, trace_id, alone, call
  )
SELECT tenant, trace_id, call, billed.1 AS id, text_id, views, billed.2 AS received_at, billed.3 AS started_at,
  billed.4 AS duration_us, billed.5 AS conversation_id, billed.6 AS operation, billed.7 AS service,
  billed.8 AS environment, billed.9 AS actor_user, billed.10 AS actor_agent, billed.11 AS release, billed.12 AS route,
  billed.13 AS provider, billed.14 AS requested_model, billed.15 AS model, billed.16 AS input_tokens,
  billed.17 AS output_tokens, billed.18 AS cached_input_tokens, billed.19 AS cache_write_tokens,
  billed.20 AS reasoning_tokens, billed.21 AS cost, if(cost IS NULL, 'unknown', billed.22) AS price_version,
  billed.23 AS error_type, billed.24 AS dialect, billed.25 AS scope
FROM calls;

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

-- A day of one service as one instrumentation shows it: calls are spans, whose text may have come by itself. Sums may be
-- added up over days.
CREATE VIEW IF NOT EXISTS {database}.service_days AS
SELECT tenant, day, service, environment, dialect, scope, scope_version, count() AS calls, max(seen) AS last_seen,
  countIf(is_model) AS model_calls, countIf(is_model AND has_text) AS with_text,
  countIf(is_model AND served) AS release_known, countIf(is_model AND has_actor) AS actor_known,
  countIf(was_unscanned) AS unscanned, countIf(failed) AS errors,
  argMaxIf(lack, seen, is_model AND NOT has_text) AS no_text_reason
FROM (
  SELECT tenant, day, service, environment, scope, scope_version, trace_id, if(span_id = '', id, span_id) AS span,
    max(received_at) AS seen,
    max(operation IN ('chat', 'generate_content', 'text_completion', 'embeddings', 'rerank', 'transcribe', 'speak'))
      AS is_model,
    max(capture_input != 'absent' OR capture_output != 'absent') AS has_text,
    argMax(interactions.dialect, (capture_input != 'absent' OR capture_output != 'absent', kind = 'span', id)) AS dialect,
    max(model != '') AS served, max(actor_user != '' OR actor_on_behalf_of != '') AS has_actor,
    max(notEmpty(interactions.unscanned)) AS was_unscanned, max(signal_error) AS failed,
    argMax(capture_reason, (kind = 'span', id)) AS lack
  FROM {database}.interactions
  GROUP BY tenant, day, service, environment, scope, scope_version, trace_id, span
)
GROUP BY tenant, day, service, environment, dialect, scope, scope_version;

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
