import type { FastifyInstance, HTTPMethods } from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { createTestApp } from '../test-app.ts';

const { app } = await createTestApp();
afterAll(() => app.close());

const METHODS: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** All registered patterns, from Fastify's tree of them. */
function patternsOf(instance: FastifyInstance): string[] {
  const branches: string[] = [];
  return instance
    .printRoutes({ commonPrefix: false })
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [, indent, part] = /^((?:│ {3}| {4}|├── |└── )*)(.*?) \(/.exec(line)!;
      const depth = indent!.length / 4;
      branches.length = depth - 1;
      branches.push(part!);
      return branches.join('');
    });
}

describe('a method that a path does not have', () => {
  const patterns = patternsOf(app);

  it('is looked for on all paths', () => {
    expect(patterns).toEqual(expect.arrayContaining(['/', '/v2', '/v2/', '/docs/', '/predict/batch', '/v2/models/:model/infer']));
  });

  it.each(patterns)('%s: is answered 405 with the methods that it has, all of them and no other', async (pattern) => {
    const url = pattern.replaceAll(/:\w+(\(.*\))?/g, 'v0001');
    const own = METHODS.filter((method) => app.hasRoute({ url: pattern, method }));
    const missing = METHODS.filter((method) => !own.includes(method));
    expect(own.length).toBeGreaterThan(0);
    for (const method of missing) {
      const { statusCode, headers } = await app.inject({ method: method as 'GET', url });
      expect([method, statusCode, headers.allow?.split(', ')]).toEqual([method, 405, expect.arrayContaining(own)]);
      expect(headers.allow!.split(', ').filter((name) => missing.includes(name as HTTPMethods))).toEqual([]);
    }
  });

  it('is none of a path that there is not', async () => {
    for (const url of ['/predict/', '/v2/models/iris/', '/nothing', '//']) {
      expect((await app.inject({ method: 'OPTIONS', url })).statusCode).toBe(404);
    }
  });
});
