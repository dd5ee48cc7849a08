import { globSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const PASSWORD = 'correct horse battery';
/** What answers everybody; all else is behind the gate. */
const PROBES = ['healthz'];
const LOGIN = ['api/session', 'api/session/end'];

type Handler = (request: Request, context: unknown) => Promise<Response>;

/** Every handler that a route file exports, with the environment at hand. */
async function handlers(): Promise<{ readonly route: string; readonly method: string; readonly handle: Handler }[]> {
  const files = globSync('**/route.ts', { cwd: import.meta.dirname });
  const routes = files.map(async (file) => {
    const module = (await import(join(import.meta.dirname, file))) as Record<string, Handler>;
    const exported = METHODS.filter((method) => method in module);
    return exported.map((method) => ({ route: file.replace(/\/route\.ts$/, ''), method, handle: module[method]! }));
  });
  return (await Promise.all(routes)).flat();
}

async function ask(handle: Handler, method: string, headers: Record<string, string>): Promise<string> {
  const request = new Request('http://client.test/api/predict', {
    method,
    headers: { host: 'client.test', ...headers },
    ...(['POST', 'PUT'].includes(method) && { body: '{}' }),
  });
  const answer = await handle(request, { params: Promise.resolve({ path: ['predict'] }) });
  const type = answer.headers.get('content-type') ?? '';
  return type.includes('problem') ? ((await answer.json()) as { code: string }).code : `${answer.status}`;
}

beforeEach(() => {
  vi.resetModules();
  vi.stubEnv('API_URL', 'http://127.0.0.1:1');
});
afterEach(() => vi.unstubAllEnvs());

describe('every route', () => {
  it('is here', async () => {
    const found = (await handlers()).map(({ route, method }) => `${method} ${route}`).sort();
    expect(found).toEqual([
      'GET api/[...path]',
      'GET api/backend',
      'GET healthz',
      'POST api/[...path]',
      'POST api/chat',
      'POST api/session',
      'POST api/session/end',
      'POST api/traffic',
      'PUT api/[...path]',
    ]);
  });

  it.each([
    ['another site, as a browser says it', { 'sec-fetch-site': 'cross-site' }],
    ['another site, which Origin alone tells', { origin: 'http://evil.example' }],
    ['a page that is nobody’s', { origin: 'null' }],
  ])('but the probe refuses %s', async (_who, headers) => {
    for (const { route, method, handle } of await handlers()) {
      const type = LOGIN.includes(route) ? 'application/x-www-form-urlencoded' : 'application/json';
      const code = await ask(handle, method, { ...headers, 'content-type': type });
      expect(code, `${method} ${route}`).toBe(PROBES.includes(route) ? '200' : 'CROSS_SITE');
    }
  });

  it.each(['text/plain', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded', ''])(
    'that changes or costs something refuses a body of %j, but for the log-in its form',
    async (type) => {
      for (const { route, method, handle } of await handlers()) {
        if (method === 'GET') continue;
        const code = await ask(handle, method, { origin: 'http://client.test', 'content-type': type });
        const isForm = LOGIN.includes(route) && type === 'application/x-www-form-urlencoded';
        expect(code, `${method} ${route}`).toBe(isForm ? '303' : 'MEDIA_TYPE_REFUSED');
      }
    },
  );

  it('asks for the log-in where there is one, but for the probe and the log-in itself', async () => {
    vi.stubEnv('API_KEY', 'key');
    vi.stubEnv('LOGIN_PASSWORD', PASSWORD);
    for (const { route, method, handle } of await handlers()) {
      const type = LOGIN.includes(route) ? 'application/x-www-form-urlencoded' : 'application/json';
      const code = await ask(handle, method, { origin: 'http://client.test', 'content-type': type });
      const expected = LOGIN.includes(route) ? '303' : PROBES.includes(route) ? '200' : 'LOGIN_REQUIRED';
      expect(code, `${method} ${route}`).toBe(expected);
    }
  });
});
