/** What keeps a model from being written, and what one should know of one that is. */
import { type Evaluation, greatestClass, recallByClass } from '@iris/training';
import type { TrainCommand } from './command-line.ts';

/** Of figures that are equal but for rounding. */
const TOLERANCE = 1e-9;

/** The first gate that an evaluation does not pass, in words; undefined when it passes all. */
export function findObstacle(
  { minAccuracy = 0, minRecall = 0 }: Pick<TrainCommand, 'minAccuracy' | 'minRecall'>,
  { accuracy, confusionMatrix }: Evaluation,
  classes: readonly string[],
): string | undefined {
  if (accuracy && accuracy.mean < minAccuracy) {
    return `accuracy ${accuracy.mean.toFixed(4)} is below --min-accuracy ${minAccuracy}`;
  }
  const recalls = recallByClass(confusionMatrix);
  const worst = recalls.indexOf(Math.min(...recalls));
  if (worst < 0 || recalls[worst]! >= minRecall) return undefined;
  return `recall ${recalls[worst]!.toFixed(4)} of the class ${JSON.stringify(classes[worst])} is below --min-recall ${minRecall}`;
}

/** Warnings: a model that is no better than none, and classes that it never recognises. */
export function findWeaknesses({ accuracy, confusionMatrix }: Evaluation, classes: readonly string[]): string[] {
  if (!accuracy) return [];
  const weaknesses: string[] = [];
  const { classIndex, share } = greatestClass(confusionMatrix);
  if (accuracy.mean <= share + TOLERANCE) {
    const always = `always predicting ${JSON.stringify(classes[classIndex])}: ${share.toFixed(4)}`;
    weaknesses.push(`accuracy ${accuracy.mean.toFixed(4)} is no better than ${always}`);
  }
  const recalls = recallByClass(confusionMatrix);
  const never = classes.filter((_, index) => recalls[index] === 0).map((name) => JSON.stringify(name));
  if (never.length > 0) weaknesses.push(`never recognised: ${never.join(', ')}; --min-recall refuses such a model`);
  return weaknesses;
}
