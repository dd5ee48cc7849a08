/** Pages of a version or label: the same rows as without their index, in the same order, and by that index. */
import { runSql, startTemporaryPostgres, type TemporaryPostgres } from '@iris/local-postgres';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PredictionQuery, PredictionStore } from '../port.ts';
import { migrateDatabase } from './migrate-database.ts';
import { createPostgresStore } from './postgres-store.ts';
import { filteredPageStatement, pageStatement } from './queries.ts';

const ROWS = 20_000;
const TARGET = '"species"';

let postgres: TemporaryPostgres;
let store: PredictionStore;
beforeAll(async () => {
  postgres = await startTemporaryPostgres();
  await migrateDatabase({ connectionString: postgres.url, target: 'species' });
  store = createPostgresStore({ connectionString: postgres.url, target: 'species' });
  // A version of few rows, rows of none, two that share no label, and rows of another dataset.
  await sql(
    `INSERT INTO predictions (species, version)
     SELECT CASE WHEN n % 7 = 0 THEN NULL WHEN n % 1000 = 1 THEN 'odd' WHEN n < 9000 AND n % 3 = 0 THEN 'old' ELSE (ARRAY['setosa', 'virginica'])[1 + n % 2] END,
            CASE WHEN n % 5000 = 0 THEN 'rare' WHEN n % 11 = 0 THEN NULL WHEN n < 9000 THEN '1' ELSE '2' END
     FROM generate_series(1, $1::int) AS n`,
    [ROWS],
  );
  await sql('ANALYZE predictions');
});
afterAll(async () => {
  await store.close();
  await postgres.stop();
});

const sql = (text: string, values?: unknown[]) => runSql(postgres.url, text, values);

const FILTERS: readonly Omit<PredictionQuery, 'limit'>[] = [
  ...['1', '2', 'rare', 'none', '3'].map((version) => ({ version })),
  ...['setosa', 'virginica', 'old', 'odd', 'none'].map((label) => ({ label })),
  ...['1', '2', 'rare'].flatMap((version) => ['setosa', 'old', 'odd', 'none'].map((label) => ({ version, label }))),
];

describe('a page by the index', () => {
  it.each(FILTERS)('has the rows of %j from any place on', async (filter) => {
    for (const query of [
      { limit: 7 },
      { limit: 1000 },
      { limit: 50, cursor: '9000' },
      { limit: 50, cursor: '12' },
      { limit: 5, cursor: '1' },
    ]) {
      const [plain, filtered] = [pageStatement, filteredPageStatement].map((of) => of(TARGET, { ...query, ...filter }));
      expect(await sql(filtered!.text, filtered!.values), JSON.stringify(query)).toEqual(await sql(plain!.text, plain!.values));
    }
  });

  it('reads few rows, whatever the filter: also for two that share none', async () => {
    await sql('VACUUM predictions');
    for (const filter of FILTERS) {
      const { text, values } = filteredPageStatement(TARGET, { limit: 50, ...filter });
      const [plan] = await sql(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, values);
      const nodes = nodesOf((plan!['QUERY PLAN'] as [{ Plan: PlanNode }])[0].Plan);
      expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name'])).toEqual([]);
      const read = nodes.map((node) => node['Actual Loops'] * (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)));
      expect(Math.max(...read), JSON.stringify(filter)).toBeLessThan(600);
    }
  });

  it('is what the store gives, and an empty version is not the lack of one', async () => {
    const { predictions } = await store.list({ limit: 3, version: 'rare' });
    expect(predictions.map(({ id, version }) => [id, version])).toEqual([
      ['20000', 'rare'],
      ['15000', 'rare'],
      ['10000', 'rare'],
    ]);
    expect((await store.list({ limit: 3, version: '' })).predictions).toEqual([]);
  });
});

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly PlanNode[];
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

describe('the index of a large table', () => {
  const index = `SELECT indexname AS name FROM pg_indexes WHERE indexname ~ '^predictions_(pages|feedback)' ORDER BY 1`;

  /** A table of a step before, larger than one whose index is made at once. */
  async function fillDatabase(name: string): Promise<string> {
    await sql(`CREATE DATABASE ${name}`);
    const url = postgres.url.replace(/[^/]+$/, name);
    await migrateDatabase({ connectionString: url, target: 'species' });
    await runSql(
      url,
      `DROP INDEX predictions_feedback; DELETE FROM prediction_log_migrations WHERE version > 4;
       DO $$ BEGIN EXECUTE (SELECT 'DROP INDEX ' || indexname FROM pg_indexes WHERE indexname LIKE 'predictions_pages%'); END $$;
       ALTER TABLE predictions ALTER COLUMN instance SET STORAGE PLAIN;
       INSERT INTO predictions (species, version, instance) SELECT 'setosa', '1', repeat('x', 4000) FROM generate_series(1, 18000)`,
    );
    return url;
  }

  it('is made by the command alone, while others write, also after one that was cut off, and the store finds it', async () => {
    const url = await fillDatabase('large');
    const serving = createPostgresStore({ connectionString: url, target: 'species' });
    expect((await serving.list({ limit: 3, version: 'none' })).predictions).toEqual([]);
    expect(await runSql(url, index)).toEqual([]);

    const writer = new Client({ connectionString: url });
    await writer.connect();
    await writer.query(`BEGIN; INSERT INTO predictions (species, version) VALUES ('setosa', 'late')`);
    const told: string[] = [];
    const migration = migrateDatabase({ connectionString: url, target: 'species', onProgress: (detail) => told.push(detail) });
    // It waits for the writer, whom it must not miss; others go on.
    await expect.poll(() => told).toHaveLength(1);
    await runSql(url, `INSERT INTO predictions (species, version) VALUES ('setosa', 'meanwhile')`);
    await writer.query('COMMIT');
    await writer.end();
    await migration;
    expect(told).toHaveLength(2);
    expect(await runSql(url, index)).toHaveLength(2);
    for (const version of ['late', 'meanwhile']) expect((await serving.list({ limit: 3, version })).predictions).toHaveLength(1);

    await runSql(url, `UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'predictions_feedback'::regclass`);
    await migrateDatabase({ connectionString: url, target: 'species' });
    expect(await runSql(url, `SELECT indisvalid FROM pg_index WHERE indexrelid = 'predictions_feedback'::regclass`)).toEqual([
      { indisvalid: true },
    ]);
    await serving.close();
  });

  it('is made once by several commands at once', async () => {
    const url = await fillDatabase('contended');
    await Promise.all(Array.from({ length: 3 }, () => migrateDatabase({ connectionString: url, target: 'species' })));
    expect(await runSql(url, index)).toHaveLength(2);
  });
});
