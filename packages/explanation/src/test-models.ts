/** Models by chance, and the definition of their explanations, for this package's tests. */
import { createEncoder, type DatasetSchema, type Feature, type Sample } from '@iris/dataset';
import {
  type GradientBoostingParameters,
  type HistogramForestParameters,
  type InputParameters,
  type LogisticRegressionParameters,
  type ModelParameters,
  type PreorderTrees,
  parseModel,
  parseSupportVectorDecisionFunction,
  type ScalerParameters,
  type SupportVectorParameters,
  storeFloats,
  storeLeaves,
  storeTrees,
} from '@iris/model';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Explained } from './explanation.ts';
import { shapleyValues } from './shapley.ts';

/** Whole numbers from 0 up to below a bound. */
export type Draw = (bound: number) => number;

/** The same draws for the same seed. */
export function createDraw(seed: number): Draw {
  const random = xoroshiro128plus(seed);
  return (bound) => Math.floor(uniformFloat64(random) * bound);
}

/** Numbers, levels and a date (four columns of one feature), all of which may be missing. */
export function mixedSchema(numbers: number, classCount: number): DatasetSchema {
  const range = { min: 0, max: 9 };
  const features: Feature[] = Array.from({ length: numbers }, (_, index) => ({
    kind: 'numeric',
    name: `x${index}`,
    unit: '1',
    missing: true,
    observed: range,
    plausible: range,
  }));
  features.push({ kind: 'categorical', name: 'colour', levels: ['a', 'b', 'c'], missing: true });
  const days = { min: '2026-01-01', max: '2026-12-31' };
  features.push({ kind: 'date', name: 'joined', format: 'yyyy-mm-dd', missing: true, observed: days });
  const classes = Array.from({ length: classCount }, (_, index) => `c${index}`);
  return { name: 'made-up', description: '', target: 'y', classes, features };
}

/** Samples of a mixed schema, one value in eight missing. */
export function drawSamples({ features }: DatasetSchema, count: number, draw: Draw): Sample[] {
  return Array.from({ length: count }, () =>
    features.map((feature) => {
      if (feature.missing && draw(8) === 0) return null;
      if (feature.kind === 'numeric') return draw(10);
      if (feature.kind === 'categorical') return feature.levels[draw(feature.levels.length)]!;
      return `2026-${String(1 + draw(12)).padStart(2, '0')}-${String(1 + draw(28)).padStart(2, '0')}`;
    }),
  );
}

function drawTrees(treeCount: number, cuts: readonly number[][], leafCount: number, draw: Draw): PreorderTrees {
  const [columns, values, missingLeft]: number[][] = [[], [], []];
  function add(depth: number): void {
    const column = draw(cuts.length);
    const isLeaf = depth === 0 || draw(6) === 0;
    columns!.push(isLeaf ? 0 : 1 + column);
    values!.push(isLeaf ? draw(leafCount) : draw(cuts[column]!.length + 1));
    missingLeft!.push(draw(2));
    if (isLeaf) return;
    add(depth - 1);
    add(depth - 1);
  }
  for (let tree = 0; tree < treeCount; tree++) add(6);
  return { treeCount, cuts, columns: columns!, values: values!, missingLeft: missingLeft! };
}

/** Cuts that the values of `drawSamples` fall between and on. */
function cutsOf(schema: DatasetSchema): number[][] {
  return createEncoder(schema).columnNames.map((name) => {
    if (name === 'joined.year') return [2026.5];
    if (name === 'joined.day') return [20_500, 20_600, 20_700];
    return name === 'colour' ? [1, 2] : [1, 2, 3.5, 5, 7, 8.5];
  });
}

/** A forest with leaves of one class and of several, a prior and a temperature. */
export function drawForest(schema: DatasetSchema, draw: Draw, temperature = 0.6): HistogramForestParameters {
  const classCount = schema.classes.length;
  const leaves = Array.from({ length: 4 }, () => ({ classes: [0, classCount - 1], weights: [1 + draw(3), 1] }));
  const cuts = cutsOf(schema);
  return {
    kind: 'rf',
    inputSize: cuts.length,
    classCount,
    trees: storeTrees(drawTrees(12, cuts, classCount + leaves.length, draw), classCount + leaves.length),
    leaves: storeLeaves(leaves, classCount),
    prior: Array<number>(classCount).fill(1 / classCount),
    temperature,
  };
}

/** Boosted trees, of one score for two classes. */
export function drawBoosting(schema: DatasetSchema, draw: Draw): GradientBoostingParameters {
  const classCount = schema.classes.length;
  const baseline = Array.from({ length: classCount === 2 ? 1 : classCount }, () => draw(10) / 10);
  const cuts = cutsOf(schema);
  const trees = drawTrees(4 * baseline.length, cuts, 1, draw);
  const leafCount = (trees.columns.length + trees.treeCount) / 2;
  return {
    kind: 'gbt',
    inputSize: cuts.length,
    classCount,
    trees: storeTrees(trees, 1),
    leafValues: storeFloats(Array.from({ length: leafCount }, () => draw(100) / 100 - 0.5)),
    baseline,
  };
}

