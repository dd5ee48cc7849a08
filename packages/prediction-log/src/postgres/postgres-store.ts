/** The log in PostgreSQL. Nothing waits for the server at start: the first call connects and brings the table into shape. */
import { Pool, type PoolClient, type PoolConfig } from 'pg';
import type { Batch } from '../batch.ts';
import { assertLimit, invalidCursor, pageOf } from '../page-query.ts';
import type { PredictionPage, PredictionQuery, PredictionStore, TimeSpan } from '../port.ts';
import { cleanText } from '../record-json.ts';
import { appendSql } from './append-statement.ts';
import { batchQuery } from './batch-query.ts';
import { migrate } from './migrations.ts';
import { countStatement, feedbackStatement, pageStatement, type Statement, toCounts, toPredictions } from './queries.ts';
import { migrationError, storeError } from './store-error.ts';
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
}

/**
 * The store; connects on first use.
 *
 * @throws {PredictionLogError} `PREDICTION_LOG_TARGET_INVALID` for a target that cannot be a column
 */
export function createPostgresStore(options: PostgresStoreOptions): PredictionStore {
  return new PostgresStore(options.connectionString, options.target);
}

class PostgresStore implements PredictionStore {
  /** Readers must not hold up the writing: it has a connection of its own. */
  readonly #writing: Pool;
  readonly #reading: Pool;
  readonly #targetName: string;
  readonly #target: string;
  readonly #append: { readonly name: string; readonly text: string };
  #migrated: Promise<void> | undefined;

  constructor(connectionString: string, target: string) {
    this.#targetName = target;
    this.#target = targetColumn(target);
    this.#append = { name: 'append', text: appendSql(this.#target) };
    this.#writing = createPool({ connectionString, max: 1 });
    this.#reading = createPool({ connectionString, max: READ_CONNECTIONS });
  }

  async append({ rows, bytes }: Batch): Promise<void> {
    if (rows === 0) return;
    // Without the last line's end, behind which an empty line would be.
    const statement = batchQuery(this.#append, bytes.subarray(0, -1));
    await this.#query(async () => await this.#writing.query(statement));
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

  async #migrate(): Promise<void> {
    const client: PoolClient = await this.#writing.connect();
    let failure: Error | undefined;
    try {
      await migrate(client, this.#targetName, this.#target);
    } catch (error) {
      failure = migrationError(error);
      throw failure;
    } finally {
      // With an error the connection is closed, and what it had begun rolled back.
      client.release(failure);
    }
  }
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
