/**
 * Pages of one version, of one label, or of both, also where such rows are few among millions: one index serves all three. It holds the ids of each
 * group of rows (version and label), and a page merges the newest of the groups that it is about.
 */
import type { PredictionQuery } from '../port.ts';
import { cleanText } from '../record-json.ts';
import type { LateIndex } from './late-indexes.ts';
import type { Statement } from './queries.ts';
import { nameForTarget } from './target-column.ts';

/** What the statements need of the target. */
interface Target {
  /** Quoted identifier of its column. */
  readonly target: string;
  readonly targetName: string;
}

/** Rows that others wrote may have no version: they are a group too. */
const VERSION = `coalesce(version, '')`;
const [FIRST_ID, LAST_ID] = ['-9223372036854775808', '9223372036854775807'];

function nameOf(targetName: string): string {
  return nameForTarget('predictions_pages', targetName);
}

/** The index: its size is some 50 bytes a row. */
export function pageIndex({ target, targetName }: Target): LateIndex {
  return { name: nameOf(targetName), on: `predictions ((${VERSION}), ${target}, id) WHERE ${target} IS NOT NULL` };
}

/** Gives one row, `usable`: whether the index is there and complete. */
export function pageIndexStatement(targetName: string): Statement {
  const text = 'SELECT EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass($1) AND indisvalid) AS usable';
  return { text, values: [nameOf(targetName)] };
}

/**
 * A query for the ids of a page's rows and of one more; adds to `values`. Needs the index: without it, it would read the table for each group.
 *
 * @param query with a version, which is not empty, or a label
 */
export function pageIdsSql(target: string, query: PredictionQuery, values: unknown[]): string {
  const { limit, cursor = LAST_ID, version, label } = query;
  const parameter = (value: unknown, type: string) => `$${values.push(value)}::${type}`;
  const [wantedVersion, wantedLabel] = [version, label].map((text) =>
    text === undefined ? undefined : parameter(cleanText(text), 'text'),
  );
  const groups =
    wantedVersion !== undefined && wantedLabel !== undefined
      ? `SELECT ${wantedVersion} AS version, ${wantedLabel} AS label`
      : groupsSql(target, wantedVersion, wantedLabel);
  const [before, count] = [parameter(cursor, 'bigint'), parameter(limit + 1, 'int')];
  // Rows are compared as a whole, and ordered alike, so that no other index than this one will do: an equal version and an order by id could be had from
  // the key too, by reading it until enough rows match.
  const key = `(${VERSION}, ${target}, id)`;
  return `
    SELECT page.id FROM (${groups}) AS groups CROSS JOIN LATERAL (
      SELECT id FROM predictions WHERE ${target} IS NOT NULL
        AND ${key} < (groups.version, groups.label, ${before}) AND ${key} > (groups.version, groups.label, ${FIRST_ID})
      ORDER BY ${VERSION} DESC, ${target} DESC, id DESC LIMIT ${count}
    ) AS page ORDER BY page.id DESC LIMIT ${count}`;
}

/** Which groups there are, from one to the next in the index: as many steps as groups, of which a log has tens. */
function groupsSql(target: string, version: string | undefined, label: string | undefined): string {
  const next = (after: string) => `
    SELECT ${VERSION} AS version, ${target} AS label FROM predictions WHERE ${target} IS NOT NULL ${after} ORDER BY 1, 2 LIMIT 1`;
  const conditions = [
    ...(version === undefined ? [] : [`version = ${version}`]),
    ...(label === undefined ? [] : [`label = ${label}`]),
  ];
  return `
    WITH RECURSIVE groups AS (
      (${next(version === undefined ? '' : `AND ${VERSION} >= ${version}`)})
      UNION ALL
      SELECT following.* FROM groups CROSS JOIN LATERAL (${next(`AND (${VERSION}, ${target}) > (groups.version, groups.label)`)}) AS following
      ${version === undefined ? '' : `WHERE groups.version <= ${version}`}
    ) SELECT version, label FROM groups WHERE ${conditions.join(' AND ')}`;
}
