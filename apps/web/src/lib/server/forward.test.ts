import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { createApiClient } from './api-client.ts';
import { forward } from './forward.ts';
import { FORWARDED } from './forward-table.ts';
import { startTestServer } from './test-server.ts';

type Listener = Parameters<typeof startTestServer>[0];

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource.close();
});

/** Forwards to a server that answers so. */
async function before(listener: Listener) {
  const server = await startTestServer(listener);
  const client = createApiClient({ url: server.url, key: 'secret', timeoutMs: 500 });
  open.push(server, client);
  return (path: string, init: RequestInit & { readonly duplex?: 'half' } = {}) => {
    const headers = { ...(init.body !== undefined && { 'content-type': 'application/json' }), ...init.headers };
    return forward(new Request(`http://client.test/api${path}`, { ...init, headers }), path.split('?')[0]!, client);
  };
}

const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code;

describe('the table', () => {
  it.each(FORWARDED)('$method $path reaches the API with its query and the key', async ({ method, path: pattern, query }) => {
    const path = pattern.replace('{version}', 'v0001');
    const send = await before((request, response) =>
      response.end(`${request.method} ${request.url} ${request.headers['x-api-key']}`),
    );
    const search = query.length > 0 ? `?${query.map((name) => `${name}=1`).join('&')}` : '';
    const answer = await send(path + search, { method, ...(method !== 'GET' && { body: '{}' }) });
    expect(await answer.text()).toBe(`${method} ${path}${search} secret`);
  });

  it.each([
    '/',
    '/metrics',
    '/docs',
    '/v2/models/iris/infer',
    '/predict/',
    '//predict',
    '/predict/../metrics',
    '/%6detrics',
    '/models/',
    '/models/v1',
    '/models/v00010',
    '/models/v0001/',
    '/models/..%2Fmetrics',
    '/models/{version}',
  ])('does not hold %s: the API is not asked', async (path) => {
    let asked = 0;
    const send = await before((_request, response) => {
      asked++;
      response.end();
    });
    const answer = await send(path);
    expect([answer.status, await codeOf(answer), asked]).toEqual([404, 'NOT_FORWARDED', 0]);
  });

  it('tells which methods a path has, and refuses a query that is not in the table', async () => {
    const send = await before((_request, response) => response.end());
    const wrongMethod = await send('/predict');
    expect([wrongMethod.status, wrongMethod.headers.get('allow')]).toEqual([405, 'POST']);
    expect(await codeOf(await send('/predictions?limit=5&admin=1'))).toBe('QUERY_NOT_FORWARDED');
  });

  it('says which media types a path takes', async () => {
    const send = await before((_request, response) => response.end('{}'));
    const as = (path: string, type: string) => send(path, { method: 'POST', body: '{}', headers: { 'content-type': type } });
    expect((await as('/feedback', 'application/json')).status).toBe(200);
    expect((await as('/predict/batch', 'text/csv')).status).toBe(200);
    for (const [path, type] of [
      ['/feedback', 'text/csv'],
      ['/predict', 'application/x-ndjson'],
      ['/predict/batch', 'text/plain'],
    ] as const)
      expect(await codeOf(await as(path, type)), path).toBe('MEDIA_TYPE_REFUSED');
  });
});

describe('what passes', () => {
  it('of the request: its media types and its body, neither cookies nor the address of the caller', async () => {
    const send = await before((request, response) => {
      const names = Object.keys(request.headers);
      void text(request).then((body) => response.end(JSON.stringify({ names, body })));
    });
    const headers = { 'content-type': 'text/csv', accept: 'text/csv', cookie: 'locale=fr', 'x-forwarded-for': '1.2.3.4' };
    const answer = await send('/predict/batch', { method: 'POST', body: 'a,b\n1,2\n', headers });
    const { names, body } = (await answer.json()) as { names: string[]; body: string };
    expect(body).toBe('a,b\n1,2\n');
    expect(names).toEqual(expect.arrayContaining(['content-type', 'accept', 'x-api-key']));
    expect(names.filter((name) => /cookie|forwarded/.test(name))).toEqual([]);
  });

  it('of the answer: status, media type and when to try again; nothing is stored', async () => {
    const send = await before((_request, response) =>
      response
        .writeHead(503, { 'content-type': 'application/problem+json', 'retry-after': '1', 'set-cookie': 'a=b', server: 'x' })
        .end('{"code":"OVERLOADED"}'),
    );
    const answer = await send('/version');
    expect(Object.fromEntries(answer.headers)).toEqual({
      'cache-control': 'no-store',
      'content-type': 'application/problem+json',
      'retry-after': '1',
    });
    expect([answer.status, await codeOf(answer)]).toEqual([503, 'OVERLOADED']);
  });

  it('a small body as a whole, with its length, once its sender has sent it', async () => {
    let asked = 0;
    const send = await before((request, response) => {
      asked++;
      void text(request).then((body) => response.end(`${request.headers['content-length']} ${body}`));
    });
    const { readable, writable } = new TransformStream<Uint8Array>();
    const sender = writable.getWriter();
    const headers = { 'content-type': 'application/json', 'content-length': '8' };
    const answer = send('/predict', { method: 'POST', headers, body: readable, duplex: 'half' });
    await sender.write(new TextEncoder().encode('{"a"'));
    expect(asked).toBe(0);
    await sender.write(new TextEncoder().encode(':12}'));
    await sender.close();
    expect(await (await answer).text()).toBe('8 {"a":12}');
  });

  it('a stream, in both directions at once: the first line comes back before the last is sent', async () => {
    const send = await before((request, response) => {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      request.pipe(response);
    });
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    const line = (value: string) => new TextEncoder().encode(`${value}\n`);
    void writer.write(line('first'));
    const headers = { 'content-type': 'application/x-ndjson' };
    const answer = await send('/predict/batch', { method: 'POST', headers, body: readable, duplex: 'half' });
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    expect(await reader.read()).toEqual({ done: false, value: 'first\n' });
    void writer.write(line('last'));
    expect(await reader.read()).toEqual({ done: false, value: 'last\n' });
    await writer.close();
    expect((await reader.read()).done).toBe(true);
    expect(answer.headers.get('cache-control')).toBe('no-store, no-transform');
  });
});

describe('what the client tells itself', () => {
  it.each<[string, string, number, Listener]>([
    ['401', 'API_KEY_REFUSED', 502, (_request, response) => response.writeHead(401).end('secret')],
    ['another server’s error page', 'API_ANSWER_INVALID', 502, (_request, response) => response.writeHead(503).end('<html>')],
    ['silence', 'API_TIMEOUT', 504, () => undefined],
    ['a broken connection', 'API_UNREACHABLE', 502, ({ socket }) => socket.resetAndDestroy()],
  ])('%s is %s, and shows nothing of the inside', async (_what, code, status, listener) => {
    const answer = await (await before(listener))('/model');
    const body = await answer.text();
    expect([answer.status, JSON.parse(body).code, answer.headers.get('content-type')]).toEqual([
      status,
      code,
      'application/problem+json',
    ]);
    expect(body).not.toMatch(/secret|html|127\.0\.0\.1|ECONN/);
  });

  it('a caller who has gone gets no answer, and the API is let go', async () => {
    const gone = new AbortController();
    const left = Promise.withResolvers<void>();
    const send = await before(({ socket }) => {
      socket.once('close', () => left.resolve());
      gone.abort();
    });
    expect((await send('/model', { signal: gone.signal })).status).toBe(499);
    await left.promise;
  });
});
