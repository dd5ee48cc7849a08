import { generateChurn } from '@iris/dataset/churn';
import { loadIris } from '@iris/dataset/iris';
import { parseSupportVectorDecisionFunction, type SupportVectorParameters } from '@iris/model';
import { describe, expect, it } from 'vitest';
import { createDesign, expandRow } from '../design-matrix.ts';
import { fitInputs } from '../inputs.ts';
import { indexesByClass, rowMajor, type TrainingRows, trainingRows } from '../rows.ts';
import { fitSupportVector } from './fit-support-vector.ts';
import { trainLibsvm } from './test-libsvm.ts';

// Both search until the optimum is the only answer left: equal distances, as in iris, let them take other ways to it.
const TOLERANCE = 1e-9;
const CHURN = trainingRows(generateChurn({ sampleCount: 300 }));

/** Churn with gaps in a number and in a category. */
const GAPS: TrainingRows = {
  ...CHURN,
  columns: CHURN.columns.map((column, index) =>
    column.map((value, row) => ((row + index) % 9 === 0 && index < 4 ? Number.NaN : value)),
  ),
};

const CASES: readonly [name: string, rows: TrainingRows, c: number, classWeights: number[] | undefined][] = [
  ['iris', trainingRows(loadIris()), 1, undefined],
  ['iris at a higher cost', trainingRows(loadIris()), 10, undefined],
  ['churn', CHURN, 1, undefined],
  ['churn with gaps', GAPS, 1, undefined],
  ['churn with weights', CHURN, 1, [0.5, 3]],
];

describe.each(CASES)('the svm of %s', (_, rows, c, classWeights) => {
  it('decides as libsvm itself, within 1e-6', async () => {
    const context = classWeights && { classWeights: Float64Array.from(classWeights) };
    const ours = (await fitSupportVector(rows, { c, gamma: 'scale', tol: TOLERANCE }, 0, context))
      .parameters as SupportVectorParameters;
    const { design } = createDesign(rows, fitInputs(rows));
    const sorted = indexesByClass(rows).flat();
    const expanded = sorted.map((row) => expandRow(design, row));
    const costs = Array.from({ length: rows.classCount }, (__, index) => c * (classWeights?.[index] ?? 1));
    const labels = sorted.map((row) => rows.labels[row]!);
    const solution = trainLibsvm(expanded, labels, { gamma: ours.gamma, costs, tolerance: TOLERANCE });
    const [decide, reference] = [ours, { ...ours, ...solution }].map(parseSupportVectorDecisionFunction);
    const width = rows.columns.length;
    const samples = rowMajor(rows);
    for (let start = 0; start < samples.length; start += width) {
      const row = samples.subarray(start, start + width);
      const expected = reference!(row);
      decide!(row).forEach((value, pair) => {
        expect(Math.abs(value - expected[pair]!)).toBeLessThan(1e-6);
      });
    }
  });
});
