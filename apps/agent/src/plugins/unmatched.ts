/** Answers requests that match no route: 404, or 405 with `Allow` where another method would match. */
import type { FastifyInstance } from 'fastify';
import { AgentError } from '../errors.ts';

/** Installs the not-found handling; call it before routes are registered. */
export function installUnmatched(app: FastifyInstance): void {
  const methodsByPath = new Map<string, string[]>();
  app.addHook('onRoute', function remember({ url, method }) {
    methodsByPath.set(url, [...(methodsByPath.get(url) ?? []), ...[method].flat()]);
  });

  // A hook rather than the not-found handler: some methods fail at body parsing before that handler runs.
  app.addHook('onRequest', function refuseUnmatched(request, reply, done) {
    if (!request.is404) return done();
    const allowed = methodsByPath.get(request.url.split('?', 1)[0] ?? '/');
    if (allowed === undefined) return done(new AgentError('NOT_FOUND', 'There is nothing at this path; / tells what there is.'));
    reply.header('allow', allowed.join(', '));
    done(new AgentError('METHOD_NOT_ALLOWED', `This path answers ${allowed.join(', ')}.`));
  });
}
