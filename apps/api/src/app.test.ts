import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, it } from 'vitest';
import { createTestApp, irisDocument, SETOSA } from './test-app.ts';

const { app } = await createTestApp();
const { app: locked } = await createTestApp({ environment: { API_KEY: 'supersecretkey123' } });
afterAll(() => Promise.all([app.close(), locked.close()]));

/** What answers without the key; README.md says why. `/docs/…` are its files. */
const OPEN_ROUTES = [
  'GET /',
  'GET /docs',
  'GET /health',
  'GET /metrics',
  'GET /model',
  'GET /model/partial-dependence',
  'GET /openapi.json',
  'GET /ping',
  'GET /ready',
  'GET /startup',
  'GET /v2',
  'GET /v2/',
  'GET /v2/health/live',
  'GET /v2/health/ready',
  'GET /v2/models/:model',
  'GET /v2/models/:model/ready',
  'GET /v2/models/:model/versions/:version',
  'GET /v2/models/:model/versions/:version/ready',
  'GET /version',
  'POST /v2/repository/index',
];

/** Reads the tree of routes that Fastify prints; `HEAD` is `GET` without its body. */
function routesOf(tree: string): { readonly method: 'GET' | 'POST'; readonly url: string }[] {
  const parents: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, indent, part, methods] = /^([\s│]*)[├└]── (.*?)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
    if (indent === undefined || part === undefined) return [];
    parents.splice(indent.length / 4, Number.POSITIVE_INFINITY, part);
    const listed = methods?.split(', ').filter((method) => method === 'GET' || method === 'POST') ?? [];
    return listed.map((method) => ({ method: method as 'GET' | 'POST', url: parents.join('') }));
  });
}

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
}

describe('what matches no route', () => {
  it('is 404, or 405 with Allow where another method would match', async () => {
    expect((await app.inject('/nothing')).json()).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    const wrong = await app.inject('/predict');
    expect([wrong.statusCode, wrong.headers.allow]).toEqual([405, 'POST']);
    expect((await app.inject({ method: 'DELETE', url: '/version' })).headers.allow).toBe('GET, HEAD');
  });

  it.each(['/%', '/%00', `/${'a'.repeat(5000)}`, '//', '/../../etc/passwd'])('refuses the path %j with a 4xx', async (url) => {
    const response = await app.inject(url);
    expect(response.statusCode).toBeGreaterThanOrEqual(400);
    expect(response.statusCode).toBeLessThan(500);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
  });
});

describe('with API_KEY set', () => {
  const predict = (headers: Record<string, string>) =>
    locked.inject({ method: 'POST', url: '/predict', payload: SETOSA, headers });

  it('predicting, the log and feedback ask for it', async () => {
    expect((await predict({})).json()).toMatchObject({ status: 401, code: 'UNAUTHORIZED' });
    expect((await predict({ 'x-api-key': 'supersecretkey12' })).statusCode).toBe(401);
    expect((await predict({ 'x-api-key': 'supersecretkey123' })).statusCode).toBe(200);
    for (const url of ['/predictions', '/predictions/stats']) expect((await locked.inject(url)).statusCode).toBe(401);
    expect((await locked.inject({ method: 'POST', url: '/feedback', payload: {} })).statusCode).toBe(401);
    expect((await locked.inject({ method: 'POST', url: '/predict/batch', payload: {} })).statusCode).toBe(401);
  });

  it('the key is asked for before the body is read', async () => {
    const response = await locked.inject({
      method: 'POST',
      url: '/predict',
      payload: '{',
      headers: { 'content-type': 'application/json' },
    });
    expect(response.statusCode).toBe(401);
  });

  it('the key is asked for while there is no model, too; without one to ask for, the model is what is missing', async () => {
    const { app: empty } = await createTestApp({ loaded: false, environment: { API_KEY: 'supersecretkey123' } });
    const codeAt = async (url: string, headers = {}) => (await empty.inject({ method: 'POST', url, headers })).json().code;
    for (const url of ['/predict', '/predict/batch', '/explain', '/feedback', '/invocations']) {
      expect([url, await codeAt(url), await codeAt(url, { 'x-api-key': 'supersecretkey123' })]).toEqual([
        url,
        'UNAUTHORIZED',
        'MODEL_NOT_LOADED',
      ]);
    }
    expect((await empty.inject('/predictions?limit=1')).statusCode).toBe(401);
    expect((await empty.inject('/samples')).statusCode).toBe(401);
    for (const url of ['/model', '/ping']) expect((await empty.inject(url)).statusCode).toBe(503);
    await empty.close();
  });

  it('every route asks for it but those that show neither rows nor predictions, and cost little', async () => {
    const routes = routesOf(locked.printRoutes({ commonPrefix: false }));
    expect(routes.length).toBeGreaterThan(25);
    const open = [];
    for (const { method, url } of routes) {
      const path = url
        .replace(/:version\(.*\)/, 'v0001')
        .replace(':model', 'iris')
        .replace(':version', '0.1.0');
      const payload = method === 'POST' ? { payload: {} } : {};
      if ((await locked.inject({ method, url: path, ...payload })).statusCode !== 401) open.push(`${method} ${url}`);
    }
    expect(open.filter((route) => !route.includes('/docs/')).sort()).toEqual(OPEN_ROUTES);
  });

  it('no open route shows a row of the training', async () => {
    const bodies = await Promise.all(
      ['/', '/model', '/openapi.json', '/docs'].map(async (url) => (await locked.inject(url)).body),
    );
    const rows = irisDocument().reference.samples.map((sample) => JSON.stringify(sample));
    for (const body of bodies) expect(rows.filter((row) => body.includes(row))).toEqual([]);
    expect((await app.inject('/openapi.json')).body).toContain(rows[0]);
  });
});

