/** Where predictions are kept: at the place that the environment names, else in a PostgreSQL of our own. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LocalPostgres, type LocalPostgresOptions, startLocalPostgres } from '@iris/local-postgres';
import pg from 'pg';

/** Longest wait for a database that is only asked whether it is there. */
const REACH_MS = 3000;

type Environment = Readonly<Record<string, string | undefined>>;

/** A place for predictions. */
export interface ChosenLog {
  /** What the services have to be told of it. */
  readonly settings: Readonly<Record<string, string>>;
  /** The place in words, and how it is now. */
  describe(): Promise<string>;
  stop(): Promise<void>;
}

/** Chooses the log; starts a PostgreSQL in `.data` where the environment names neither database nor files. */
export async function chooseLog(home: string, environment: Environment): Promise<ChosenLog> {
  const { DATABASE_URL, PREDICTION_LOG } = environment;
  const nothing = async () => undefined;
  if (PREDICTION_LOG) return { settings: {}, describe: async () => PREDICTION_LOG, stop: nothing };
  const data = join(home, '.data');
  const settings = { SPOOL_DIR: environment.SPOOL_DIR || join(data, 'spool') };
  if (DATABASE_URL) return { settings, describe: () => describeDatabase(DATABASE_URL, settings.SPOOL_DIR), stop: nothing };
  mkdirSync(data, { recursive: true });
  const postgres = await startPostgres(data);
  return {
    settings: { ...settings, DATABASE_URL: postgres.url },
    describe: async () => describePlace(postgres, data),
    stop: () => postgres.stop(),
  };
}

/** Says where the data is, if it is not in the checkout. */
function describePlace({ url, dataDirectory }: LocalPostgres, data: string): string {
  return dataDirectory.startsWith(data) ? url : `${url}, kept in ${dataDirectory}`;
}

/** Without the address, which may hold a password. */
async function describeDatabase(url: string, spool: string): Promise<string> {
  const fault = await askDatabase(url);
  const place = 'as DATABASE_URL says';
  return fault === undefined ? place : `${place}, which cannot be reached now (${fault}): predictions wait in ${spool}`;
}

/** What keeps the database from answering; undefined when it answers. */
async function askDatabase(connectionString: string): Promise<string | undefined> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: REACH_MS });
  // Of a connection that is lost while it ends nobody needs to hear.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return undefined;
  } catch (error) {
    // A name with several addresses fails without a message.
    const { message, code = 'no answer' } = error as NodeJS.ErrnoException;
    return message || code;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** On the port of its first start where that is free, so that a bookmark goes on working. */
async function startPostgres(data: string): Promise<LocalPostgres> {
  const options = { dataDirectory: join(data, 'postgres'), database: 'irisdb', user: 'iris', password: 'iris' };
  const memory = join(data, 'postgres.port');
  const usual = readPort(memory);
  if (usual !== undefined) return startOnPort(options, usual);
  const postgres = await startLocalPostgres(options);
  writeFileSync(memory, `${postgres.port}\n`);
  return postgres;
}

async function startOnPort(options: LocalPostgresOptions, port: number): Promise<LocalPostgres> {
  return startLocalPostgres({ ...options, port }).catch((error: { readonly code?: string }) => {
    if (error.code === 'LOCAL_POSTGRES_PORT_TAKEN') return startLocalPostgres(options);
    throw error;
  });
}

function readPort(file: string): number | undefined {
  try {
    const port = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(port) && port > 0 && port <= 65_535 ? port : undefined;
  } catch {
    return undefined;
  }
}
