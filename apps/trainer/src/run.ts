/** Carries out one command: parse, load, train, report, write. */
import type { Dataset } from '@iris/dataset';
import { assertModelFileWritable, writeModelFile } from '@iris/model-file';
import { describeTaken, optionsTakenByNpm } from '@iris/settings/npm-options';
import { TrainingError } from '@iris/training';
import { GENERAL_OPTIONS, parseCommandLine, type TrainCommand } from './command-line.ts';
import { findWeaknesses } from './gates.ts';
import { helpText } from './help.ts';
import { describeFormat, loadDataset } from './load-dataset.ts';
import { createProgress, type ProgressStream } from './progress.ts';
import { formatEvaluation } from './report.ts';
import { type OnInterrupt, openTracking, type Tracking } from './tracking/open-tracking.ts';
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
 * @param environment what npm says of its own options, and MLflow's variables.
 * @returns the exit code.
 */
export async function run(
  argv: readonly string[],
  environment: Environment,
  output: Output,
  onInterrupt: OnInterrupt,
): Promise<number> {
  try {
    refuseTaken(environment);
    const command = parseCommandLine(argv);
    if (command) return await runTraining(command, environment, output, onInterrupt);
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

async function runTraining(
  command: TrainCommand,
  environment: Environment,
  output: Output,
  onInterrupt: OnInterrupt,
): Promise<number> {
  // Now, not after an hour of training.
  await assertModelFileWritable(command.outPath);
  const dataset = await loadDataset(command.source);
  const { schema, samples, format } = dataset;
  output.stdout.write(`${command.model} ${command.version} on ${schema.name}, ${samples.length} samples\n`);
  const found = format && describeFormat(format);
  if (found) output.stdout.write(`the file is read as ${found}\n`);
  const tracking = await openTracking(command, dataset, { environment, ...output, clock: Date.now, onInterrupt });
  try {
    return await trainAndWrite(command, dataset, output, tracking);
  } catch (error) {
    await tracking.fail((error as Error).message);
    throw error;
  }
}

async function trainAndWrite(command: TrainCommand, dataset: Dataset, output: Output, tracking: Tracking): Promise<number> {
  const { schema } = dataset;
  const progress = createProgress(output.stderr);
  let outcome: TrainingOutcome;
  try {
    outcome = await train(command, dataset, async function onProgress(fold) {
      await progress.update(fold);
      await tracking.onFold(fold);
    });
  } finally {
    progress.stop();
  }
  output.stdout.write(`${formatEvaluation(outcome.evaluation, schema)}\n`);
  for (const weakness of findWeaknesses(outcome.evaluation, schema.classes)) output.stderr.write(`warning: ${weakness}\n`);
  if (!outcome.document) {
    await tracking.fail(`${outcome.obstacle}`);
    output.stderr.write(`${outcome.obstacle}: nothing written\n`);
    return EXIT.failed;
  }
  await writeModelFile(command.outPath, outcome.document);
  output.stdout.write(`model file: ${command.outPath}\n`);
  const isTracked = await tracking.complete(outcome.document);
  return isTracked || !command.requireTracking ? EXIT.ok : EXIT.failed;
}
