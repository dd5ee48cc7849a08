import { generateChurn } from '@iris/dataset/churn';
import { loadIris } from '@iris/dataset/iris';
import { parseModel, parseSupportVectorDecisionFunction, type SupportVectorParameters } from '@iris/model';
import { describe, expect, it } from 'vitest';
import { fit } from './fit.ts';
import { rowMajor, type TrainingRows, trainingRows } from './rows.ts';
import { numericRows } from './test-rows.ts';

const IRIS = trainingRows(loadIris());

async function fitSvm(rows: TrainingRows, options = {}, seed = 0): Promise<SupportVectorParameters> {
  return (await fit('svm', rows, options, seed)).parameters as SupportVectorParameters;
}

// scikit-learn 1.9.1: SVC(C=1, gamma='scale') on StandardScaler'd iris, one against one.
const REFERENCE_DECISIONS: readonly [row: number, values: readonly number[]][] = [
  [0, [1.1929423975894258, 1.0917021111429244, 0.6615996145731826]],
  [50, [-0.9999842646001794, -0.8007324399908861, 0.9837896264076271]],
  [106, [-1.189884163625061, -0.999960318450859, -0.09096657844589157]],
  [149, [-1.178662262685936, -1.0590231332841786, -0.43409502553855545]],
];

describe('fitSupportVector', () => {
  it('decides as scikit-learn does, within 1e-6', async () => {
    const decide = parseSupportVectorDecisionFunction(await fitSvm(IRIS));
    for (const [row, expected] of REFERENCE_DECISIONS) {
      decide(rowMajor(IRIS).subarray(row * 4, row * 4 + 4)).forEach((value, pair) => {
        expect(Math.abs(value - expected[pair]!)).toBeLessThan(1e-6);
      });
    }
  });

  it('does not depend on what the process trained before', async () => {
    const before = await fitSvm(IRIS);
    await fitSvm(trainingRows(generateChurn({ sampleCount: 100 })));
    expect(await fitSvm(IRIS)).toEqual(before);
  });

  it('draws only the folds of the probabilities from the seed', async () => {
    const [first, second] = [await fitSvm(IRIS, {}, 1), await fitSvm(IRIS, {}, 2)];
    expect(first.probabilitySlopes).not.toEqual(second.probabilitySlopes);
    expect({ ...first, probabilitySlopes: [], probabilityOffsets: [] }).toEqual({
      ...second,
      probabilitySlopes: [],
      probabilityOffsets: [],
    });
  });

  it('orders classes by index though another comes first in the rows', async () => {
    const rows = numericRows([5, 6, 0, 1], [1, 1, 0, 0]);
    const parameters = await fitSvm(rows, { c: 100 });
    const decide = parseSupportVectorDecisionFunction(parameters);
    expect(decide([0])[0]).toBeGreaterThan(0);
    expect(decide([6])[0]).toBeLessThan(0);
  });

  it('resolves gamma to one over the columns that vary', async () => {
    const { gamma } = await fitSvm(numericRows([0, 7, 1, 7, 2, 7, 3, 7], [0, 0, 1, 1]));
    expect(gamma).toBeCloseTo(1, 12);
  });

  it('fits a class of a single row, and rows without any variance', async () => {
    const single = numericRows([0, 1, 9], [0, 0, 1]);
    const equal = numericRows([3, 3, 3], [0, 0, 1]);
    for (const rows of [single, equal]) {
      const { classProbabilities } = parseModel(await fitSvm(rows)).predict([3]);
      expect(classProbabilities[0]! + classProbabilities[1]!).toBeCloseTo(1, 12);
    }
  });
});
