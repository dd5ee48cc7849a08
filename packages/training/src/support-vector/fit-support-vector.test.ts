import { generateChurn } from '@iris/dataset/churn';
import { loadIris } from '@iris/dataset/iris';
import { parseModel, parseSupportVectorDecisionFunction, type SupportVectorParameters } from '@iris/model';
import { describe, expect, it } from 'vitest';
import { fit } from '../fit.ts';
import { rowMajor, type TrainingRows, trainingRows } from '../rows.ts';
import { numericRows } from '../test-rows.ts';

const IRIS = trainingRows(loadIris());

async function fitSvm(rows: TrainingRows, options = {}, seed = 0): Promise<SupportVectorParameters> {
  return (await fit('svm', rows, options, seed)).parameters as SupportVectorParameters;
}

// scikit-learn 1.9.1: SVC(C=1, gamma='scale', tol=1e-9) on StandardScaler'd iris, one against one.
const REFERENCE_DECISIONS: readonly [row: number, values: readonly number[]][] = [
  [0, [1.1934780724721563, 1.0919872361561638, 0.6611124564041061]],
  [50, [-0.9999999838034587, -0.8008449272974734, 0.9837306763361668]],
  [106, [-1.1897313388897175, -1.0000000041765678, -0.09074796159095558]],
  [149, [-1.178665905319835, -1.0590569590754368, -0.4344983084182798]],
];

describe('fitSupportVector', () => {
  it('decides as scikit-learn does, within 1e-6', async () => {
    const decide = parseSupportVectorDecisionFunction(await fitSvm(IRIS, { tol: 1e-9 }));
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
