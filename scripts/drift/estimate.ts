/** How far the accuracy that is expected without labels is from the real one. */
import { datasetOf } from '@iris/dataset';
import { generateChurn } from '@iris/dataset/churn';
import { loadIris } from '@iris/dataset/iris';
import { createAccuracyEstimator } from '@iris/drift';
import type { ModelKind } from '@iris/model';
import { evaluatedOf } from '../../apps/api/src/features/drift/reference.ts';
import type { ServedModel } from '../../apps/api/src/models/served-model.ts';
import { createRandom } from '../random.ts';
import { type Rows, rowsOf } from './populations.ts';
import { trainModel } from './train.ts';

const KINDS: readonly ModelKind[] = ['rf', 'svm', 'logreg'];
const ROUNDS = 20;
const WINDOW = 1000;
/** Labels that have come to mean something else. */
const CHANGED_SHARE = 0.2;

/** Means over the rounds. */
export interface Comparison {
  readonly dataset: string;
  readonly model: ModelKind;
  readonly live: string;
  readonly confidence: number;
  readonly expected: number;
  readonly actual: number;
  /** Mean distance of expected and actual accuracy within a round. */
  readonly apart: number;
}

/** Compares on both datasets. */
export async function compareAccuracies(report: (text: string) => void): Promise<Comparison[]> {
  const comparisons: Comparison[] = [];
  for (const kind of KINDS) {
    comparisons.push(await compareIris(kind), ...(await compareChurn(kind)));
    report(`accuracy without labels: ${kind}`);
  }
  return comparisons.sort((a, b) => b.dataset.localeCompare(a.dataset));
}

/** Fits on a hundred flowers and serves the other fifty, in each round others. */
async function compareIris(model: ModelKind): Promise<Comparison> {
  const { schema } = loadIris();
  const { samples, labels } = rowsOf(loadIris());
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) {
    const random = createRandom(round);
    const order = samples.map((_, index) => [random(), index] as const).sort(([a], [b]) => a - b);
    const rows = (part: typeof order): Rows => ({
      samples: part.map(([, index]) => samples[index]!),
      labels: part.map(([, index]) => labels[index]!),
    });
    const learned = rows(order.slice(0, 100));
    const served = await trainModel(model, datasetOf(schema, learned.samples, learned.labels));
    rounds.push(measure(served, rows(order.slice(100))));
  }
  return { dataset: 'iris', model, live: 'the 50 flowers that were held out', ...average(rounds) };
}

/** One model, new customers in each round. */
async function compareChurn(model: ModelKind): Promise<Comparison[]> {
  const served = await trainModel(model, generateChurn());
  const windows: readonly (readonly [live: string, change: (rows: Rows, seed: number) => Rows])[] = [
    ['as those of the training', (rows) => rows],
    ['of at most 24 months', ({ samples, labels }) => keep({ samples, labels }, (index) => Number(samples[index]![0]) <= 24)],
    ['half of whom leave', (rows, seed) => balance(rows, seed)],
    ['a fifth of whom do otherwise than before', (rows, seed) => flip(rows, seed)],
  ];
  return windows.map(([live, change]) => {
    const rounds = Array.from({ length: ROUNDS }, (_, round) => {
      const drawn = change(rowsOf(generateChurn({ seed: 5000 + round, sampleCount: 4 * WINDOW })), round);
      return measure(
        served,
        keep(drawn, (index) => index < WINDOW),
      );
    });
    return { dataset: 'churn', model, live: `1,000 customers ${live}`, ...average(rounds) };
  });
}

type Round = Pick<Comparison, 'confidence' | 'expected' | 'actual'>;

function measure(model: ServedModel, { samples, labels }: Rows): Round {
  const { classes } = model.schema;
  const estimator = createAccuracyEstimator(classes, evaluatedOf(model));
  let right = 0;
  for (const [index, sample] of samples.entries()) {
    const { classIndex, classProbabilities } = model.predict(sample);
    estimator.add(Object.fromEntries(classes.map((name, place) => [name, classProbabilities[place]!])), classes[classIndex]!);
    right += Number(classIndex === labels[index]);
  }
  const { confidence, accuracy } = estimator.estimate();
  return { confidence: confidence!, expected: accuracy!, actual: right / samples.length };
}

function average(rounds: readonly Round[]): Omit<Comparison, 'dataset' | 'model' | 'live'> {
  const mean = (read: (round: Round) => number) => rounds.reduce((sum, round) => sum + read(round), 0) / rounds.length;
  return {
    confidence: mean(({ confidence }) => confidence),
    expected: mean(({ expected }) => expected),
    actual: mean(({ actual }) => actual),
    apart: mean(({ expected, actual }) => Math.abs(expected - actual)),
  };
}

function keep({ samples, labels }: Rows, isKept: (index: number) => boolean): Rows {
  const kept = samples.flatMap((_, index) => (isKept(index) ? [index] : []));
  return { samples: kept.map((index) => samples[index]!), labels: kept.map((index) => labels[index]!) };
}

/** As many of each class: what the classes look like stays, how frequent they are changes. */
function balance(rows: Rows, seed: number): Rows {
  const random = createRandom(seed);
  const leaving = rows.labels.filter((label) => label === 1).length / rows.labels.length;
  return keep(rows, (index) => rows.labels[index] === 1 || random() < leaving / (1 - leaving));
}

function flip({ samples, labels }: Rows, seed: number): Rows {
  const random = createRandom(seed);
  return { samples, labels: labels.map((label) => (random() < CHANGED_SHARE ? 1 - label : label)) };
}
