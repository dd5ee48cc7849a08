import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { createTestApp, irisDocument } from '../../test-app.ts';
import { encodeElements } from './tensor-codec.ts';
import { binaryBody, FLOWERS, flowerInput, infer } from './test-bodies.ts';

const service = await createTestApp();
const { app, log } = service;
afterAll(() => app.close());

const label = { name: 'label', datatype: 'BYTES', shape: [2], data: ['setosa', 'virginica'] };
const probabilities = { name: 'probabilities', datatype: 'FP64', shape: [2, 3], data: [1, 0, 0, 0, 0, 1] };
const answer = { model_name: 'iris', model_version: '0.1.0', outputs: [label, probabilities] };

async function loggedRows() {
  await log!.writer.flush();
  return (await log!.store.list({ limit: 1000 })).predictions;
}

describe('an inference request', () => {
  it('is answered with the label and the probabilities of each sample', async () => {
    const response = await infer(service, { inputs: [flowerInput()] });
    expect([response.statusCode, response.json()]).toEqual([200, answer]);
  });

  it.each([
    ['flat data', flowerInput({ data: FLOWERS.flat() })],
    ['FP32', flowerInput({ datatype: 'FP32', data: FLOWERS.flat().map(Math.fround) })],
    ['members of null', flowerInput({ parameters: null })],
    ['parameters of others', flowerInput({ parameters: { content_type: 'np' } })],
  ])('may have %s', async (_what, input) => {
    const request = { id: null, parameters: null, outputs: null, model_name: 'iris', inputs: [input] };
    expect((await infer(service, request)).json()).toEqual(answer);
  });

  it('gets its id back, which is also the id of its sample in the log', async () => {
    const response = await infer(service, { id: 'v2-one', inputs: [flowerInput({ shape: [1, 4], data: FLOWERS[0] })] });
    expect(response.json().id).toBe('v2-one');
    expect((await loggedRows()).filter(({ requestId }) => requestId === 'v2-one').map((row) => row.label)).toEqual(['setosa']);
  });

  it('of several samples is logged with an id for each, by which each is judged', async () => {
    const response = await infer(service, { id: 'v2-kept', inputs: [flowerInput()] });
    expect(response.json().id).toBe('v2-kept');
    await log!.writer.flush();
    const payload = { request_id: 'v2-kept-1', label: 'versicolor' };
    expect((await app.inject({ method: 'POST', url: '/feedback', payload })).statusCode).toBe(200);
    const rows = (await loggedRows()).filter(({ requestId }) => requestId?.startsWith('v2-kept'));
    expect(rows.map(({ requestId, label, feedback }) => [requestId, label, feedback])).toEqual([
      ['v2-kept-1', 'virginica', 'versicolor'],
      ['v2-kept-0', 'setosa', null],
    ]);
  });

  it('is logged as it was written, also from FP32', async () => {
    await infer(service, { id: 'v2-float', inputs: [flowerInput({ datatype: 'FP32', data: FLOWERS.flat().map(Math.fround) })] });
    const row = (await loggedRows()).find(({ requestId }) => requestId === 'v2-float-0');
    expect(row?.features).toEqual({ sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 });
  });

  it('stays out of the log with ?log=false, and when it is refused', async () => {
    await infer(service, { id: 'v2-explored', inputs: [flowerInput()] }, { query: { log: 'false' } });
    await infer(service, { id: 'v2-refused', inputs: [flowerInput({ data: [...FLOWERS[0]!, 900, 1, 1, 1] })] });
    expect((await loggedRows()).filter(({ requestId }) => /^v2-(explored|refused)$/.test(requestId ?? ''))).toEqual([]);
  });

  it('gets the outputs it asks for, in that order', async () => {
    const outputs = [{ name: 'probabilities' }, { name: 'label', parameters: { binary_data: false } }];
    expect((await infer(service, { inputs: [flowerInput()], outputs })).json().outputs).toEqual([probabilities, label]);
    expect((await infer(service, { inputs: [flowerInput()], outputs: [{ name: 'label' }] })).json().outputs).toEqual([label]);
    expect((await infer(service, { inputs: [flowerInput()], outputs: [] })).json().outputs).toEqual([label, probabilities]);
  });

  it('may name the version in service; after an exchange of models another one', async () => {
    const exchanged = await createTestApp();
    const at = (version: string) =>
      infer(exchanged, { inputs: [flowerInput()] }, { url: `/v2/models/iris/versions/${version}/infer` });
    expect((await at('0.1.0')).json()).toEqual(answer);
    exchanged.exchange(irisDocument({ version: '0.2.0' }));
    expect([(await at('0.1.0')).statusCode, (await at('0.2.0')).json().model_version]).toEqual([404, '0.2.0']);
    await exchanged.app.close();
  });

  it.each([undefined, 'application/octet-stream', 'application/json; charset=utf-8'])(
    'may have the content type %s',
    async (type) => {
      const headers = type === undefined ? {} : { 'content-type': type };
      const response = await infer(service, Buffer.from(JSON.stringify({ inputs: [flowerInput()] })), { headers });
      expect(response.json()).toEqual(answer);
    },
  );

  it('may have 10,000 samples', async () => {
    const data = Array.from({ length: 10_000 }, () => FLOWERS[0]!).flat();
    const response = await infer(service, { inputs: [flowerInput({ shape: [10_000, 4], data })] }, { query: { log: 'false' } });
    expect(response.json().outputs[0].data).toHaveLength(10_000);
  });
});

