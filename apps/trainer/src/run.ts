/** Carries out one command: parse, load, compare, train, report, write. */
import { join } from 'node:path';
import { assertModelFileWritable } from '@iris/model-file';
import { Registry } from '@iris/registry';
import { describeTaken, optionsTakenByNpm } from '@iris/settings/npm-options';
import { TrainingError } from '@iris/training';
import { AUTO, type AutoCommand, GENERAL_OPTIONS, parseCommandLine, type TrainCommand } from './command-line.ts';
import { type ChosenModel, chooseAlgorithm } from './compare/choose-algorithm.ts';
import { describeFormat } from './describe-problems.ts';
import { EXIT } from './exit-codes.ts';
import { helpText } from './help.ts';
import { loadDataset } from './load-dataset.ts';
import type { Output } from './output.ts';
import type { OnInterrupt } from './tracking/open-tracking.ts';
import { trainTracked } from './train-and-write.ts';
import { UsageError } from './usage-error.ts';
import { whoAmI } from './who.ts';

type Environment = Readonly<Record<string, string | undefined>>;

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
  command: TrainCommand | AutoCommand,
  environment: Environment,
  output: Output,
  onInterrupt: OnInterrupt,
): Promise<number> {
  // Now, not after an hour of training.
  await assertWritable(command);
  const startedAt = performance.now();
  const dataset = await loadDataset(command.source, output);
  const { schema, labels, format, unlabelled } = dataset;
  const what = command.model === AUTO ? 'comparing all algorithms' : `${command.model} ${command.version}`;
  output.stdout.write(`${what} on ${schema.name}, ${labels.length} samples\n`);
  const found = format && describeFormat(format);
  if (found) output.stdout.write(`the file is read as ${found}\n`);
  if (unlabelled) output.stdout.write(`${unlabelled} rows without ${schema.target} are left out\n`);
  const set = { base: dataset };
  const chosen: ChosenModel = command.model === AUTO ? await chooseAlgorithm(command, set, output, startedAt) : { command };
  const named = { ...chosen.command, ...(needsPath(chosen.command) && { outPath: pathOf(chosen.command, schema.name) }) };
  const surroundings = { environment, ...output, clock: Date.now, onInterrupt };
  return trainTracked(named, set, surroundings, chosen);
}

/** Where only a file and its target are named. */
function needsPath({ outPath, registry }: TrainCommand): boolean {
  return outPath === undefined && registry === undefined;
}

function pathOf({ model }: TrainCommand, name: string): string {
  return join('models', `${name}-${model}.json`);
}

async function assertWritable({ outPath, registry }: Pick<TrainCommand, 'outPath' | 'registry'>): Promise<void> {
  if (outPath !== undefined) await assertModelFileWritable(outPath);
  if (registry !== undefined) await new Registry({ ...registry, by: whoAmI() }).prepare();
}
