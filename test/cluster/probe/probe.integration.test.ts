import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { startOutside } from '../support/probe.ts';
import type { KindReport, Phase, ProbeOptions } from './probe.ts';

const BODY = '{"id":"$ID","value":1}';
let server: Server;

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function serve(listener: (...args: Parameters<RequestListener>) => unknown): Promise<string> {
  server = createServer((...args) => void listener(...args)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Runs a probe until it has had so many answers and failures. */
async function probe(options: ProbeOptions, until: number): Promise<readonly Phase[]> {
  const running = startOutside(options);
  await running.reached(({ requests }) => requests >= until);
  return running.stop();
}

const answer = (response: ServerResponse, version: string): unknown => response.end(JSON.stringify({ version }));
const only = (phases: readonly Phase[], kind: 'fresh' | 'keepAlive' | 'slow'): KindReport => phases[0]!.kinds[kind]!;

describe('the probe', () => {
  it('counts what each version answers, GET and POST in turn, on a connection each', async () => {
    const seen: string[] = [];
    const url = await serve(({ method }: IncomingMessage, response) => {
      seen.push(`${method}`);
      answer(response, seen.length % 2 === 0 ? '0.2.0' : '0.1.0');
    });
    const requests = [{ path: '/version' }, { path: '/predict', body: BODY }];
    const report = only(await probe({ url, requests, fresh: { perSecond: 100 } }, 20), 'fresh');
    expect(report.failures).toEqual([]);
    expect(report.requests).toBe(seen.length);
    expect(report.posts).toBe(seen.filter((method) => method === 'POST').length);
    const { '0.1.0': old, '0.2.0': current } = report.versions;
    expect(old!.answers + current!.answers).toBe(report.requests);
    expect([old!.lives, current!.lives]).toEqual([old!.answers, current!.answers]);
    expect(report.longestGapMs).toBeGreaterThan(0);
  });

  it('gives each request an identifier of its own', async () => {
    const bodies: string[] = [];
    const url = await serve(async (request, response) => {
      bodies.push(JSON.parse(await text(request)).id);
      answer(response, '0.1.0');
    });
    await probe(
      { url, requests: [{ path: '/', body: BODY }], fresh: { perSecond: 100 }, keepAlive: { connections: 3, perSecond: 20 } },
      30,
    );
    expect(new Set(bodies).size).toBe(bodies.length);
  });

  it('keeps its connections, and counts a life for each that the server ends', async () => {
    let connections = 0;
    let requests = 0;
    const url = await serve((_, response) => {
      if (++requests % 5 === 0) response.shouldKeepAlive = false;
      answer(response, '0.1.0');
    });
    server.on('connection', () => connections++);
    const report = only(
      await probe({ url, requests: [{ path: '/' }], keepAlive: { connections: 2, perSecond: 50 } }, 40),
      'keepAlive',
    );
    expect(report.failed).toBe(0);
    expect(report.versions['0.1.0']!.lives).toBe(connections);
    expect(connections).toBeLessThan(report.requests / 2);
  });

  it('takes a reset for a failure and never sends a request again', async () => {
    let received = 0;
    const url = await serve((request, response) => {
      received++;
      if (received % 3 === 0) request.socket.resetAndDestroy();
      else answer(response, '0.1.0');
    });
    const report = only(
      await probe({ url, requests: [{ path: '/' }], keepAlive: { connections: 2, perSecond: 50 } }, 30),
      'keepAlive',
    );
    expect(report.requests).toBe(received);
    expect(report.failed).toBe(Math.floor(received / 3));
    expect(report.failures[0]!.error).toMatch(/^ECONNRESET/);
  });

  it('takes any status but 200 for a failure', async () => {
    const url = await serve((_, response) => response.writeHead(503).end('{"code":"OVERLOADED"}'));
    const report = only(await probe({ url, requests: [{ path: '/' }], fresh: { perSecond: 50 } }, 5), 'fresh');
    expect(report.failed).toBe(report.requests);
    expect(report.failures[0]!.error).toBe('503 {"code":"OVERLOADED"}');
  });

  it('holds slow requests in flight, their bodies half sent, and lets them end when it is stopped', async () => {
    const halves: number[] = [];
    const url = await serve(async (request, response) => {
      request.once('data', (half: Buffer) => halves.push(half.length));
      const body = await text(request);
      halves.push(body.length);
      answer(response, '0.1.0');
    });
    const running = startOutside({ url, requests: [{ path: '/' }, { path: '/', body: '{"value":1}' }], slow: { inFlight: 4 } });
    await running.reached(({ slowInFlight }) => slowInFlight === 4);
    expect(halves.filter((length) => length === 5)).toHaveLength(4);
    const report = only(await running.stop(), 'slow');
    expect([report.requests, report.failed, report.posts]).toEqual([4, 0, 4]);
    expect(halves.filter((length) => length === 11)).toHaveLength(4);
  });

  it('tells phases apart', async () => {
    let version = '0.1.0';
    const url = await serve((_, response) => answer(response, version));
    const running = startOutside({ url, requests: [{ path: '/' }], fresh: { perSecond: 100 } });
    await running.reached(({ fresh }) => fresh >= 5);
    await running.phase('switched');
    version = '0.2.0';
    await running.reached(({ requests }) => requests >= 30);
    const [start, switched] = await running.stop();
    expect(Object.keys(start!.kinds.fresh!.versions)).toEqual(['0.1.0']);
    expect(switched!.name).toBe('switched');
    const { '0.1.0': old, '0.2.0': current } = switched!.kinds.fresh!.versions;
    expect(current!.lastAnswerMs).toBeGreaterThan(old?.lastAnswerMs ?? 0);
  });
});
