import { describe, expect, it } from 'vitest';
import { generateChurn } from './churn.ts';
import { type Dataset, samplesOf } from './index.ts';
import { loadIris } from './iris.ts';
import { parseDatasetSchema } from './parse-schema.ts';

describe.each<[string, () => Dataset, number]>([
  ['iris', loadIris, 150],
  ['churn', generateChurn, 2000],
])('the %s dataset', (name, load, sampleCount) => {
  const dataset = load();
  const { schema, labels } = dataset;
  const samples = samplesOf(dataset);

  it('has a valid schema, and a label for each sample', () => {
    expect(parseDatasetSchema(JSON.parse(JSON.stringify(schema)))).toEqual(schema);
    expect(schema.name).toBe(name);
    expect(samples).toHaveLength(sampleCount);
    expect(labels).toHaveLength(sampleCount);
    expect(new Set(labels)).toEqual(new Set(schema.classes.keys()));
  });

  it('observes what is there: each range is met by a sample, each level occurs', () => {
    for (const [index, feature] of schema.features.entries()) {
      const values = samples.map((sample) => sample[index]);
      if (feature.kind === 'categorical') expect(new Set(values)).toEqual(new Set(feature.levels));
      if (feature.kind === 'numeric')
        expect(feature.observed).toEqual({ min: Math.min(...(values as number[])), max: Math.max(...(values as number[])) });
    }
  });
});

describe('iris', () => {
  const dataset = loadIris();
  const { schema, labels } = dataset;
  const samples = samplesOf(dataset);

  it("equals scikit-learn's in the rows where published copies differ", () => {
    // Fisher's values; the UCI file has 0.1 and 3.1/0.1 there.
    expect(samples[34]).toEqual([4.9, 3.1, 1.5, 0.2]);
    expect(samples[37]).toEqual([4.9, 3.6, 1.4, 0.1]);
    expect(samples[101]).toEqual(samples[142]);
  });

  it('holds 50 flowers of each species, in order', () => {
    expect(schema.classes).toEqual(['setosa', 'versicolor', 'virginica']);
    expect([...labels]).toEqual([...Array(50).fill(0), ...Array(50).fill(1), ...Array(50).fill(2)]);
  });
});

describe('churn', () => {
  it('is the same for the same seed and another for another', () => {
    expect(generateChurn()).toEqual(generateChurn());
    expect(generateChurn({ seed: 7 }).labels).not.toEqual(generateChurn().labels);
  });

  it('draws each label with the probability that it states', () => {
    const { labels, churnProbabilities } = generateChurn({ sampleCount: 50_000 });
    for (const [low, high] of [
      [0, 0.1],
      [0.1, 0.3],
      [0.3, 0.7],
      [0.7, 0.9],
      [0.9, 1],
    ] as const) {
      const bin = [...churnProbabilities.keys()].filter(
        (index) => churnProbabilities[index]! >= low && churnProbabilities[index]! < high,
      );
      const expected = bin.reduce((sum, index) => sum + churnProbabilities[index]!, 0) / bin.length;
      const share = bin.filter((index) => labels[index] === 1).length / bin.length;
      // Four standard errors of a share over the bin.
      expect(Math.abs(share - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / bin.length));
    }
  });

  it('states the best reachable log-loss: the true probabilities reach it', () => {
    const { labels, churnProbabilities, bestLogLoss } = generateChurn({ sampleCount: 50_000 });
    const loss = labels.reduce(
      (sum, label, index) => sum - Math.log(label === 1 ? churnProbabilities[index]! : 1 - churnProbabilities[index]!),
      0,
    );
    expect(loss / labels.length).toBeCloseTo(bestLogLoss, 2);
    expect(generateChurn().bestLogLoss).toBeCloseTo(0.3992, 4);
  });
});
