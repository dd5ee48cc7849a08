/** The bad-input matrix: what other servers answer with 500, or with a prediction. */
import { afterAll, describe, expect, it } from 'vitest';
import { createTestApp } from '../../test-app.ts';
import { encodeElements } from './tensor-codec.ts';
import { binaryBody, FLOWERS, flowerInput, infer } from './test-bodies.ts';

const service = await createTestApp();
afterAll(() => service.app.close());

const flat = FLOWERS.flat();
const withElement = (value: unknown) => flowerInput({ data: [value, ...flat.slice(1)] });

describe('an input', () => {
  it.each([
    ['a shape that the data does not have', flowerInput({ shape: [3, 4] }), 'data must have the 12 elements of the shape'],
    ['three features', flowerInput({ shape: [1, 3], data: [1, 2, 3] }), 'shape must be [n, 4]'],
    [
      'rows of unequal length',
      flowerInput({
        data: [
          [5.1, 3.5, 1.4],
          [0.2, 6.3, 3.3, 6, 2.5],
        ],
      }),
      'data must have the 8 elements',
    ],
    ['strings', withElement('5.1'), 'finite numbers only'],
    ['null', withElement(null), 'finite numbers only'],
    ['nested too deep', withElement([5.1]), 'finite numbers only'],
    ['a number too large for a double', withElement('INFINITY'), 'finite numbers only'],
    ['an empty batch', flowerInput({ shape: [0, 4], data: [] }), 'n from 1 to 10000'],
    ['shape −1', flowerInput({ shape: [-1, 4] }), 'n from 1 to 10000'],
    ['an absurd shape', flowerInput({ shape: [1e15, 4] }), 'n from 1 to 10000'],
    ['too many samples', flowerInput({ shape: [10_001, 4], data: Array(40_004).fill(1) }), 'n from 1 to 10000'],
    ['a fractional shape', flowerInput({ shape: [1.5, 4] }), '/inputs/0/shape/0 must be a whole number without quotes'],
    ['one dimension', flowerInput({ shape: [4], data: FLOWERS[0] }), 'shape must be [n, 4]'],
    ['three dimensions', flowerInput({ shape: [2, 4, 1] }), 'shape must be [n, 4]'],
    ['another name', flowerInput({ name: 'x' }), 'the model takes "features"'],
    ['an unknown datatype', flowerInput({ datatype: 'FLOAT' }), 'datatype must be FP64 or FP32'],
    ['a datatype of the protocol that is not taken', flowerInput({ datatype: 'INT64' }), 'datatype must be FP64 or FP32'],
    ['BYTES for numbers', flowerInput({ datatype: 'BYTES' }), 'datatype must be FP64 or FP32'],
    ['no data', flowerInput({ data: undefined }), 'must have either data or binary_data_size'],
    ['data twice', flowerInput({ parameters: { binary_data_size: 0 } }), 'must have either data or binary_data_size'],
    ['a negative size', flowerInput({ parameters: { binary_data_size: -8 } }), 'must be at least 0'],
    [
      'binary data that is not there',
      flowerInput({ data: undefined, parameters: { binary_data_size: 64 } }),
      '0 bytes of binary data',
    ],
    ['no name', flowerInput({ name: undefined }), '/inputs/0/name is missing'],
    ['a value that cannot be', withElement(900), 'sample 0: sepal_length is not plausible: must be at most 20'],
    ['a float32 beyond its range', { ...withElement(1e39), datatype: 'FP32' }, 'finite numbers only'],
  ])('with %s is refused, naming the fault', async (_what, input, message) => {
    const body = JSON.stringify({ inputs: [input] }).replace('"INFINITY"', '1e400');
    const response = await infer(service, body);
    expect([response.statusCode, response.json()]).toEqual([422, { error: expect.stringContaining(message) }]);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'with %d as binary data is refused',
    async (value) => {
      const bytes = encodeElements('FP64', [value, ...flat.slice(1)]);
      const input = flowerInput({ data: undefined, parameters: { binary_data_size: bytes.length } });
      const { payload, headers } = binaryBody({ inputs: [input] }, bytes);
      const response = await infer(service, payload, { headers });
      expect([response.statusCode, response.json()]).toEqual([
        422,
        { error: 'input "features": data must hold finite numbers only' },
      ]);
    },
  );

  it('that is followed by binary data of no input is refused', async () => {
    const { payload, headers } = binaryBody({ inputs: [flowerInput()] }, Buffer.alloc(3));
    expect((await infer(service, payload, { headers })).json()).toEqual({ error: '3 bytes of binary data belong to no input' });
  });

  it('given twice is refused; so is none', async () => {
    expect((await infer(service, { inputs: [flowerInput(), flowerInput()] })).json()).toEqual({
      error: 'input "features" is given twice',
    });
    expect((await infer(service, { inputs: [] })).statusCode).toBe(422);
    expect((await infer(service, {})).json().error).toContain('/inputs is missing');
  });

  it('with many faulty samples is answered with the first ones', async () => {
    const data = Array(4000).fill(900);
    const { error } = (await infer(service, { inputs: [flowerInput({ shape: [1000, 4], data })] })).json();
    expect(error).toContain('sample 4: ');
    expect(error).not.toContain('sample 5: ');
  });
});

describe('outputs', () => {
  it.each([
    [[{ name: 'x' }], 'the model gives "label", "probabilities"'],
    [[{ name: 'label' }, { name: 'label' }], 'asked for twice'],
    [[{ name: 'label', parameters: { classification: 2 } }], 'classification is not supported'],
    [[{ name: 'label', parameters: { shared_memory_region: 'r' } }], 'shared_memory_region is not supported'],
    [
      [{ name: 'label', parameters: { binary_data: 'yes' } }],
      '/outputs/0/parameters/binary_data must be true or false without quotes',
    ],
    [['label'], '/outputs/0 must be an object: { … }'],
  ])('%j are refused', async (outputs, message) => {
    const response = await infer(service, { inputs: [flowerInput()], outputs });
    expect([response.statusCode, response.json()]).toEqual([422, { error: expect.stringContaining(message) }]);
  });
});

describe('a request', () => {
  it.each([
    ['an unknown model', '/v2/models/x/infer', 404, 'no model of this name'],
    ['an unknown version', '/v2/models/iris/versions/9/infer', 404, 'version is not served'],
    ['an unknown query', '/v2/models/iris/infer?lag=false', 422, '/lag is not a known property'],
    ['an unknown path', '/v2/models/iris/infer/x', 404, 'nothing at this path'],
  ])('to %s is refused', async (_what, url, status, message) => {
    const response = await infer(service, { inputs: [flowerInput()] }, { url });
    expect([response.statusCode, response.json()]).toEqual([status, { error: expect.stringContaining(message) }]);
  });

  it.each([
    ['of 4 MB', `{"inputs":[${'0,'.repeat(2_000_000)}0]}`, 413],
    ['nested 100,000 deep', '['.repeat(100_000) + ']'.repeat(100_000), 422],
    [
      'nested 100,000 deep in its data',
      `{"inputs":[{"name":"features","shape":[1,4],"datatype":"FP64","data":${'['.repeat(100_000)}${']'.repeat(100_000)}}]}`,
      422,
    ],
    ['nested 100,000 deep and cut', '['.repeat(100_000), 422],
    ['cut off', '{"inputs":[{"name":"features","sha', 400],
    ['with NaN', '{"inputs":[{"name":"features","shape":[1,4],"datatype":"FP64","data":[NaN,1,1,1]}]}', 400],
    ['with __proto__', '{"inputs":[],"__proto__":{"inputs":[]}}', 400],
    ['of null', 'null', 422],
    ['of bytes that are not text', Buffer.from([0xff, 0xfe, 0x00]), 400],
  ])('%s is refused in the protocol’s shape', async (_what, body, status) => {
    const response = await infer(service, body);
    expect([response.statusCode, response.json()]).toEqual([status, { error: expect.any(String) }]);
  });

  it('that is empty is refused', async () => {
    const headers = { 'content-type': 'application/json' };
    expect((await infer(service, '', { headers })).json()).toEqual({ error: 'The body is empty.' });
    expect((await infer(service)).statusCode).toBe(422);
  });

  it.each(['text/plain', 'text/csv', 'application/x-www-form-urlencoded', 'application/xml'])(
    'of type %s is 415',
    async (type) => {
      const response = await infer(service, JSON.stringify({ inputs: [flowerInput()] }), { headers: { 'content-type': type } });
      expect([response.statusCode, response.json()]).toEqual([415, { error: expect.any(String) }]);
    },
  );

  it('with an id that is no text, or too long, is refused', async () => {
    expect((await infer(service, { id: 7, inputs: [flowerInput()] })).statusCode).toBe(422);
    expect((await infer(service, { id: 'x'.repeat(201), inputs: [flowerInput()] })).statusCode).toBe(422);
  });

  it('without the API’s key is 401, in the protocol’s shape', async () => {
    const closed = await createTestApp({ environment: { API_KEY: 'secret' } });
    const response = await infer(closed, { inputs: [flowerInput()] });
    expect([response.statusCode, response.json()]).toEqual([
      401,
      { error: 'A valid key is needed for this path, in the header X-API-Key.' },
    ]);
    const opened = await infer(closed, { inputs: [flowerInput()] }, { headers: { 'x-api-key': 'secret' } });
    expect(opened.statusCode).toBe(200);
    await closed.app.close();
  });
});
