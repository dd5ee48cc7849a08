/** A real PostgreSQL in a directory of one's own: for `npm start`, the tests and the benchmark. */
import { join, resolve } from 'node:path';
import { chooseAccount } from './account.ts';
import { findBinaries, type PostgresBinaries } from './binaries.ts';
import { ensureCluster } from './cluster.ts';
import { databaseUrl, ensureDatabase } from './database.ts';
import { lockDataDirectory } from './owner-lock.ts';
import { placeData, placePrograms } from './placement.ts';
import type { ServerOptions } from './server.ts';
import { type StartedServer, startPatiently } from './start-patiently.ts';

/** Where it lives and who may use it. */
export interface LocalPostgresOptions {
  /** Made when absent, or a link to the place of the data where PostgreSQL's account cannot reach it; `<dataDirectory>.owner` beside it is the lock. */
  readonly dataDirectory: string;
  /** 0 or absent: a free one. */
  readonly port?: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** Folder with the programs of another PostgreSQL, `initdb` and `postgres`; npm's unless given. */
  readonly binDirectory?: string;
  /** Takes each line of the server's log. */
  readonly onLog?: (line: string) => void;
}

/** A PostgreSQL that this process started. It outlives a process that is killed; the next start takes its place. */
export interface LocalPostgres {
  readonly url: string;
  /** The same after `restart`. */
  readonly port: number;
  /** Where the data is: elsewhere than was asked for where PostgreSQL's account cannot go there. */
  readonly dataDirectory: string;
  /** The postmaster's; undefined while it is down. */
  pid(): number | undefined;
  /** Fast shutdown, and the directory is free for others. */
  stop(): Promise<void>;
  /** SIGKILL to the postmaster: a crash, for tests. The directory stays ours; go on with `restart` or `stop`. */
  kill(): Promise<void>;
  /** Stops if running, then starts on the same port. */
  restart(): Promise<void>;
}

/**
 * Makes the cluster and the database where needed, and starts PostgreSQL on 127.0.0.1.
 *
 * @throws {LocalPostgresError} with one line that says what to do; nothing is left running then.
 */
export async function startLocalPostgres(options: LocalPostgresOptions): Promise<LocalPostgres> {
  const dataDirectory = resolve(options.dataDirectory);
  const unlock = await lockDataDirectory(dataDirectory);
  try {
    const server = await prepare(dataDirectory, options);
    return await open(options, server, unlock);
  } catch (error) {
    await unlock();
    throw error;
  }
}

async function prepare(dataDirectory: string, options: LocalPostgresOptions): Promise<ServerOptions> {
  const [found, account] = await Promise.all([programsOf(options), chooseAccount(dataDirectory)]);
  const [binaries, place] = await Promise.all([placePrograms(found, account), placeData(dataDirectory, account)]);
  await ensureCluster({ ...options, ...binaries, dataDirectory: place, account });
  return { ...binaries, dataDirectory: place, account, port: options.port ?? 0, onLog: options.onLog ?? (() => undefined) };
}

async function programsOf({ binDirectory }: LocalPostgresOptions): Promise<PostgresBinaries> {
  if (binDirectory === undefined) return findBinaries();
  return { initdb: join(binDirectory, 'initdb'), postgres: join(binDirectory, 'postgres') };
}

async function open(options: LocalPostgresOptions, wanted: ServerOptions, unlock: () => Promise<void>): Promise<LocalPostgres> {
  let run: StartedServer = await startPatiently(wanted);
  const { port } = run;
  const address = { ...options, port };
  await ensureDatabase(address).catch(async (error: unknown) => {
    await run.server.stop();
    throw error;
  });
  return {
    url: databaseUrl(address),
    port,
    dataDirectory: wanted.dataDirectory,
    pid: () => (run.server.running() ? run.server.pid : undefined),
    stop: () => run.server.stop().then(unlock),
    kill: () => run.server.kill(),
    restart: async () => {
      await run.server.stop();
      run = await startPatiently({ ...wanted, port });
    },
  };
}
