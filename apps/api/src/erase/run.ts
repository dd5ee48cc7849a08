/** Carries out one `erase` command. */
import { createReadStream } from 'node:fs';
import {
  type Erasure,
  erasePredictions,
  listErasures,
  type MaintenanceOptions,
  repeatErasures,
} from '@iris/prediction-log/postgres';
import { readLines } from '@iris/prediction-log/replay';
import { countSpooled, eraseDeadLetters } from '@iris/prediction-log/spool';
import { runCommand } from '../command.ts';
import { openLogDatabase } from '../log-database.ts';
import type { Machine } from '../machine-folders.ts';
import { spoolFolders } from '../open-spool.ts';
import { type EraseCommand, HELP, OPTION_NAMES, parseCommandLine } from './command-line.ts';
import { readErasures } from './kept-erasures.ts';

const EXIT = { ok: 0, failed: 1, usage: 2 } as const;

/** What the command reads and writes besides the database. */
export interface EraseStreams {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
}

/** Runs the command line; gives the exit code. Lines of JSON go to `stdout`, sentences to `stderr`. */
export function run(argv: readonly string[], machine: Machine, streams: EraseStreams): Promise<number> {
  const { environment } = machine;
  async function carryOut(): Promise<number> {
    const command = parseCommandLine(argv, environment);
    if (command) await carryOutCommand(command, machine, streams);
    else streams.stdout.write(HELP);
    return EXIT.ok;
  }
  const example = 'npm run erase -- --request-id ID --by WHO --reason WHY';
  return runCommand({ optionNames: OPTION_NAMES, example, exitCodes: EXIT, carryOut }, { environment, stderr: streams.stderr });
}

async function carryOutCommand(command: EraseCommand, machine: Machine, { stdin, stdout, stderr }: EraseStreams): Promise<void> {
  const log = await openLogDatabase(command);
  const printLine = (erasure: Erasure) => stdout.write(`${JSON.stringify(erasure)}\n`);
  if (command.kind === 'list') {
    for (const erasure of await listErasures(log)) printLine(erasure);
  } else if (command.kind === 'again') {
    const { added, predictions } = await repeatErasures(log, await readKept(command.file, stdin));
    stderr.write(`${predictions} predictions are deleted; ${added} erasures were not known to this database.\n`);
  } else {
    if (!command.isFilesOnly) {
      const erasure = await erasePredictions(log, command.request);
      printLine(erasure);
      stderr.write(`${erasure.predictions} predictions are deleted from the database.\n`);
    }
    const folders = spoolFolders(log.connectionString, log.target, command.spoolDirectory, machine);
    stderr.write(await eraseFromFiles(log, command.request.requestId, folders, command.spoolDirectory !== undefined));
  }
}

async function readKept(file: string | undefined, stdin: NodeJS.ReadableStream): Promise<Erasure[]> {
  if (file === undefined) return [];
  return readErasures(readLines(file === '-' ? stdin : createReadStream(file)));
}

/** After the database: from then on it takes none of these rows any more. */
async function eraseFromFiles(
  { target }: MaintenanceOptions,
  requestId: string,
  folders: readonly string[],
  isNamed: boolean,
): Promise<string> {
  let [setAside, waiting] = [0, 0];
  for (const folder of folders) {
    try {
      setAside += await eraseDeadLetters(folder, { requestId, target });
      waiting += await countSpooled(folder, { requestId, target });
    } catch (error) {
      // A machine's own folder may never have been made.
      if (isNamed || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  const still =
    waiting === 0
      ? ''
      : ` ${waiting} wait in files of the spool: the database takes none of them, and their files go when they are sent.`;
  return `${setAside} are deleted from files of dead letters.${still}\n`;
}
