/** Statements that keep and read true labels. */
import type { Feedback, TimeSpan } from '../port.ts';
import { cleanText } from '../record-json.ts';
import type { Statement } from './queries.ts';

/** Of so many sources what they told is kept beside the feedback that stands: the first ones, as a row has no room for a crowd's. */
const MAX_REPLACED = 8;

/** What each source told of the row, in the order of its last word; the feedback that stands comes last. */
const TOLD = `
  jsonb_array_elements(coalesce(feedback_replaced, '[]') || jsonb_build_array(
    jsonb_build_object('label', feedback, 'source', feedback_source, 'changed', coalesce(feedback_changed, false))
  )) WITH ORDINALITY AS told (entry, place)`;

/**
 * Sets the true label where `judge` would keep it, and gives what `judge` needs. The rows are locked: of two feedbacks at once the second sees what the first
 * has left.
 *
 * @param target quoted identifier.
 */
export function feedbackStatement(target: string, { requestId, label, replace = false, source }: Feedback): Statement {
  const isOwn = `entry->>'source' IS NOT DISTINCT FROM $4`;
  const text = `
    WITH found AS (
      SELECT id, feedback FROM predictions WHERE request_id = $1 AND ${target} IS NOT NULL ORDER BY id LIMIT 2 FOR UPDATE
    ), kept AS (
      UPDATE predictions SET feedback = $2, feedback_source = $4,
        feedback_changed = feedback IS NOT NULL AND EXISTS (
          SELECT FROM ${TOLD} WHERE ${isOwn} AND (entry->>'label' <> $2 OR (entry->>'changed')::boolean)
        ),
        feedback_replaced = CASE WHEN feedback IS NOT NULL THEN (
          SELECT jsonb_agg(entry ORDER BY place) FROM (
            SELECT entry, place FROM ${TOLD} WHERE NOT (${isOwn}) ORDER BY place LIMIT ${MAX_REPLACED}
          ) AS others
        ) END
      WHERE id IN (SELECT id FROM found) AND (SELECT count(*) FROM found) = 1 AND (feedback IS NULL OR $3 AND feedback <> $2)
    )
    SELECT count(*)::int AS found, min(feedback) AS before FROM found`;
  return { text, values: [cleanText(requestId), cleanText(label), replace, source ?? null] };
}

/** All feedback on the rows of a span, in no order. `target` is a quoted identifier. */
export function scanFeedbackStatement(target: string, { from, to }: TimeSpan): Statement {
  const text = `
    SELECT created_at AS "createdAt", features, entry->>'label' AS feedback, entry->>'source' AS source, (entry->>'changed')::boolean AS changed
    FROM predictions, ${TOLD}
    WHERE feedback IS NOT NULL AND created_at >= $1 AND created_at < $2 AND ${target} IS NOT NULL`;
  return { text, values: [from, to] };
}
