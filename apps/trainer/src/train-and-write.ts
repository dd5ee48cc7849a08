/** What `train` and `retrain` share: a tracked training, whose model goes through the gate and is written. */
import { type UnsealedDocument, writeModelFile } from '@iris/model-file';
import { Registry } from '@iris/registry';
import type { EvaluationProgress } from '@iris/training';
import type { TrainCommand } from './command-line.ts';
import type { ChosenModel } from './compare/choose-algorithm.ts';
import { describeModel } from './describe-model.ts';
import { EXIT } from './exit-codes.ts';
import { type SubmissionOutcome, submit } from './gate/submit.ts';
import { findWeaknesses } from './gates.ts';
import type { Output } from './output.ts';
import { createProgress } from './progress.ts';
import { formatChecks, formatEvaluation } from './report.ts';
import { openTracking, type Tracking, type TrackingSurroundings } from './tracking/open-tracking.ts';
import { type TrainingOutcome, train } from './train.ts';
import { type TrainingSet, wholeOf } from './training-set.ts';
import { whoAmI } from './who.ts';

/** What a training may know beforehand. */
export interface Circumstances extends Partial<Pick<ChosenModel, 'comparison' | 'measurement'>> {
  /** Whether nobody is by: a model is held back then after a rollback. */
  readonly isUnattended?: boolean;
}

/** Where it runs. */
export type TrainingSurroundings = TrackingSurroundings & Output;

/**
 * Trains, offers the model to the registry, writes its file, and records all of it where the environment says so.
 *
 * @returns the exit code.
 */
export async function trainTracked(
  command: TrainCommand,
  set: TrainingSet,
  surroundings: TrainingSurroundings,
  circumstances: Circumstances = {},
): Promise<number> {
  const tracking = await openTracking(command, wholeOf(set), surroundings);
  try {
    return await trainAndWrite(command, set, surroundings, tracking, circumstances);
  } catch (error) {
    await tracking.fail((error as Error).message);
    throw error;
  }
}

async function trainAndWrite(
  command: TrainCommand,
  set: TrainingSet,
  output: Output,
  tracking: Tracking,
  { isUnattended = false, comparison, measurement }: Circumstances,
): Promise<number> {
  const { schema } = set.base;
  const outcome = await withProgress(output, (update) =>
    train(
      command,
      set,
      async function onProgress(fold) {
        await update(fold);
        await tracking.onFold(fold);
      },
      measurement,
    ),
  );
  for (const [index, fold] of (measurement?.folds ?? []).entries()) {
    await tracking.onFold({ fold, completedFolds: index + 1, totalFolds: measurement!.folds.length });
  }
  output.stdout.write(`${formatEvaluation(outcome.evaluation, schema)}\n`);
  for (const weakness of findWeaknesses(outcome.evaluation, schema.classes)) output.stderr.write(`warning: ${weakness}\n`);
  const { obstacle } = outcome;
  if (!outcome.document) {
    await tracking.fail(`${obstacle}`);
    output.stderr.write(`${obstacle}: nothing written\n`);
    return EXIT.failed;
  }
  const description = await describeModel(outcome.document, outcome.rows, outcome.folds);
  const document = { ...outcome.document, ...(comparison && { comparison }), ...description };
  const offered = await offer(command, set, { ...outcome, document }, output, isUnattended);
  const end = offered && describeEnd(offered);
  if (offered && end) {
    await tracking.fail(end.sentence, offered.verdict);
    output.stderr.write(`${end.sentence}\n`);
    return end.code;
  }
  if (command.outPath !== undefined) {
    await writeModelFile(command.outPath, document);
    output.stdout.write(`model file: ${command.outPath}\n`);
  }
  const isTracked = await tracking.complete(document, offered?.verdict);
  return isTracked || !command.requireTracking ? EXIT.ok : EXIT.failed;
}

/** Of a model that did not come into service: why, and with which exit code. */
function describeEnd({ name, previous = 'no model', verdict, state, rollback }: SubmissionOutcome) {
  const kept = `${name}, which is kept and not put into service; in service: ${previous}`;
  switch (state) {
    case 'promoted':
      return undefined;
    case 'refused':
      return { sentence: `the gate refused ${kept}`, code: EXIT.refused };
    case 'known':
      return { sentence: `${name} was made of the same rows meanwhile: nothing kept`, code: EXIT.ok };
    case 'held back': {
      const { version, at, by, reason } = rollback!;
      const why = `the registry was rolled back to ${version} on ${at.slice(0, 16).replace('T', ' ')} by ${by} (${reason})`;
      const sentence = `held back: the gate passed ${name} (${verdict.candidate.model} ${verdict.candidate.version}), and ${why}; promote it by hand: npm run registry -- promote ${name} --reason …`;
      return { sentence, code: EXIT.heldBack };
    }
  }
}

/** Offers the model to the registry, where there is one, and prints what the gate says. */
async function offer(
  command: TrainCommand,
  set: TrainingSet,
  outcome: TrainingOutcome & { readonly document: UnsealedDocument },
  output: Output,
  isUnattended: boolean,
): Promise<SubmissionOutcome | undefined> {
  const { registry: target, evaluate: method, seed, minAccuracy, minRecall } = command;
  if (target === undefined || method === 'none') return undefined;
  const by = whoAmI();
  const say = (sentence: string) => output.stderr.write(`${sentence}\n`);
  const registry = new Registry({ ...target, by, onWait: (holder) => say(`waiting for ${holder}, who is writing`) });
  const settings = { set, method, seed, minAccuracy, minRecall, keep: target.keep, by, onNews: say, isUnattended };
  const result = await withProgress(output, (onProgress) => submit(registry, { ...outcome, ...settings, onProgress }));
  const { name, previous = 'none', verdict, state } = result;
  output.stdout.write(formatChecks(verdict));
  if (state === 'promoted') output.stdout.write(`in service: ${name} (before: ${previous})\n`);
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
