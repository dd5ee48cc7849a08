/** The connections of a store: one for writing, some for reading and some for counting, so that none holds up another. */
import { Pool, type PoolClient, type QueryResult } from 'pg';
import { type Address, parseAddress } from './address.ts';
import { clientConfig, connectAnyWay } from './connection.ts';
import type { Statement } from './queries.ts';
import { readEncryption } from './tls.ts';

/** The server ends a statement after this, the client a little later: a stopped server does not end anything. */
export const STATEMENT_MS = 5000;
export const ANSWER_MS = 6000;
/** For one part of a scan: its first one may have to look through the whole table. */
const SCAN_MS = 60_000;
/**
 * All rows are wanted, so that the plan for the first ones is not the one to take. The newest come by the index: where the table has grown faster than
 * it is analysed, the planner expects few rows and would read and sort a million.
 */
const SCAN_SETTINGS = `BEGIN READ ONLY; SET LOCAL statement_timeout = ${SCAN_MS}; SET LOCAL cursor_tuple_fraction = 1; SET LOCAL enable_sort = off`;
const ROWS_PER_PART = 1000;
const FETCH = { text: `FETCH ${ROWS_PER_PART} FROM scan`, query_timeout: SCAN_MS + 1000 };
const APPLICATION_NAME = 'iris-prediction-log';

const CONNECTIONS = { writing: 1, reading: 3, counting: 2 } as const;
type Purpose = keyof typeof CONNECTIONS;

/** Pools of connections to one server. */
export class Pools {
  readonly #address: Address;
  readonly #pools: Readonly<Record<Purpose, Pool>>;
  readonly #scanning = new Set<PoolClient>();

  /** @throws {PredictionLogError} `PREDICTION_LOG_ADDRESS_INVALID` */
  constructor(connectionString: string) {
    this.#address = parseAddress(connectionString);
    readEncryption(this.#address);
    const create = (purpose: Purpose) => createPool(this.#address, CONNECTIONS[purpose]);
    this.#pools = { writing: create('writing'), reading: create('reading'), counting: create('counting') };
  }

  get writing(): Pool {
    return this.#pools.writing;
  }

  /** Connects in the way of encryption that the server takes, which all further connections take too. */
  open(): Promise<PoolClient> {
    return connectAnyWay(this.#address, (ssl) => {
      for (const pool of Object.values(this.#pools)) Object.assign(pool.options, { ssl });
      return this.#pools.writing.connect();
    });
  }

  /** Runs a statement with a time-out, which holds for its transaction only: a pooler gives the connection to others afterwards. */
  async query(purpose: 'reading' | 'counting', statement: Statement): Promise<QueryResult> {
    const client = await this.#pools[purpose].connect();
    let failure: Error | undefined;
    try {
      await client.query(`BEGIN; SET LOCAL statement_timeout = ${STATEMENT_MS}`);
      const result = await client.query(statement);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      failure = error as Error;
      throw error;
    } finally {
      // With an error the connection is closed, and what it had begun rolled back.
      client.release(failure);
    }
  }

  /** Gives the rows of a statement part by part, through a cursor: neither side holds all of them. It lives within its transaction, as a pooler demands. */
  async *stream({ text, values }: Statement): AsyncGenerator<unknown[]> {
    const client = await this.#pools.counting.connect();
    this.#scanning.add(client);
    // Whoever leaves before the end, or fails, leaves a transaction behind: such a connection is closed.
    let isUsable = false;
    try {
      await client.query(SCAN_SETTINGS);
      await client.query(`DECLARE scan NO SCROLL CURSOR FOR ${text}`, values);
      let next: Promise<QueryResult> | undefined = fetchPart(client);
      while (next) {
        const { rows }: QueryResult = await next;
        // The server reads the next part while this one is looked at.
        next = rows.length < ROWS_PER_PART ? undefined : fetchPart(client);
        if (rows.length > 0) yield rows;
      }
      await client.query('COMMIT');
      isUsable = true;
    } finally {
      this.#scanning.delete(client);
      client.release(!isUsable);
    }
  }

  async close(): Promise<void> {
    // A pool waits for its connections, and a scan for a server that stands still: for longer than anybody waits for the end of a process.
    for (const client of this.#scanning) client.end().catch(() => undefined);
    await Promise.all(Object.values(this.#pools).map((pool) => pool.end()));
  }
}

/** An answer that nobody waits for any more may fail unseen: whoever leaves a scan ends its connection. */
function fetchPart(client: PoolClient): Promise<QueryResult> {
  const answer = client.query(FETCH);
  answer.catch(() => undefined);
  return answer;
}

function createPool(address: Address, max: number): Pool {
  const pool = new Pool({ ...clientConfig(address, APPLICATION_NAME), max, query_timeout: ANSWER_MS, allowExitOnIdle: true });
  // Without listeners, the end of a connection would end the process: of one that is idle, and of one that somebody holds between two queries.
  // The next query fails, or connects anew.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
