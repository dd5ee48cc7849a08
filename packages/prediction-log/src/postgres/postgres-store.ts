/** The log in PostgreSQL. Nothing waits for the server at start: the first call connects and brings the table into shape. */
import type { PoolClient } from 'pg';
import type { Batch } from '../batch.ts';
import type { PredictionLogError } from '../errors.ts';
import { type Found, judge } from '../judge.ts';
import { assertLimit, invalidCursor, pageOf } from '../page-query.ts';
import type {
  Feedback,
  FeedbackOutcome,
  JudgedPrediction,
  NewestRows,
  PeriodCount,
  PeriodQuery,
  PredictionPage,
  PredictionQuery,
  PredictionStore,
  ScannedPrediction,
  ScanQuery,
  TimeSpan,
} from '../port.ts';
import { scanEach } from '../scan-each.ts';
import { appendSql } from './append-statement.ts';
import { type BatchStatement, batchQuery, batchStatement } from './batch-query.ts';
import { takesCanary } from './canary.ts';
import { feedbackStatement, scanFeedbackStatement } from './feedback-statements.ts';
import { assertOurShape } from './foreign-shape.ts';
import { migrate } from './migrations.ts';
import { countByMinuteStatement, countByPeriodStatement, countsStatement } from './minute-counts.ts';
import { pageIndexStatement } from './page-index.ts';
import { Pools, STATEMENT_MS } from './pools.ts';
import {
  countStatement,
  filteredPageStatement,
  pageStatement,
  type Statement,
  scanStatement,
  toCounts,
  toPredictions,
} from './queries.ts';
import { migrationError, storeError, tableError } from './store-error.ts';
import { targetColumn } from './target-column.ts';

const MAX_BIGINT = 2n ** 63n - 1n;

/** Where and for which target. */
export interface PostgresStoreOptions {
  /** `postgresql://user:password@host:port/database`, or with the directory of a socket as `host`; TLS by its `sslmode`. */
  readonly connectionString: string;
  /** The dataset's target (`species`): name of the column that keeps the label. */
  readonly target: string;
  /** Takes a sentence when the table has constraints of its own that may refuse rows. */
  readonly onRisk?: (detail: string) => void;
}

/**
 * The store; connects on first use.
 *
 * @throws {PredictionLogError} `PREDICTION_LOG_TARGET_INVALID` for a target that cannot be a column, `PREDICTION_LOG_ADDRESS_INVALID`
 */
export function createPostgresStore(options: PostgresStoreOptions): PredictionStore {
  return new PostgresStore(options);
}

class PostgresStore implements PredictionStore {
  readonly #pools: Pools;
  readonly #targetName: string;
  readonly #target: string;
  readonly #append: BatchStatement;
  readonly #onRisk: (detail: string) => void;
  #migrated: Promise<void> | undefined;
  #toldRisk = '';
  #counted = false;
  #isPageIndexUsable = false;

  constructor({ connectionString, target, onRisk = () => undefined }: PostgresStoreOptions) {
    this.#onRisk = onRisk;
    this.#targetName = target;
    this.#target = targetColumn(target);
    this.#append = batchStatement(appendSql(this.#target), STATEMENT_MS);
    this.#pools = new Pools(connectionString);
  }

  ready(): Promise<void> {
    return this.#query(async () => undefined);
  }

