import type { DatasetSchema } from '@iris/dataset';
import { describe, expect, it } from 'vitest';
import { instanceArguments } from './instances.ts';
import { REQUEST_ID } from './schemas.ts';
import { createToolbox } from './toolbox.ts';

const number = { kind: 'numeric', unit: '1', observed: { min: 0, max: 9 }, plausible: { min: 0, max: 99 } } as const;
const DATASET: DatasetSchema = {
  name: 'named',
  description: 'Names of all kinds.',
  target: 'y',
  classes: ['a', 'b'],
  features: ['Total Charges', 'plant.stand', 'width', 'request id', 'column 5', '$ref (column)', 'é', 'x'.repeat(500)].map(
    (name) => ({
      ...number,
      name,
    }),
  ),
};
const SAMPLE = Object.fromEntries(DATASET.features.map(({ name }, index) => [name, index]));

describe('a sample as an argument', () => {
  const { schema, toInstance } = instanceArguments(DATASET, { request_id: REQUEST_ID });

  it('has names that every API of a language model takes, and the features\u2019 own as titles', () => {
    expect(Object.keys(schema.properties)).toEqual([
      ...['total_charges', 'plant_stand', 'width', 'request_id_2', 'column_5', 'ref_column', 'e', 'x'.repeat(64)],
      'request_id',
    ]);
    expect(schema.properties.total_charges).toMatchObject({ type: 'number', title: 'Total Charges' });
    expect(schema.properties.width).not.toHaveProperty('title');
  });

  it('becomes the sample of the API, which has the features\u2019 own names', () => {
    const args = Object.fromEntries(schema.required!.map((name, index) => [name, index]));
    expect(toInstance({ ...args, request_id: 'mine' })).toEqual({ ...SAMPLE, request_id: 'mine' });
  });

  it('may be given by the features\u2019 own names', () => {
    const { args, ignored } = createToolbox(DATASET).find('predict')!.validate(SAMPLE);
    expect([toInstance(args), ignored]).toEqual([SAMPLE, []]);
  });
});
