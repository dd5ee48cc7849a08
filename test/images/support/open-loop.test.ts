import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type OpenLoopOptions, percentile, runOpenLoop } from './open-loop.ts';

const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function load(listener: RequestListener, options: Partial<OpenLoopOptions> = {}) {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const constant = { host: '127.0.0.1', port, path: '/predict', body: '{"a":1}' };
  return runOpenLoop({ ...constant, perSecond: 200, seconds: 0.5, connections: 20, ...options });
}

const answerAll: RequestListener = (request, response) => {
  request.resume().on('end', () => response.end('ok'));
};

describe('a load at a fixed rate', () => {
  it('sends what is due and counts each answer', async () => {
    const bodies = new Set<string>();
    const { answered, failed, heldBack, latencies } = await load((request, response) => {
      request.setEncoding('utf8').on('data', (body) => bodies.add(`${request.method} ${request.url} ${body}`));
      request.on('end', () => response.end('ok'));
    });
    expect([...bodies]).toEqual(['POST /predict {"a":1}']);
    expect(answered[200]! + heldBack).toBeGreaterThan(90);
    expect(answered[200]! + heldBack).toBeLessThanOrEqual(100);
    expect(failed).toBe(0);
    expect(latencies).toHaveLength(answered[200]!);
  });

  it('keeps connections, and opens new ones where the server ends them, without a failure', async () => {
    let connections = 0;
    let requests = 0;
    const { answered, failed } = await load((request, response) => {
      if (request.socket.listenerCount('counted') === 0) connections++;
      request.socket.on('counted', () => undefined);
      if (++requests % 10 === 0) response.setHeader('connection', 'close');
      answerAll(request, response);
    });
    expect(failed).toBe(0);
    expect(answered[200]).toBe(requests);
    expect(connections).toBeGreaterThan(requests / 10 - 1);
    expect(connections).toBeLessThan(requests / 2);
  });

  it('does not wait for a slow server: what finds no free connection is held back', async () => {
    const slowly: RequestListener = (request, response) => {
      request.resume();
      setTimeout(() => response.end('ok'), 300);
    };
    const { answered, heldBack } = await load(slowly, { connections: 5 });
    expect(answered[200]).toBeLessThanOrEqual(10);
    expect(heldBack).toBeGreaterThan(70);
  });

  it('as fast as connections become free, sends more', async () => {
    const { answered } = await load(answerAll, { perSecond: Number.POSITIVE_INFINITY });
    // At the usual rate it would be a hundred; an idle machine sends some thousands.
    expect(answered[200]).toBeGreaterThan(100);
  });
});

describe('failures', () => {
  it('are answers other than 200 that are not accepted', async () => {
    const refuse: RequestListener = (request, response) => {
      request.resume();
      response.writeHead(503, { 'retry-after': '1', 'content-length': 4 }).end('busy');
    };
    const strict = await load(refuse);
    expect([strict.failed, strict.failures[0]]).toEqual([strict.answered[503], '503 busy']);
    const lenient = await load(refuse, { accepts: ({ status, head }) => status === 503 && /retry-after: 1/i.test(head) });
    expect([lenient.failed, lenient.answered[503]! > 5]).toEqual([0, true]);
  });

  it('are connections that end without an answer', async () => {
    const { answered, failed, failures } = await load((request) => request.socket.destroy());
    expect(answered).toEqual({});
    expect(failed).toBeGreaterThan(5);
    expect(failures[0]).toMatch(/closed without an answer|ECONNRESET/);
  });
});

describe('a percentile', () => {
  it('is the value that so many do not exceed', () => {
    const sorted = Float64Array.from({ length: 100 }, (_, index) => index);
    expect([percentile(sorted, 0.5), percentile(sorted, 0.99), percentile(sorted, 1)]).toEqual([50, 99, 99]);
    expect(percentile(new Float64Array(), 0.5)).toBeNaN();
  });
});
