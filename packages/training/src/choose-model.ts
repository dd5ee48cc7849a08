/** Chooses among compared models: the simplest of those that nobody can tell from the best. */
import type { ModelKind } from '@iris/model';
import type { Evaluation } from './evaluate.ts';

/** From the one that is explained most easily to the one that is explained least easily. */
export const BY_SIMPLICITY: readonly ModelKind[] = ['logreg', 'rf', 'gbt', 'svm'];

/** The baseline's name among compared models. */
export const MAJORITY = 'majority';

/** A model with what was measured on the folds that all of a comparison share. */
export interface ComparedModel {
  readonly model: ModelKind | typeof MAJORITY;
  readonly evaluation: Pick<Evaluation, 'accuracy' | 'logLoss'>;
}

/** The model to take, and why. */
export interface Choice {
  readonly model: ModelKind;
  readonly reason: string;
}

/**
 * Takes the simplest model whose mean log-loss is within one standard error of the best (the rule of Breiman, Friedman, Olshen and Stone, 1984). Log-loss,
 * because it judges the probabilities and not only the label.
 *
 * @param compared at least one model besides the baseline, all measured on the same folds.
 */
export function chooseModel(compared: readonly ComparedModel[]): Choice {
  const models = BY_SIMPLICITY.flatMap((model) => compared.filter((each) => each.model === model));
  const best = models.reduce((least, each) => (lossOf(each) < lossOf(least) ? each : least));
  const error = best.evaluation.logLoss!.standardError ?? 0;
  const chosen = models.find((each) => lossOf(each) <= lossOf(best) + error)!;
  return { model: chosen.model as ModelKind, reason: `${explain(chosen, best, error)}${warn(chosen, compared)}` };
}

function explain(chosen: ComparedModel, best: ComparedModel, error: number): string {
  if (chosen === best) return `${chosen.model} has the lowest log-loss, ${format(lossOf(best))}`;
  const distance = `${format(lossOf(chosen))} is within one standard error (${format(error)}) of ${best.model}'s ${format(lossOf(best))}, the lowest`;
  return `${chosen.model} is the simplest whose log-loss cannot be told from the best: ${distance}`;
}

function warn(chosen: ComparedModel, compared: readonly ComparedModel[]): string {
  const baseline = compared.find(({ model }) => model === MAJORITY);
  if (!baseline || lossOf(chosen) < lossOf(baseline)) return '';
  return `; but no model is better than always saying how frequent each class is (${format(lossOf(baseline))}): the columns do not tell the classes apart`;
}

function lossOf({ evaluation }: ComparedModel): number {
  return evaluation.logLoss!.mean;
}

function format(value: number): string {
  return value.toFixed(4);
}
