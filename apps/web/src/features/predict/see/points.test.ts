import { samplesOf } from '@iris/dataset';
import { loadIris } from '@iris/dataset/iris';
import { expect, it } from 'vitest';
import { referenceSamples } from '../test-samples.ts';
import { pickPoints } from './points.ts';

const iris = loadIris();
const { schema, labels } = iris;
const reference = referenceSamples(iris);

it('every sample is a point while there are few', () => {
  const points = pickPoints(schema, reference, 1000);
  expect(points.map(({ values }) => Object.values(values))).toEqual(samplesOf(iris));
  expect(points.map(({ classIndex }) => classIndex)).toEqual([...labels]);
});

it('of many, some of every part are shown', () => {
  const points = pickPoints(schema, reference, 9);
  expect(points.map(({ label }) => label)).toEqual(schema.classes.flatMap((label) => [label, label, label]));
});

it('no samples, no points', () => {
  expect(pickPoints(schema, { features: [], samples: [], labels: [] }, 10)).toEqual([]);
});
