import { Ajv2020 } from 'ajv/dist/2020.js';
import type { InjectOptions } from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { ERROR_STATUS, type ErrorCode } from '../errors.ts';
import { createTestApp, SETOSA } from '../test-app.ts';

interface Documented {
  readonly description: string;
  readonly content?: Readonly<Record<string, { readonly schema: { readonly $ref: string } }>>;
}

interface Operation {
  readonly responses: Readonly<Record<string, Documented>>;
  readonly security?: readonly object[];
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

const { app: open } = await createTestApp({ withLog: false });
const { app: guarded } = await createTestApp({ environment: { API_KEY: 'key', MONITORING_TOKEN: 'token' } });
afterAll(() => Promise.all([open.close(), guarded.close()]));

const readDocument = async (app: typeof open) => (await app.inject('/openapi.json')).json() as Document;
const [openDocument, guardedDocument] = await Promise.all([readDocument(open), readDocument(guarded)]);

/** Every operation, with a path that can be asked for. */
const operations = Object.entries(guardedDocument.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    method: method.toUpperCase() as 'GET' | 'POST' | 'PUT',
    path,
    url: path.replace('/models/{version}', '/models/v0001').replace('{model}', 'iris').replace('{version}', '0.1.0'),
    operation,
  })),
);

/** What is documented of an answer as it came. */
function documentedAnswer(path: string, method: string, status: number, contentType: unknown) {
  const { [status]: documented } = openDocument.paths[path]![method]!.responses;
  return documented?.content?.[String(contentType).split(';')[0]!];
}

describe('the errors in /openapi.json', () => {
  it.each(operations)('say of $method $path whether a key is asked for', async ({ method, url, operation }) => {
    const { statusCode } = await guarded.inject({ method, url });
    expect([operation.responses[401] !== undefined, operation.security !== undefined]).toEqual([
      statusCode === 401,
      statusCode === 401,
    ]);
  });

  it('say nothing of a key where none is set', () => {
    const all = Object.values(openDocument.paths).flatMap((methods) => Object.values(methods));
    expect(all.filter(({ responses, security }) => responses[401] ?? security)).toEqual([]);
  });

  it('name every code of the catalogue that a documented path can answer with', () => {
    const named = new Set(JSON.stringify([guardedDocument.paths, openDocument.paths]).match(/`[A-Z_]+`/g));
    const others = (Object.keys(ERROR_STATUS) as ErrorCode[]).filter((code) => !named.has(`\`${code}\``));
    // Only another method than the documented ones is answered with this one.
    expect(others).toEqual(['METHOD_NOT_ALLOWED']);
  });

  const json = { 'content-type': 'application/json' };
  it.each<[path: string, request: InjectOptions, status: number]>([
    ['/predict', { method: 'POST', url: '/predict', payload: '{', headers: json }, 400],
    ['/predict', { method: 'POST', url: '/predict', payload: '{}', headers: { 'content-type': 'text/plain' } }, 415],
    ['/predict', { method: 'POST', url: '/predict', payload: { ...SETOSA, petal_length: 900 } }, 422],
    ['/predict/batch', { method: 'POST', url: '/predict/batch', payload: { instances: [] } }, 422],
    ['/predict/batch', { method: 'POST', url: '/predict/batch', payload: `"${'x'.repeat(2_097_152)}"`, headers: json }, 413],
    ['/predictions', { url: '/predictions?limit=0' }, 422],
    ['/predictions', { url: '/predictions' }, 404],
    ['/feedback', { method: 'POST', url: '/feedback', payload: { request_id: 'r', label: 'setosa' } }, 404],
    ['/v2/models/{model}', { url: '/v2/models/other' }, 404],
    ['/v2/models/{model}/infer', { method: 'POST', url: '/v2/models/iris/infer', payload: {} }, 422],
    ['/invocations', { method: 'POST', url: '/invocations', payload: { dataframe_records: [] } }, 400],
    ['/invocations', { method: 'POST', url: '/invocations', payload: '', headers: { 'content-type': 'text/html' } }, 415],
  ])('of %s describe the answer to %j', async (path, request, status) => {
    const response = await open.inject(request);
    expect(response.statusCode).toBe(status);
    const method = (request.method ?? 'GET').toLowerCase();
    const documented = documentedAnswer(path, method, status, response.headers['content-type']);
    const name = documented!.schema.$ref.replace('#/components/schemas/', '');
    const validate = new Ajv2020({ strict: false }).compile(openDocument.components.schemas[name]!);
    expect(validate(response.json()), JSON.stringify(validate.errors)).toBe(true);
  });

  it('of the probes describe what is answered while there is no model', async () => {
    const { app } = await createTestApp({ loaded: false });
    for (const { method, path, url, operation } of operations.filter(({ method }) => method === 'GET')) {
      const { statusCode } = await app.inject({ method, url });
      if (statusCode === 503) expect(operation.responses[503]?.description, path).toContain('`MODEL_NOT_LOADED`');
      else expect(operation.responses[503]?.description ?? '', path).not.toContain('`MODEL_NOT_LOADED`');
    }
    await app.close();
  });
});
