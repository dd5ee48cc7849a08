/**
 * Nanoseconds per prediction, for one row and for a million, beside the libraries that trained the models.
 *
 * Run alone with `node scripts/bench/inference.ts`, or as part of `npm run bench`.
 */
import { loadIris } from '@iris/dataset/iris';
import { type Model, type ModelKind, parseModel } from '@iris/model';
import { fit as fitModel, type TrainingRows, trainingRows } from '@iris/training';
import { type Comparator, createComparator } from './inference-comparators.ts';
import { drawRows, splitRows } from './inference-rows.ts';
import { timeAlternating, type Workload } from './inference-timing.ts';

const BATCH_ROWS = 1_000_000;
const SINGLE_ROWS = 10_000;

/** Boosted trees have a bench of their own: `scripts/bench/learning`. */
type BenchedKind = Exclude<ModelKind, 'gbt'>;

/** What one kind of model is asked to reach on two ordinary cores. */
const BARS: Readonly<Record<BenchedKind, InferenceBar>> = {
  rf: { singleNs: 1000, batchNs: 500 },
  svm: { singleNs: 1000, batchNs: 300 },
  logreg: { singleNs: 1000, batchNs: 40 },
};

/** Nanoseconds per row. */
export interface InferenceBar {
  readonly singleNs: number;
  readonly batchNs: number;
}

/** The figures of one kind of model; medians of seven alternating rounds. */
export interface InferenceResult extends InferenceBar {
  readonly kind: BenchedKind;
  readonly bar: InferenceBar;
  readonly comparator: string;
  readonly comparatorSingleNs: number;
  readonly comparatorBatchNs: number;
}

/** Measures `rf`, `svm` and `logreg` on iris. Takes about 20 seconds. */
export async function benchInference(): Promise<InferenceResult[]> {
  const training = trainingRows(loadIris());
  const results: InferenceResult[] = [];
  // One after the other: two measurements at once would share the cores.
  for (const kind of ['rf', 'svm', 'logreg'] as const) results.push(await benchKind(kind, training));
  return results;
}

async function benchKind(kind: BenchedKind, training: TrainingRows): Promise<InferenceResult> {
  const { parameters } = await fitModel(kind, training, {}, 42);
  const comparator = await createComparator(training, parameters);
  const rows = drawRows(training, BATCH_ROWS);
  const samples = splitRows(rows, training.columns.length, SINGLE_ROWS);
  const model = parseModel(parameters);
  const [singleNs, comparatorSingleNs] = timeAlternating([oneByOne(model, samples), comparatorOneByOne(comparator, samples)]);
  const [batchNs, comparatorBatchNs] = timeAlternating([
    { units: BATCH_ROWS, run: () => void model.predictBatch(rows, BATCH_ROWS) },
    comparatorBatch(comparator, splitRows(rows, training.columns.length, comparator.batchSize)),
  ]);
  return {
    kind,
    bar: BARS[kind],
    singleNs: singleNs!,
    batchNs: batchNs!,
    comparator: comparator.name,
    comparatorSingleNs: comparatorSingleNs!,
    comparatorBatchNs: comparatorBatchNs!,
  };
}

function oneByOne(model: Model, samples: readonly number[][]): Workload {
  return {
    units: samples.length,
    run() {
      for (const sample of samples) model.predict(sample);
    },
  };
}

// A hundredth of the rows: the libraries take tens of microseconds for each.
function comparatorOneByOne(comparator: Comparator, samples: readonly number[][]): Workload {
  const some = samples.slice(0, samples.length / 100);
  return {
    units: some.length,
    run() {
      for (const sample of some) comparator.predict([sample]);
    },
  };
}

function comparatorBatch(comparator: Comparator, samples: number[][]): Workload {
  return { units: samples.length, run: () => comparator.predict(samples) };
}

/** The results as a Markdown table. */
export function formatInference(results: readonly InferenceResult[]): string {
  const header = [
    '',
    'single, ns',
    'bar',
    '1M rows, ns/row',
    'bar',
    'beside',
    'its single, ns',
    'its batch, ns/row',
    'times as fast',
  ];
  const lines = results.map((result) => [
    result.kind,
    round(result.singleNs),
    judge(result.singleNs, result.bar.singleNs),
    round(result.batchNs),
    judge(result.batchNs, result.bar.batchNs),
    result.comparator,
    round(result.comparatorSingleNs),
    round(result.comparatorBatchNs),
    `${round(result.comparatorSingleNs / result.singleNs)}, ${round(result.comparatorBatchNs / result.batchNs)}`,
  ]);
  return [header, header.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function judge(actual: number, bar: number): string {
  return `${bar} ${actual <= bar ? 'met' : 'missed'}`;
}

function round(value: number): string {
  return value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en');
}

if (import.meta.main) process.stdout.write(`${formatInference(await benchInference())}\n`);
