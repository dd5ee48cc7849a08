/** A model with categorical features: a column for each feature, levels as text. */
import { createEncoder } from '@iris/dataset';
import { generateChurn } from '@iris/dataset/churn';
import { afterAll, describe, expect, it } from 'vitest';
import { createTestApp, irisDocument } from '../../test-app.ts';
import { encodeElements } from './tensor-codec.ts';
import { binaryBody, infer } from './test-bodies.ts';

const { schema } = generateChurn({ sampleCount: 50 });
const size = createEncoder(schema).size;
const service = await createTestApp({
  document: irisDocument({
    model: 'logreg',
    dataset: schema,
    reference: { samples: [], labels: [] },
    parameters: {
      kind: 'logreg',
      inputSize: size,
      classCount: 2,
      scaler: { mean: Array(size).fill(0), scale: Array(size).fill(1) },
      coefficients: [...Array(size).fill(0), 0, 1, ...Array(size - 2).fill(0)],
      intercepts: [2, 0],
    },
  }),
});
afterAll(() => service.app.close());

const url = '/v2/models/churn/infer';
const column = (name: string, datatype: string, data: unknown[]) => ({ name, datatype, shape: [data.length, 1], data });
const customers = [
  column('plan_type', 'BYTES', ['basic', 'premium']),
  column('tenure_months', 'FP64', [3, 40]),
  column('num_complaints', 'FP32', [[5], [0]]),
  column('avg_session_minutes', 'FP64', [12.5, 30]),
  column('region', 'BYTES', ['EU', 'APAC']),
];

describe('mixed data', () => {
  it('is one input per feature', async () => {
    const { inputs } = (await service.app.inject('/v2/models/churn')).json();
    expect(inputs).toEqual([
      { name: 'tenure_months', datatype: 'FP64', shape: [-1, 1] },
      { name: 'num_complaints', datatype: 'FP64', shape: [-1, 1] },
      { name: 'avg_session_minutes', datatype: 'FP64', shape: [-1, 1] },
      { name: 'plan_type', datatype: 'BYTES', shape: [-1, 1] },
      { name: 'region', datatype: 'BYTES', shape: [-1, 1] },
    ]);
  });

  it('is predicted and logged by feature, in whatever order the inputs come', async () => {
    const response = await infer(service, { id: 'churn-1', inputs: customers }, { url });
    expect(response.json().outputs[0].data).toEqual(['yes', 'no']);
    await service.log!.writer.flush();
    const { predictions } = await service.log!.store.list({ limit: 2 });
    expect(predictions.map(({ features }) => features?.plan_type)).toEqual(['premium', 'basic']);
  });

  it('may be binary, also text', async () => {
    const parts = customers.map(({ datatype, data }) => encodeElements(datatype as 'FP32', data.flat() as number[]));
    const inputs = customers.map(({ name, datatype, shape }, index) => ({
      name,
      datatype,
      shape,
      parameters: { binary_data_size: parts[index]!.length },
    }));
    const { payload, headers } = binaryBody({ inputs }, ...parts);
    expect((await infer(service, payload, { url, headers })).json().outputs[0].data).toEqual(['yes', 'no']);
  });

  it.each([
    ['a column is missing', customers.slice(1), 'missing input: "plan_type"'],
    [
      'columns differ in length',
      [column('plan_type', 'BYTES', ['basic']), ...customers.slice(1)],
      'differ in their number of rows',
    ],
    [
      'a level is unknown',
      [column('plan_type', 'BYTES', ['basic', 'gold']), ...customers.slice(1)],
      'sample 1: plan_type must be one of basic',
    ],
    [
      'a level is a number',
      [column('plan_type', 'BYTES', ['basic', 7]), ...customers.slice(1)],
      'input "plan_type": data must hold strings only',
    ],
    [
      'levels come as numbers',
      [column('plan_type', 'FP64', [0, 1]), ...customers.slice(1)],
      'input "plan_type": datatype must be BYTES',
    ],
  ])('is refused when %s', async (_what, inputs, message) => {
    const response = await infer(service, { inputs }, { url });
    expect([response.statusCode, response.json()]).toEqual([422, { error: expect.stringContaining(message) }]);
  });
});
