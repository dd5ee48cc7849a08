/** What live predictions of a model are compared with. */
import { type DriftReference, type Evaluated, MIN_ROWS } from '@iris/drift';
import type { ServedModel } from '../../models/served-model.ts';

/** The training rows in the model file, and how often the model predicts each class on such rows. */
export function driftReference(model: ServedModel): DriftReference {
  const { target, classes, features } = model.schema;
  const { samples } = model.document.reference;
  return { features, samples, target, classes, predictedCounts: unseenCounts(model) ?? seenCounts(model) };
}

/** How good and how sure of itself the model was on held-out rows; undefined where the file does not say. */
export function evaluatedOf({ document }: ServedModel): Evaluated | undefined {
  const { accuracy, confidence } = document.metrics;
  return accuracy && confidence ? { accuracy: accuracy.mean, confidence: confidence.mean } : undefined;
}

/**
 * Predictions that the evaluation made on rows its fits had not seen: as live rows are, where a model that knows its training rows by heart
 * predicts a rare class less often. Ten rounds over the same rows are no ten times as many rows, so that counts are of one round.
 *
 * @returns undefined where too few rows were held out for a comparison
 */
function unseenCounts({ document }: ServedModel): number[] | undefined {
  const { confusionMatrix } = document.metrics;
  const counts = document.dataset.classes.map((_, predicted) => confusionMatrix.reduce((sum, row) => sum + row[predicted]!, 0));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const rows = Math.min(total, document.training.sampleCount);
  return rows < MIN_ROWS ? undefined : counts.map((count) => (count * rows) / total);
}

function seenCounts(model: ServedModel): number[] {
  const counts = model.schema.classes.map(() => 0);
  for (const sample of model.document.reference.samples) counts[model.predict(sample).classIndex]!++;
  return counts;
}
