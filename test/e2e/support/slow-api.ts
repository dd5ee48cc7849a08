/** What the MCP server needs of an API, with answers that take as long as a test likes. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadIris } from '@iris/dataset/iris';

/** A listening API. */
export interface SlowApi {
  readonly url: string;
  /** Predictions that have been asked for. */
  readonly asked: () => number;
  close(): Promise<void>;
}

const { schema } = loadIris();
const PREDICTION = {
  prediction: schema.classes[0],
  class_index: 0,
  probabilities: Object.fromEntries(schema.classes.map((name, index) => [name, index === 0 ? 1 : 0])),
  model: 'slow',
  version: '1',
  request_id: 'r',
};

/** Starts it on a free port; everything but `/model` is answered with a prediction after so many milliseconds. */
export async function startSlowApi(delayMs: () => number): Promise<SlowApi> {
  let asked = 0;
  const server = createServer((request, response) => {
    const answer = (body: object) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    if (request.url === '/model') answer({ name: 'slow', version: '1', dataset: schema });
    else {
      asked++;
      setTimeout(answer, delayMs(), PREDICTION);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => asked,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
