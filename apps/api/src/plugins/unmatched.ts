/** Answers requests that match no route: 404, or 405 with `Allow` where another method would match. */
import type { FastifyInstance, HTTPMethods } from 'fastify';
import { ApiError } from '../errors.ts';
import type { Metrics } from '../metrics.ts';

/** Installs the not-found handling; call it before routes are registered. */
export function installUnmatched(app: FastifyInstance, metrics: Metrics): void {
  const observe = metrics.requestObserver('unmatched');
  const patterns = new Set<string>();
  const methods = new Set<HTTPMethods>();
  app.addHook('onRoute', function remember({ url, method }) {
    // The root of a prefix is there with a slash behind it as well, of which this hook does not hear.
    patterns.add(url).add(`${url}/`);
    for (const name of [method].flat()) methods.add(name);
  });

  /** The router itself is asked, for the patterns that match. */
  function allowedMethods(path: string): string[] {
    const matching = [...patterns].filter((pattern) => matches(pattern, path));
    return [...methods].filter((method) => matching.some((url) => app.hasRoute({ url, method }))).sort();
  }

  // A hook rather than the not-found handler: some methods fail at body parsing before that handler runs.
  app.addHook('onRequest', function refuseUnmatched(request, reply, done) {
    if (!request.is404) return done();
    const startedAt = performance.now();
    // Not the caller's path and method, or anyone could make series without end.
    reply.raw.once('finish', () => observe('any', reply.statusCode, (performance.now() - startedAt) / 1000));
    const allowed = allowedMethods(request.url.split('?', 1)[0] ?? '/');
    if (allowed.length === 0) {
      return done(new ApiError('NOT_FOUND', 'There is nothing at this path; /docs lists what there is.'));
    }
    reply.header('allow', allowed.join(', '));
    done(new ApiError('METHOD_NOT_ALLOWED', `This path answers ${allowed.join(', ')}.`));
  });
}

function matches(pattern: string, path: string): boolean {
  const expected = pattern.split('/');
  const given = path.split('/');
  return expected.length === given.length && expected.every((part, index) => matchesPart(part, given[index]!));
}

/** A parameter may say what it takes: `:version(^v\\d+$)`. */
function matchesPart(pattern: string, given: string): boolean {
  if (!pattern.startsWith(':')) return pattern === given;
  const [, form] = /^:\w+\((.*)\)$/.exec(pattern) ?? [];
  return form === undefined || new RegExp(form).test(given);
}
