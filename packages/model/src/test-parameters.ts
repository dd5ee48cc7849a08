/** Small sound parameters and generators of them, for this package's tests. */
import fc from 'fast-check';
import type {
  GradientBoostingParameters,
  LogisticRegressionParameters,
  ModelParameters,
  RandomForestParameters,
  SupportVectorParameters,
} from './parameters.ts';
import { anyBoostingParameters, anyForestParameters } from './trees/test-trees.ts';

/** Two columns, three classes; the classes lie at increasing sums. */
export const SMALL_LOGREG: LogisticRegressionParameters = {
  kind: 'logreg',
  inputSize: 2,
  classCount: 3,
  scaler: { mean: [1, 2], scale: [1, 2] },
  coefficients: [-1, -1, 0, 0, 1, 1],
  intercepts: [0, 0.5, 0],
};

/** Two columns, three classes, one support vector each. */
export const SMALL_SVM: SupportVectorParameters = {
  kind: 'svm',
  inputSize: 2,
  classCount: 3,
  scaler: { mean: [0, 0], scale: [1, 1] },
  gamma: 0.5,
  supportVectorCounts: [1, 1, 1],
  supportVectors: [-1, -1, 0, 0, 1, 1],
  dualCoefficients: [1, -1, -1, 1, 1, -1],
  intercepts: [0, 0, 0],
  probabilitySlopes: [-2, -2, -2],
  probabilityOffsets: [0, 0, 0],
};

/** Two columns, three classes: a stump (column 0 below 1: class 0, else class 1) and a lone leaf (class 2). */
export const SMALL_FOREST: RandomForestParameters = {
  kind: 'rf',
  inputSize: 2,
  classCount: 3,
  roots: [0, 3],
  featureIndexes: [0, -1, -1, -1],
  thresholds: [1, 0, 0, 0],
  leftChildren: [1, -1, -1, -1],
  rightChildren: [2, -1, -1, -1],
  leafClasses: [-1, 0, 1, 2],
};

/** A forest of lone leaves: tree t votes for `leafClasses[t]` whatever the row. */
export function forestOfLeaves(classCount: number, leafClasses: readonly number[]): RandomForestParameters {
  const none = leafClasses.map(() => -1);
  return {
    kind: 'rf',
    inputSize: 2,
    classCount,
    roots: leafClasses.map((_, tree) => tree),
    featureIndexes: none,
    thresholds: leafClasses.map(() => 0),
    leftChildren: none,
    rightChildren: none,
    leafClasses,
  };
}

const INPUT_SIZE = 3;
// Both everyday values and the largest that a sound document may hold.
const parameter = fc.oneof(fc.double({ min: -10, max: 10, noNaN: true }), fc.double({ min: -1e50, max: 1e50, noNaN: true }));
const scale = fc.oneof(fc.double({ min: 0.01, max: 10, noNaN: true }), fc.constantFrom(1e-50, 1e50));
const classCount = fc.integer({ min: 2, max: 5 });

function array(length: number, element: fc.Arbitrary<number> = parameter): fc.Arbitrary<number[]> {
  return fc.array(element, { minLength: length, maxLength: length });
}

const scaler = fc.record({ mean: array(INPUT_SIZE), scale: array(INPUT_SIZE, scale) });

const logreg: fc.Arbitrary<ModelParameters> = classCount.chain((classes) =>
  fc.record({
    kind: fc.constant('logreg'),
    inputSize: fc.constant(INPUT_SIZE),
    classCount: fc.constant(classes),
    scaler,
    coefficients: array(classes * INPUT_SIZE),
    intercepts: array(classes),
  }),
);

const svm: fc.Arbitrary<ModelParameters> = classCount
  .chain((classes) => array(classes, fc.integer({ min: 0, max: 4 })))
  .chain((counts) => {
    const classes = counts.length;
    const pairs = (classes * (classes - 1)) / 2;
    const total = counts.reduce((sum, count) => sum + count, 0);
    return fc.record({
      kind: fc.constant('svm'),
      inputSize: fc.constant(INPUT_SIZE),
      classCount: fc.constant(classes),
      scaler,
      gamma: fc.oneof(fc.double({ min: 0, max: 5, noNaN: true }), fc.constant(1e50)),
      supportVectorCounts: fc.constant(counts),
      supportVectors: array(total * INPUT_SIZE),
      dualCoefficients: array((classes - 1) * total),
      intercepts: array(pairs),
      probabilitySlopes: array(pairs),
      probabilityOffsets: array(pairs),
    });
  });

/** Full binary trees of depth 2 with random splits. */
const forest: fc.Arbitrary<ModelParameters> = fc.tuple(classCount, fc.integer({ min: 1, max: 9 })).chain(([classes, trees]) => {
  const nodes = Array.from({ length: trees * 7 }, (_, node) => ({ start: node - (node % 7), place: node % 7 }));
  const inner = (place: number) => place < 3;
  return fc.record({
    kind: fc.constant('rf'),
    inputSize: fc.constant(INPUT_SIZE),
    classCount: fc.constant(classes),
    roots: fc.constant(Array.from({ length: trees }, (_, tree) => tree * 7)),
    featureIndexes: array(nodes.length, fc.nat(INPUT_SIZE - 1)).map((values) =>
      values.map((value, at) => (inner(at % 7) ? value : -1)),
    ),
    thresholds: array(nodes.length),
    leftChildren: fc.constant(nodes.map(({ start, place }) => (inner(place) ? start + 2 * place + 1 : -1))),
    rightChildren: fc.constant(nodes.map(({ start, place }) => (inner(place) ? start + 2 * place + 2 : -1))),
    leafClasses: array(nodes.length, fc.nat(classes - 1)).map((values) =>
      values.map((value, at) => (inner(at % 7) ? -1 : value)),
    ),
  });
});

/** Sound parameters of any kind, three columns, two to five classes, up to the largest allowed magnitudes. */
export const anyParameters: fc.Arbitrary<ModelParameters | GradientBoostingParameters> = fc.oneof(
  logreg,
  svm,
  forest,
  anyForestParameters,
  anyBoostingParameters,
);

/** One to six rows of three columns, row-major. */
export const anyRows: fc.Arbitrary<Float64Array> = fc
  .integer({ min: 1, max: 6 })
  .chain((count) => array(count * INPUT_SIZE))
  .map((values) => Float64Array.from(values));
