import { generateChurn } from '@iris/dataset/churn';
import { loadIris } from '@iris/dataset/iris';
import { Ajv } from '@modelcontextprotocol/server/validators/ajv';
import { describe, expect, it } from 'vitest';
import { createToolbox } from './toolbox.ts';

const SAMPLE = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };

describe.each([
  ['iris', loadIris().schema],
  ['churn', generateChurn().schema],
])('the tools of %s', (_name, schema) => {
  const { listing, find } = createToolbox(schema);

  it('are listed in the same order each time, and found by their names', () => {
    expect(listing).toEqual(createToolbox(schema).listing);
    for (const { name } of listing) expect(find(name)?.name).toBe(name);
    expect(find('constructor')).toBeUndefined();
  });

  it('have schemas that are such, descriptions, and say what they change', () => {
    for (const { name, inputSchema, outputSchema, description, annotations } of listing) {
      const ajv = new Ajv({ strict: false });
      expect(() => [ajv.compile(inputSchema), ajv.compile(outputSchema as object)], name).not.toThrow();
      expect(inputSchema.additionalProperties).toBe(false);
      expect(description?.length).toBeGreaterThan(40);
      expect(annotations?.destructiveHint).toBe(false);
      expect(annotations?.readOnlyHint).toBe(name !== 'record-feedback');
    }
  });

  it('name features and classes of this dataset, and of no other', () => {
    const text = JSON.stringify(listing);
    for (const label of schema.classes) expect(text).toContain(label);
    expect(/setosa|petal/.test(text)).toBe(schema.name === 'iris');
    expect(/plan_type|churn/.test(text)).toBe(schema.name === 'churn');
  });
});

describe('validate', () => {
  const { find } = createToolbox(loadIris().schema);
  const faults = (tool: string, args: unknown) => {
    try {
      return find(tool)!.validate(args);
    } catch (error) {
      return (error as { errors: unknown[] }).errors;
    }
  };

  it('gives arguments that are such as they are', () => {
    expect(faults('predict', SAMPLE)).toEqual({ args: SAMPLE, ignored: [] });
  });

  it('tells every fault, with the classes that there are', () => {
    expect(faults('predict', { ...SAMPLE, petal_width: 900, petal_length: 'x', more: 1 })).toHaveLength(3);
    expect(faults('record-feedback', { request_id: 'a', label: 'rose' })).toEqual([
      { pointer: '/label', detail: 'must be equal to one of the allowed values: setosa, versicolor, virginica' },
    ]);
  });

  it('tells the first of a thousand', () => {
    const instances = Array.from({ length: 1000 }, () => ({}));
    expect(faults('predict-batch', { instances })).toHaveLength(1);
    expect(faults('predict-batch', { instances: Array.from({ length: 1001 }, () => SAMPLE) })).toEqual([
      { pointer: '/instances', detail: 'must NOT have more than 1000 items' },
    ]);
  });

  it('takes a feature that is called request_id for the feature', () => {
    const range = { min: 0, max: 9 };
    const feature = { kind: 'numeric', name: 'request_id', unit: 'km', observed: range, plausible: range } as const;
    const { find: findOther } = createToolbox({ ...loadIris().schema, features: [feature] });
    expect(findOther('predict')!.validate({ request_id: '5' })).toEqual({ args: { request_id: 5 }, ignored: [] });
  });

  it('tells no more than twenty', () => {
    const args = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`more${index}`, 1]));
    expect(faults('predict', args)).toHaveLength(20);
  });

  it('ignores names that there are not, and says so of those that no client adds for itself', () => {
    const more = { toolCallId: 'call_1', sessionId: 's', action: 'sendMessage', chatInput: 'hi', petalwidth: 1 };
    expect(faults('predict', { ...SAMPLE, ...more })).toEqual({ args: SAMPLE, ignored: ['/petalwidth'] });
  });
});
