/** What was measured of a model, as the gate goes by it. */
import type { DatasetSchema } from '@iris/dataset';
import { serializeModel, type UnsealedDocument } from '@iris/model-file';
import type { ModelFigures } from '@iris/registry';
import { createReliability, type FoldResult, recallByClass, summarizeFolds } from '@iris/training';
import { measureLatency } from './latency.ts';

/** Figures of a model that come with its file. */
export type FileFigures = Pick<ModelFigures, 'model' | 'version' | 'dataset' | 'latencyMs' | 'bytes'>;

/** Size, and the time of a prediction on this machine. */
export function fileFiguresOf(document: UnsealedDocument): FileFigures {
  const { model, version, dataset } = document;
  const bytes = Buffer.byteLength(serializeModel(document));
  return { model, version, dataset: dataset.name, latencyMs: measureLatency(document), bytes };
}

/** Figures of a model from its predictions of rows that it had not seen. */
export function figuresOf(
  file: FileFigures,
  folds: readonly FoldResult[],
  { classes }: Pick<DatasetSchema, 'classes'>,
): ModelFigures {
  const { accuracy, logLoss, confusionMatrix } = summarizeFolds(folds, classes.length);
  const recalls = recallByClass(confusionMatrix);
  const reliability = createReliability();
  for (const { labels, classIndexes, classProbabilities } of folds) reliability.add(labels, classIndexes, classProbabilities);
  return {
    ...file,
    accuracy: accuracy!.mean,
    logLoss: logLoss!.mean,
    recall: Object.fromEntries(classes.map((name, index) => [name, recalls[index]!])),
    calibrationError: reliability.expectedCalibrationError(),
  };
}

/** The folds with only those test rows that are to be kept; folds that are empty then are left out. */
export function restrictFolds(folds: readonly FoldResult[], keep: (row: number) => boolean): FoldResult[] {
  return folds.map((fold) => restrictFold(fold, keep)).filter(({ testRows }) => testRows.length > 0);
}

function restrictFold(fold: FoldResult, keep: (row: number) => boolean): FoldResult {
  const { trainRows, testRows, labels, classIndexes, classProbabilities, scores } = fold;
  const kept = testRows.flatMap((row, index) => (keep(row) ? [index] : []));
  const classCount = classProbabilities.length / testRows.length;
  const pick = (values: ArrayLike<number>) => kept.map((index) => values[index]!);
  return {
    trainRows,
    testRows: pick(testRows),
    labels: pick(labels),
    classIndexes: pick(classIndexes),
    classProbabilities: Float64Array.from(
      kept.flatMap((index) => [...classProbabilities.subarray(index * classCount, (index + 1) * classCount)]),
    ),
    scores: {
      accuracy: pick(scores.accuracy),
      logLoss: pick(scores.logLoss),
      brier: pick(scores.brier),
      confidence: pick(scores.confidence),
    },
  };
}
