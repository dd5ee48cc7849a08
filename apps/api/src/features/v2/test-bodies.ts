/** Requests for the tests of this feature. */
import type { InjectOptions } from 'fastify';
import type { TestApp } from '../../test-app.ts';

/** Two flowers: setosa, virginica. */
export const FLOWERS = [
  [5.1, 3.5, 1.4, 0.2],
  [6.3, 3.3, 6, 2.5],
];

/** A valid input tensor of the iris model, with changes. */
export function flowerInput(change: object = {}): object {
  return { name: 'features', shape: [2, 4], datatype: 'FP64', data: FLOWERS, ...change };
}

/** Sends an inference request. */
export async function infer({ app }: TestApp, payload?: InjectOptions['payload'], options: InjectOptions = {}) {
  return app.inject({ method: 'POST', url: '/v2/models/iris/infer', ...(payload !== undefined && { payload }), ...options });
}

/** A body of JSON with binary data behind it, and the header field that tells where the JSON ends. */
export function binaryBody(request: object, ...binary: readonly Buffer[]) {
  const json = Buffer.from(JSON.stringify(request));
  const headers = { 'inference-header-content-length': String(json.length), 'content-type': 'application/octet-stream' };
  return { payload: Buffer.concat([json, ...binary]), headers };
}
