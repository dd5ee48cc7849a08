/** The published schema, judged by an implementation that this package does not use. */
import { DATASET_SCHEMA_DOCUMENT } from '@iris/dataset';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import schema from './model-file.schema.json' with { type: 'json' };
import { serializeModel } from './serialize-model.ts';
import { irisDocument, PARAMETERS } from './test-documents.ts';

const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema);

function accepts(change: object): boolean {
  return validate({ ...(JSON.parse(serializeModel(irisDocument())) as object), ...change });
}

describe('the published schema', () => {
  it.each(['rf', 'svm', 'logreg'] as const)('accepts a %s model file', (model) => {
    expect(validate(JSON.parse(serializeModel(irisDocument({ model, parameters: PARAMETERS[model] }))))).toBe(true);
  });

  it.each([
    ['an unknown member', { extra: 1 }],
    ['parameters of another kind than they say', { parameters: { ...PARAMETERS.rf, kind: 'svm' } }],
    ['a text among the numbers', { parameters: { ...PARAMETERS.rf, thresholds: ['1'] } }],
    ['a dataset without classes', { dataset: { ...irisDocument().dataset, classes: [] } }],
    ['a checksum that is none', { checksum: 'sha256:0' }],
  ])('refuses %s', (_, change) => {
    expect(accepts({})).toBe(true);
    expect(accepts(change)).toBe(false);
  });

  it('accepts files with and without the confidence that newer evaluations have', () => {
    const { metrics } = irisDocument();
    for (const confidence of [null, { mean: 0.9, standardError: 0.01 }])
      expect(accepts({ metrics: { ...metrics, confidence } })).toBe(true);
    expect(accepts({ metrics: { ...metrics, confidence: 0.9 } })).toBe(false);
  });

  it('holds the dataset schema document as @iris/dataset has it', () => {
    const { $comment, ...dataset } = schema.$defs.dataset;
    expect($comment).toContain('DATASET_SCHEMA_DOCUMENT');
    expect(dataset).toEqual(DATASET_SCHEMA_DOCUMENT);
  });
});
