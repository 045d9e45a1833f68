-- One call may be seen in several traces: two instrumentations that each begin one, or an application and a proxy between which
-- no trace goes on. They are one by what the provider called its answer: docs/decisions/024.

-- One row is one call of a provider as one trace shows it, however many instrumentations saw it and log records told of it:
-- docs/decisions/016 and 021. `id` is the record that is billed, `text_id` the one whose row in `calls` has most text, `views`
-- all of them. A filter on tenant and trace_id reaches the table.
CREATE VIEW IF NOT EXISTS {database}.trace_calls AS
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
  cost, if(cost IS NULL, 'unknown', price_version) AS price_version, error_type, dialect, scope,
  known_as AS response_id
FROM billed
-- large stores are asked about as a whole within the memory that a reader has
SETTINGS max_bytes_before_external_group_by = 134217728;

-- One row is one call of a provider, in however many traces it was seen. For the calls of a few traces, ask `trace_calls`.
DROP VIEW IF EXISTS {database}.billable_calls;
CREATE VIEW IF NOT EXISTS {database}.billable_calls AS
WITH
  -- Answers that several traces name, or a trace and log records without one. There are few: what follows has little to do.
  shared AS (
    SELECT tenant, cityHash64(response_id) AS answer
    FROM {database}.interactions
    WHERE response_id != '' AND (trace_id != '' OR kind = 'log')
    GROUP BY tenant, answer
    HAVING min(cityHash64(trace_id)) != max(cityHash64(trace_id))
  ),
  sightings AS (
    SELECT tenant, response_id, place, min(toUnixTimestamp64Micro(started_at)) AS start_us,
      max(toUnixTimestamp64Micro(started_at) + duration_us) AS end_us, groupUniqArray((service, scope, kind)) AS witnesses,
      max(input_tokens) AS input, max(output_tokens) AS output, groupArray(id) AS ids,
      -- as in `trace_calls`: the greatest is billed, and the greatest by text tells what was said
      max((totals, details, texts, kind = 'span', id)) AS most,
      max((texts, totals, details, kind = 'span', id)) AS fullest
    FROM (
      SELECT *, response_id, if(trace_id = '', id, trace_id) AS place,
        (capture_input IN ('full', 'masked')) + (capture_output IN ('full', 'masked')) AS texts,
        (input_tokens IS NOT NULL) + (output_tokens IS NOT NULL) AS totals,
        (cached_input_tokens IS NOT NULL) + (cache_write_tokens IS NOT NULL) + (reasoning_tokens IS NOT NULL) AS details
      FROM {database}.interactions
    ) AS rows
    WHERE (trace_id != '' OR kind = 'log') AND response_id != '' AND (tenant, cityHash64(response_id)) IN shared
      AND operation IN ('chat', 'generate_content', 'text_completion', 'embeddings', 'rerank', 'transcribe', 'speak')
    GROUP BY tenant, response_id, place
  ),
  -- Those that overlap in time are of one moment: an id that comes again later is another call.
  followed AS (
    SELECT *, max(end_us) OVER (PARTITION BY tenant, response_id ORDER BY start_us, end_us, place
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS ended_us
    FROM sightings
  ),
  moments AS (
    SELECT *, sum(start_us > ended_us) OVER (PARTITION BY tenant, response_id ORDER BY start_us, end_us, place
      ROWS UNBOUNDED PRECEDING) AS moment
    FROM followed
  ),
  -- An instrumentation sees a call in one trace: where one of them appears in two, the id is no identity. Nor is it where the
  -- counts of tokens say otherwise.
  joint AS (
    SELECT tenant, response_id, groupArray(16)(place) AS places, argMax(moments.place, most) AS billing_place,
      max(fullest) AS text, arrayFlatten(groupArray(16)(ids)) AS others
    FROM moments
    GROUP BY tenant, response_id, moment
    HAVING count() BETWEEN 2 AND 16 AND uniqExactArray(witnesses) = sum(length(witnesses))
      AND (uniqExact(input) < 2 OR uniqExact(output) < 2)
  ),
  together AS (SELECT tenant, response_id, place, billing_place, text, others FROM joint ARRAY JOIN places AS place)
SELECT tenant, trace_id, call, id, if(text.1 = 0, text_id, text.5) AS text_id,
  arraySort(arrayDistinct(arrayConcat(known.views, others))) AS views, received_at, started_at, duration_us,
  conversation_id, operation, service, environment, actor_user, actor_agent, release, route, provider, requested_model, model,
  input_tokens, output_tokens, cached_input_tokens, cache_write_tokens, reasoning_tokens, cost, price_version, error_type,
  dialect, scope
FROM (SELECT *, if(trace_id = '', id, trace_id) AS place FROM {database}.trace_calls) AS known
LEFT JOIN together USING (tenant, place, response_id)
WHERE billing_place IN ('', place)
-- large stores are asked about as a whole within the memory that a reader has
SETTINGS max_bytes_before_external_group_by = 134217728;
