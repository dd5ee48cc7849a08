/** A model whose predictions are quick and whose explanation takes a while: for tests of what goes on meanwhile. */
import type { NumericFeature, Sample } from '@iris/dataset';
import { storeLeaves, storeTrees } from '@iris/model';
import type { ModelDocument } from '@iris/model-file';
import { irisDocument } from '../../test-app.ts';

/** Each splits on all features one after the other, so that every mixture of two samples has a leaf of its own: 4,096 of them. */
const TREES = 16;
/** Of them, those that vote against the others. */
const OPPOSED_TREES = 6;
const FEATURES = 12;
const HALF_SUM = 39;
const CLASSES = ['no', 'yes'];

/** It differs from each reference in every feature. */
export const SLOW_SAMPLE: Sample = Array<number>(FEATURES).fill(0.5);

/** A forest over numeric features, each between 0 and 1 or missing. */
export function slowDocument(): ModelDocument {
  const features = Array.from({ length: FEATURES }, (_, index): NumericFeature => {
    const range = { min: 0, max: 1 };
    return { kind: 'numeric', name: `x${index}`, unit: '1', missing: true, observed: range, plausible: range };
  });
  const samples = Array.from({ length: 100 }, (_, row) => features.map((_, column) => ((row * 7 + column) % 5) / 10));
  return irisDocument({
    dataset: { name: 'slow', description: 'Made-up rows.', target: 'answer', classes: CLASSES, features },
    reference: { samples: samples satisfies readonly Sample[], labels: samples.map((_, row) => row % 2) },
    parameters: fullTrees(),
  });
}

function fullTrees(): ModelDocument['parameters'] {
  const columns: number[] = [];
  const values: number[] = [];
  /** Adds a subtree; its leaves vote by the sum of the numbers of those features that are high. */
  function add(column: number, sum: number, isOpposed: boolean): void {
    const isLeaf = column === FEATURES;
    columns.push(isLeaf ? 0 : column + 1);
    values.push(isLeaf ? Number(sum > HALF_SUM !== isOpposed) : 0);
    if (isLeaf) return;
    add(column + 1, sum, isOpposed);
    add(column + 1, sum + column + 1, isOpposed);
  }
  for (let tree = 0; tree < TREES; tree++) add(0, 0, tree < OPPOSED_TREES);
  const cuts = Array.from({ length: FEATURES }, () => [0.5]);
  return {
    kind: 'rf',
    inputSize: FEATURES,
    classCount: CLASSES.length,
    trees: storeTrees({ treeCount: TREES, cuts, columns, values, missingLeft: columns.map(() => 1) }, CLASSES.length),
    leaves: storeLeaves([], CLASSES.length),
    prior: [0.5, 0.5],
    temperature: 0.5,
  };
}
