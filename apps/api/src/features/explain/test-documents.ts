/** A model of as many features as are explained, whose explanation takes a while: for tests of what goes on meanwhile. */
import type { NumericFeature, Sample } from '@iris/dataset';
import type { ModelDocument } from '@iris/model-file';
import { irisDocument } from '../../test-app.ts';

/** Trees of one split: enough that 2^12 coalitions of a hundred samples take a second or more. */
const TREES = 300;
const CLASSES = ['no', 'yes'];

/** A forest over so many numeric features, each between 0 and 1. */
export function slowDocument(featureCount = 12): ModelDocument {
  const features = Array.from({ length: featureCount }, (_, index): NumericFeature => {
    const range = { min: 0, max: 1 };
    return { kind: 'numeric', name: `x${index}`, unit: '1', observed: range, plausible: range };
  });
  const samples = Array.from({ length: 100 }, (_, row) => features.map((_, column) => ((row * 7 + column * 13) % 10) / 10));
  return irisDocument({
    dataset: { name: 'slow', description: 'Made-up rows.', target: 'answer', classes: CLASSES, features },
    reference: { samples: samples satisfies readonly Sample[], labels: samples.map((_, row) => row % 2) },
    parameters: stumps(featureCount),
  });
}

function stumps(inputSize: number): ModelDocument['parameters'] {
  const trees = [...Array(TREES).keys()];
  return {
    kind: 'rf',
    inputSize,
    classCount: CLASSES.length,
    roots: trees.map((tree) => 3 * tree),
    featureIndexes: trees.flatMap((tree) => [tree % inputSize, -1, -1]),
    thresholds: trees.flatMap((tree) => [((tree % 9) + 1) / 10, 0, 0]),
    leftChildren: trees.flatMap((tree) => [3 * tree + 1, -1, -1]),
    rightChildren: trees.flatMap((tree) => [3 * tree + 2, -1, -1]),
    leafClasses: trees.flatMap(() => [-1, 0, 1]),
  };
}
