import { describe, expect, it } from 'vitest';
import { createReliability } from './reliability.ts';

/** A prediction of class 0 with this confidence, among two classes. */
function predict(reliability: ReturnType<typeof createReliability>, confidence: number, isRight: boolean): void {
  reliability.add([isRight ? 0 : 1], [0], [confidence, 1 - confidence]);
}

describe('createReliability', () => {
  it('puts predictions into ten bins by the probability of the predicted class, each with its upper end', () => {
    const reliability = createReliability();
    for (const confidence of [0.51, 0.6, 0.6001, 1]) predict(reliability, confidence, true);
    expect(reliability.bins().map(({ count }) => count)).toEqual([0, 0, 0, 0, 0, 2, 1, 0, 0, 1]);
    expect(reliability.bins()[5]).toEqual({ lower: 0.5, count: 2, confidence: expect.closeTo(0.555, 12), accuracy: 1 });
    expect(reliability.bins()[0]).toEqual({ lower: 0, count: 0, confidence: Number.NaN, accuracy: Number.NaN });
  });

  it('takes the probability of the class that was predicted, in rows of any number of classes', () => {
    const reliability = createReliability();
    reliability.add([2, 0], [2, 1], [0.1, 0.2, 0.7, 0.3, 0.4, 0.3]);
    const filled = reliability.bins().filter(({ count }) => count > 0);
    expect(filled).toEqual([
      { lower: 0.3, count: 1, confidence: 0.4, accuracy: 0 },
      { lower: 0.6, count: 1, confidence: 0.7, accuracy: 1 },
    ]);
  });

  it('finds no error where confidence is accuracy, and the mean distance elsewhere', () => {
    const calibrated = createReliability();
    for (const isRight of [true, true, true, false]) predict(calibrated, 0.75, isRight);
    expect(calibrated.expectedCalibrationError()).toBe(0);
    const proud = createReliability();
    for (const isRight of [true, false]) predict(proud, 0.9, isRight);
    for (const isRight of [true, true]) predict(proud, 0.7, isRight);
    // (2 · |0.9 − 0.5| + 2 · |0.7 − 1|) ÷ 4
    expect(proud.expectedCalibrationError()).toBeCloseTo(0.35, 12);
  });

  it('has no error to give without predictions', () => {
    expect(createReliability().expectedCalibrationError()).toBeNaN();
  });
});
