import { describe, expect, it } from 'vitest';
import { studentQuantile, studentSurvival } from './student-t.ts';

describe('Student’s t distribution', () => {
  // scipy 1.17: scipy.stats.t.sf(t, df).
  it.each([
    [0, 5, 0.5],
    [0.5, 1, 0.35241638234956674],
    [1.7, 3, 0.09384532077670502],
    [2.3, 99, 0.011773736605478535],
    [-1.2, 99, 0.8834984361647987],
    [1.959, 499, 0.025334626319133344],
    [3.3, 1999, 0.0004919212141198442],
    [0.01, 1e6, 0.4960106446827738],
    [12, 2, 0.00343646683857923],
    [40, 99, 3.1925425801436255e-63],
    [-5, 9, 0.9996305160450983],
  ])('exceeds %d with %d degrees of freedom as often as scipy says', (t, degreesOfFreedom, expected) => {
    expect(studentSurvival(t, degreesOfFreedom) / expected).toBeCloseTo(1, 8);
  });

  // scipy.stats.t.isf(p, df).
  it.each([
    [0.05, 1, 6.313751514675044],
    [0.05, 99, 1.660391156016991],
    [0.05, 499, 1.6479129840597129],
    [0.01, 9, 2.8214379250258093],
    [0.25, 2, 0.8164965809277261],
    [0.05, 1e6, 1.6448551507220406],
  ])('has the upper %d quantile with %d degrees of freedom that scipy has', (upperTail, degreesOfFreedom, expected) => {
    expect(studentQuantile(upperTail, degreesOfFreedom)).toBeCloseTo(expected, 8);
  });
});
