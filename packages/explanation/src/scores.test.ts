import { createEncoder, type DatasetSchema, encodeSamples, type Sample } from '@iris/dataset';
import { parseKernelModel, parseLinearModel } from '@iris/model/scores';
import { describe, expect, it } from 'vitest';
import type { Method, MethodSetting } from './explanation.ts';
import { byKernels } from './kernels.ts';
import { byWeights } from './linear.ts';
import {
  createDraw,
  drawKernels,
  drawLinear,
  drawSamples,
  explainByDefinition,
  kernelMarginsOf,
  mixedSchema,
  outcomeOf,
} from './test-models.ts';

function settingOf(schema: DatasetSchema, references: readonly Sample[]): MethodSetting {
  const encoder = createEncoder(schema);
  return {
    classCount: schema.classes.length,
    featureCount: schema.features.length,
    columnFeatures: encoder.columnFeatures,
    references: encodeSamples(encoder, references),
    referenceCount: references.length,
  };
}

interface Defined {
  readonly base: readonly number[];
  readonly contributions: readonly (readonly number[])[];
}

function attributed(schema: DatasetSchema, { explained, attribute }: Method, sample: Sample): number[] {
  const { base, contributions } = attribute(encodeSamples(createEncoder(schema), [sample]));
  expect(explained).toBe('margin');
  return [...Array.from(base), ...Array.from(contributions)];
}

function greatestDifference(values: readonly number[], { base, contributions }: Defined): number {
  const expected = [base, ...contributions].flat();
  expect(values).toHaveLength(expected.length);
  return Math.max(...expected.map((value, at) => Math.abs(value - values[at]!)));
}

function expectSums(values: readonly number[], outcome: readonly number[]): void {
  // A model that says the same of all would prove nothing.
  expect(Math.max(...values.slice(outcome.length))).toBeGreaterThan(1e-3);
  for (const [label, expected] of outcome.entries()) {
    const sum = values.reduce((total, value, at) => (at % outcome.length === label ? total + value : total), 0);
    expect(Math.abs(sum - expected)).toBeLessThan(1e-12 * Math.max(1, Math.abs(expected)));
  }
}

describe('the explanation of logistic regression', () => {
  it.each([1, 2, 3, 4, 5, 6])('is that of all coalitions for margins: numbers, levels and dates, some missing (%d)', (seed) => {
    const draw = createDraw(seed);
    const schema = mixedSchema(3, 2 + (seed % 3));
    const parameters = drawLinear(schema, draw);
    const [sample, ...references] = drawSamples(schema, 9, draw);
    const values = attributed(schema, byWeights(parseLinearModel(parameters), settingOf(schema, references)), sample!);
    const outcome = outcomeOf(schema, parameters, 'margin');
    // The margins of the definition come from the logarithms of probabilities.
    expect(greatestDifference(values, explainByDefinition(outcome, sample!, references))).toBeLessThan(1e-9);
    expectSums(values, outcome(sample!));
  });
});

describe('the explanation of support vectors', () => {
  it.each([1, 2, 3, 4, 5, 6])('is that of all coalitions for margins: numbers, levels and dates, some missing (%d)', (seed) => {
    const draw = createDraw(seed);
    const schema = mixedSchema(4, 2 + (seed % 3));
    const parameters = drawKernels(schema, draw);
    const [sample, ...references] = drawSamples(schema, 9, draw);
    const values = attributed(schema, byKernels(parseKernelModel(parameters), settingOf(schema, references)), sample!);
    const outcome = kernelMarginsOf(schema, parameters);
    expect(greatestDifference(values, explainByDefinition(outcome, sample!, references))).toBeLessThan(1e-11);
    expectSums(values, outcome(sample!));
  });

  it('is the log-odds of the probability where there are two classes', () => {
    const draw = createDraw(8);
    const schema = mixedSchema(2, 2);
    const parameters = drawKernels(schema, draw);
    const [sample] = drawSamples(schema, 1, draw);
    const [of, byProbability] = [kernelMarginsOf(schema, parameters), outcomeOf(schema, parameters, 'margin')];
    expect(of(sample!)[0]).toBeCloseTo(byProbability(sample!)[0]!, 10);
  });

  it.each([0.001, 0.02, 0.1])('stays within 2e-6 of all coalitions with twelve features, gamma %d', (gamma) => {
    const draw = createDraw(12);
    const schema = mixedSchema(10, 2);
    const parameters = drawKernels(schema, draw, gamma);
    const [sample, ...references] = drawSamples(schema, 4, draw);
    const values = attributed(schema, byKernels(parseKernelModel(parameters), settingOf(schema, references)), sample!);
    const outcome = kernelMarginsOf(schema, parameters);
    expect(greatestDifference(values, explainByDefinition(outcome, sample!, references))).toBeLessThan(2e-6);
    expectSums(values, outcome(sample!));
  });

  it('is nothing, not lost, where no vector is near', () => {
    const draw = createDraw(4);
    const schema = mixedSchema(3, 3);
    const parameters = drawKernels(schema, draw, 1e40);
    const [sample, ...references] = drawSamples(schema, 9, draw);
    const values = attributed(schema, byKernels(parseKernelModel(parameters), settingOf(schema, references)), sample!);
    expect(values.slice(3).every((value) => Math.abs(value) < 1e-25)).toBe(true);
  });
});
