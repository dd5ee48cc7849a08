/** The composition root of the app: what is registered, in which order, with what. */
import { exceededBound } from '@iris/http-server';
import { nameRoutes } from '@iris/telemetry';
import Fastify, { type FastifyInstance } from 'fastify';
import type { AppDependencies } from './dependencies.ts';
import { AgentError } from './errors.ts';
import { registerChat } from './features/chat/routes.ts';
import { registerService } from './features/service/routes.ts';
import { installProblems } from './plugins/problems.ts';
import { installUnmatched } from './plugins/unmatched.ts';

/** Builds the app, ready to answer; it does not listen. */
export async function buildApp(dependencies: AppDependencies): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: dependencies.config.BODY_LIMIT,
    // A wrong type is a fault, not something to guess at; one fault at a time, so that a large body cannot make a list of thousands.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false } },
  });
  app.removeContentTypeParser('text/plain');
  nameRoutes(app, dependencies.telemetry);
  parseShallow(app);
  installProblems(app, dependencies.logger);
  installUnmatched(app);
  registerService(app, dependencies);
  registerChat(app, dependencies);
  await app.ready();
  return app;
}

/** Parses JSON as Fastify does, what nests too deeply or is too wide excepted: parsing it, and going through it, would hold up the others. */
function parseShallow(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, function parseBody(request, body, done) {
    if (exceededBound(body))
      done(new AgentError('JSON_TOO_COMPLEX', 'The body nests deeper than 64 levels, or an object has more than 10,000 names.'));
    else void parse(request, body, done);
  });
}