describe('/openapi.json', () => {
  it('is OpenAPI 3.1 and describes the dataset’s features, classes and examples', async () => {
    const document = (await app.inject('/openapi.json')).json();
    expect(document.openapi).toBe('3.1.0');
    expect(document.info).toMatchObject({ title: 'Iris API', version: '0.1.0' });
    const body = document.paths['/predict'].post.requestBody.content['application/json'];
    expect(body.schema.else.properties.petal_width).toMatchObject({ type: 'number', maximum: 10 });
    const answer = document.paths['/predict'].post.responses['200'].content['application/json'].schema;
    expect(answer.properties.prediction.enum).toEqual(['setosa', 'versicolor', 'virginica']);
    expect(Object.keys(document.paths).sort()).toEqual(
      expect.arrayContaining([
        '/',
        '/explain',
        '/feedback',
        '/health',
        '/model',
        '/predict',
        '/predict/batch',
        '/predictions',
        '/ready',
        '/version',
      ]),
    );
  });

  it('gives each operation the parameters that its path has, and no other', async () => {
    const { paths } = (await app.inject('/openapi.json')).json() as { paths: Record<string, Record<string, Operation>> };
    for (const [path, operations] of Object.entries(paths)) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const { parameters = [] } of Object.values(operations)) {
        expect(
          parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name),
          path,
        ).toEqual(inPath);
      }
    }
  });

  it('holds valid JSON Schemas only, which the validators themselves do not check at a start', async () => {
    const ajv = new Ajv2020({ strict: false });
    const schemas = schemasIn((await app.inject('/openapi.json')).json().paths);
    expect(schemas.length).toBeGreaterThan(30);
    for (const schema of schemas) expect(ajv.validateSchema(schema), JSON.stringify(ajv.errors)).toBe(true);
    expect(ajv.validateSchema({ type: 'objekt' })).toBe(false);
  });

  it('names the key where one is asked for', async () => {
    expect((await locked.inject('/openapi.json')).json().components.securitySchemes.apiKey).toMatchObject({
      in: 'header',
      name: 'X-API-Key',
    });
  });
});

describe('/docs', () => {
  it('is a page whose assets all come from this host', async () => {
    const page = await app.inject('/docs');
    expect(page.statusCode).toBe(200);
    const assets = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path!);
    expect(assets.length).toBeGreaterThan(3);
    for (const asset of assets) {
      expect(asset).not.toMatch(/^(https?:)?\/\//);
      expect((await app.inject(new URL(asset, 'http://host/docs').pathname)).statusCode).toBe(200);
    }
  });
});

/** All schemas of an OpenAPI document's part: of parameters, bodies and answers. */
function schemasIn(part: unknown): object[] {
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) => (key === 'schema' ? [value as object] : schemasIn(value)));
}
