/** Carries out one `retain` command. */
import { countOlderThan, deleteOlderThan } from '@iris/prediction-log/postgres';
import { runCommand, type Surroundings } from '../command.ts';
import { openLogDatabase } from '../log-database.ts';
import { HELP, OPTION_NAMES, parseCommandLine, type RetainCommand } from './command-line.ts';

const EXIT = { ok: 0, failed: 1, usage: 2 } as const;
/** Between two lines of progress. */
const PROGRESS_MS = 5000;

/** What the command needs of the process. */
export interface RetainSurroundings extends Surroundings {
  readonly stdout: NodeJS.WritableStream;
  readonly now: () => Date;
  /** Ends it between two batches. */
  readonly signal: AbortSignal;
}

/** Runs the command line; gives the exit code. */
export function run(argv: readonly string[], surroundings: RetainSurroundings): Promise<number> {
  const { environment, stdout } = surroundings;
  async function carryOut(): Promise<number> {
    const command = parseCommandLine(argv, environment);
    if (command) return await retain(command, surroundings);
    stdout.write(HELP);
    return EXIT.ok;
  }
  const example = 'npm run retain -- --older-than 90d';
  return runCommand({ optionNames: OPTION_NAMES, example, exitCodes: EXIT, carryOut }, surroundings);
}

async function retain(command: RetainCommand, { stdout, stderr, now, signal }: RetainSurroundings): Promise<number> {
  const { olderThanMs, batchRows, isDryRun } = command;
  const before = new Date(now().getTime() - olderThanMs);
  const options = { ...(await openLogDatabase(command)), before, batchRows };
  const which = `predictions of "${options.target}" from before ${before.toISOString()}`;
  if (isDryRun) {
    stdout.write(`${await countOlderThan(options)} ${which} would be deleted.\n`);
    return EXIT.ok;
  }
  let toldAt = now().getTime();
  function tellProgress(deleted: number): void {
    if (now().getTime() - toldAt < PROGRESS_MS) return;
    toldAt = now().getTime();
    stderr.write(`${deleted} deleted …\n`);
  }
  const { deleted, isInterrupted } = await deleteOlderThan({ ...options, signal, onProgress: tellProgress });
  stdout.write(`${deleted} ${which} are deleted${isInterrupted ? '; it was stopped, and the next run goes on' : ''}.\n`);
  return isInterrupted ? EXIT.failed : EXIT.ok;
}
