import { loadIris } from '@iris/dataset/iris';
import { describe, expect, it } from 'vitest';
import { expandRows } from './inputs.ts';
import { parseSolution, trainLibsvm } from './libsvm.ts';
import { trainingRows } from './rows.ts';

const TEXT = `svm_type c_svc
kernel_type rbf
gamma 0.25
nr_class 3
total_sv 3
rho -0.5 0.25 1e-05
label 0 1 2
nr_sv 1 1 1
SV
0 0.75 1:5.7 2:4.4
-0 1 1:6 2:2.9
-1 -0.5 2:3
`;

describe('parseSolution', () => {
  it('reads counts, intercepts and coefficients, opponent by opponent', () => {
    expect(parseSolution(TEXT)).toEqual({
      supportVectorCounts: [1, 1, 1],
      intercepts: [0.5, -0.25, -1e-5],
      dualCoefficients: [0, 0, -1, 0.75, 1, -0.5],
    });
  });
});

describe('trainLibsvm', () => {
  const rows = expandRows(trainingRows(loadIris()), undefined);
  const { features } = rows;

  it('takes support vectors from the rows, digit for digit', () => {
    const { supportVectors, supportVectorCounts } = trainLibsvm(rows, { c: 1, gamma: 0.25 });
    const known = new Set(Array.from(rows.labels, (_, index) => features.slice(index * 4, index * 4 + 4).join()));
    const count = supportVectorCounts.reduce((sum, value) => sum + value);
    for (let index = 0; index < count; index++) expect(known).toContain(supportVectors.slice(index * 4, index * 4 + 4).join());
    expect(supportVectors).toHaveLength(count * 4);
  });

  it('bounds every coefficient by the cost and balances them over each pair', () => {
    const { dualCoefficients, supportVectorCounts } = trainLibsvm(rows, { c: 0.5, gamma: 0.25 });
    for (const coefficient of dualCoefficients) expect(Math.abs(coefficient)).toBeLessThanOrEqual(0.5);
    const first = supportVectorCounts[0]!;
    // Row 0: class 0 against 1 first, then class 1 against 0.
    const pair = dualCoefficients.slice(0, first + supportVectorCounts[1]!);
    expect(pair.reduce((sum, value) => sum + value)).toBeCloseTo(0, 9);
  });
});
