import { createEncoder, type DatasetSchema, encodeSamples, type Sample } from '@iris/dataset';
import { parseModel } from '@iris/model';
import { parseKernelModel } from '@iris/model/scores';
import { describe, expect, it } from 'vitest';
import type { MethodSetting } from './explanation.ts';
import { mixKernels } from './kernel-mixture.ts';
import { mixRows } from './mixture.ts';
import { byPermutations } from './permutations.ts';
import { createDraw, drawForest, drawKernels, drawSamples, explainByDefinition, mixedSchema, outcomeOf } from './test-models.ts';

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

/** Support vectors of seven features with a sample and eight references. */
function setUp(seed: number, gamma?: number) {
  const draw = createDraw(seed);
  const schema = mixedSchema(5, 2 + (seed % 3));
  const parameters = drawKernels(schema, draw, gamma);
  const [sample, ...references] = drawSamples(schema, 9, draw) as [Sample, ...Sample[]];
  const setting = settingOf(schema, references);
  const row = encodeSamples(createEncoder(schema), [sample]);
  return { schema, parameters, sample, references, setting, row };
}

const differencesOf = (one: ArrayLike<number>, other: ArrayLike<number>) =>
  Array.from(one, (value, at) => Math.abs(value - other[at]!));

describe('permutations', () => {
  it('come as close to all coalitions as their errors say, and to the sum exactly', () => {
    const squares: number[] = [];
    for (let seed = 1; seed <= 12; seed++) {
      const { schema, parameters, sample, references, setting, row } = setUp(seed);
      const { base, contributions, errors } = byPermutations(
        mixKernels(parseKernelModel(parameters), setting),
        setting,
      ).attribute(row);
      const outcome = outcomeOf(schema, parameters, 'probability');
      const defined = explainByDefinition(outcome, sample, references);
      for (const [feature, shares] of defined.contributions.entries()) {
        const at = feature * setting.classCount;
        if (errors![at]! > 0) squares.push(((contributions[at]! - shares[0]!) / errors![at]!) ** 2);
        else expect(contributions[at]).toBeCloseTo(shares[0]!, 12);
      }
      outcome(sample).forEach((probability, label) => {
        const added = Array.from(contributions).filter((_, at) => at % setting.classCount === label);
        expect(Math.abs(added.reduce((sum, value) => sum + value, base[label]!) - probability)).toBeLessThan(1e-12);
      });
    }
    // Differences in standard errors: their mean square is 1.
    expect(squares.length).toBeGreaterThan(50);
    const meanSquare = squares.reduce((sum, square) => sum + square) / squares.length;
    expect(meanSquare).toBeGreaterThan(0.5);
    expect(meanSquare).toBeLessThan(2);
  });

  it('are the same again, and those of any model', () => {
    const { parameters, setting, row } = setUp(1);
    const explain = () => byPermutations(mixKernels(parseKernelModel(parameters), setting), setting).attribute(row);
    const method = byPermutations(mixRows(parseModel(parameters), setting), setting);
    expect(explain()).toEqual(explain());
    expect(Math.max(...differencesOf(explain().contributions, method.attribute(row).contributions))).toBeLessThan(1e-12);
    expect(method.attribute(row)).toEqual(method.attribute(row));
  });

  it('keep kernels right however far a reference is', () => {
    for (const gamma of [1, 30, 1e4, 1e40]) {
      const { parameters, setting, row } = setUp(4, gamma);
      const fast = byPermutations(mixKernels(parseKernelModel(parameters), setting), setting).attribute(row);
      const plain = byPermutations(mixRows(parseModel(parameters), setting), setting).attribute(row);
      expect(Math.max(...differencesOf(fast.contributions, plain.contributions))).toBeLessThan(1e-9);
    }
  });

  it('estimate nothing for a feature that a model does not read, without an error', () => {
    const draw = createDraw(3);
    const schema = mixedSchema(6, 2);
    const forest = drawForest({ ...schema, features: schema.features.slice(0, 1) }, draw);
    const [sample, ...references] = drawSamples(schema, 9, draw) as [Sample, ...Sample[]];
    const setting = settingOf(schema, references);
    // The forest reads the first column alone.
    const size = createEncoder(schema).size;
    const cutCounts = [...forest.trees.cutCounts, ...Array<number>(size - 1).fill(0)];
    const parameters = { ...forest, inputSize: size, trees: { ...forest.trees, cutCounts } };
    const { contributions, errors } = byPermutations(mixRows(parseModel(parameters), setting), setting).attribute(
      encodeSamples(createEncoder(schema), [sample]),
    );
    expect(
      Array.from(contributions)
        .slice(2)
        .every((value) => value === 0),
    ).toBe(true);
    expect(
      Array.from(errors!)
        .slice(2)
        .every((value) => value === 0),
    ).toBe(true);
  });
});
