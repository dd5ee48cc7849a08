/** Carries out one command: parse, load, train, report, write. */
import type { Dataset } from '@iris/dataset';
import { assertModelFileWritable, type UnsealedDocument, writeModelFile } from '@iris/model-file';
import { Registry } from '@iris/registry';
import { describeTaken, optionsTakenByNpm } from '@iris/settings/npm-options';
import { type EvaluationProgress, TrainingError } from '@iris/training';
import { GENERAL_OPTIONS, parseCommandLine, type TrainCommand } from './command-line.ts';
import { type SubmissionOutcome, submit } from './gate/submit.ts';
import { findWeaknesses } from './gates.ts';
import { helpText } from './help.ts';
import { describeFormat, loadDataset } from './load-dataset.ts';
import { createProgress, type ProgressStream } from './progress.ts';
import { formatChecks, formatEvaluation } from './report.ts';
import { type OnInterrupt, openTracking, type Tracking } from './tracking/open-tracking.ts';
import { type TrainingOutcome, train } from './train.ts';
import { UsageError } from './usage-error.ts';
import { whoAmI } from './who.ts';

/** Exit codes. */
const EXIT = { ok: 0, failed: 1, usage: 2, refused: 3 } as const;

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
  await assertWritable(command);
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

async function assertWritable({ outPath, registry }: TrainCommand): Promise<void> {
  if (outPath !== undefined) await assertModelFileWritable(outPath);
  if (registry !== undefined) await new Registry({ ...registry, by: whoAmI() }).prepare();
}

async function trainAndWrite(command: TrainCommand, dataset: Dataset, output: Output, tracking: Tracking): Promise<number> {
  const { schema } = dataset;
  const outcome = await withProgress(output, (update) =>
    train(command, dataset, async function onProgress(fold) {
      await update(fold);
      await tracking.onFold(fold);
    }),
  );
  output.stdout.write(`${formatEvaluation(outcome.evaluation, schema)}\n`);
  for (const weakness of findWeaknesses(outcome.evaluation, schema.classes)) output.stderr.write(`warning: ${weakness}\n`);
  const { document, obstacle } = outcome;
  if (!document) {
    await tracking.fail(`${obstacle}`);
    output.stderr.write(`${obstacle}: nothing written\n`);
    return EXIT.failed;
  }
  const offered = await offer(command, dataset, { ...outcome, document }, output);
  if (offered?.verdict.verdict === 'refused') {
    const { name, previous = 'no model', verdict } = offered;
    const refusal = `the gate refused ${name}, which is kept and not put into service; in service: ${previous}`;
    await tracking.fail(refusal, verdict);
    output.stderr.write(`${refusal}\n`);
    return EXIT.refused;
  }
  if (command.outPath !== undefined) {
    await writeModelFile(command.outPath, document);
    output.stdout.write(`model file: ${command.outPath}\n`);
  }
  const isTracked = await tracking.complete(document, offered?.verdict);
  return isTracked || !command.requireTracking ? EXIT.ok : EXIT.failed;
}

/** Offers the model to the registry, where there is one, and prints what the gate says. */
async function offer(
  command: TrainCommand,
  dataset: Dataset,
  outcome: TrainingOutcome & { readonly document: UnsealedDocument },
  output: Output,
): Promise<SubmissionOutcome | undefined> {
  const { registry: target, evaluate: method, seed, minAccuracy, minRecall } = command;
  if (target === undefined || method === 'none') return undefined;
  const by = whoAmI();
  const say = (sentence: string) => output.stderr.write(`${sentence}\n`);
  const registry = new Registry({ ...target, by, onWait: (holder) => say(`waiting for ${holder}, who is writing`) });
  const settings = { dataset, method, seed, minAccuracy, minRecall, keep: target.keep, by, onNews: say };
  const result = await withProgress(output, (onProgress) => submit(registry, { ...outcome, ...settings, onProgress }));
  const { name, previous = 'none', verdict } = result;
  output.stdout.write(formatChecks(verdict));
  if (verdict.verdict === 'passed') output.stdout.write(`in service: ${name} (before: ${previous})\n`);
  return result;
}

async function withProgress<T>(
  output: Output,
  work: (update: (progress: EvaluationProgress) => Promise<void>) => Promise<T>,
): Promise<T> {
  const progress = createProgress(output.stderr);
  try {
    return await work(progress.update);
  } finally {
    progress.stop();
  }
}
