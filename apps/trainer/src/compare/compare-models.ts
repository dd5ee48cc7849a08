/** Measures all algorithms on the same folds, and chooses one. */
import { selectRows } from '@iris/dataset';
import type { ModelKind } from '@iris/model';
import type { ComparedModel, Comparison } from '@iris/model-file';
import {
  BY_SIMPLICITY,
  chooseModel,
  type Evaluation,
  type EvaluationProgress,
  fitMajority,
  type GivenOptions,
  MAJORITY,
  type Measurement,
  measure,
  precisionByClass,
  predictFolds,
  recallByClass,
  type SplitMethod,
  summarizeFolds,
  type TrainingRows,
} from '@iris/training';

/** Rows up to which a support vector machine is compared: its time grows with their square, and beyond it takes hours. */
export const MAX_SVM_ROWS = 20_000;

/** What is compared, and how. */
export interface ComparisonRequest {
  readonly rows: TrainingRows;
  /** Rows that every fit learns from too, and that none is judged by. */
  readonly beside: TrainingRows | undefined;
  readonly method: SplitMethod;
  readonly seed: number;
  readonly kinds: readonly ModelKind[];
  /** Hyperparameters that all algorithms have. */
  readonly options: GivenOptions;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
  /** When the last fold must have ended, by that clock. */
  readonly deadline?: number | undefined;
  /** Called after each fold of each algorithm, and awaited. */
  readonly onProgress: (model: ModelKind, progress: EvaluationProgress) => void | Promise<void>;
}

/** What came of it. */
export interface ComparisonResult {
  readonly comparison: Comparison;
  readonly chosen: ModelKind;
  /** Of the chosen one. */
  readonly measurement: Measurement;
}

/** Ends what takes longer than there is time for. */
class TimeIsUp extends Error {}

/**
 * Compares, the simplest algorithm first.
 *
 * @throws TimeIsUp when not even one ended in time; TrainingError as `fit`.
 */
export async function compareModels(request: ComparisonRequest): Promise<ComparisonResult> {
  const models: ComparedModel[] = [await measureMajority(request)];
  const leftOut: Comparison['leftOut'][number][] = [];
  const measurements = new Map<ModelKind, Measurement>();
  for (const model of BY_SIMPLICITY.filter((kind) => request.kinds.includes(kind))) {
    const reason = reasonToLeaveOut(model, request);
    if (reason !== undefined) {
      leftOut.push({ model, reason });
      continue;
    }
    const startedAt = request.now();
    const measurement = await measureInTime(model, request);
    if (!measurement) {
      leftOut.push({ model, reason: 'it did not end in the time that --max-minutes gives' });
      continue;
    }
    measurements.set(model, measurement);
    models.push(figuresOf(model, measurement.evaluation, (request.now() - startedAt) / 1000));
  }
  if (measurements.size === 0) throw new TimeIsUp('no algorithm ended in the time that --max-minutes gives: give it more');
  const { model: chosen, reason } = chooseModel(
    models.map(({ model, accuracy, logLoss }) => ({ model, evaluation: { accuracy, logLoss } })),
  );
  return { chosen, measurement: measurements.get(chosen)!, comparison: { models, leftOut, reason } };
}

function reasonToLeaveOut(model: ModelKind, { rows, now, deadline }: ComparisonRequest): string | undefined {
  if (deadline !== undefined && now() >= deadline) return 'the time that --max-minutes gives was over';
  const count = rows.labels.length;
  if (model !== 'svm' || count <= MAX_SVM_ROWS) return undefined;
  return `its time grows with the square of the rows, and there are ${count}; --model svm trains it all the same`;
}

async function measureInTime(kind: ModelKind, request: ComparisonRequest): Promise<Measurement | undefined> {
  const { rows, beside, method, seed, options, deadline = Number.POSITIVE_INFINITY, now, onProgress } = request;
  const checkTime = () => {
    if (now() > deadline) throw new TimeIsUp();
  };
  try {
    return await measure({
      kind,
      rows,
      beside,
      options,
      method,
      seed,
      onFitProgress: checkTime,
      async onProgress(progress) {
        await onProgress(kind, progress);
        if (progress.completedFolds < progress.totalFolds) checkTime();
      },
    });
  } catch (error) {
    if (error instanceof TimeIsUp) return undefined;
    throw error;
  }
}

async function measureMajority({ rows, method, seed, now }: ComparisonRequest): Promise<ComparedModel> {
  const startedAt = now();
  const folds = await predictFolds({ rows, method, seed }, async (train) => fitMajority(selectRows(rows, train)));
  return figuresOf(MAJORITY, summarizeFolds(folds, rows.classCount), (now() - startedAt) / 1000);
}

function figuresOf(model: ComparedModel['model'], evaluation: Evaluation, seconds: number): ComparedModel {
  const { accuracy, balancedAccuracy, rocAuc, logLoss, brier, calibrationError, confusionMatrix } = evaluation;
  return {
    model,
    seconds,
    accuracy: accuracy!,
    balancedAccuracy: balancedAccuracy!,
    rocAuc: rocAuc ?? null,
    logLoss: logLoss!,
    brier: brier!,
    calibrationError: calibrationError!,
    recall: recallByClass(confusionMatrix).map(orNull),
    precision: precisionByClass(confusionMatrix).map(orNull),
  };
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
