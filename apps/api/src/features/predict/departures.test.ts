/** Clients that leave, over real connections. */
import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, irisDocument, SETOSA } from '../../test-app.ts';
import { slowDocument } from '../explain/test-documents.ts';

interface Line {
  readonly level: number;
  readonly msg: string;
  readonly route?: string;
  readonly err?: unknown;
}

const lines: Line[] = [];
const logger = pino({ level: 'info' }, { write: (text) => void lines.push(JSON.parse(text)) });

async function listen(document = irisDocument()) {
  const { app } = await createTestApp({ withLog: false, logger, document });
  await app.listen({ port: 0, host: '127.0.0.1' });
  return { app, port: (app.server.address() as AddressInfo).port };
}

let iris: Awaited<ReturnType<typeof listen>>;
let slow: Awaited<ReturnType<typeof listen>>;
beforeAll(async () => {
  [iris, slow] = await Promise.all([listen(), listen(slowDocument())]);
});
afterAll(() => Promise.all([iris.app.close(), slow.app.close()]));

/** When to go: once the answer has begun, the request has arrived, or all of its body has. */
type Moment = 'answered' | 'arrived' | 'received';

/** Sends the beginning of a request, and goes. */
async function leave({ app, port }: Awaited<ReturnType<typeof listen>>, path: string, type: string, start: string, when: Moment) {
  lines.length = 0;
  const arriving = once(app.server, 'request');
  const length = when === 'received' && { 'content-length': Buffer.byteLength(start) };
  const headers = { 'content-type': type, ...length };
  const outgoing = request({ port, host: '127.0.0.1', method: 'POST', path, headers });
  outgoing.on('error', () => undefined);
  outgoing.write(start);
  const [incoming] = await arriving;
  if (when === 'received') await once(incoming, 'end');
  if (when === 'answered') {
    const [response] = await once(outgoing, 'response');
    response.on('error', () => undefined);
    await once(response, 'data');
  }
  outgoing.destroy();
  await expect.poll(() => lines.length).toBeGreaterThan(0);
  // What else would be said of it is said before the next request is answered.
  await fetch(`http://127.0.0.1:${port}/health`);
  return [...lines];
}

describe('a client that leaves', () => {
  const CSV = `${Object.keys(SETOSA)}\n`;
  it.each<[string, string, string, Moment]>([
    ['NDJSON in the middle', 'application/x-ndjson', `${JSON.stringify(SETOSA)}\n`, 'answered'],
    ['CSV in the middle', 'text/csv', `${CSV}${Object.values(SETOSA)}\n`, 'answered'],
    ['CSV before its header is complete', 'text/csv', CSV.slice(0, 20), 'arrived'],
  ])('%s is one line at info, without a trace', async (_what, type, start, when) => {
    const said = await leave(iris, '/predict/batch', type, start, when);
    expect(said).toEqual([
      expect.objectContaining({ level: 30, msg: 'the client left before the answer was complete', route: '/predict/batch' }),
    ]);
    expect(said[0]).not.toHaveProperty('err');
  });

  it('while its explanation is being computed likewise', async () => {
    const body = JSON.stringify({ features: Array(12).fill(0.5) });
    const said = await leave(slow, '/explain', 'application/json', body, 'received');
    expect(said).toEqual([expect.objectContaining({ level: 30, route: '/explain' })]);
    expect(said[0]).not.toHaveProperty('err');
  });
});
