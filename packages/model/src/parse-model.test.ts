import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ModelError } from './errors.ts';
import type { ModelParameters } from './parameters.ts';
import { parseModel } from './parse-model.ts';
import { anyParameters, SMALL_FOREST, SMALL_LOGREG, SMALL_SVM } from './test-parameters.ts';

const KINDS = [SMALL_LOGREG, SMALL_SVM, SMALL_FOREST] as const;

/** The document as a file would hold it: what JSON cannot carry (NaN, holes) becomes null. */
function viaJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function codeOf(parameters: unknown): string {
  try {
    parseModel(parameters);
  } catch (error) {
    if (error instanceof ModelError) return error.code;
    throw error;
  }
  return 'accepted';
}

/** Each way to put one wrong value into an array or number of the parameters. */
function damages(parameters: ModelParameters, wrong: unknown): [string, unknown][] {
  return Object.entries(parameters)
    .filter(([member]) => member !== 'kind' && member !== 'scaler')
    .map(([member, value]) => [
      member,
      { ...parameters, [member]: Array.isArray(value) ? [...value.slice(0, -1), wrong] : wrong },
    ]);
}

describe('parseModel', () => {
  it.each(KINDS)('accepts sound $kind parameters and repeats their sizes', (parameters) => {
    expect(parseModel(viaJson(parameters))).toMatchObject({ kind: parameters.kind, inputSize: 2, classCount: 3 });
  });

  it.each([null, undefined, 7, 'rf', [], [SMALL_LOGREG], true])('refuses %j as no object', (value) => {
    expect(codeOf(value)).toBe('MODEL_NOT_AN_OBJECT');
  });

  it.each(['mlp', '', '__proto__', 'constructor', null, { toString: 1 }, ['rf']])('refuses the kind %j', (kind) => {
    expect(codeOf({ ...SMALL_LOGREG, kind })).toBe('MODEL_KIND_UNKNOWN');
  });

  it('takes no member from a prototype', () => {
    expect(codeOf(Object.create(SMALL_LOGREG))).toBe('MODEL_KIND_UNKNOWN');
    expect(codeOf(JSON.parse('{"__proto__":{"kind":"rf"}}'))).toBe('MODEL_KIND_UNKNOWN');
  });

  it.each(KINDS.flatMap((parameters) => Object.keys(parameters).map((member) => [parameters.kind, member, parameters] as const)))(
    'refuses %s without %s',
    (_, member, parameters) => {
      expect(codeOf({ ...parameters, [member]: undefined })).toMatch(/^MODEL_(NUMBER|ARRAY_LENGTH|NOT_AN_OBJECT|KIND_UNKNOWN)$/);
    },
  );

  const WRONG = [null, '1', Number.NaN, Number.POSITIVE_INFINITY, 1e51, -1e51, [], {}, true];
  it.each(KINDS)('refuses every wrong value in every member of $kind', (parameters) => {
    for (const wrong of WRONG) {
      for (const [member, damaged] of damages(parameters, wrong))
        expect([member, wrong, codeOf(damaged)]).toEqual([member, wrong, 'MODEL_NUMBER']);
    }
  });

  it.each([
    ['too few columns', { mean: [1] }],
    ['a scale of zero', { scale: [1, 0] }],
    ['a negative scale', { scale: [1, -1] }],
    ['a mean that is no number', { mean: [1, 'x'] }],
  ])('refuses a scaler with %s', (_, change) => {
    expect(codeOf({ ...SMALL_LOGREG, scaler: { ...SMALL_LOGREG.scaler, ...change } })).toMatch(/^MODEL_(NUMBER|ARRAY_LENGTH)$/);
  });

  it('refuses holes as missing numbers', () => {
    const coefficients: number[] = [];
    coefficients.length = 6;
    expect(codeOf({ ...SMALL_LOGREG, coefficients })).toBe('MODEL_NUMBER');
  });

  it.each([
    ['one class', { classCount: 1 }],
    ['no column', { inputSize: 0 }],
    ['2 ** 31 columns', { inputSize: 2 ** 31 }],
    ['more classes than any array could hold rows for', { inputSize: 10_000, classCount: 1_001 }],
    ['half a class', { classCount: 2.5 }],
  ])('refuses %s', (_, change) => {
    expect(codeOf({ ...SMALL_LOGREG, ...change })).toBe('MODEL_NUMBER');
  });

  it('refuses support vector counts that promise other arrays than the document holds', () => {
    expect(codeOf({ ...SMALL_SVM, supportVectorCounts: [1, 1, 2] })).toBe('MODEL_ARRAY_LENGTH');
    expect(codeOf({ ...SMALL_SVM, supportVectorCounts: [1, 1] })).toBe('MODEL_ARRAY_LENGTH');
  });

  it('refuses counts of a size that nobody should allocate, before allocating it', () => {
    expect(codeOf({ ...SMALL_SVM, supportVectorCounts: [200_000, 200_000, 200_000] })).toBe('MODEL_COUNTS');
    expect(codeOf({ ...SMALL_SVM, inputSize: 10_000, scaler: wideScaler(10_000), supportVectorCounts: [1_001, 0, 0] })).toBe(
      'MODEL_COUNTS',
    );
  });

  it('says which member and index is wrong without repeating a long value', () => {
    const intercepts = [0, 0, 'x'.repeat(1_000_000)];
    expect(() => parseModel({ ...SMALL_LOGREG, intercepts })).toThrow(
      expect.objectContaining({ details: { field: 'intercepts', index: 2, actual: `"${'x'.repeat(40)}"` } }),
    );
  });

  it('answers any JSON value with a model or a coded error', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(codeOf(value)).toMatch(/^MODEL_/);
      }),
    );
  });

  it('answers sound parameters with any member exchanged for any JSON value with a model or a coded error', () => {
    fc.assert(
      fc.property(anyParameters, fc.nat(), fc.jsonValue(), (parameters, choice, value) => {
        const members = Object.keys(parameters);
        const damaged = { ...parameters, [members[choice % members.length]!]: value };
        expect(codeOf(viaJson(damaged))).toMatch(/^(MODEL_[A-Z_]+|accepted)$/);
      }),
      { numRuns: 1000 },
    );
  });
});

function wideScaler(size: number) {
  return { mean: Array(size).fill(0), scale: Array(size).fill(1) };
}
