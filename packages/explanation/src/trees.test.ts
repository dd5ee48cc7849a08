import { createEncoder, type DatasetSchema, encodeSamples, type Sample } from '@iris/dataset';
import type { GradientBoostingParameters, ModelParameters, RandomForestParameters } from '@iris/model';
import { parseTreeModel } from '@iris/model/trees';
import { describe, expect, it } from 'vitest';
import type { Explained } from './explanation.ts';
import {
  createDraw,
  type Draw,
  drawBoosting,
  drawForest,
  drawSamples,
  explainByDefinition,
  mixedSchema,
  outcomeOf,
} from './test-models.ts';
import { byTrees } from './trees.ts';

type TreeParameters = ModelParameters | GradientBoostingParameters;

function explain(schema: DatasetSchema, parameters: TreeParameters, references: readonly Sample[], sample: Sample) {
  const encoder = createEncoder(schema);
  const { explained, attribute } = byTrees(parseTreeModel(parameters), {
    classCount: schema.classes.length,
    featureCount: schema.features.length,
    columnFeatures: encoder.columnFeatures,
    references: encodeSamples(encoder, references),
    referenceCount: references.length,
  });
  const { base, contributions } = attribute(encodeSamples(encoder, [sample]));
  return { explained, values: [...Array.from(base), ...Array.from(contributions)] };
}

function expectByDefinition(schema: DatasetSchema, parameters: TreeParameters, expected: Explained, draw: Draw): void {
  const [sample, ...references] = drawSamples(schema, 9, draw);
  const { explained, values } = explain(schema, parameters, references, sample!);
  const defined = explainByDefinition(outcomeOf(schema, parameters, expected), sample!, references);
  expect(explained).toBe(expected);
  const differences = [defined.base, ...defined.contributions].flat().map((value, at) => Math.abs(value - values[at]!));
  expect(Math.max(...differences)).toBeLessThan(1e-12);
}

describe('the explanation of trees', () => {
  it.each([1, 2, 3, 4, 5, 6])(
    'is that of all coalitions for shares of votes: numbers, levels and dates, some missing (%d)',
    (seed) => {
      const draw = createDraw(seed);
      const schema = mixedSchema(3, 2 + (seed % 3));
      expectByDefinition(schema, drawForest(schema, draw), 'share', draw);
    },
  );

  it.each([1, 2, 3, 4, 5, 6])('is that of all coalitions for the margins of boosted trees (%d)', (seed) => {
    const draw = createDraw(seed);
    const schema = mixedSchema(3, 2 + (seed % 3));
    expectByDefinition(schema, drawBoosting(schema, draw), 'margin', draw);
  });

  it('is that of all coalitions with twelve features', () => {
    const draw = createDraw(12);
    const schema = mixedSchema(10, 3);
    expectByDefinition(schema, drawForest(schema, draw), 'share', draw);
  });

  it('explains the probability of a forest without a temperature', () => {
    const draw = createDraw(7);
    const schema = mixedSchema(3, 3);
    expectByDefinition(schema, drawForest(schema, draw, 1), 'probability', draw);
  });

  it('takes the columns of a level as one feature in forests of version 1', () => {
    const schema: DatasetSchema = {
      ...mixedSchema(0, 2),
      features: [
        { kind: 'categorical', name: 'colour', levels: ['a', 'b', 'c'] },
        { kind: 'categorical', name: 'size', levels: ['s', 'l'] },
      ],
    };
    // Is it a? then class 0, else is it c and large? then class 1.
    const forest: RandomForestParameters = {
      kind: 'rf',
      inputSize: 2,
      inputs: { levelCounts: [3, 2], fills: [null, null], indicators: [false, false] },
      classCount: 2,
      roots: [0, 7],
      featureIndexes: [0, 2, -1, 4, -1, -1, -1, -1],
      thresholds: [0.5, 0.5, 0, 0.5, 0, 0, 0, 0],
      leftChildren: [1, 2, -1, 4, -1, -1, -1, -1],
      rightChildren: [6, 3, -1, 5, -1, -1, -1, -1],
      leafClasses: [-1, -1, 0, -1, 0, 1, 0, 1],
    };
    expectByDefinition(schema, forest, 'probability', createDraw(3));
  });

  it('adds up to the sample within 1e-12', () => {
    const draw = createDraw(5);
    const schema = mixedSchema(20, 4);
    const parameters = drawForest(schema, draw);
    const [sample, ...references] = drawSamples(schema, 101, draw);
    const { values } = explain(schema, parameters, references, sample!);
    const expected = outcomeOf(schema, parameters, 'share')(sample!);
    for (const [label, share] of expected.entries()) {
      const sum = values.reduce((total, value, at) => (at % 4 === label ? total + value : total), 0);
      expect(Math.abs(sum - share)).toBeLessThan(1e-12);
    }
  });

  it('follows a tree of any depth', () => {
    const schema = mixedSchema(1, 2);
    const depth = 200_000;
    const nodes = Array.from({ length: depth }, (_, node) => node);
    const parameters: RandomForestParameters = {
      kind: 'rf',
      inputSize: 6,
      classCount: 2,
      roots: [0],
      featureIndexes: [...nodes.flatMap(() => [0, -1]), -1],
      thresholds: [...nodes.flatMap(() => [9, 0]), 0],
      leftChildren: [...nodes.flatMap((node) => [2 * node + 2, -1]), -1],
      rightChildren: [...nodes.flatMap((node) => [2 * node + 1, -1]), -1],
      leafClasses: [...nodes.flatMap(() => [-1, 0]), 1],
    };
    const low = [1, 'a', '2026-01-01'];
    const { values } = explain(schema, parameters, [[9, 'a', '2026-01-01']], low);
    expect(values).toEqual([1, 0, -1, 1, 0, 0, 0, 0]);
  });
});
