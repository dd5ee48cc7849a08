/** Replays, byte by byte, what the official Python client sends (test/e2e/clients/record_requests.py). */
import { afterAll, describe, expect, it } from 'vitest';
import { createTestApp } from '../../test-app.ts';
import recording from './fixtures/tritonclient-requests.json' with { type: 'json' };
import { type Datatype, decodeElements } from './tensor-codec.ts';

const { app, log } = await createTestApp();
afterAll(() => app.close());

type Recorded = (typeof recording.requests)[number];

interface Output {
  readonly datatype: Datatype;
  readonly shape: readonly number[];
  readonly parameters?: { readonly binary_data_size: number };
  readonly data?: readonly unknown[];
}

function replay({ path, headers, body }: Recorded) {
  return app.inject({
    method: 'POST',
    url: path,
    headers: headers as Record<string, string>,
    payload: Buffer.from(body, 'base64'),
  });
}

/** Both outputs of an answer, whichever way they travelled. */
function readAnswer(payload: Buffer, jsonLength: string | undefined) {
  const end = jsonLength === undefined ? payload.length : Number(jsonLength);
  const { id, outputs } = JSON.parse(payload.toString('utf8', 0, end));
  let at = end;
  const data = outputs.map(({ datatype, shape, parameters, data: elements }: Output) => {
    if (!parameters) return elements;
    at += parameters.binary_data_size;
    const bytes = payload.subarray(at - parameters.binary_data_size, at);
    return decodeElements(
      datatype,
      bytes,
      shape.reduce((a, b) => a * b),
    );
  });
  return { id, data, unread: payload.length - at };
}

describe(`requests of ${recording.recorded}`, () => {
  const isIndex = ({ path }: Recorded) => path.endsWith('/index');

  it.each(recording.requests.filter((request) => !isIndex(request)))(
    '$name: is answered and logged as meant',
    async (request) => {
      const response = await replay(request);
      const asksForBinary = request.name.includes('binary');
      expect(response.statusCode, response.body).toBe(200);
      expect(response.headers['content-type']).toBe(asksForBinary ? 'application/octet-stream' : 'application/json');
      expect(readAnswer(response.rawPayload, response.headers['inference-header-content-length'] as string)).toEqual({
        id: 'recorded',
        data: [
          ['setosa', 'virginica'],
          [1, 0, 0, 0, 0, 1],
        ],
        unread: 0,
      });
      await log!.writer.flush();
      const { predictions } = await log!.store.list({ limit: 2 });
      expect(predictions.map(({ features }) => features?.sepal_length)).toEqual([6.3, 5.1]);
    },
  );

  it.each(recording.requests.filter(isIndex))('$name: is answered', async (request) => {
    const response = await replay(request);
    expect(response.json()).toEqual([{ name: 'iris', version: '0.1.0', state: 'READY', reason: '' }]);
  });

  it('come with and without a content type, compressed and not', () => {
    const types = new Set(recording.requests.map(({ headers }) => (headers as Record<string, string>)['content-type']));
    const codings = new Set(recording.requests.map(({ headers }) => (headers as Record<string, string>)['content-encoding']));
    expect([types, codings]).toEqual([new Set([undefined, 'application/octet-stream']), new Set([undefined, 'gzip', 'deflate'])]);
  });
});
