/** Carries out one command: parse, load, train, report, write. */
import { assertModelFileWritable, writeModelFile } from '@iris/model-file';
import { describeTaken, optionsTakenByNpm } from '@iris/settings/npm-options';
import { TrainingError } from '@iris/training';
import { GENERAL_OPTIONS, parseCommandLine, type TrainCommand } from './command-line.ts';
import { findWeaknesses } from './gates.ts';
import { helpText } from './help.ts';
import { describeFormat, loadDataset } from './load-dataset.ts';
import { createProgress, type ProgressStream } from './progress.ts';
import { formatEvaluation } from './report.ts';
import { type TrainingOutcome, train } from './train.ts';
import { UsageError } from './usage-error.ts';

/** Exit codes. */
const EXIT = { ok: 0, failed: 1, usage: 2 } as const;

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the command writes: results to `stdout`; progress and errors to `stderr`. */
export interface Output {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: ProgressStream;
}

/**
 * Runs the command line.
 *
 * @param argv the arguments after the program's name.
 * @param environment what npm says of its own options.
 * @returns the exit code.
 */
export async function run(argv: readonly string[], environment: Environment, output: Output): Promise<number> {
  try {
    refuseTaken(environment);
    const command = parseCommandLine(argv);
    if (command) return await runTraining(command, output);
    output.stdout.write(helpText());
    return EXIT.ok;
  } catch (error) {
    output.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return error instanceof UsageError || error instanceof TrainingError ? EXIT.usage : EXIT.failed;
  }
}

function refuseTaken(environment: Environment): void {
  const taken = optionsTakenByNpm(GENERAL_OPTIONS, environment);
  if (taken.length > 0) throw new UsageError(describeTaken(taken, 'npm run train -- --dataset iris'));
}

async function runTraining(command: TrainCommand, output: Output): Promise<number> {
  // Now, not after an hour of training.
  await assertModelFileWritable(command.outPath);
  const dataset = await loadDataset(command.source);
  const { schema, samples, format } = dataset;
  output.stdout.write(`${command.model} ${command.version} on ${schema.name}, ${samples.length} samples\n`);
  const found = format && describeFormat(format);
  if (found) output.stdout.write(`the file is read as ${found}\n`);
  const progress = createProgress(output.stderr);
  let outcome: TrainingOutcome;
  try {
    outcome = await train(command, dataset, progress.update);
  } finally {
    progress.stop();
  }
  output.stdout.write(`${formatEvaluation(outcome.evaluation, schema)}\n`);
  for (const weakness of findWeaknesses(outcome.evaluation, schema.classes)) output.stderr.write(`warning: ${weakness}\n`);
  if (!outcome.document) {
    output.stderr.write(`${outcome.obstacle}: nothing written\n`);
    return EXIT.failed;
  }
  await writeModelFile(command.outPath, outcome.document);
  output.stdout.write(`model file: ${command.outPath}\n`);
  return EXIT.ok;
}
