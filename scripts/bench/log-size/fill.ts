/** Fills a prediction log with rows as the API writes them: 90 days, a version that is rare, a label that is rarer. */
import { runSql } from '@iris/local-postgres';
import { migrateDatabase } from '@iris/prediction-log/postgres';

/** Rows in one statement. */
const ROWS_PER_STATEMENT = 250_000;
export const DAYS = 90;
export const COMMON_VERSION = '1.1.0';
/** One row of a million. */
export const RARE_VERSION = 'rare';
/** One row of two million, and of one version only. */
export const RARE_LABEL = 'oddity';
/** Both versions and labels have millions of rows; there is no row of both. */
export const DISJOINT = { version: '1.1.0', label: 'retired' } as const;
export const TARGET = 'species';

/** Fills an empty database; with all indexes and triggers there, as they are in service: about a minute for a million rows. */
export async function fillLog(url: string, rows: number, report: (line: string) => void): Promise<void> {
  await migrateDatabase({ connectionString: url, target: TARGET });
  for (let from = 0; from < rows; from += ROWS_PER_STATEMENT) {
    report(`log size: ${from.toLocaleString('en')} of ${rows.toLocaleString('en')} rows`);
    await runSql(url, FILL, [from + 1, Math.min(from + ROWS_PER_STATEMENT, rows), rows]);
  }
  report('log size: vacuum');
  await runSql(url, 'VACUUM ANALYZE predictions');
}

const FILL = `
  INSERT INTO predictions (record_id, request_id, created_at, ${TARGET}, model, version, features, probabilities, instance, feedback)
  SELECT uuid, uuid::text, now() - interval '${DAYS} days' * (1 - n::float8 / $3::int), label, 'rf',
         CASE WHEN n % 1000000 = 0 THEN '${RARE_VERSION}' WHEN n <= 0.4 * $3::int THEN '1.0.0' ELSE '${COMMON_VERSION}' END,
         jsonb_build_object('sepal_length', round((5.8 + 0.8 * x)::numeric, 1), 'sepal_width', round((3 + 0.4 * y)::numeric, 1),
                            'petal_length', round((3.7 + 1.7 * x)::numeric, 1), 'petal_width', round((1.2 + 0.7 * x)::numeric, 1)),
         jsonb_build_object('setosa', 0.97, 'versicolor', 0.02, 'virginica', 0.01), 'mlops-server-7d4b9c5f6d-' || (n % 3),
         CASE WHEN n % 50 = 0 THEN label END
  FROM (
    SELECT n, gen_random_uuid() AS uuid, random() - 0.5 AS x, random() - 0.5 AS y,
           CASE WHEN n % 2000000 = 7 AND n <= 0.4 * $3::int THEN '${RARE_LABEL}'
                WHEN n % 4 = 3 AND n <= 0.4 * $3::int THEN '${DISJOINT.label}'
                ELSE (ARRAY['setosa', 'versicolor', 'virginica'])[1 + n % 3] END AS label
    FROM generate_series($1::int, $2::int) AS n
  ) AS drawn`;
