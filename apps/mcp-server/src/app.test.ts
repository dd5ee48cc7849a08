import { Secret } from '@iris/settings';
import { NO_TELEMETRY } from '@iris/telemetry';
import { McpServer } from '@modelcontextprotocol/server';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { buildApp } from './app.ts';
import { readConfig } from './config.ts';
import { createMetrics } from './metrics.ts';
import type { Catalogue } from './model-watch.ts';

const LIST = { jsonrpc: '2.0', id: 1, method: 'ping' };
const ACCEPT = { accept: 'application/json, text/event-stream', host: 'localhost' };

async function build(environment: Record<string, string> = {}) {
  const lifecycle = { draining: false };
  let catalogue: Catalogue | undefined;
  const metrics = createMetrics(() => 0);
  const { app } = await buildApp({
    config: { ...readConfig(environment), ...(environment.MCP_TOKEN && { MCP_TOKEN: new Secret(environment.MCP_TOKEN) }) },
    factory: () => new McpServer({ name: 'test', version: '1' }, { capabilities: { tools: {} } }).server,
    models: { current: () => catalogue },
    peers: () => undefined,
    metrics,
    telemetry: NO_TELEMETRY,
    lifecycle,
    logger: pino({ level: 'silent' }),
    now: () => 0,
    clock: () => 0,
    random: () => 0,
  });
  const post = (url: string, payload: object, headers: Record<string, string> = {}) =>
    app.inject({ method: 'POST', url, payload, headers: { ...ACCEPT, ...headers } });
  return { app, post, lifecycle, metrics, know: () => (catalogue = {} as Catalogue) };
}

describe('GET /', () => {
  it('is 503 before the model is known and while draining, 200 between; /health is always 200', async () => {
    const { app, lifecycle, know } = await build();
    expect((await app.inject('/')).statusCode).toBe(503);
    know();
    expect((await app.inject('/')).json()).toMatchObject({ status: 'ready' });
    lifecycle.draining = true;
    expect((await app.inject('/')).statusCode).toBe(503);
    expect((await app.inject('/health')).statusCode).toBe(200);
  });

  it('asks for no token and no name, nor does /metrics', async () => {
    const { app, know } = await build({ MCP_TOKEN: 'token' });
    know();
    for (const url of ['/', '/metrics']) {
      expect((await app.inject({ url, headers: { host: '10.0.0.7', origin: 'https://evil.example' } })).statusCode).toBe(200);
    }
  });
});

describe('the MCP routes', () => {
  it.each([
    ['a foreign name', { host: 'evil.example' }, 403, 'host'],
    ['a foreign page', { origin: 'https://evil.example' }, 403, 'origin'],
    ['a wrong token', { authorization: 'Bearer other' }, 401, 'token'],
    ['no token', {}, 401, 'token'],
  ])('refuse %s, and count it', async (_name, headers, status, reason) => {
    const { post, metrics } = await build({ MCP_TOKEN: 'token' });
    const answer = await post('/mcp', LIST, headers as Record<string, string>);
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ jsonrpc: '2.0', error: { code: expect.any(Number) }, id: null });
    expect(await metrics.registry.metrics()).toContain(`mcp_requests_refused_total{reason="${reason}"} 1`);
  });

  it.each(['/mcp', '/sse', '/messages'])('let the browser of an allowed page ask for %s, without a token', async (url) => {
    const { app } = await build({ MCP_TOKEN: 'token', ALLOWED_ORIGINS: 'page.example' });
    const ask = (origin: string) =>
      app.inject({ method: 'OPTIONS', url, headers: { host: 'localhost', origin, 'access-control-request-method': 'POST' } });
    const answer = await ask('https://page.example:8443');
    expect([answer.statusCode, answer.headers['access-control-allow-origin']]).toEqual([204, 'https://page.example:8443']);
    expect(answer.headers['access-control-allow-headers']).toMatch(
      /authorization.*content-type.*mcp-protocol-version.*mcp-session-id/,
    );
    const refused = await ask('https://evil.example');
    expect([refused.statusCode, refused.headers['access-control-allow-origin']]).toEqual([403, undefined]);
    const plain = await app.inject({ method: 'OPTIONS', url, headers: { host: 'localhost' } });
    expect(plain.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('expose what a page needs to know, in answers and refusals', async () => {
    const { post } = await build({ MCP_TOKEN: 'token', ALLOWED_ORIGINS: 'page.example' });
    const origin = 'https://page.example';
    for (const [authorization, status] of [
      ['Bearer token', 200],
      ['Bearer other', 401],
    ] as const) {
      const { statusCode, headers } = await post('/mcp', LIST, { origin, authorization });
      expect([statusCode, headers['access-control-allow-origin']]).toEqual([status, origin]);
      expect(headers['access-control-expose-headers']).toMatch(/Mcp-Session-Id, Mcp-Protocol-Version, WWW-Authenticate/);
    }
  });

  it('take any name and any page where they are told so', async () => {
    const { post } = await build({ ALLOWED_HOSTS: '*', ALLOWED_ORIGINS: '*' });
    expect((await post('/mcp', LIST, { host: 'any.example', origin: 'https://any.example' })).statusCode).toBe(200);
  });

  it('refuse beyond the rate until a second has passed', async () => {
    const { post } = await build({ RATE_LIMIT: '2' });
    const statuses = [];
    for (let call = 0; call < 3; call++) statuses.push((await post('/mcp', LIST)).statusCode);
    expect(statuses).toEqual([200, 200, 429]);
  });

  it('refuse batches, which the SDK would read, and messages nested too deeply or too wide', async () => {
    const { post } = await build();
    expect((await post('/mcp', [LIST, LIST])).json()).toMatchObject({
      error: { message: 'Batches are not taken: send one message.' },
    });
    const deep = JSON.parse(`${'{"a":'.repeat(100)}1${'}'.repeat(100)}`);
    const wide = Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [index, 1]));
    const refused = { error: { message: 'The message is nested too deeply, or has an object of too many names.' } };
    expect((await post('/mcp', deep)).json()).toMatchObject(refused);
    expect((await post('/mcp', wide)).json()).toMatchObject(refused);
  });

  it('know no session that was not opened', async () => {
    const { post } = await build();
    const answer = await post('/messages?sessionId=1', LIST);
    expect([answer.statusCode, answer.json().error.message]).toEqual([404, 'Session not found: open a new stream at /sse.']);
  });
});
