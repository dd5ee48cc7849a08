import { samplesOf } from '@iris/dataset';
import { loadIris } from '@iris/dataset/iris';
import { describe, expect, it } from 'vitest';
import { createDriftDetector, type DriftOptions } from './detector.ts';

const iris = loadIris();
const { schema, labels } = iris;
const samples = samplesOf(iris);
const reference = { ...schema, samples, predictedCounts: [50, 50, 50] };
const names = schema.features.map(({ name }) => name);

/** Feeds iris flowers, each `change`d; every `step`th of them, so that species keep their shares. */
function feed(options: DriftOptions, step: number, change: (values: number[]) => number[] = (values) => values) {
  const detector = createDriftDetector(reference, options);
  samples.forEach((sample, index) => {
    if (index % step !== 0) return;
    const values = change([...(sample as number[])]);
    detector.add(Object.fromEntries(names.map((name, column) => [name, values[column]])), schema.classes[labels[index]!]!);
  });
  return detector.report();
}

describe('createDriftDetector', () => {
  it('finds none in the training rows themselves', async () => {
    const report = await feed({}, 1);
    expect(report).toMatchObject({ verdict: 'none', rows: 150, alpha: 0.05, minEffect: 0.1, minRows: 50 });
    for (const column of report.columns)
      expect(column).toMatchObject({ pAdjusted: 1, effect: 0, missingShare: 0, verdict: 'none' });
  });

  it('finds the feature that is shifted by a standard deviation, and no other', async () => {
    const { verdict, columns } = await feed({}, 1, ([length, width, ...petal]) => [length!, width! + 0.44, ...petal]);
    expect(verdict).toBe('drift');
    expect(columns.map((column) => [column.name, column.role, column.verdict])).toEqual([
      ['sepal_length', 'feature', 'none'],
      ['sepal_width', 'feature', 'drift'],
      ['petal_length', 'feature', 'none'],
      ['petal_width', 'feature', 'none'],
      ['species', 'prediction', 'none'],
    ]);
  });

  it('gives no alarm for a difference that is certain and small: the effect counts too', async () => {
    const detector = createDriftDetector(reference);
    for (let round = 0; round < 100; round++) {
      for (const [index, [length, ...others]] of samples.entries()) {
        const values = [Number(length) + 0.01, ...others];
        const features = Object.fromEntries(names.map((name, column) => [name, values[column]]));
        detector.add(features, schema.classes[labels[index]!]!);
      }
    }
    const [sepal] = (await detector.report()).columns;
    expect(sepal).toMatchObject({ nCurrent: 15_000, verdict: 'none' });
    expect(sepal!.effect).toBeCloseTo(0.01 / 0.8253, 4);
  });

  it('says too few below the floor, without figures that would be chance', async () => {
    const report = await feed({}, 4);
    expect(report).toMatchObject({ verdict: 'too few', rows: 38 });
    for (const column of report.columns)
      expect(column).toMatchObject({ statistic: null, pValue: null, effect: null, verdict: 'too few' });
    expect((await feed({ minRows: 30 }, 4)).verdict).toBe('none');
    expect((await createDriftDetector(reference, { minRows: 0 }).report()).verdict).toBe('too few');
  });

  it('judges the columns that rows have where others are missing, and corrects for those only', async () => {
    const detector = createDriftDetector(reference);
    for (let row = 0; row < 60; row++) detector.add(row % 2 === 0 ? null : { sepal_length: 5.8 }, 'setosa');
    const { verdict, columns } = await detector.report();
    expect(verdict).toBe('drift');
    expect(columns.map((column) => [column.verdict, column.missingShare])).toEqual([
      ['too few', 0.5],
      ['too few', 1],
      ['too few', 1],
      ['too few', 1],
      ['drift', 0],
    ]);
    const { pValue, pAdjusted } = columns[4]!;
    expect(pAdjusted).toBe(pValue);
  });

  it('counts in cells what has more distinct values than it keeps, and says how far the effect may be off', async () => {
    const detectors = [createDriftDetector(reference, { maxDistinct: 10 }), createDriftDetector(reference)];
    for (const detector of detectors) {
      for (let row = 0; row < 1000; row++) detector.add({ sepal_length: 5 + ((row * 0.618034) % 1) }, 'setosa');
    }
    const [inCells, byValue] = await Promise.all(detectors.map(async (detector) => (await detector.report()).columns[0]!));
    expect(inCells!.pValue).toBe(byValue!.pValue);
    expect(byValue!.effectError).toBe(0);
    expect(inCells!.effectError).toBeGreaterThan(0);
    expect(Math.abs(inCells!.effect! - byValue!.effect!)).toBeLessThanOrEqual(inCells!.effectError);
  });

  it('has what a picture needs: shares of both sides over the same bins, in cells too', async () => {
    const detectors = [createDriftDetector(reference, { maxDistinct: 10 }), createDriftDetector(reference)];
    for (const detector of detectors) {
      for (const [index, [length]] of samples.entries())
        detector.add({ sepal_length: Number(length) + 0.52 + index / 1e4 }, 'setosa');
    }
    const [inCells, byValue] = await Promise.all(detectors.map(async (detector) => (await detector.report()).columns));
    const [sepal, width] = byValue!.map(({ distribution }) => distribution);
    expect(sepal!.reference.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(sepal!.current.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(sepal!.current).not.toEqual(sepal!.reference);
    expect(width!.current.every((share) => share === 0)).toBe(true);
    const cells = inCells![0]!.distribution;
    const moved = cells.current.reduce((sum, share, bin) => sum + Math.abs(share - sepal!.current[bin]!), 0) / 2;
    expect(moved).toBeLessThan(0.05);
    expect(byValue!.at(-1)!.distribution).toEqual({
      categories: schema.classes,
      reference: [1 / 3, 1 / 3, 1 / 3, 0],
      current: [1, 0, 0, 0],
    });
  });

  it('pauses before each column, so that whoever else waits has a turn', async () => {
    let pauses = 0;
    await createDriftDetector(reference).report(async () => pauses++);
    expect(pauses).toBe(5);
  });
});
