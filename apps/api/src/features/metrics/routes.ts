/** `GET /metrics` for Prometheus, and the hook that times every request. */
import type { FastifyInstance } from 'fastify';
import type { AppDependencies } from '../../dependencies.ts';
import { readBearerToken, requireSecret } from '../../plugins/api-key.ts';

/** Registers the route and the timing of all routes of the app. */
export function registerMetrics(app: FastifyInstance, { config, metrics }: AppDependencies): void {
  app.addHook('onResponse', function observe(request, reply, done) {
    const route = request.routeOptions.url ?? 'unmatched';
    metrics.observeRequest(route === 'unmatched' ? 'any' : request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    done();
  });

  const { MONITORING_TOKEN } = config;
  const onRequest = MONITORING_TOKEN ? [requireSecret(MONITORING_TOKEN, readBearerToken)] : [];
  app.get('/metrics', { onRequest, schema: { summary: 'Prometheus metrics', tags: ['service'] } }, async (_request, reply) => {
    reply.type(metrics.registry.contentType);
    return metrics.registry.metrics();
  });
}
