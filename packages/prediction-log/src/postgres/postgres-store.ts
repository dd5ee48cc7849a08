/** The log in PostgreSQL. Nothing waits for the server at start: the first call connects and brings the table into shape. */
import { Pool, type PoolClient, type PoolConfig } from 'pg';
import type { Batch } from '../batch.ts';
import { PredictionLogError } from '../errors.ts';
import { assertLimit, invalidCursor, pageOf } from '../page-query.ts';
import type { PredictionPage, PredictionQuery, PredictionStore, TimeSpan } from '../port.ts';
import { cleanText } from '../record-json.ts';
import { appendSql } from './append-statement.ts';
import { batchQuery } from './batch-query.ts';
import { canaryLine } from './canary.ts';
import { findForeignShape } from './foreign-shape.ts';
import { migrate } from './migrations.ts';
import { countStatement, feedbackStatement, pageStatement, type Statement, toCounts, toPredictions } from './queries.ts';
import { migrationError, storeError, tableError } from './store-error.ts';
import { targetColumn } from './target-column.ts';

const CONNECT_MS = 3000;
/** The server ends a statement after this, the client a little later: a stopped server does not end anything. */
const STATEMENT_MS = 5000;
const ANSWER_MS = 6000;
const READ_CONNECTIONS = 3;
const MAX_BIGINT = 2n ** 63n - 1n;

/** Where and for which target. */
export interface PostgresStoreOptions {
  /** `postgresql://user:password@host:port/database`; TLS by its `sslmode`. */
  readonly connectionString: string;
  /** The dataset's target (`species`): name of the column that keeps the label. */
  readonly target: string;
  /** Takes a sentence when the table has constraints of its own that may refuse rows. */
  readonly onRisk?: (detail: string) => void;
}

/**
 * The store; connects on first use.
 *
 * @throws {PredictionLogError} `PREDICTION_LOG_TARGET_INVALID` for a target that cannot be a column
 */
export function createPostgresStore(options: PostgresStoreOptions): PredictionStore {
  return new PostgresStore(options);
}

class PostgresStore implements PredictionStore {
  /** Readers must not hold up the writing: it has a connection of its own. */
  readonly #writing: Pool;
  readonly #reading: Pool;
  readonly #targetName: string;
  readonly #target: string;
  readonly #append: { readonly name: string; readonly text: string };
  readonly #onRisk: (detail: string) => void;
  #migrated: Promise<void> | undefined;
  #toldRisk = '';

  constructor({ connectionString, target, onRisk = () => undefined }: PostgresStoreOptions) {
    this.#onRisk = onRisk;
    this.#targetName = target;
    this.#target = targetColumn(target);
    this.#append = { name: 'append', text: appendSql(this.#target) };
    this.#writing = createPool({ connectionString, max: 1 });
    this.#reading = createPool({ connectionString, max: READ_CONNECTIONS });
  }

  ready(): Promise<void> {
    return this.#query(async () => undefined);
  }

  async append(batch: Batch): Promise<void> {
    if (batch.rows === 0) return;
    try {
      // Without the last line's end, behind which an empty line would be.
      const statement = batchQuery(this.#append, batch.bytes.subarray(0, -1));
      await this.#query(async () => await this.#writing.query(statement));
    } catch (error) {
      // The row is to blame only where another one is taken.
      if (batch.rows === 1 && !(error as PredictionLogError).transient) await this.#tryCanary(error);
      throw error;
    }
  }

  async list(query: PredictionQuery): Promise<PredictionPage> {
    assertLimit(query.limit);
    assertCursor(query.cursor);
    const rows = await this.#read(pageStatement(this.#target, query));
    return pageOf(toPredictions(rows), query.limit);
  }

  async count({ from, to }: TimeSpan): ReturnType<PredictionStore['count']> {
    return toCounts(await this.#read(countStatement(this.#target, from, to)));
  }

  async recordFeedback(requestId: string, label: string): Promise<boolean> {
    const statement = feedbackStatement(this.#target, cleanText(requestId), cleanText(label));
    const { rowCount } = await this.#query(() => this.#reading.query(statement));
    return rowCount === 1;
  }

  async close(): Promise<void> {
    await Promise.all([this.#writing.end(), this.#reading.end()]);
  }

  /** Writes a row that has no fault, and rolls it back. @throws {PredictionLogError} the table's error when it is refused too. */
  async #tryCanary(refusal: unknown): Promise<void> {
    const client = await this.#writing.connect().catch((error: unknown) => {
      throw storeError(error);
    });
    let failure: Error | undefined;
    try {
      await client.query('BEGIN');
      await client.query(this.#append.text, [canaryLine()]);
      await client.query('ROLLBACK');
    } catch {
      failure = tableError(refusal);
      throw failure;
    } finally {
      client.release(failure);
    }
  }

  async #read(statement: Statement): Promise<unknown[]> {
    return (await this.#query(() => this.#reading.query(statement))).rows as unknown[];
  }

  async #query<T>(query: () => Promise<T>): Promise<T> {
    try {
      await this.#ready();
      return await query();
    } catch (error) {
      const failure = storeError(error);
      // Look at the table again: it may have been dropped, or the server be another one now.
      if (failure.transient) this.#migrated = undefined;
      throw failure;
    }
  }

  #ready(): Promise<void> {
    this.#migrated ??= this.#migrate();
    return this.#migrated;
  }

  /** What keeps every row out stops here, before the table is touched; what may refuse some is told, and tried. */
  async #assertShape(client: PoolClient): Promise<void> {
    const { obstacles, risks } = await findForeignShape(client, this.#targetName);
    if (obstacles.length > 0) {
      const detail = `the table predictions is not ours and takes none of our rows: ${obstacles.join('; ')}`;
      throw new PredictionLogError('PREDICTION_LOG_UNAVAILABLE', detail);
    }
    const risk = risks.join('; ');
    if (risk !== '' && risk !== this.#toldRisk) this.#onRisk(`the table predictions may refuse rows: ${risk}`);
    this.#toldRisk = risk;
  }

  async #migrate(): Promise<void> {
    const client: PoolClient = await this.#writing.connect();
    let failure: Error | undefined;
    try {
      await this.#assertShape(client);
      await migrate(client, this.#targetName, this.#target).catch((error: unknown) => {
        throw migrationError(error);
      });
      await assertWritable(client);
    } catch (error) {
      failure = storeError(error);
      throw failure;
    } finally {
      // With an error the connection is closed, and what it had begun rolled back.
      client.release(failure);
    }
  }
}

/** A standby answers all that reads. */
async function assertWritable(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ transaction_read_only: string }>('SHOW transaction_read_only');
  if (rows[0]?.transaction_read_only !== 'on') return;
  throw storeError(Object.assign(new Error('the server is read-only'), { code: '25006' }));
}

function createPool(config: PoolConfig): Pool {
  const pool = new Pool({
    ...config,
    application_name: 'iris-prediction-log',
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    query_timeout: ANSWER_MS,
    keepAlive: true,
    allowExitOnIdle: true,
  });
  // Without a listener, the end of an idle connection would end the process; the next query connects anew.
  pool.on('error', () => undefined);
  return pool;
}

function assertCursor(cursor: string | undefined): void {
  if (cursor === undefined || (/^\d{1,19}$/.test(cursor) && BigInt(cursor) <= MAX_BIGINT)) return;
  throw invalidCursor(cursor);
}
