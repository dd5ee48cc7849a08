import { generateChurn } from '@iris/dataset/churn';
import { loadIris } from '@iris/dataset/iris';
import { describe, expect, it } from 'vitest';
import { referenceSamples } from '../test-samples.ts';
import { chooseAxis, correlationRatio, numericFeatures, separatingAxes } from './axes.ts';

const iris = loadIris();
const churn = generateChurn();

describe('the axes of the plot', () => {
  it('are the petal’s measures for iris', () => {
    const { x, y } = separatingAxes(iris.schema, referenceSamples(iris))!;
    expect([x.name, y.name]).toEqual(['petal_length', 'petal_width']);
  });

  it('are numeric features only', () => {
    const { x, y } = separatingAxes(churn.schema, referenceSamples(churn))!;
    expect(x.name).not.toBe(y.name);
    expect([x.kind, y.kind]).toEqual(['numeric', 'numeric']);
    expect(numericFeatures(churn.schema).length).toBeLessThan(churn.schema.features.length);
  });

  it('are not there with a single numeric feature', () => {
    const { features } = churn.schema;
    const one = {
      ...churn.schema,
      features: features.filter(({ kind, name }) => kind !== 'numeric' || name === 'num_complaints'),
    };
    expect(separatingAxes(one, referenceSamples(churn))).toBeUndefined();
  });

  it('change places when one of them is chosen for the other', () => {
    const [a, b, c] = numericFeatures(iris.schema);
    expect(chooseAxis({ x: a!, y: b! }, 'x', c!)).toEqual({ x: c, y: b });
    expect(chooseAxis({ x: a!, y: b! }, 'y', c!)).toEqual({ x: a, y: c });
    expect(chooseAxis({ x: a!, y: b! }, 'x', b!)).toEqual({ x: b, y: a });
  });
});

describe('correlationRatio', () => {
  const ratio = (values: readonly number[], labels: readonly string[]) =>
    correlationRatio({ features: ['x'], samples: values.map((value) => [value]), labels }, 'x');

  it('is 1 where the class says all, 0 where it says nothing', () => {
    expect(ratio([1, 1, 5, 5], ['a', 'a', 'b', 'b'])).toBe(1);
    expect(ratio([1, 5, 1, 5], ['a', 'a', 'b', 'b'])).toBe(0);
    expect(ratio([3, 3], ['a', 'b'])).toBe(0);
  });

  it('of iris’s petal length is the published 0.9414', () => {
    expect(correlationRatio(referenceSamples(iris), 'petal_length')).toBeCloseTo(0.9414, 4);
  });
});
