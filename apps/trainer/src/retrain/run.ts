/** Carries out one `retrain`. */
import type { Dataset } from '@iris/dataset';
import { type ModelDocument, readModelFile } from '@iris/model-file';
import { Registry, rollbackSince, schemaDifferences } from '@iris/registry';
import { modelPath } from '@iris/registry/reader';
import { SettingsError } from '@iris/settings';
import { describeTaken, optionsTakenByNpm } from '@iris/settings/npm-options';
import { engineOf, TrainingError } from '@iris/training';
import type { TrainCommand } from '../command-line.ts';
import { EXIT } from '../exit-codes.ts';
import { knownHyperparameters, parseHyperparameters } from '../hyperparameters.ts';
import { loadDataset } from '../load-dataset.ts';
import { formatFeedback } from '../report.ts';
import { type TrainingSurroundings, trainTracked } from '../train-and-write.ts';
import type { TakenFeedback } from '../training-set.ts';
import { UsageError } from '../usage-error.ts';
import { whoAmI } from '../who.ts';
import { countChanges } from './changed-rows.ts';
import { collectFeedback, type Shares } from './collect-feedback.ts';
import { OPTION_NAMES, parseCommandLine, type RetrainCommand } from './command-line.ts';
import { HELP } from './help.ts';
import { nextVersion } from './next-version.ts';
import { type LogSettings, openLog, readLogSettings } from './open-log.ts';

/**
 * Runs the command line.
 *
 * @param argv the arguments after the program's name.
 * @returns the exit code.
 */
export async function run(argv: readonly string[], surroundings: TrainingSurroundings): Promise<number> {
  const { environment, stdout, stderr } = surroundings;
  try {
    const taken = optionsTakenByNpm(OPTION_NAMES, environment);
    if (taken.length > 0) throw new UsageError(describeTaken(taken, 'npm run retrain -- --dataset churn'));
    const command = parseCommandLine(argv, environment);
    if (command) return await retrain(command, surroundings);
    stdout.write(HELP);
    return EXIT.ok;
  } catch (error) {
    stderr.write(`${error instanceof Error ? error.message : error}\n`);
    const isUsage = error instanceof UsageError || error instanceof TrainingError || error instanceof SettingsError;
    return isUsage ? EXIT.usage : EXIT.failed;
  }
}

async function retrain(command: RetrainCommand, surroundings: TrainingSurroundings): Promise<number> {
  const { environment, stdout, clock } = surroundings;
  const settings = readLogSettings(environment);
  const registry = new Registry({ ...command.registry, by: whoAmI() });
  const name = await requireCurrent(registry);
  // Now, not after the training.
  await registry.prepare();
  const current = await readModelFile(modelPath(registry.directory, name));
  const base = await loadDataset(command.source, surroundings);
  requireSameSchema(name, current, base);
  const feedback = await readFeedback(settings, base, command.shares, new Date(clock()));
  stdout.write(formatFeedback(feedback));
  const set = { base, feedback };
  const changes = await countChanges(registry, name, set);
  if (changes.rows < command.minFeedback) {
    const few = `only ${changes.rows} new rows of the ${command.minFeedback} that --min-feedback asks for`;
    const found = changes.rows === 0 ? 'nothing new' : `${few} (--source-share and --feedback-share say how many are taken)`;
    const isHeld = rollbackSince(await registry.history()) !== undefined;
    const hold = isHeld ? ', to which it was rolled back; nothing is promoted until somebody does so by hand' : '';
    stdout.write(`${found} since ${changes.version}: nothing to do; in service: ${name}${hold}\n`);
    return EXIT.ok;
  }
  const training = trainCommandOf(command, current, nextVersion(current.version, await registry.list()));
  stdout.write(`${training.model} ${training.version} on ${base.schema.name}, ${base.labels.length} trusted rows\n`);
  return trainTracked(training, set, surroundings, { isUnattended: true });
}

async function requireCurrent(registry: Registry): Promise<string> {
  const name = await registry.current();
  if (name !== undefined) return name;
  const cure = 'train the first one: npm run train -- --dataset … --model … --version 1.0.0 --registry DIR';
  throw new Error(`no model is in service in ${registry.directory}: ${cure}`);
}

function requireSameSchema(name: string, { dataset }: ModelDocument, base: Dataset): void {
  const [difference] = schemaDifferences(dataset, base.schema);
  if (difference === undefined) return;
  throw new UsageError(
    `${name}, the model in service, is of other rows than these: ${difference}; train a model of these instead`,
  );
}

async function readFeedback(settings: LogSettings, base: Dataset, shares: Shares, now: Date): Promise<TakenFeedback> {
  const store = await openLog(settings, base.schema.target);
  try {
    return await collectFeedback(store, base, { from: new Date(0), to: now }, shares);
  } finally {
    await store.close();
  }
}

/** The current model's training, but for what the command line says otherwise. */
function trainCommandOf(command: RetrainCommand, current: ModelDocument, version: string): TrainCommand {
  const { words, minFeedback: _minFeedback, shares: _shares, ...rest } = command;
  const model = command.model ?? current.model;
  const isSame = model === current.model;
  const engine = isSame ? engineOf(current.training.engine) : 'iris';
  const inherited = isSame ? knownHyperparameters(model, engine, current.training.options) : {};
  return {
    version,
    seed: current.training.seed,
    ...rest,
    model,
    engine,
    hyperparameters: { ...inherited, ...parseHyperparameters(model, engine, words) },
  };
}
