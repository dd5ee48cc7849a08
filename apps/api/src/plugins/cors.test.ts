import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import { createTestApp, SETOSA } from '../test-app.ts';

const PAGE = 'https://page.example';
const { app: closed } = await createTestApp();
const { app } = await createTestApp({ environment: { CORS_ORIGINS: `${PAGE}, http://localhost:3000`, API_KEY: 'key-1' } });
const { app: open } = await createTestApp({ environment: { CORS_ORIGINS: '*' } });
afterAll(() => Promise.all([closed, app, open].map((each) => each.close())));

const preflight = (origin: string, url = '/predict') =>
  ({
    method: 'OPTIONS',
    url,
    headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type,x-api-key' },
  }) as const;
const predict = (origin: string, key = 'key-1') =>
  ({ method: 'POST', url: '/predict', payload: SETOSA, headers: { origin, 'x-api-key': key } }) as const;

describe('CORS_ORIGINS', () => {
  it.each(['/predict', '/predictions', '/v2/models/rf/infer', '/invocations', '/explain'])(
    'lets the browser of a page that is named ask for %s, without the key',
    async (url) => {
      const answer = await app.inject(preflight(PAGE, url));
      expect(answer.statusCode).toBe(204);
      expect(answer.headers).toMatchObject({
        'access-control-allow-origin': PAGE,
        'access-control-allow-methods': expect.stringContaining('POST'),
        'access-control-allow-headers': expect.stringMatching(/content-type.*x-api-key/),
        vary: 'Origin',
      });
    },
  );

  it('lets that page read answers, refusals among them', async () => {
    for (const [key, status] of [
      ['key-1', 200],
      ['key-2', 401],
    ] as const) {
      const answer = await app.inject(predict('http://localhost:3000', key));
      expect([answer.statusCode, answer.headers['access-control-allow-origin']]).toEqual([status, 'http://localhost:3000']);
      expect(answer.headers['access-control-expose-headers']).toContain('WWW-Authenticate');
    }
  });

  it.each([
    'https://evil.example',
    'https://page.example:444',
    'http://page.example',
    'null',
    'https://page.example.evil.example',
  ])('gives %s nothing to read', async (origin) => {
    for (const request of [preflight(origin), predict(origin)]) {
      const { headers } = await app.inject(request);
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      expect(headers.vary).toBe('Origin');
    }
    expect((await app.inject(preflight(origin))).statusCode).toBe(405);
  });

  it('is empty by default: no page of another origin may call', async () => {
    const answer = await closed.inject(preflight(PAGE));
    expect([answer.statusCode, answer.headers['access-control-allow-origin'], answer.headers.vary]).toEqual([
      405,
      undefined,
      undefined,
    ]);
  });

  it('may be any', async () => {
    expect((await open.inject(preflight('https://any.example'))).headers['access-control-allow-origin']).toBe(
      'https://any.example',
    );
  });

  it.each(['page.example', 'https://page.example/', 'https://page.example/path', 'https://*.example'])(
    'is refused at start as %j',
    (list) => {
      expect(() => readConfig({ MODEL_FILE: 'm', CORS_ORIGINS: list })).toThrow(/CORS_ORIGINS/);
    },
  );
});
