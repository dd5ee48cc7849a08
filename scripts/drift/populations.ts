/** Where training rows and live rows of the simulations come from, and how live rows may differ. */
import { type Dataset, type DatasetSchema, datasetOf, type Sample, samplesOf } from '@iris/dataset';
import { generateChurn } from '@iris/dataset/churn';
import { loadIris } from '@iris/dataset/iris';
import { createRandom } from '../random.ts';

/** Rows with their true classes. */
export interface Rows {
  readonly samples: readonly Sample[];
  readonly labels: readonly number[];
}

/** The rows of a dataset as samples. */
export function rowsOf(dataset: Dataset): Rows {
  return { samples: samplesOf(dataset), labels: [...dataset.labels] };
}

/** A change of live rows. */
interface Shift {
  readonly name: string;
  readonly draw: (count: number, seed: number) => Rows;
}

/** A source of rows of one dataset. */
export interface Population {
  readonly name: string;
  /** How its rows come to be, for people. */
  readonly origin: string;
  readonly schema: DatasetSchema;
  /** A training set, another for each seed. */
  training(seed: number): Dataset;
  /** Rows as those of the training. */
  draw(count: number, seed: number): Rows;
  readonly shifts: readonly Shift[];
}

const STEPS = [0.25, 0.5, 1] as const;

/** Flowers drawn with replacement from the 150. */
export function irisPopulation(): Population {
  const { schema } = loadIris();
  const iris = rowsOf(loadIris());
  const draw = (count: number, seed: number, weights: readonly number[] = [1, 1, 1]) => drawFrom(iris, count, seed, weights);
  return {
    name: 'iris',
    origin: 'training sets of 150 rows and windows, both drawn with replacement from the 150 flowers',
    schema,
    training: (seed) => trainingSet(schema, draw(150, seed)),
    draw,
    shifts: [
      ...moved({ column: 3, name: 'petal_width', grid: 10, base: iris, draw }),
      { name: 'setosa: a third → a half', draw: (count, seed) => draw(count, seed, [2, 1, 1]) },
    ],
  };
}

/** Generated customers. */
export function churnPopulation(): Population {
  const { schema } = generateChurn();
  const base = rowsOf(generateChurn());
  const draw = (sampleCount: number, seed: number) => rowsOf(generateChurn({ seed, sampleCount }));
  return {
    name: 'churn',
    origin: 'training sets of 2,000 rows, of which the model file keeps 1,000, and windows, all newly generated',
    schema,
    training: (seed) => generateChurn({ seed }),
    draw,
    shifts: [
      ...moved({ column: 0, name: 'tenure_months', grid: 1, base, draw }),
      {
        name: 'premium: a third → a half',
        draw: (count, seed) => drawFrom(draw(3 * count, seed), count, seed, [1, 1, 2], planOf),
      },
      { name: 'those who leave: 36 % → 50 %', draw: (count, seed) => drawFrom(draw(3 * count, seed), count, seed, [36, 64]) },
    ],
  };
}

function trainingSet(schema: DatasetSchema, { samples, labels }: Rows): Dataset {
  return datasetOf(schema, samples, labels);
}

function planOf(sample: Sample): number {
  return ['basic', 'standard', 'premium'].indexOf(sample[3] as string);
}

interface Moved {
  readonly column: number;
  readonly name: string;
  /** Steps in one unit: moved values lie where measured ones do. */
  readonly grid: number;
  readonly base: Rows;
  readonly draw: Population['draw'];
}

function moved({ column, name, grid, base, draw }: Moved): Shift[] {
  const deviation = standardDeviation(base.samples.map((sample) => Number(sample[column])));
  return STEPS.map((step) => {
    const distance = Math.round(step * deviation * grid) / grid;
    return {
      name: `${name} + ${distance} (${step} standard deviations)`,
      draw(count, seed) {
        const { samples, labels } = draw(count, seed);
        const move = (value: number) => Math.round((value + distance) * grid) / grid;
        return { labels, samples: samples.map((sample) => sample.with(column, move(Number(sample[column])))) };
      },
    };
  });
}

/** Draws rows with replacement, in proportion to the weight of the class, or of what `groupOf` gives. */
function drawFrom(
  { samples, labels }: Rows,
  count: number,
  seed: number,
  weights: readonly number[],
  groupOf?: (sample: Sample) => number,
): Rows {
  const random = createRandom(seed);
  const most = Math.max(...weights);
  const chosen: number[] = [];
  while (chosen.length < count) {
    const index = Math.floor(random() * samples.length);
    if (random() * most < weights[groupOf?.(samples[index]!) ?? labels[index]!]!) chosen.push(index);
  }
  return { samples: chosen.map((index) => samples[index]!), labels: chosen.map((index) => labels[index]!) };
}

function standardDeviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