  async append(batch: Batch): Promise<void> {
    if (batch.rows === 0) return;
    try {
      // Without the last line's end, behind which an empty line would be.
      const statement = batchQuery(this.#append, batch.bytes.subarray(0, -1));
      await this.#query(async () => await this.#pools.writing.query(statement));
    } catch (error) {
      // The row is to blame only where others are taken.
      if (batch.rows === 1 && (error as PredictionLogError).code === 'PREDICTION_LOG_REFUSED')
        await this.#tryCanaries(batch, error);
      throw error;
    }
  }

  async list(query: PredictionQuery): Promise<PredictionPage> {
    assertLimit(query.limit);
    assertCursor(query.cursor);
    // The index takes an empty version and none for the same.
    const isFiltered = (query.version ?? query.label) !== undefined && query.version !== '';
    const statementOf = isFiltered && (await this.#hasPageIndex()) ? filteredPageStatement : pageStatement;
    const rows = await this.#read('reading', statementOf(this.#target, query));
    return pageOf(toPredictions(rows), query.limit);
  }

  async count({ from, to }: TimeSpan): ReturnType<PredictionStore['count']> {
    const target = { target: this.#target, targetName: this.#targetName };
    const statement = (await this.#isCounted())
      ? countByMinuteStatement(target, from, to)
      : countStatement(this.#target, from, to);
    return toCounts(await this.#read('counting', statement));
  }

  async countByPeriod(query: PeriodQuery): Promise<readonly PeriodCount[]> {
    const target = { target: this.#target, targetName: this.#targetName };
    const statement = countByPeriodStatement(target, query, await this.#isCounted());
    return (await this.#read('counting', statement)) as PeriodCount[];
  }

  scan(query: ScanQuery): AsyncIterable<readonly ScannedPrediction[]> {
    return this.#stream(scanStatement(this.#target, query));
  }

  scanNewest(spans: readonly TimeSpan[], limit: number): AsyncIterable<NewestRows> {
    return scanEach((query) => this.scan(query), spans, limit);
  }

  scanFeedback(span: TimeSpan): AsyncIterable<readonly JudgedPrediction[]> {
    return this.#stream(scanFeedbackStatement(this.#target, span));
  }

  async recordFeedback(feedback: Feedback): Promise<FeedbackOutcome> {
    const [found] = (await this.#read('reading', feedbackStatement(this.#target, feedback))) as [Found];
    return judge(found, feedback);
  }

  async close(): Promise<void> {
    await this.#pools.close();
  }

  /** Writes rows that have no fault, and rolls them back. @throws {PredictionLogError} the table's error when it takes none of them either. */
  async #tryCanaries(refused: Batch, refusal: unknown): Promise<void> {
    const client = await this.#pools.writing.connect().catch((error: unknown) => {
      throw storeError(error);
    });
    const isOneTaken = await takesCanary(client, this.#target, refused).catch(() => false);
    const failure = isOneTaken ? undefined : tableError(refusal);
    client.release(failure);
    if (failure) throw failure;
  }

  /** Looked for until it is there: on a large table it is made after the migration, which is not waited for. */
  async #hasPageIndex(): Promise<boolean> {
    if (this.#isPageIndexUsable) return true;
    const [row] = (await this.#read('reading', pageIndexStatement(this.#targetName))) as [{ readonly usable: boolean }];
    this.#isPageIndexUsable = row.usable;
    return row.usable;
  }

  async #isCounted(): Promise<boolean> {
    await this.ready();
    return this.#counted;
  }

  async #read(purpose: 'reading' | 'counting', statement: Statement): Promise<unknown[]> {
    return (await this.#query(() => this.#pools.query(purpose, statement))).rows as unknown[];
  }

  async *#stream<Row>(statement: Statement): AsyncGenerator<readonly Row[]> {
    try {
      await this.#ready();
      for await (const rows of this.#pools.stream(statement)) yield rows as Row[];
    } catch (error) {
      throw this.#failureOf(error);
    }
  }

  async #query<T>(query: () => Promise<T>): Promise<T> {
    try {
      await this.#ready();
      return await query();
    } catch (error) {
      throw this.#failureOf(error);
    }
  }

  #failureOf(error: unknown): PredictionLogError {
    const failure = storeError(error);
    // Look at the table again: it may have been dropped, or the server be another one now.
    if (failure.transient) {
      this.#migrated = undefined;
      this.#isPageIndexUsable = false;
    }
    return failure;
  }

  #ready(): Promise<void> {
    this.#migrated ??= this.#migrate();
    return this.#migrated;
  }

  /** What keeps every row out stops here, before the table is touched; what may refuse some is told, and tried. */
  async #assertShape(client: PoolClient): Promise<void> {
    const risk = await assertOurShape(client, this.#targetName);
    if (risk !== '' && risk !== this.#toldRisk) this.#onRisk(`the table predictions may refuse rows: ${risk}`);
    this.#toldRisk = risk;
  }

  async #migrate(): Promise<void> {
    const client = await this.#pools.open();
    let failure: Error | undefined;
    try {
      await this.#assertShape(client);
      await migrate(client, this.#targetName, this.#target).catch((error: unknown) => {
        throw migrationError(error);
      });
      await assertWritable(client);
      const { rows } = await client.query<{ counted: boolean }>(countsStatement(this.#targetName));
      this.#counted = rows[0]?.counted === true;
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

function assertCursor(cursor: string | undefined): void {
  if (cursor === undefined || (/^\d{1,19}$/.test(cursor) && BigInt(cursor) <= MAX_BIGINT)) return;
  throw invalidCursor(cursor);
}