/** How rows of a mixed schema are expanded: levels one-hot, means for missing values, and columns that say what was missing. */
function drawInputs(schema: DatasetSchema): { inputs: InputParameters; scaler: ScalerParameters } {
  const { levelCounts, columnNames } = createEncoder(schema);
  const centres = columnNames.map((name) => (name === 'joined.year' ? 2026 : name === 'joined.day' ? 20_600 : 4));
  /** A value for each column, and one for a column that says what was missing. */
  const expand = (values: readonly number[], ofMissing: number) =>
    values.flatMap((value, column) => [
      ...Array<number>(levelCounts[column]! || 1).fill(value),
      ...(column % 2 === 0 ? [ofMissing] : []),
    ]);
  return {
    inputs: {
      levelCounts,
      fills: levelCounts.map((count, column) => (count > 0 ? 1 : centres[column]! + 1)),
      indicators: levelCounts.map((_, column) => column % 2 === 0),
    },
    scaler: {
      mean: expand(centres, 0),
      scale: expand(
        columnNames.map((name) => (name === 'joined.day' ? 100 : 4)),
        1,
      ),
    },
  };
}

/** Logistic regression on expanded rows. */
export function drawLinear(schema: DatasetSchema, draw: Draw): LogisticRegressionParameters {
  const { inputs, scaler } = drawInputs(schema);
  const width = scaler.mean.length;
  const classCount = schema.classes.length;
  return {
    kind: 'logreg',
    inputSize: inputs.levelCounts.length,
    inputs,
    classCount,
    scaler,
    coefficients: Array.from({ length: classCount * width }, () => draw(200) / 100 - 1),
    intercepts: Array.from({ length: classCount }, () => draw(10) / 10),
  };
}

/** A support vector classifier on expanded rows: its vectors are samples. */
export function drawKernels(schema: DatasetSchema, draw: Draw, gamma = 0.02): SupportVectorParameters {
  const { inputs, scaler } = drawInputs(schema);
  const width = scaler.mean.length;
  const classCount = schema.classes.length;
  const pairCount = (classCount * (classCount - 1)) / 2;
  const numbers = (count: number) => Array.from({ length: count }, () => draw(200) / 100 - 1);
  return {
    kind: 'svm',
    inputSize: inputs.levelCounts.length,
    inputs,
    classCount,
    scaler,
    gamma,
    supportVectorCounts: Array<number>(classCount).fill(5),
    supportVectors: numbers(5 * classCount * width),
    dualCoefficients: numbers((classCount - 1) * 5 * classCount),
    intercepts: numbers(pairCount),
    probabilitySlopes: numbers(pairCount).map((value) => value - 2),
    probabilityOffsets: numbers(pairCount),
  };
}

type AnyParameters = ModelParameters | GradientBoostingParameters;

/** What is explained of one sample, computed from the probabilities that the model gives. */
export function outcomeOf(schema: DatasetSchema, parameters: AnyParameters, explained: Explained): (sample: Sample) => number[] {
  const encoder = createEncoder(schema);
  const model = parseModel(parameters);
  const row = new Float64Array(encoder.size);
  const temperature = 'temperature' in parameters ? parameters.temperature : 1;
  return function outcome(sample) {
    encoder.encode(sample, row, 0);
    const { classProbabilities } = model.predict(row);
    if (explained === 'probability') return [...classProbabilities];
    if (explained === 'share') return toShares(classProbabilities.map((probability) => probability ** temperature));
    return classProbabilities.map((own, label) => {
      const ahead = classProbabilities.map((other) => Math.log(own / other));
      return ahead.reduce((sum, value, index) => (index === label ? sum : sum + value), 0) / (ahead.length - 1);
    });
  };
}

function toShares(values: readonly number[]): number[] {
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => value / sum);
}

/** The definition of an explanation: all coalitions of features, each worth its mean outcome over the references. */
export function explainByDefinition(
  outcome: (sample: Sample) => readonly number[],
  sample: Sample,
  references: readonly Sample[],
): { base: number[]; contributions: number[][] } {
  const count = sample.length;
  const width = outcome(sample).length;
  const values = new Float64Array(2 ** count * width);
  for (let coalition = 0; coalition < 2 ** count; coalition++) {
    for (const reference of references) {
      const mixed = reference.map((value, feature) => (coalition & (1 << feature) ? sample[feature]! : value));
      outcome(mixed).forEach((value, at) => {
        values[coalition * width + at]! += value / references.length;
      });
    }
  }
  const shares = shapleyValues(count, values, width);
  const rowOf = (matrix: Float64Array, row: number) => [...matrix.subarray(row * width, (row + 1) * width)];
  return { base: rowOf(values, 0), contributions: sample.map((_, feature) => rowOf(shares, feature)) };
}

/** Margins of a support vector classifier, from its decision values and Platt's slopes and offsets. */
export function kernelMarginsOf(schema: DatasetSchema, parameters: SupportVectorParameters): (sample: Sample) => number[] {
  const decide = parseSupportVectorDecisionFunction(parameters);
  const encoder = createEncoder(schema);
  const row = new Float64Array(encoder.size);
  const classes = [...schema.classes.keys()];
  return function margins(sample) {
    encoder.encode(sample, row, 0);
    const sums = classes.map(() => 0);
    const decisions = decide(row);
    const pairs = classes.flatMap((first) =>
      classes.filter((second) => second > first).map((second) => [first, second] as const),
    );
    for (const [pair, [first, second]] of pairs.entries()) {
      const logOdds = -(parameters.probabilitySlopes[pair]! * decisions[pair]! + parameters.probabilityOffsets[pair]!);
      sums[first]! += logOdds;
      sums[second]! -= logOdds;
    }
    return sums.map((sum) => sum / (classes.length - 1));
  };
}
