import { describe, expect, it } from 'vitest';
import { DatasetError, describeProblem } from './errors.ts';
import { parseDatasetSchema } from './parse-schema.ts';

const numeric = { kind: 'numeric', name: 'ph', unit: '1', observed: { min: 4, max: 9 }, plausible: { min: 0, max: 14 } };
const categorical = { kind: 'categorical', name: 'colour', levels: ['red', 'brown'] };
const VALID = { name: 'soil', description: 'Soil.', target: 'kind', classes: ['clay', 'sand'], features: [numeric, categorical] };

function problemsOf(document: unknown): string[] {
  try {
    parseDatasetSchema(document);
  } catch (error) {
    expect(error).toBeInstanceOf(DatasetError);
    expect((error as DatasetError).code).toBe('DATASET_SCHEMA_INVALID');
    return (error as DatasetError).problems.map(describeProblem);
  }
  return [];
}

describe('parseDatasetSchema', () => {
  it('takes a complete schema as it is', () => {
    expect(parseDatasetSchema(VALID)).toEqual(VALID);
  });

  it.each([
    'id',
    'model',
    'version',
    'request_id',
    'features',
    'constructor',
    'a.b',
    'with blanks',
    'a"b',
    '🌱',
    'x'.repeat(500),
  ])('takes columns named %j', (name) => {
    const document = { ...VALID, features: [{ ...numeric, name }] };
    expect(parseDatasetSchema(document)).toEqual(document);
    expect(parseDatasetSchema({ ...VALID, target: name }).target).toBe(name);
  });

  it('tells every problem at once', () => {
    const problems = problemsOf({
      ...VALID,
      name: 'Soil Types',
      classes: ['clay'],
      features: [{ ...numeric, colour: 1 }, { kind: 'ordinal' }],
    });
    expect(problems).toEqual([
      '/name: must match pattern "^[a-z][a-z0-9-]{0,62}$"',
      '/classes: must NOT have fewer than 2 items',
      '/features/0: must NOT have additional properties: colour',
      '/features/1/kind: must be equal to one of the allowed values: numeric, categorical, date',
    ]);
  });

  it.each([
    ['no document', null, '/: must be object'],
    [
      'a name that JSON readers refuse',
      { ...VALID, target: '__proto__' },
      '/target: "__proto__", "$ref" and "$id" mean something else',
    ],
    [
      'a name with a blank at its end',
      { ...VALID, features: [{ ...numeric, name: 'ph ' }] },
      '/features/0/name: must be a name without blanks at its ends',
    ],
    ['half a character in a name', { ...VALID, target: 'a\ud83d' }, '/target: must be a name'],
    [
      'two names that differ in how their letters are composed',
      { ...VALID, target: 'été', features: [{ ...numeric, name: 'e\u0301te\u0301' }] },
      '/features/0/name: the name',
    ],
    [
      'two levels that differ in how their letters are composed',
      { ...VALID, features: [{ ...categorical, levels: ['é', 'e\u0301'] }] },
      '/features/0/levels/1: "e\u0301" is there twice',
    ],
    [
      'a range whose squares overflow',
      { ...VALID, features: [{ ...numeric, plausible: { min: 0, max: 1e200 } }] },
      '/features/0/plausible/max: must be <= 1e+50',
    ],
    ['a class that is no key', { ...VALID, classes: ['__proto__', 'sand'] }, '/classes/0'],
    [
      'a control character in a level',
      { ...VALID, features: [{ ...categorical, levels: ['a\n', 'b'] }] },
      '/features/0/levels/0',
    ],
    [
      'a feature named as the target',
      { ...VALID, features: [{ ...numeric, name: 'kind' }] },
      '/features/0/name: the name "kind" is used twice',
    ],
    ['two features of one name', { ...VALID, features: [numeric, numeric] }, '/features/1/name: the name "ph" is used twice'],
    [
      'a range upside down',
      { ...VALID, features: [{ ...numeric, plausible: { min: 9, max: 4 } }] },
      '/features/0/plausible: min is above max',
    ],
    [
      'an observed value that is not plausible',
      { ...VALID, features: [{ ...numeric, plausible: { min: 5, max: 8 } }] },
      '/features/0/observed: must lie',
    ],
    [
      'a range that is missing',
      { ...VALID, features: [{ kind: 'numeric', name: 'ph', unit: '1' }] },
      '/features/0/observed: is missing',
    ],
  ])('refuses %s', (_case, document, problem) => {
    expect(problemsOf(document).join('\n')).toContain(problem);
  });
});
