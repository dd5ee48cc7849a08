/** Carries out one command: parse, load, train, report, write. */
import { assertModelFileWritable } from '@iris/model-file';
import { Registry } from '@iris/registry';
import { describeTaken, optionsTakenByNpm } from '@iris/settings/npm-options';
import { TrainingError } from '@iris/training';
import { GENERAL_OPTIONS, parseCommandLine, type TrainCommand } from './command-line.ts';
import { EXIT } from './exit-codes.ts';
import { helpText } from './help.ts';
import { describeFormat, loadDataset } from './load-dataset.ts';
import type { OnInterrupt } from './tracking/open-tracking.ts';
import { type Output, trainTracked } from './train-and-write.ts';
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
  command: TrainCommand,
  environment: Environment,
  output: Output,
  onInterrupt: OnInterrupt,
): Promise<number> {
  // Now, not after an hour of training.
  await assertWritable(command);
  const dataset = await loadDataset(command.source);
  const { schema, labels, format, unlabelled } = dataset;
  output.stdout.write(`${command.model} ${command.version} on ${schema.name}, ${labels.length} samples\n`);
  const found = format && describeFormat(format);
  if (found) output.stdout.write(`the file is read as ${found}\n`);
  if (unlabelled) output.stdout.write(`${unlabelled} rows without ${schema.target} are left out\n`);
  return trainTracked(command, { base: dataset }, { environment, ...output, clock: Date.now, onInterrupt });
}

async function assertWritable({ outPath, registry }: TrainCommand): Promise<void> {
  if (outPath !== undefined) await assertModelFileWritable(outPath);
  if (registry !== undefined) await new Registry({ ...registry, by: whoAmI() }).prepare();
}