describe('binary data', () => {
  const bytes = encodeElements('FP64', FLOWERS.flat());
  const input = flowerInput({ data: undefined, parameters: { binary_data_size: bytes.length } });

  it('is read behind the JSON', async () => {
    const { payload, headers } = binaryBody({ inputs: [input] }, bytes);
    expect((await infer(service, payload, { headers })).json()).toEqual(answer);
  });

  it('is written behind the JSON for the whole request', async () => {
    const response = await infer(service, { parameters: { binary_data_output: true }, inputs: [flowerInput()] });
    const length = Number(response.headers['inference-header-content-length']);
    const { outputs } = JSON.parse(response.rawPayload.toString('utf8', 0, length));
    const expected = [encodeElements('BYTES', label.data), encodeElements('FP64', probabilities.data)];
    expect(response.headers['content-type']).toBe('application/octet-stream');
    expect(outputs.map((output: object) => 'data' in output)).toEqual([false, false]);
    expect(outputs.map(({ parameters }: { parameters: object }) => parameters)).toEqual(
      expected.map((part) => ({ binary_data_size: part.length })),
    );
    expect(response.rawPayload.subarray(length)).toEqual(Buffer.concat(expected));
  });

  it('is chosen output by output, which outweighs the request', async () => {
    const outputs = [{ name: 'label', parameters: { binary_data: false } }, { name: 'probabilities' }];
    const response = await infer(service, { parameters: { binary_data_output: true }, inputs: [flowerInput()], outputs });
    const length = Number(response.headers['inference-header-content-length']);
    expect(JSON.parse(response.rawPayload.toString('utf8', 0, length)).outputs[0]).toEqual(label);
    expect(response.rawPayload.subarray(length)).toEqual(encodeElements('FP64', probabilities.data));
  });

  it('is compressed together with the JSON, both ways', async () => {
    const { payload, headers } = binaryBody(
      {
        parameters: { binary_data_output: true },
        inputs: [flowerInput({ shape: [100, 4], data: undefined, parameters: { binary_data_size: 3200 } })],
      },
      Buffer.concat(Array(50).fill(bytes)),
    );
    const plain = await infer(service, payload, { headers });
    const compressed = await infer(service, gzipSync(payload), {
      headers: { ...headers, 'content-encoding': 'gzip', 'accept-encoding': 'gzip' },
    });
    expect(compressed.headers).toMatchObject({
      'content-encoding': 'gzip',
      vary: 'accept-encoding',
      'inference-header-content-length': plain.headers['inference-header-content-length'],
    });
    expect(gunzipSync(compressed.rawPayload)).toEqual(plain.rawPayload);
  });

  it.each([
    ['the JSON’s length beyond the body', { 'inference-header-content-length': '99999' }, 400, 'Inference-Header-Content-Length'],
    ['a length that is no number', { 'inference-header-content-length': '-1' }, 400, 'Inference-Header-Content-Length'],
    ['a length that cuts the JSON', { 'inference-header-content-length': '10' }, 400, 'not JSON'],
    ['a damaged compression', { 'content-encoding': 'gzip' }, 400, 'not valid gzip'],
    ['another compression', { 'content-encoding': 'br' }, 415, 'gzip or deflate'],
  ])('with %s is refused', async (_what, change, status, message) => {
    const { payload, headers } = binaryBody({ inputs: [input] }, bytes);
    const response = await infer(service, payload, { headers: { ...headers, ...change } });
    expect([response.statusCode, response.json()]).toEqual([status, { error: expect.stringContaining(message) }]);
  });

  it('that inflates beyond the body limit is 413', async () => {
    const response = await infer(service, gzipSync(Buffer.alloc(50_000_000)), { headers: { 'content-encoding': 'gzip' } });
    expect([response.statusCode, response.json()]).toEqual([
      413,
      { error: 'The decompressed body is larger than this route takes.' },
    ]);
  });
});
