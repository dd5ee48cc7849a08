/** How a candidate and the model in service do on rows with feedback: shown beside the gate's figures. */
import type { Dataset } from '@iris/dataset';
import { type ModelDocument, readModelFile, type UnsealedDocument } from '@iris/model-file';
import { type FeedbackFigures, hashRows, type Registry, schemaDifferences } from '@iris/registry';
import { modelPath } from '@iris/registry/reader';
import { type Estimator, engineOf, estimatorOf, mean, predictParts, type TrainingRows, trainingRows } from '@iris/training';
import type { TakenFeedback } from '../training-set.ts';

/** The candidate is fitted so many times, each without the rows that it then predicts. */
const PARTS = 5;

/** The candidate's side. */
interface FeedbackCandidate {
  readonly document: UnsealedDocument;
  /** The trusted rows, encoded. */
  readonly rows: TrainingRows;
  readonly feedback: TakenFeedback;
}

/**
 * Measures both on those rows that the model in service has not learned from.
 *
 * @param current name of the model in service.
 * @throws TrainingError as `fit` does.
 */
export async function measureFeedback(
  registry: Registry,
  current: string | undefined,
  { document, rows, feedback }: FeedbackCandidate,
): Promise<FeedbackFigures> {
  const { dataset, found, sources, leftOut } = feedback;
  const before = current === undefined ? undefined : await readComparable(registry, current, document);
  const isNew = await newRows(registry, current, dataset);
  const compared = isNew.filter(Boolean).length;
  const measure = (parts: number, estimator: Estimator) => scoresOf(dataset, isNew, parts, estimator);
  const { model, training } = document;
  const fitOthers = estimatorOf(model, trainingRows(dataset), training.options, training.seed, {
    beside: rows,
    engine: engineOf(training.engine),
  });
  return {
    found,
    taken: dataset.labels.length,
    sources,
    leftOut,
    compared,
    candidate: compared > 0 ? await measure(PARTS, fitOthers) : null,
    current: compared > 0 && before ? await measure(1, async () => before.parameters) : null,
  };
}

async function readComparable(registry: Registry, name: string, candidate: UnsealedDocument): Promise<ModelDocument | undefined> {
  // The gate says what is wrong with a file that cannot be read.
  const document = await readModelFile(modelPath(registry.directory, name)).catch(() => undefined);
  return document && schemaDifferences(document.dataset, candidate.dataset).length === 0 ? document : undefined;
}

async function newRows(registry: Registry, current: string | undefined, dataset: Dataset): Promise<boolean[]> {
  const known = current === undefined ? undefined : await registry.rowHashes(current);
  return hashRows(dataset).map((hash) => !known?.has(hash));
}

async function scoresOf(dataset: Dataset, isNew: readonly boolean[], parts: number, estimator: Estimator) {
  const folds = await predictParts(trainingRows(dataset), parts, estimator);
  const pick = (name: 'accuracy' | 'logLoss') =>
    mean(folds.flatMap(({ testRows, scores }) => scores[name].filter((_, index) => isNew[testRows[index]!])));
  return { accuracy: pick('accuracy'), logLoss: pick('logLoss') };
}
