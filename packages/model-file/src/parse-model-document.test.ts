import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_MODEL_FILE_BYTES, parseModelDocument, requireLength } from './parse-model-document.ts';
import { serializeModel } from './serialize-model.ts';
import { irisDocument, PARAMETERS, sealedText } from './test-documents.ts';

function codeOf(text: string): string {
  try {
    parseModelDocument(text);
    return 'accepted';
  } catch (error) {
    return String((error as { code?: unknown }).code);
  }
}

/** The code that a sealed document with these changes is refused with. */
function codeWith(change: Readonly<Record<string, unknown>>): string {
  return codeOf(sealedText({ ...irisDocument(), ...change }));
}

const document = irisDocument();
const { samples, labels } = document.reference;

const oneHot = (levels: number) => ({ levelCounts: [levels], fills: [null], indicators: [false] });

describe('parseModelDocument', () => {
  it.each(['', '{', 'null{}', '\u0000', '{"formatVersion":1,}'])('refuses %j as no JSON', (text) => {
    expect(codeOf(text)).toBe('MODEL_FILE_NOT_JSON');
  });

  it('refuses a file that was cut short at any place', () => {
    const text = serializeModel(document).trimEnd();
    for (let length = 1; length < text.length; length += 97) expect(codeOf(text.slice(0, length))).toBe('MODEL_FILE_NOT_JSON');
  });

  it.each(['null', '7', '[]', '{}', '{"formatVersion":3}', '{"formatVersion":"1"}'])('refuses %s as another format', (text) => {
    expect(codeOf(text)).toBe('MODEL_FILE_FORMAT');
  });

  it.each([
    ['an unknown member', { extra: 1 }],
    ['no version', { version: '' }],
    ['an unknown algorithm', { model: 'mlp' }],
    ['an unknown member in the parameters', { parameters: { ...PARAMETERS.rf, extra: 1 } }],
    ['parameters that are another kind’s', { parameters: { ...PARAMETERS.rf, kind: 'svm' } }],
    ['1,001 reference samples', { reference: { samples: Array(1001).fill(samples[0]), labels: Array(1001).fill(0) } }],
    ['a negative label', { reference: { samples, labels: labels.map(() => -1) } }],
    ['an estimate without its error', { metrics: { ...document.metrics, accuracy: { mean: 0.9 } } }],
    ['no sample in training', { training: { ...document.training, sampleCount: 0 } }],
    ['an option that is an object', { training: { ...document.training, options: { a: {} } } }],
  ])('refuses %s by its schema', (_, change) => {
    expect(codeWith(change)).toBe('MODEL_FILE_SCHEMA');
  });

  it.each(Object.keys(document).filter((member) => member !== 'formatVersion'))('refuses a document without %s', (member) => {
    expect(codeWith({ [member]: undefined })).toBe('MODEL_FILE_SCHEMA');
  });

  it('names the place of a fault, once', () => {
    const text = sealedText({ ...document, training: { ...document.training, seed: 'x', sampleCount: 0 } });
    expect(() => parseModelDocument(text)).toThrow(/schema: \/training\/sampleCount: .* \/training\/seed: [^/]*$/);
  });

  it('refuses content that was changed after it was sealed', () => {
    const text = serializeModel(document);
    expect(codeOf(text.replace('2.45', '2.55'))).toBe('MODEL_FILE_CHECKSUM');
    expect(codeOf(text.replace('"version":"0.1.0"', '"version":"0.1.1"'))).toBe('MODEL_FILE_CHECKSUM');
    expect(codeOf(text.replace(/sha256:./, (start) => (start.endsWith('0') ? 'sha256:1' : 'sha256:0')))).toBe(
      'MODEL_FILE_CHECKSUM',
    );
  });

  it('leaves what a JSON Schema cannot say of the dataset and the parameters to their own checks', () => {
    expect(codeWith({ dataset: { ...document.dataset, classes: [] } })).toBe('MODEL_FILE_SCHEMA');
    const { features } = document.dataset;
    expect(codeWith({ dataset: { ...document.dataset, features: [features[0]!, ...features] } })).toBe('DATASET_SCHEMA_INVALID');
    expect(codeWith({ parameters: { ...PARAMETERS.rf, leftChildren: [0, -1, 3, -1, -1] } })).toBe('MODEL_TREE');
    expect(codeWith({ parameters: { ...PARAMETERS.rf, thresholds: [null, 0, 1.75, 0, 0] } })).toBe('MODEL_NUMBER');
  });

  it.each([
    ['another kind of parameters', { model: 'svm' }],
    ['fewer classes', { dataset: { ...document.dataset, classes: ['a', 'b'] } }],
    [
      'more columns',
      {
        dataset: {
          ...document.dataset,
          features: [...document.dataset.features, { kind: 'categorical', name: 'x', levels: ['a', 'b'] }],
        },
      },
    ],
    ['fewer labels than samples', { reference: { samples, labels: labels.slice(1) } }],
    ['a label of no class', { reference: { samples, labels: labels.map(() => 3) } }],
    ['a short sample', { reference: { samples: [[1, 2, 3]], labels: [0] } }],
    ['a word where a number belongs', { reference: { samples: [[5, 3, 'x', 1]], labels: [0] } }],
    ['an implausible sample', { reference: { samples: [[5, 3, 900, 1]], labels: [0] } }],
    ['a confusion matrix of another size', { metrics: { ...document.metrics, confusionMatrix: [[1]] } }],
    ['a confusion matrix with a short row', { metrics: { ...document.metrics, confusionMatrix: [[1, 2, 3], [1], [1, 2, 3]] } }],
  ])('refuses %s', (_, change) => {
    expect(codeWith(change)).toBe('MODEL_FILE_DISAGREES');
  });

  it('accepts levels of categorical features, and only those', () => {
    const features = [{ kind: 'categorical', name: 'plan', levels: ['a', 'b', 'c', 'd'] }];
    const dataset = { ...document.dataset, features };
    const parameters = { ...document.parameters, inputSize: 1, inputs: oneHot(4) };
    expect(codeWith({ dataset, parameters, reference: { samples: [['d']], labels: [2] } })).toBe('accepted');
    expect(codeWith({ dataset, parameters, reference: { samples: [['e']], labels: [2] } })).toBe('MODEL_FILE_DISAGREES');
    expect(codeWith({ dataset, parameters, reference: { samples: [[null]], labels: [2] } })).toBe('MODEL_FILE_DISAGREES');
  });

  it('accepts missing values, dates and texts that are no level where the schema lets them be', () => {
    const features = [
      { kind: 'categorical', name: 'plan', levels: ['a', 'b', 'c', 'd'], missing: true, unknownLevels: 'accept' },
      { kind: 'date', name: 'since', format: 'dd.mm.yyyy', observed: { min: '2020-01-01', max: '2026-01-01' } },
    ];
    const dataset = { ...document.dataset, features };
    const inputs = { levelCounts: [4, 0, 0, 0, 0], fills: [0, 2020, 1, 1, 0], indicators: [true, false, false, false, false] };
    const parameters = { ...document.parameters, inputSize: 5, inputs };
    const samples = [
      [null, '2021-02-28'],
      ['new', '2021-02-28'],
    ];
    expect(codeWith({ dataset, parameters, reference: { samples, labels: [0, 1] } })).toBe('accepted');
    for (const day of [null, '2021-02-30'])
      expect(codeWith({ dataset, parameters, reference: { samples: [['a', day]], labels: [0] } })).toBe('MODEL_FILE_DISAGREES');
  });

  it('reads a document of version 1 as version 2: its rows were one-hot for every algorithm', () => {
    const features = [{ kind: 'categorical', name: 'plan', levels: ['a', 'b', 'c', 'd'] }];
    const dataset = { ...document.dataset, features };
    const reference = { samples: [['d']], labels: [2] };
    const old = { ...document, formatVersion: 1, dataset, reference };
    expect(parseModelDocument(sealedText(old))).toMatchObject({
      formatVersion: 2,
      parameters: { ...document.parameters, inputSize: 1, inputs: oneHot(4) },
    });
    expect(codeOf(sealedText({ ...old, dataset: document.dataset, reference: document.reference }))).toBe('accepted');
    const three = { ...dataset, features: [{ ...features[0], levels: ['a', 'b', 'd'] }] };
    expect(codeOf(sealedText({ ...old, dataset: three }))).toBe('MODEL_FILE_DISAGREES');
  });

  it('refuses other level counts than the dataset has', () => {
    const features = [{ kind: 'categorical', name: 'plan', levels: ['a', 'b', 'c'] }];
    const parameters = { ...document.parameters, inputSize: 1, inputs: oneHot(4) };
    const reference = { samples: [['a']], labels: [2] };
    expect(codeWith({ dataset: { ...document.dataset, features }, parameters, reference })).toBe('MODEL_FILE_DISAGREES');
  });

  it('survives nesting that would overflow the stack of anything recursive', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const text = serializeModel(document);
    for (const member of ['"roots":', '"seed":', '"classes":', '"samples":', '"version":']) {
      expect(codeOf(text.replace(member, `${member}${deep},"extra":`))).toMatch(/^(MODEL_|DATASET_)/);
      expect(codeOf(text.replace(member, `"extra":${deep},${member}`))).toMatch(/^(MODEL_|DATASET_)/);
    }
  });

  it('refuses any JSON value in the place of any member with a code, if it does not accept it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(document)), fc.jsonValue(), (member, value) => {
        expect(codeWith({ [member]: value })).toMatch(/^(MODEL_|DATASET_|accepted)/);
      }),
      { numRuns: 200 },
    );
  });

  it('refuses more bytes than it would read', () => {
    expect(() => requireLength(MAX_MODEL_FILE_BYTES)).not.toThrow();
    expect(() => requireLength(MAX_MODEL_FILE_BYTES + 1)).toThrow(expect.objectContaining({ code: 'MODEL_FILE_TOO_LARGE' }));
  });
});
