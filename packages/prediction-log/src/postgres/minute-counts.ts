/**
 * The table `prediction_counts`: how many rows each minute has of each version and label. Triggers keep it, whoever writes rows: this program,
 * one of an earlier version, or a person. So counting a million rows reads few.
 */
import { escapeLiteral } from 'pg';
import type { PeriodQuery } from '../port.ts';
import type { Statement } from './queries.ts';
import { nameForTarget } from './target-column.ts';

/** What the statements need of the target. */
interface Target {
  /** Quoted identifier of its column. */
  readonly target: string;
  readonly targetName: string;
}

const TABLE = `
  CREATE TABLE IF NOT EXISTS prediction_counts (
    target text, minute timestamptz, key text, version text, label text NOT NULL,
    predictions bigint NOT NULL, judged bigint NOT NULL, correct bigint NOT NULL,
    PRIMARY KEY (target, minute, key)
  ) WITH (fillfactor = 50)`;

const MINUTE_MS = 60_000;
const ADDED = 'SELECT 1 AS sign, * FROM added';
const GONE = 'SELECT -1 AS sign, * FROM gone';
/**
 * Of the function, which runs as its owner: temporary tables come last. By itself PostgreSQL looks there first, and whoever writes rows could
 * put a table of its own, with triggers, in the place of the counts (PostgreSQL documentation, CREATE FUNCTION, "Writing SECURITY DEFINER
 * Functions Safely"). For the rest of the migration's transaction.
 */
export const SEARCH_PATH = `SELECT set_config('search_path', current_setting('search_path') || ', pg_temp', true)`;
const TRIGGERS = {
  INSERT: 'REFERENCING NEW TABLE AS added',
  UPDATE: 'REFERENCING OLD TABLE AS gone NEW TABLE AS added',
  DELETE: 'REFERENCING OLD TABLE AS gone',
  TRUNCATE: '',
} as const;

/**
 * Statements that count the rows that are there and make the triggers. Meanwhile nothing is written: a second for a million rows. The function
 * runs as its owner, so that who writes rows needs no right on the counts.
 */
export function countByMinute(context: Target): string[] {
  const name = nameFor(context.targetName);
  const forget = `DELETE FROM prediction_counts WHERE target = ${escapeLiteral(context.targetName)}`;
  const body = `
    BEGIN
      IF TG_OP = 'INSERT' THEN ${addition(context, ADDED)};
      ELSIF TG_OP = 'DELETE' THEN ${addition(context, GONE)};
      ELSIF TG_OP = 'UPDATE' THEN ${addition(context, `${ADDED} UNION ALL ${GONE}`)};
      ELSE ${forget};
      END IF;
      RETURN NULL;
    END`;
  return [
    TABLE,
    'LOCK TABLE predictions IN SHARE ROW EXCLUSIVE MODE',
    forget,
    addition(context, 'SELECT 1 AS sign, * FROM predictions'),
    SEARCH_PATH,
    `CREATE OR REPLACE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS ${escapeLiteral(body)}`,
    ...Object.entries(TRIGGERS).flatMap(([event, tables]) => [
      `DROP TRIGGER IF EXISTS ${name}_${event.toLowerCase()} ON predictions`,
      `CREATE TRIGGER ${name}_${event.toLowerCase()} AFTER ${event} ON predictions ${tables} FOR EACH STATEMENT EXECUTE FUNCTION ${name}()`,
    ]),
  ];
}

/** Gives one row, `counted`: whether the counts of that target are kept, and may be read. */
export function countsStatement(targetName: string): Statement {
  const text = `
    SELECT coalesce(has_table_privilege(to_regclass('prediction_counts'), 'SELECT'), false)
       AND EXISTS (SELECT FROM pg_trigger WHERE tgrelid = to_regclass('predictions') AND tgname = $1) AS counted`;
  return { text, values: [`${nameFor(targetName)}_insert`] };
}

/** Of the function, and before each trigger's event. */
function nameFor(targetName: string): string {
  return nameForTarget('prediction_counts', targetName);
}

