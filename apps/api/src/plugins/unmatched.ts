/** Answers requests that match no route: 404, or 405 with `Allow` where another method would match. */
import type { FastifyInstance } from 'fastify';
import { ApiError } from '../errors.ts';
import type { Metrics } from '../metrics.ts';

/** Installs the not-found handling; call it before routes are registered. */
export function installUnmatched(app: FastifyInstance, metrics: Metrics): void {
  const observe = metrics.requestObserver('unmatched');
  const methodsByPattern = new Map<string, Set<string>>();
  app.addHook('onRoute', function remember({ url, method }) {
    const methods = methodsByPattern.get(url) ?? new Set();
    for (const name of [method].flat()) methods.add(name);
    methodsByPattern.set(url, methods);
  });

  // A hook rather than the not-found handler: some methods fail at body parsing before that handler runs.
  app.addHook('onRequest', function refuseUnmatched(request, reply, done) {
    if (!request.is404) return done();
    const startedAt = performance.now();
    // Not the caller's path and method, or anyone could make series without end.
    reply.raw.once('finish', () => observe('any', reply.statusCode, (performance.now() - startedAt) / 1000));
    const allowed = allowedMethods(methodsByPattern, request.url.split('?', 1)[0] ?? '/');
    if (allowed.length === 0) {
      return done(new ApiError('NOT_FOUND', 'There is nothing at this path; /docs lists what there is.'));
    }
    reply.header('allow', allowed.join(', '));
    done(new ApiError('METHOD_NOT_ALLOWED', `This path answers ${allowed.join(', ')}.`));
  });
}

function allowedMethods(methodsByPattern: ReadonlyMap<string, ReadonlySet<string>>, path: string): string[] {
  const allowed = new Set<string>();
  for (const [pattern, methods] of methodsByPattern) {
    if (!matches(pattern, path)) continue;
    for (const method of methods) allowed.add(method);
  }
  return [...allowed].sort();
}

function matches(pattern: string, path: string): boolean {
  const expected = pattern.split('/');
  const given = path.split('/');
  return expected.length === given.length && expected.every((part, index) => part.startsWith(':') || part === given[index]);
}
