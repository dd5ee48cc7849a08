/** `GET /metrics` for Prometheus, and the hooks that time every request. */
import type { FastifyInstance, onResponseHookHandler } from 'fastify';
import type { AppDependencies } from '../../dependencies.ts';
import { readBearerToken, requireSecret } from '../../plugins/api-key.ts';

/** Registers the route and the timing of all routes of the app; call it before they are registered. */
export function registerMetrics(app: FastifyInstance, { config, metrics }: AppDependencies): void {
  // A hook for each route: one hook for all would look up, at every request, which route it is.
  app.addHook('onRoute', function timeRoute(route) {
    const observe = metrics.requestObserver(route.url);
    const timed: onResponseHookHandler = function timed(request, reply, done) {
      observe(request.method, reply.statusCode, reply.elapsedTime / 1000);
      done();
    };
    route.onResponse = [...[route.onResponse ?? []].flat(), timed];
  });

  const { MONITORING_TOKEN } = config;
  const onRequest = MONITORING_TOKEN ? [requireSecret(MONITORING_TOKEN, readBearerToken)] : [];
  app.get('/metrics', { onRequest, schema: { summary: 'Prometheus metrics', tags: ['service'] } }, async (_request, reply) => {
    reply.type(metrics.registry.contentType);
    return metrics.registry.metrics();
  });
}