/** Adds the changes to the counts, in one order always: two transactions that add to the same minutes never wait for one another in a ring. */
function addition({ target, targetName }: Target, changes: string): string {
  return `
    INSERT INTO prediction_counts AS counts (target, minute, key, version, label, predictions, judged, correct)
    SELECT * FROM (
      SELECT ${escapeLiteral(targetName)}, date_trunc('minute', created_at) AS minute, md5(ROW(version, label)::text) AS key, version, label,
             sum(sign) AS predictions, coalesce(sum(sign) FILTER (WHERE feedback IS NOT NULL), 0) AS judged,
             coalesce(sum(sign) FILTER (WHERE feedback = label), 0) AS correct
      FROM (SELECT sign, created_at, version, ${target} AS label, feedback FROM (${changes}) AS changes WHERE ${target} IS NOT NULL) AS rows
      GROUP BY minute, version, label
    ) AS sums
    WHERE (predictions, judged, correct) <> (0, 0, 0) ORDER BY minute, key
    ON CONFLICT ON CONSTRAINT prediction_counts_pkey DO UPDATE SET
      predictions = counts.predictions + excluded.predictions,
      judged = counts.judged + excluded.judged,
      correct = counts.correct + excluded.correct`;
}

/**
 * Counts by version and label over `[from, to)`: whole minutes from the table of counts, what is left at both ends from the rows.
 */
export function countByMinuteStatement({ target, targetName }: Target, from: Date, to: Date): Statement {
  const [first, last] = wholeMinutes(from, to);
  const text = `
    WITH parts AS (
      SELECT version, ${target} AS label, count(*) AS predictions, count(feedback) AS judged,
             count(*) FILTER (WHERE feedback = ${target}) AS correct
      FROM predictions
      WHERE (created_at >= $1 AND created_at < $2 OR created_at >= $3 AND created_at < $4) AND ${target} IS NOT NULL
      GROUP BY 1, 2
      UNION ALL
      SELECT version, label, predictions, judged, correct FROM prediction_counts WHERE target = $5 AND minute >= $2 AND minute < $3
    )
    SELECT version, label, sum(predictions)::float8 AS predictions, sum(judged)::float8 AS judged, sum(correct)::float8 AS correct
    FROM parts GROUP BY 1, 2 HAVING sum(predictions) > 0 ORDER BY version COLLATE "C" NULLS FIRST, label COLLATE "C"`;
  return { text, values: [from, first, last, to, targetName] };
}

/**
 * Counts by piece of time and version, from the table of counts alone: its cost grows with minutes, versions and classes, not with rows. Or, where it cannot be
 * read, from the rows.
 */
export function countByPeriodStatement(
  { target, targetName }: Target,
  { from, periods, periodMs }: PeriodQuery,
  isCounted: boolean,
): Statement {
  const to = new Date(from.getTime() + periods * periodMs);
  const source = isCounted
    ? `SELECT minute AS at, version, predictions, judged, correct FROM prediction_counts
       WHERE target = ${escapeLiteral(targetName)} AND minute >= $1 AND minute < $2`
    : `SELECT created_at AS at, version, 1 AS predictions, (feedback IS NOT NULL)::int AS judged, (feedback IS NOT DISTINCT FROM ${target})::int AS correct
       FROM predictions WHERE created_at >= $1 AND created_at < $2 AND ${target} IS NOT NULL`;
  const text = `
    SELECT floor(extract(epoch FROM at - $1::timestamptz) / $3::float8)::int AS period, version, sum(predictions)::float8 AS predictions,
           sum(judged)::float8 AS judged, sum(correct)::float8 AS correct
    FROM (${source}) AS counts GROUP BY 1, 2 HAVING sum(predictions) > 0 ORDER BY 1, version COLLATE "C" NULLS FIRST`;
  return { text, values: [from, to, periodMs / 1000] };
}

/** The whole minutes of a span; none, at its end, where it has none. */
function wholeMinutes(from: Date, to: Date): [Date, Date] {
  const first = Math.ceil(from.getTime() / MINUTE_MS) * MINUTE_MS;
  const last = Math.floor(to.getTime() / MINUTE_MS) * MINUTE_MS;
  return first < last ? [new Date(first), new Date(last)] : [to, to];
}
