/** `GET /metrics` for Prometheus. */
import { oncePerTurn } from '@iris/http-server';
import type { FastifyInstance } from 'fastify';
import type { AppDependencies } from '../../dependencies.ts';
import { BEARER_TOKEN, requireSecret } from '../../plugins/api-key.ts';

/** Registers the route. */
export function registerMetrics(app: FastifyInstance, { config, metrics }: AppDependencies): void {
  const { MONITORING_TOKEN } = config;
  const onRequest = MONITORING_TOKEN ? [requireSecret(MONITORING_TOKEN, BEARER_TOKEN)] : [];
  // Some milliseconds of work, which whoever asks can ask for.
  const text = oncePerTurn(() => metrics.registry.metrics());
  app.get('/metrics', { onRequest, schema: { summary: 'Prometheus metrics', tags: ['service'] } }, async (_request, reply) => {
    reply.type(metrics.registry.contentType);
    return text();
  });
}
