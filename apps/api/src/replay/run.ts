/** Carries out the replay command. */
import type { PredictionStore } from '@iris/prediction-log';
import { createPostgresStore } from '@iris/prediction-log/postgres';
import { type ReplayCount, readLines, replayFile, replayLog } from '@iris/prediction-log/replay';
import { listDeadLetters } from '@iris/prediction-log/spool';
import { readSettings } from '@iris/settings';
import { runCommand } from '../command.ts';
import { logFaults, SETTINGS } from '../config.ts';
import type { Machine } from '../machine-folders.ts';
import { spoolFolders } from '../open-spool.ts';
import { HELP, OPTION_NAMES, parseCommandLine, type ReplayCommand } from './command-line.ts';

const EXIT = { ok: 0, left: 1, usage: 2 } as const;

/** What the command reads and writes besides the database. */
export interface ReplayStreams {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
}

/** Runs the command; gives the exit code. */
export function run(argv: readonly string[], machine: Machine, streams: ReplayStreams): Promise<number> {
  async function carryOut(): Promise<number> {
    const command = parseCommandLine(argv);
    if (!command.help) return await replay(command, machine, streams);
    streams.stdout.write(HELP);
    return EXIT.ok;
  }
  const exitCodes = { usage: EXIT.usage, failed: EXIT.left };
  const example = 'npm run replay -- --target species';
  const { environment } = machine;
  return runCommand({ optionNames: OPTION_NAMES, example, exitCodes, carryOut }, { environment, stderr: streams.stderr });
}

async function replay({ target, files }: ReplayCommand, machine: Machine, { stdin, stdout }: ReplayStreams): Promise<number> {
  const { databaseUrl, spoolDirectory } = readDatabase(machine.environment);
  const stores = new Map<string, PredictionStore>();
  const storeOf = (name: string) => {
    const store = stores.get(name) ?? createPostgresStore({ connectionString: databaseUrl, target: name });
    stores.set(name, store);
    return store;
  };
  const found = files.length > 0 ? files : await findFiles(databaseUrl, spoolDirectory, target, machine);
  let left = 0;
  try {
    for (const path of found) {
      const options = { storeOf, target };
      const count = await (path === '-' ? replayLog(readLines(stdin), options) : replayFile(path, options));
      left += count.left;
      stdout.write(`${describe(path, count)}\n`);
    }
  } finally {
    await Promise.all([...stores.values()].map((store) => store.close()));
  }
  if (found.length === 0) stdout.write('nothing was set aside\n');
  return left === 0 ? EXIT.ok : EXIT.left;
}

function describe(path: string, { written, left }: ReplayCount): string {
  return `${path === '-' ? 'standard input' : path}: ${written} rows are kept, ${left} lines are left`;
}

function readDatabase(environment: Machine['environment']) {
  const { DATABASE_URL, SPOOL_DIR } = SETTINGS;
  const settings = readSettings({ DATABASE_URL, SPOOL_DIR }, environment, (given) =>
    given.DATABASE_URL === undefined
      ? [{ key: 'DATABASE_URL', detail: 'set it: there is no database to send rows to' }]
      : logFaults(given.DATABASE_URL.reveal(), undefined),
  );
  return { databaseUrl: settings.DATABASE_URL!.reveal(), spoolDirectory: settings.SPOOL_DIR };
}

async function findFiles(
  databaseUrl: string,
  named: string | undefined,
  target: string | undefined,
  machine: Machine,
): Promise<string[]> {
  if (named !== undefined) return listDeadLetters(named);
  if (target === undefined) throw new Error('name a FILE, or set SPOOL_DIR, or say --target for the folder of this machine');
  const folders = spoolFolders(databaseUrl, target, undefined, machine);
  return (await Promise.all(folders.map((folder) => listDeadLetters(folder).catch(() => [])))).flat();
}
