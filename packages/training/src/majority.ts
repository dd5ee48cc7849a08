/** The model that looks at nothing: every row has the class shares of the training rows, and the greatest class. Whatever learns must beat it. */
import type { LogisticRegressionParameters } from '@iris/model';
import type { TrainingRows } from './rows.ts';

/** Its parameters: a regression whose coefficients are all 0. */
export function fitMajority({ columns, labels, classCount }: TrainingRows): LogisticRegressionParameters {
  const counts = new Float64Array(classCount);
  for (const label of labels) counts[label]! += 1;
  const zeros = columns.map(() => 0);
  return {
    kind: 'logreg',
    inputSize: columns.length,
    classCount,
    inputs: { levelCounts: zeros, fills: zeros, indicators: columns.map(() => false) },
    scaler: { mean: zeros, scale: columns.map(() => 1) },
    coefficients: new Array<number>(classCount * columns.length).fill(0),
    intercepts: Array.from(counts, (count) => Math.log(count / labels.length)),
  };
}
