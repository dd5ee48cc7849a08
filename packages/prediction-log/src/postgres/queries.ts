/** The reading side's statements and the shape of their rows. */

import type { PredictionCount, PredictionQuery, ScanQuery, StoredPrediction } from '../port.ts';
import { cleanText } from '../record-json.ts';
import { pageIdsSql } from './page-index.ts';

/** A statement and its values. */
export interface Statement {
  readonly text: string;
  readonly values: unknown[];
}

/** One page and a row more; `target` is a quoted identifier. Rows of another target, or of none, are not this log's. */
export function pageStatement(target: string, { limit, cursor, version, label }: PredictionQuery): Statement {
  const values: unknown[] = [];
  const conditions = [`${target} IS NOT NULL`];
  const filters = [
    ['id <', cursor],
    ['version =', version && cleanText(version)],
    [`${target} =`, label && cleanText(label)],
  ] as const;
  for (const [comparison, value] of filters) {
    if (value !== undefined) conditions.push(`${comparison} $${values.push(value)}`);
  }
  const text = `${selectPage(target)} WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT $${values.push(limit + 1)}`;
  return { text, values };
}

/** The same for a page of one version or label, by the index for it. */
export function filteredPageStatement(target: string, query: PredictionQuery): Statement {
  const values: unknown[] = [];
  return { text: `${selectPage(target)} WHERE id = ANY (ARRAY(${pageIdsSql(target, query, values)})) ORDER BY id DESC`, values };
}

function selectPage(target: string): string {
  return `
    SELECT id, request_id AS "requestId", created_at AS "createdAt", ${target} AS label, model, version, features, probabilities, instance,
           feedback
    FROM predictions`;
}

/** Every row of a span, in no order; with a limit the newest. `target` is a quoted identifier. */
export function scanStatement(target: string, { from, to, model, version, limit }: ScanQuery): Statement {
  const values: unknown[] = [from, to];
  const conditions = [`created_at >= $1 AND created_at < $2 AND ${target} IS NOT NULL`];
  if (model !== undefined) conditions.push(`model = $${values.push(cleanText(model))}`);
  if (version !== undefined) conditions.push(`version = $${values.push(cleanText(version))}`);
  const newest = limit === undefined ? '' : `ORDER BY created_at DESC LIMIT $${values.push(limit)}`;
  const text = `SELECT ${target} AS label, features, probabilities FROM predictions WHERE ${conditions.join(' AND ')} ${newest}`;
  return { text, values };
}

/** Counts by version and label over `[from, to)` row by row; `target` is a quoted identifier. */
export function countStatement(target: string, from: Date, to: Date): Statement {
  const text = `
    SELECT version, ${target} AS label, count(*)::float8 AS predictions, count(feedback)::float8 AS judged,
           count(*) FILTER (WHERE feedback = ${target})::float8 AS correct
    FROM predictions WHERE created_at >= $1 AND created_at < $2 AND ${target} IS NOT NULL
    GROUP BY 1, 2 ORDER BY version COLLATE "C" NULLS FIRST, ${target} COLLATE "C"`;
  return { text, values: [from, to] };
}

/** Rows of `pageStatement`; `pg` gives a bigint as text. */
export function toPredictions(rows: readonly unknown[]): StoredPrediction[] {
  return rows as StoredPrediction[];
}

/** Rows of `countStatement`. */
export function toCounts(rows: readonly unknown[]): PredictionCount[] {
  return rows as PredictionCount[];
}
